// Short words for what every part of the chat page does with the document and the server.

export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** HTML of a piece of the page; an error carries the status. */
export async function piece(path) {
  const answered = await fetch(path, { headers: { accept: "text/html", "x-fragment": "1" } });
  if (!answered.ok) throw Object.assign(new Error(String(answered.status)), { status: answered.status });
  return answered.text();
}

export function send(path, fields) {
  return fetch(path, { method: "POST", body: new URLSearchParams(fields) });
}

/** Say something to whoever hears the page. */
export function tell(text) {
  const told = one("#told");
  if (told.textContent !== text) told.textContent = text;
}

/** Gradio hears of a value by the event that typing has. */
export function put(selector, value) {
  const field = one(`${selector} textarea, ${selector} input`);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return field;
}

export const working = () => Boolean(one("#running .turn.working"));
export const turns = () => all("#turns > .turn");
