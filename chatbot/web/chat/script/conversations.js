// The list of conversations: by day, searched, renamed, hidden and shown again.

import { all, one, piece, send } from "./dom.js";
import { state } from "./state.js";

let withHidden = false;

export async function list() {
  const words = one("#search").value.trim();
  const hidden = withHidden ? "&hidden=true" : "";
  one("#conversations").innerHTML = await piece(`/conversations?search=${encodeURIComponent(words)}${hidden}`);
  mark();
}

export function mark() {
  for (const line of all("#conversations li"))
    if (line.dataset.conversation === state.open) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
}

/** Those that are hidden, or the others. */
export async function turn() {
  withHidden = !withHidden;
  await list();
  one("#conversations [data-act=hidden-ones]")?.focus();
}

export async function hide(conversation, hidden) {
  await send(`/conversations/${conversation}/hidden`, { hidden });
  one("#undo").hidden = !hidden;
  one("#undo").dataset.conversation = conversation;
  await list();
}

export function rename(line) {
  const link = one("a", line);
  const field = document.createElement("input");
  Object.assign(field, { value: link.textContent, maxLength: 200, ariaLabel: one("#told").dataset.rename });
  link.replaceWith(field);
  field.select();
  let left = false; // taking the field away blurs it, too
  const leave = async (save) => {
    if (left) return;
    left = true;
    field.replaceWith(link);
    if (save && field.value.trim() !== link.textContent)
      await send(`/conversations/${line.dataset.conversation}/title`, { title: field.value });
    await list();
    one(`#conversations li[data-conversation="${line.dataset.conversation}"] a`)?.focus();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") leave(true);
    else if (event.key === "Escape") leave(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", () => leave(true));
}
