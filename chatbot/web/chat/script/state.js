// What the page shows now, as its address has it too, and what Gradio has to know of it before it reads its fields.

import { one, put } from "./dom.js";

export const state = {
  open: "", // the conversation that is shown
  document: "", // the one that questions are limited to
  asked: 0, // counts what was opened, so that what comes late goes nowhere
};

export const addressed = () => {
  const said = new URLSearchParams(location.search);
  return { open: said.get("c") || "", document: said.get("document") || "" };
};

/** The address of what is shown. */
export function address(anchor = "") {
  const said = new URLSearchParams();
  if (state.open) said.set("c", state.open);
  if (state.document) said.set("document", state.document);
  return `/${said.size ? `?${said}` : ""}${anchor}`;
}

/** Gradio lays its fields out anew for its translations, and empty. */
export function remember() {
  for (const [selector, value] of [["#conversation", state.open], ["#document", state.document]]) {
    const field = one(`${selector} textarea, ${selector} input`);
    if (field && field.value !== value) put(selector, value);
  }
}
