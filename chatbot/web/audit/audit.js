// What the auditor's pages do beyond links and forms; all of it works without, but for the keys.
(() => {
  "use strict";
  const KEYS = "fundstelle-audit-keys";
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  // The list: how many are ticked, and what can be done with them.
  const boxes = () => all("#records input[name=record]");
  const count = () => {
    const ticked = boxes().filter((box) => box.checked).length, said = find("#chosen"), every = find("#every");
    said.textContent = ticked ? said.dataset.some.replace("#", ticked) : said.dataset.none;
    for (const button of all("#actions button")) button.disabled = !ticked;
    find("#actions").classList.toggle("empty", !ticked);
    every.checked = ticked > 0 && ticked === boxes().length;
    every.indeterminate = ticked > 0 && !every.checked;
  };

  // The chips: one is open at a time, and a choice counts at once where nothing else is to be filled in.
  const close_drops = (but) => {
    for (const one of all("details[open]:has(> .drop)")) if (one !== but) one.open = false;
  };

  // A record: what is cited is in sight within its passage.
  const to_marks = () => {
    for (const passage of all("#proof .passage")) {
      const mark = passage.querySelector("mark, del, ins");
      if (mark) passage.scrollTop += mark.getBoundingClientRect().top - passage.getBoundingClientRect().top - passage.clientHeight / 4;
    }
  };

  // Another statement's proof is put in the place of this one's.
  const parts = ["#statements", "#proof"];
  const show = async (link) => {
    const proof = find("#proof");
    proof.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(link.href, {credentials: "same-origin"});
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = parts.map((part) => parsed.querySelector(part));
      if (fresh.includes(null)) throw new Error("no record");
      parts.forEach((part, i) => find(part).replaceWith(fresh[i]));
      to_marks();
    } catch {
      location.assign(link.href);
      return;
    }
    history.replaceState(null, "", link.href);
    const chosen = find("#statements a[aria-current]"), below = find("#proof").getBoundingClientRect();
    chosen?.focus({preventScroll: true});
    if (below.top > innerHeight / 2 || below.top < 0) find("#proof").scrollIntoView();
  };

  const keys_on = () => localStorage.getItem(KEYS) !== "off";
  const show_keys = () => {
    find("#keys-on").checked = keys_on();
    find("#keys").showModal();
  };
  const types = (target) => target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const go = {j: "a[rel=next]", k: "a[rel=prev]"};

  document.addEventListener("click", (event) => {
    const {target} = event, plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const statement = target.closest("#statements a");
    close_drops(target.closest("details:has(> .drop)"));
    if (target.closest("#show-keys")) show_keys();
    if (statement && plain) {
      event.preventDefault();
      show(statement);
    }
  });
  document.addEventListener("change", ({target}) => {
    if (target.id === "every") for (const box of boxes()) box.checked = target.checked;
    if (target.closest("#records")) count();
    if (target.id === "keys-on") localStorage.setItem(KEYS, target.checked ? "on" : "off");
    if (target.matches(".drop select") && target.closest(".drop").querySelectorAll("input, select").length === 1) target.form.requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    const open = find("details[open]:has(> .drop)"), key = event.key.toLowerCase();
    if (key === "escape" && open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || types(event.target) || find("dialog[open]") || !find(".record")) return;
    if (key === "?") show_keys();
    if (go[key] && keys_on()) find(`.way ${go[key]}`)?.click();
  });
  // Twice the same sign-off by a double click is none.
  document.addEventListener("submit", (event) => {
    if (!event.submitter?.matches("[name=verdict]")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) delete form.dataset.sent;
    if (find("#actions")) count();
  });
  // On paper nothing is folded but what the model read.
  addEventListener("beforeprint", () => {
    for (const one of all(".fold:not([open])")) {
      one.open = one.dataset.closed = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const one of all(".fold[data-closed]")) {
      one.open = false;
      delete one.dataset.closed;
    }
  });

  const every = find("#every"), keys = find("#show-keys");
  if (every) every.hidden = false;
  if (keys) keys.hidden = false;
  to_marks();
})();
