// What can be done with an answer and around it: each by the name in its button's `data-act`.

import * as conversations from "./conversations.js";
import { all, one, put, send, working } from "./dom.js";
import { askAbout, limit } from "./limit.js";
import { choose, close, closeViewer, reveal } from "./sources.js";
import { address, remember, state } from "./state.js";
import { show } from "./turns.js";

/** Ask a question as if it had been typed; `whole` is one that leans on nothing before. */
export function ask(question, { whole = false } = {}) {
  if (working()) return;
  put("#question", question);
  put("#whole", whole ? "1" : "");
  remember();
  requestAnimationFrame(() => one("#send").click());
}

export async function rate(turn, value, comment) {
  const said = one(".said", turn);
  const answered = await send(`/answers/${turn.dataset.record}/feedback`, { value, comment });
  said.textContent = await answered.text();
  if (!answered.ok) return;
  for (const thumb of all("[aria-pressed]", turn))
    thumb.setAttribute("aria-pressed", String(thumb.dataset.act === value));
  const remark = one(".remark", turn);
  remark.hidden = value !== "wrong" || comment !== "";
  if (!remark.hidden) one("textarea", remark).focus();
  else remark.reset();
}

/** Show how a question was understood as a field, or as text again. */
export function reword(turn, on) {
  const [said, form] = [one(".understood", turn), one("form.reword", turn)];
  said.hidden = on;
  form.hidden = !on;
  if (on) one("input", form).select();
  else one("button", said).focus();
}

/** A question again, in the same documents. */
async function again(turn) {
  await limit(turn.dataset.document || "");
  ask(one(".question", turn).textContent);
}

export const ACTS = {
  again,
  edit: (turn) => put("#question", one(".question", turn).textContent).focus(),
  helpful: (turn) => rate(turn, "helpful", ""),
  wrong: (turn) => rate(turn, "wrong", ""),
  reword: (turn) => reword(turn, true),
  "keep-words": (turn) => reword(turn, false),
  stop: (turn) => send(`/answers/${turn.dataset.record}/stop`, {}),
  sources: async (turn) => {
    closeViewer();
    await choose(turn);
    reveal();
  },
  copy: (turn, button) => {
    copy({ "text/html": linked(one(".rich", turn)), "text/plain": one("pre", turn).textContent });
    done(button);
  },
  link: (turn, button) => {
    copy({ "text/plain": `${location.origin}/?c=${state.open}#${turn.id}` });
    done(button);
  },
  rename: (_, button) => conversations.rename(button.closest("li")),
  hide: (_, button) => hide(button.closest("li").dataset.conversation, true),
  unhide: (_, button) => hide(button.closest("[data-conversation]").dataset.conversation, false),
  "hidden-ones": conversations.turn,
  everywhere: () => askAbout(""),
  "open-left": () => {
    document.body.classList.add("left-open");
    one("#new").focus();
  },
  "close-left": close,
  "close-viewer": closeViewer,
  "close-right": () => closeViewer() || close() || document.body.classList.add("no-sources"),
};

async function hide(conversation, hidden) {
  await conversations.hide(conversation, hidden);
  if (hidden && conversation === state.open) await show("");
}

/** What is copied, with whole addresses: elsewhere "/" is another place. */
function linked(template) {
  const whole = template.content.cloneNode(true);
  for (const link of all("a[href^='/']", whole)) link.href = new URL(link.getAttribute("href"), location.origin).href;
  const box = document.createElement("div");
  box.append(whole);
  return box.innerHTML;
}

function copy(forms) {
  const write = (event) => {
    event.preventDefault();
    for (const [kind, text] of Object.entries(forms)) event.clipboardData.setData(kind, text);
  };
  // Works without https, too, where navigator.clipboard is not there.
  document.addEventListener("copy", write, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", write);
}

function done(button) {
  one(".said", button.closest(".turn")).textContent = button.dataset.done;
}
