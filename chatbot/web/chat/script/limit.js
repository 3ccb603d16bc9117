// Questions about one document: the chip above the field, which can be taken away.

import { one, piece, put } from "./dom.js";
import { address, state } from "./state.js";

/** Limit questions to a document, or to none with an empty id; one that may not be seen counts as none. */
export async function limit(document) {
  const chip = document ? await piece(`/chat/document/${document}`).catch(() => "") : "";
  state.document = chip ? document : "";
  put("#document", state.document);
  one("#limit").innerHTML = chip;
}

/** The same by a click: the address follows, and the next word typed is the question. */
export async function askAbout(document) {
  await limit(document);
  history.replaceState(null, "", address(location.hash));
  one("#question textarea").focus();
}
