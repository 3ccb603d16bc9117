// The chat page beside Gradio: conversations, what is kept of them, sources, keys. Gradio shows the running exchange.

import { ACTS, ask, rate, reword } from "./acts.js";
import { list } from "./conversations.js";
import { one, put, tell } from "./dom.js";
import { fill, laidOut, measure, place } from "./layout.js";
import { askAbout } from "./limit.js";
import { choose, close, closeViewer, follow, light, view } from "./sources.js";
import { addressed, remember, state } from "./state.js";
import { running, show } from "./turns.js";

const PAUSE = 250; // ms without a key before a search

async function begin() {
  await show("");
  one("#question textarea").focus();
}

document.addEventListener("click", (event) => {
  const at = event.target.closest("a, button, .turn, summary");
  if (!at || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (at.matches(".chip")) follow(at);
  else if (at.matches("a.view")) view(at);
  else if (at.matches("#conversations a")) show(at.closest("li").dataset.conversation);
  else if (at.matches("#new")) begin();
  else if (at.matches("a[href^='/?document=']")) {
    closeViewer();
    close();
    askAbout(new URLSearchParams(at.search).get("document"));
  } else if (at.dataset.question) ask(at.dataset.question);
  else if (at.dataset.act) ACTS[at.dataset.act](at.closest(".turn"), at);
  else if (at.matches("#turns > .turn")) return void choose(at);
  else return;
  event.preventDefault();
});

for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]])
  document.addEventListener(name, (event) => {
    const chip = event.target.closest?.(".chip");
    if (chip) light(chip, on);
  });

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    begin();
  } else if (event.key === "Escape" && !event.defaultPrevented) leave(event.target);
});

/** Escape closes one thing: a field's words first, then what lies on top. */
function leave(at) {
  if (at.closest("#narrow") || (at.type === "search" && at.value)) return;
  if (at.closest("form.reword")) reword(at.closest(".turn"), false);
  else if (!closeViewer() && !close()) document.body.classList.add("no-sources");
}

document.addEventListener("submit", (event) => {
  const turn = event.target.closest(".turn");
  if (event.target.matches(".remark")) rate(turn, "wrong", one("textarea", event.target).value);
  else if (event.target.matches(".reword")) ask(one("input", event.target).value, { whole: true });
  else return;
  event.preventDefault();
});

// Such as a server that does not answer, or a session that has ended.
addEventListener("unhandledrejection", () => {
  const told = one("#told");
  if (!told) return;
  told.classList.add("failed");
  tell(told.dataset.lost);
});

let timer = 0;
document.addEventListener("input", (event) => {
  if (event.target.closest("#question") && event.isTrusted && one("#whole textarea").value) put("#whole", "");
  if (event.target.id !== "search") return;
  clearTimeout(timer);
  timer = setTimeout(list, PAUSE);
});

// A page of a version that is not in the index any more has no picture.
document.addEventListener("error", (event) => {
  if (event.target.matches?.(".card img")) event.target.closest("details").hidden = true;
}, true);

addEventListener("popstate", () => {
  const { open, document } = addressed();
  if (open !== state.open) show(open, { keep: true, to: location.hash, document });
});

// Before Gradio reads its fields.
document.addEventListener("pointerdown", (event) => event.target.closest?.("#send") && remember(), true);
document.addEventListener("keydown", (event) => event.target.closest?.("#question, #send") && remember(), true);

await laidOut();
await fill();
new MutationObserver(() => {
  place();
  running();
}).observe(document.body, { childList: true, subtree: true, characterData: true });
new ResizeObserver(measure).observe(document.body);
const { open, document: limited } = addressed();
await Promise.all([list(), show(open, { keep: true, to: location.hash, document: limited })]);
document.body.classList.add("ready");
