// What the administration does beyond links and forms: it follows a run, opens folders in place, and shows a passage on
// its page. All of it works without, by loading the page.
"use strict";

(() => {
  const EVERY_MS = 1000, PATIENCE_MS = 5000;
  const part = async (address, selector) => {
    const answer = await fetch(address, {credentials: "same-origin"});
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(selector);
  };

  // The focus stays where it was, on the same link or field of what came in its place.
  const put = (old, fresh) => {
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    const all = "a, button, input, summary, select, textarea";
    const place = held ? [...old.querySelectorAll(all)].indexOf(held) : -1;
    old.replaceWith(fresh);
    if (place >= 0) [...fresh.querySelectorAll(all)][place]?.focus({preventScroll: true});
    return fresh;
  };

  const refresh = async () => {
    const old = document.querySelector("[data-fresh]");
    if (!old || old.contains(document.activeElement)) return;
    const fresh = await part(location.href, `[data-fresh="${old.dataset.fresh}"]`);
    if (fresh) put(old, fresh);
  };

  const follow = async (id) => {
    const old = document.getElementById(id);
    if (!old) return;
    let wait = EVERY_MS;
    try {
      const fresh = await part(old.dataset.live, `#${id}`);
      document.getElementById("away").hidden = true;
      const was = "busy" in old.dataset, is = "busy" in fresh.dataset;
      if (was || is) put(old, fresh);
      if (was && !is) await refresh();
      if (!is && id !== "now") return;
      if (!is) wait = PATIENCE_MS;
    } catch {
      wait = PATIENCE_MS;
      document.getElementById("away").hidden = false;  // what stands there may not be so any more
    }
    setTimeout(follow, document.hidden ? PATIENCE_MS : wait, id);
  };
  for (const live of document.querySelectorAll("[data-live]")) {
    const busy = "busy" in live.dataset;
    if (busy || live.id === "now") setTimeout(follow, busy ? EVERY_MS : PATIENCE_MS, live.id);
  }

  const toggle = async (button) => {
    const {form, value} = button;
    const said = new URLSearchParams(new FormData(form));
    said.append("toggle", value);
    try {
      const tree = await part(`${form.getAttribute("action")}?${said}`, "#wizard fieldset.tree");
      form.querySelector("fieldset.tree").replaceWith(tree);
      [...form.querySelectorAll("button.toggle")].find((one) => one.value === value)?.focus();
    } catch {
      location.assign(`${form.getAttribute("action")}?${said}`);
    }
  };

  const show = async (address) => {
    const pane = document.getElementById("pane");
    try {
      const viewer = await part(`${address.split("#")[0]}${address.includes("?") ? "&" : "?"}fragment=1`, ".viewer");
      if (!viewer) throw new Error("no viewer");
      for (const head of viewer.querySelectorAll(".named")) head.remove();  // the page says it already
      pane.replaceChildren(viewer);
      viewer.querySelector("#mark")?.scrollIntoView({block: "nearest"});
    } catch {
      // the link to the page stays
    }
  };
  const first = document.querySelector("#pane[data-view]");
  if (first) show(first.dataset.view);

  const closed = (except) => {
    for (const menu of document.querySelectorAll("details.acts[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => {
    const {target} = event, plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey);
    closed(target.closest("details.acts"));
    const button = target.closest("button.toggle"), into = target.closest("a[data-into]"), copy = target.closest("[data-copy]");
    if (button) {
      event.preventDefault();
      toggle(button);
    }
    if (into && plain) {
      event.preventDefault();
      show(into.getAttribute("href"));
    }
    if (copy) {
      const secret = document.querySelector(copy.dataset.copy);
      // Without https the browser has no clipboard for pages: then the text is marked, ready to be copied.
      const copied = navigator.clipboard?.writeText(secret.textContent) ?? Promise.reject(new Error("no clipboard"));
      copied.then(() => (copy.textContent = copy.dataset.done), () => getSelection().selectAllChildren(secret));
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector("details.acts[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
