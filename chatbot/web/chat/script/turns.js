// The conversation in the middle: what is kept of it, what runs, and what becomes of that.

import { list, mark } from "./conversations.js";
import { limit } from "./limit.js";
import { one, piece, put, tell, turns, working } from "./dom.js";
import { choose, close, closeViewer } from "./sources.js";
import { address, state } from "./state.js";

const RECHECK = 1500; // ms between looks at an answer that no event tells of
let begun = ""; // the exchange that Gradio showed last
let settled = ""; // the one whose end was seen

/** Open a conversation; without one, begin afresh. */
export async function show(conversation, { keep = false, to = "", document: limited = "" } = {}) {
  const mine = ++state.asked;
  if (working()) one("#leave").click(); // it goes on, and is kept
  one("#running").classList.add("spent");
  state.open = conversation;
  put("#conversation", conversation);
  let html;
  try {
    html = await piece(conversation ? `/conversations/${conversation}` : "/chat/start");
  } catch (error) {
    if (!conversation) throw error;
    return show("");
  }
  if (mine !== state.asked) return;
  await limit(limited);
  if (!keep) history.pushState(null, "", address(to));
  else history.replaceState(null, "", address(to));
  one("#turns").innerHTML = html;
  mark();
  closeViewer();
  close();
  const wanted = to && turns().find((turn) => `#${turn.id}` === to);
  await choose(wanted || turns().at(-1), { scroll: true });
  watch();
}

// An exchange has ended: what is kept of it takes its place.
async function ended(identity) {
  const conversation = identity.split("_")[1];
  const last = turns().at(-1);
  const after = state.open === conversation && last ? `?after=${last.dataset.record}` : "";
  const mine = state.asked;
  let html = "";
  try {
    html = await piece(`/conversations/${conversation}${after}`);
  } catch {
    return; // not kept, such as a question that was not taken: what Gradio shows stays
  }
  if (mine !== state.asked || !html) return;
  state.open = conversation;
  history.replaceState(null, "", address());
  // What failed says why only now; what is kept of it does not.
  if (/ data-state="failed"(?![\s\S]*<article)/.test(html)) return void list();
  if (!after) one("#turns").innerHTML = "";
  one("#turns").insertAdjacentHTML("beforeend", html);
  one("#running").classList.add("spent");
  await choose(turns().at(-1), { scroll: true });
  watch();
  list();
}

// Answers whose page was left or closed while they were written, those of another tab, and those just being stopped.
export async function watch() {
  const open = one('#turns > .turn[data-state="open"]');
  if (!open) return;
  const mine = state.asked;
  await new Promise((done) => setTimeout(done, RECHECK));
  if (mine !== state.asked || !open.isConnected) return;
  const before = open.previousElementSibling;
  const html = await piece(`/conversations/${state.open}${before ? `?after=${before.dataset.record}` : ""}`);
  if (mine !== state.asked || !open.isConnected || working()) return;
  const now = replaced(open, html);
  if (now?.dataset.state === "open") tell(one(".progress", now).textContent);
  else if (now) {
    tell(one(".answer", now).textContent.slice(0, 300));
    list();
  }
  if (!now || now.classList.contains("chosen")) await choose(now);
  watch();
}

function replaced(open, html) {
  const focused = open.contains(document.activeElement) ? document.activeElement.dataset.act : "";
  const chosen = open.classList.contains("chosen");
  while (open.nextElementSibling) open.nextElementSibling.remove();
  open.insertAdjacentHTML("afterend", html);
  const now = open.nextElementSibling;
  open.remove();
  if (!now) return null;
  now.classList.toggle("chosen", chosen);
  if (focused) (one(`[data-act=${focused}]`, now) || one(".act", now))?.focus({ preventScroll: true });
  return now;
}

/** What Gradio shows has changed. */
export function running() {
  const exchange = one("#running .turn");
  if (!exchange) return;
  if (exchange.matches(".working")) {
    one("#running").classList.remove("spent");
    if (begun !== exchange.id) begin(exchange);
    tell(one(".progress", exchange).textContent);
  } else if (settled !== exchange.id) {
    settled = exchange.id;
    one("#running").classList.remove("spent");
    tell(one(".answer", exchange).textContent.slice(0, 300));
    ended(exchange.id);
  }
  one("#no-sources").hidden = Boolean(one("#panel .card") || one("#chosen .card"));
}

function begin(exchange) {
  begun = exchange.id;
  one("#turns .start")?.remove();
  for (const turn of turns()) turn.classList.remove("chosen");
  one("#right").classList.remove("kept");
  document.body.classList.remove("no-sources");
  closeViewer();
  // From now on a reload finds the conversation.
  state.open = exchange.id.split("_")[1];
  history.replaceState(null, "", address());
  exchange.scrollIntoView({ block: "start" });
}
