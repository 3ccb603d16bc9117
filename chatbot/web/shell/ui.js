// What the header does beyond links and forms, on every page; all of it works without, but for the kept question.
(() => {
  "use strict";
  const root = document.documentElement;
  const KEPT = "fundstelle-question";
  const find = (selector) => document.querySelector(selector);
  const person = () => find("header.shell")?.dataset.person ?? "";
  const question = () => find("#question textarea, textarea#question");

  // Gradio asks the browser for its language and its colours; here they are what the person chose.
  Object.defineProperty(navigator, "language", {get: () => root.lang});
  Object.defineProperty(navigator, "languages", {get: () => [root.lang]});
  const system = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    const {theme} = root.dataset;
    const dark = theme === "dark" || (theme === "auto" && system.matches);
    if ("gradio" in root.dataset && document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
  };
  system.addEventListener("change", paint);

  const choose = (form, chosen) => {
    root.dataset.theme = chosen.value;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === chosen));
    paint();
    const body = new URLSearchParams([["theme", chosen.value], ["back", "/"]]);
    fetch(form.action, {method: "POST", body, redirect: "manual"});
  };

  // A question that was typed outlives a new sign-in and a change of the language; only for the same person.
  const keep = () => {
    const typed = question()?.value.trim() ? question().value : "";
    if (typed) sessionStorage.setItem(KEPT, JSON.stringify({person: person(), typed}));
    return typed !== "";
  };
  const put_back = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    if (!kept || !("gradio" in root.dataset)) return;
    if (kept.person !== person()) return sessionStorage.removeItem(KEPT);
    const fill = () => {
      const box = question();
      if (!box) return false;
      box.value = kept.typed;
      box.dispatchEvent(new Event("input", {bubbles: true}));
      sessionStorage.removeItem(KEPT);
      return true;
    };
    if (!fill()) new MutationObserver((_, watching) => fill() && watching.disconnect()).observe(document.body, {childList: true, subtree: true});
  };

  // An event of an open page that may not pass any more: a sentence, and the way on.
  const refuse = ({why, detail}) => {
    const dialog = find("#refused");
    if (!dialog || dialog.open) return;
    const out = why === "signed_out", go = dialog.querySelector(".go");
    dialog.querySelector("h2").textContent = out ? dialog.dataset.again : dialog.dataset.title;
    dialog.querySelector("[data-said]").textContent = detail;
    dialog.querySelector("[data-kept]").hidden = !keep();
    if (out && go.dataset.again) go.textContent = go.dataset.again;
    root.dataset.refused = "";  // hides Gradio's own box, which says the same under the head "Error"
    dialog.showModal();
  };
  const ask = window.fetch;
  window.fetch = async (...given) => {
    const answer = await ask.apply(window, given);
    if (answer.status >= 400 && answer.headers.has("x-refused")) answer.clone().json().then(refuse);
    return answer;
  };

  // What Gradio has in English only; labels that repeat a message's HTML become its kind.
  const WORDS = ["aria-label", "title", "placeholder"], NOTES = ".toast-title, .toast-text";
  const say = (words, text) =>
    words[text.trim()] ?? words[Object.keys(words).find((begin) => begin.endsWith(":") && text.startsWith(begin))];
  const translate = (words, element) => {
    for (const name of WORDS) {
      const theirs = element.getAttribute(name) ?? "", said = say(words, theirs);
      if (said && said !== theirs) element.setAttribute(name, said);  // the same again would be a change without end
    }
    if (!element.matches(NOTES)) return;
    const said = say(words, element.textContent);
    if (said && said !== element.textContent) element.textContent = said;
  };
  const translate_all = (words) => {
    const within = `${WORDS.map((name) => `[${name}]`)}, ${NOTES}`;
    new MutationObserver((changes) => {
      for (const {type, target, addedNodes} of changes) {
        if (type === "attributes") translate(words, target);
        for (const added of addedNodes) {
          if (!(added instanceof Element)) continue;
          translate(words, added);
          for (const element of added.querySelectorAll(within)) translate(words, element);
        }
      }
    }).observe(document.body, {childList: true, subtree: true, attributeFilter: WORDS});
  };

  document.addEventListener("click", (event) => {
    const {target} = event;
    const theme = target.closest("button[name=theme]"), menu = find("details.menu[open]");
    if (theme) {
      event.preventDefault();
      choose(theme.form, theme);
    }
    if (menu && !menu.contains(target)) menu.open = false;
    if (target.closest("#refused [data-close]")) find("#refused").close();
    if (target.closest("a.skip")) {
      event.preventDefault();
      const content = find("main");
      content?.setAttribute("tabindex", "-1");
      content?.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = find("details.menu[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("submit", (event) => {
    if ("reloads" in event.target.dataset) keep();
  });
  document.addEventListener("DOMContentLoaded", () => {
    paint();
    new MutationObserver(paint).observe(document.body, {attributeFilter: ["class"]});
    find("#refused")?.addEventListener("close", () => delete root.dataset.refused);
    put_back();
    const words = find("#gradio-words");
    if (words) translate_all(JSON.parse(words.dataset.words));
  });
})();
