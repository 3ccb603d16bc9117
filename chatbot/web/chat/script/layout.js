// Gradio lays out the zones some time after this script was read, and once more for its translations: each time the
// page's own pieces are put into them.

import { one, piece } from "./dom.js";
import { remember } from "./state.js";

const ZONES = ["left", "middle", "right", "ask"];
const NEEDED = [
  "#left", "#middle", "#right", "#ask", "#running", "#conversation textarea", "#document textarea", "#leave", "#send",
];
const pieces = {}; // what stands in each zone beside Gradio's own

/** Resolves when all that Gradio draws is there. */
export function laidOut() {
  const whole = () => NEEDED.every((selector) => one(selector));
  return new Promise((done) => {
    if (whole()) return void done();
    const waiting = new MutationObserver(() => {
      if (!whole()) return;
      waiting.disconnect();
      done();
    });
    waiting.observe(document.documentElement, { childList: true, subtree: true });
  });
}

export async function fill() {
  const frame = document.createElement("div");
  frame.innerHTML = await piece("/chat/frame");
  for (const zone of ZONES) pieces[zone] = [...one(`.${zone}`, frame).content.children];
  document.body.append(one(".beside", frame).content);
  place();
}

export function place() {
  let placed = false;
  for (const zone of ZONES) {
    const column = one(`#${zone}`);
    if (column && pieces[zone][0].parentElement !== column) {
      column.prepend(...pieces[zone]);
      placed = true;
    }
  }
  if (placed) {
    measure();
    remember();
  }
}

export function measure() {
  const zones = one("#zones");
  if (!zones) return;
  document.documentElement.style.setProperty("--above", `${zones.getBoundingClientRect().top + scrollY}px`);
}
