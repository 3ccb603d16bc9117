// The right zone: the sources of one answer, and the document that one of them is opened in.

import { all, one, piece, tell, turns } from "./dom.js";

/** Show an answer's sources. */
export async function choose(turn, { scroll = false } = {}) {
  for (const other of turns()) other.classList.toggle("chosen", other === turn);
  one("#gone").hidden = true;
  one("#right").classList.add("kept");
  const chosen = one("#chosen");
  if (!turn) {
    chosen.innerHTML = "";
  } else if (chosen.dataset.record !== turn.dataset.record || turn.dataset.state === "open") {
    if (chosen.dataset.record !== turn.dataset.record) chosen.innerHTML = "";
    const html = await piece(`/answers/${turn.dataset.record}/sources`).catch(() => "");
    if (!turn.isConnected || !turn.classList.contains("chosen")) return;
    chosen.innerHTML = html;
  }
  chosen.dataset.record = turn ? turn.dataset.record : "";
  one("#no-sources").hidden = Boolean(chosen.innerHTML);
  if (turn && scroll) {
    one("#right").scrollTop = 0;
    turn.scrollIntoView({ block: "start" });
  }
}

const card = (chip) => document.getElementById(chip.hash.slice(1));

/** Frame what a number belongs to: its statement and its card. */
export function light(chip, on) {
  for (const lit of [chip.closest(".statement, li"), card(chip)]) lit?.classList.toggle("lit", on);
}

/** Open the zone, which is a sheet from below on a narrow screen. */
export function reveal() {
  document.body.classList.remove("no-sources");
  document.body.classList.add("sheet");
}

/** A number leads to its words in the document; where these are not there any more, to the card of then. */
export async function follow(chip) {
  const turn = chip.closest("#turns > .turn");
  if (turn && !turn.classList.contains("chosen")) await choose(turn);
  reveal();
  const found = card(chip);
  for (const other of all(".card.now")) other.classList.remove("now");
  if (found) {
    found.open = true;
    found.classList.add("now");
  }
  if (await view(chip)) return;
  if (!found) return;
  found.scrollIntoView({ block: "nearest" });
  one("summary", found).focus({ preventScroll: true });
}

// The viewer

let opener = null; // where the focus goes back to

/** Open the document that a link leads to; false where there is none any more. */
export async function view(link) {
  const path = `${link.pathname}${link.search}`;
  one("#gone").hidden = true;
  const [html] = await Promise.all([piece(path).catch(missing), loaded()]);
  if (!html) return false;
  const parsed = new DOMParser().parseFromString(html, "text/html");
  reveal();
  document.body.classList.add("viewing");
  opener = link;
  const place = one("#viewer-place");
  place.replaceChildren(parsed.querySelector(".viewer"));
  place.scrollTop = 0;
  one("[data-name]", place).focus({ preventScroll: true });
  return true;
}

function missing(error) {
  if (error.status !== 404) throw error;
  tell(one("#told").dataset.gone);
  one("#gone").hidden = false;
  return "";
}

export function closeViewer() {
  if (!document.body.classList.contains("viewing")) return false;
  document.body.classList.remove("viewing");
  one("#viewer-place").replaceChildren();
  one("#gone").hidden = true;
  const back = opener?.isConnected && opener.checkVisibility() ? opener : one("#question textarea");
  back.focus({ preventScroll: true });
  return true;
}

// Style and script of the viewer come with the first document.
let loading = null;
function loaded() {
  loading ??= Promise.all([
    import("/viewer.js"),
    new Promise((done, failed) => {
      const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/viewer.css" });
      Object.assign(style, { onload: done, onerror: failed });
      document.head.append(style);
    }),
  ]);
  return loading;
}

/** Close what lies over the conversation; false where nothing does. */
export function close() {
  const was = ["left-open", "sheet"].filter((name) => document.body.classList.contains(name));
  document.body.classList.remove(...was);
  return was.length > 0;
}
