// The chat page beside Gradio: conversations, what is kept of them, sources, keys. Gradio shows the running exchange.
"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const RECHECK = 1500; // ms between looks at an answer that is still running elsewhere
  const PAUSE = 250; // ms without a key before a search
  const address = () => new URLSearchParams(location.search).get("c") || "";
  let open = ""; // the conversation that is shown
  let begun = ""; // the exchange that Gradio showed last
  let settled = ""; // the one whose end was seen
  let asked = 0; // counts what was opened, so that what comes late goes nowhere
  let hidden = "";

  async function piece(path) {
    const answered = await fetch(path, { headers: { accept: "text/html" } });
    if (!answered.ok) throw new Error(String(answered.status));
    return answered.text();
  }

  function send(path, fields) {
    return fetch(path, { method: "POST", body: new URLSearchParams(fields) });
  }

  function tell(text) {
    const told = one("#told");
    if (told.textContent !== text) told.textContent = text;
  }

  // Gradio hears of a value by the event that typing has.
  function put(selector, value) {
    const field = one(`${selector} textarea, ${selector} input`);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return field;
  }

  const working = () => Boolean(one("#running .turn.working"));
  const turns = () => all("#turns > .turn");

  // Conversations

  async function list() {
    const words = one("#search").value.trim();
    one("#conversations").innerHTML = await piece(`/conversations?search=${encodeURIComponent(words)}`);
    mark();
  }

  function mark() {
    for (const line of all("#conversations li"))
      if (line.dataset.conversation === open) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
  }

  async function show(conversation, { keep = false, to = "" } = {}) {
    const mine = ++asked;
    if (working()) one("#leave").click();
    one("#running").classList.add("spent");
    open = conversation;
    put("#conversation", conversation);
    let html;
    try {
      html = await piece(conversation ? `/conversations/${conversation}` : "/chat/start");
    } catch (error) {
      if (!conversation) throw error;
      return show("");
    }
    if (mine !== asked) return;
    const target = conversation ? `/?c=${conversation}${to}` : "/";
    if (!keep) history.pushState(null, "", target);
    else if (location.search || conversation) history.replaceState(null, "", target);
    one("#turns").innerHTML = html;
    mark();
    close();
    const wanted = to && turns().find((turn) => `#${turn.id}` === to);
    await choose(wanted || turns().at(-1), { scroll: true });
    watch();
  }

  // An exchange has ended: what is kept of it takes its place.
  async function ended(identity) {
    const conversation = identity.split("_")[1];
    const last = turns().at(-1);
    const after = open === conversation && last ? `?after=${last.dataset.record}` : "";
    const mine = asked;
    let html = "";
    try {
      html = await piece(`/conversations/${conversation}${after}`);
    } catch {
      return; // not kept, such as a question that was not taken: what Gradio shows stays
    }
    if (mine !== asked || !html) return;
    open = conversation;
    history.replaceState(null, "", `/?c=${conversation}`);
    // What failed says why only now; what is kept of it does not.
    if (/ data-state="failed"(?![\s\S]*<article)/.test(html)) return void list();
    if (!after) one("#turns").innerHTML = "";
    one("#turns").insertAdjacentHTML("beforeend", html);
    one("#running").classList.add("spent");
    await choose(turns().at(-1), { scroll: true });
    watch();
    list();
  }

  // Answers that another tab is still waiting for, or that are just being stopped.
  async function watch() {
    const running = one('#turns > .turn[data-state="open"]');
    if (!running) return;
    const mine = asked;
    await new Promise((done) => setTimeout(done, RECHECK));
    if (mine !== asked || !running.isConnected) return;
    const before = running.previousElementSibling;
    const html = await piece(`/conversations/${open}${before ? `?after=${before.dataset.record}` : ""}`);
    if (mine !== asked || !running.isConnected || working()) return;
    while (running.nextElementSibling) running.nextElementSibling.remove();
    running.insertAdjacentHTML("afterend", html);
    running.remove();
    watch();
  }

  function rename(line) {
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

  async function hide(conversation, hide) {
    await send(`/conversations/${conversation}/hidden`, { hidden: hide });
    hidden = hide ? conversation : "";
    one("#undo").hidden = !hide;
    await list();
    if (hide && conversation === open) await show("");
  }

  // Sources

  async function choose(turn, { scroll = false } = {}) {
    for (const other of turns()) other.classList.toggle("chosen", other === turn);
    one("#right").classList.add("kept");
    const chosen = one("#chosen");
    if (!turn) {
      chosen.innerHTML = "";
    } else if (chosen.dataset.record !== turn.dataset.record || turn.dataset.state === "open") {
      chosen.innerHTML = "";
      const html = await piece(`/answers/${turn.dataset.record}/sources`).catch(() => "");
      if (!turn.isConnected || !turn.classList.contains("chosen")) return;
      chosen.innerHTML = html;
    }
    chosen.dataset.record = turn ? turn.dataset.record : "";
    one("#no-sources").hidden = Boolean(chosen.innerHTML);
    one("#right").scrollTop = 0;
    if (turn && scroll) turn.scrollIntoView({ block: "start" });
  }

  const card = (chip) => document.getElementById(chip.getAttribute("href").slice(1));

  async function follow(chip) {
    const turn = chip.closest("#turns > .turn");
    if (turn && !turn.classList.contains("chosen")) await choose(turn);
    document.body.classList.remove("no-sources");
    document.body.classList.add("sheet");
    const found = card(chip);
    if (!found) return;
    for (const other of all(".card.now")) other.classList.remove("now");
    found.open = true;
    found.classList.add("now");
    found.scrollIntoView({ block: "nearest" });
    one("summary", found).focus({ preventScroll: true });
  }

  function light(chip, on) {
    for (const lit of [chip.closest(".statement, li"), card(chip)]) lit?.classList.toggle("lit", on);
  }

  function close() {
    const was = ["left-open", "sheet"].filter((name) => document.body.classList.contains(name));
    document.body.classList.remove(...was);
    return was.length > 0;
  }

  // What can be done with an answer

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

  function ask(question) {
    if (working()) return;
    put("#question", question);
    remember();
    requestAnimationFrame(() => one("#send").click());
  }

  async function rate(turn, value, comment) {
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

  const ACTS = {
    again: (turn) => ask(one(".question", turn).textContent),
    edit: (turn) => put("#question", one(".question", turn).textContent).focus(),
    helpful: (turn) => rate(turn, "helpful", ""),
    wrong: (turn) => rate(turn, "wrong", ""),
    sources: async (turn) => {
      await choose(turn);
      document.body.classList.remove("no-sources");
      document.body.classList.add("sheet");
    },
    copy: (turn, button) => {
      copy({ "text/html": one(".rich", turn).innerHTML, "text/plain": one("pre", turn).textContent });
      done(button);
    },
    link: (turn, button) => {
      copy({ "text/plain": `${location.origin}/?c=${open}#${turn.id}` });
      done(button);
    },
    rename: (_, button) => rename(button.closest("li")),
    hide: (_, button) => hide(button.closest("li").dataset.conversation, true),
    unhide: () => hide(hidden, false),
    "open-left": () => {
      document.body.classList.add("left-open");
      one("#new").focus();
    },
    "close-left": close,
    "close-right": () => close() || document.body.classList.add("no-sources"),
  };

  function done(button) {
    one(".said", button.closest(".turn")).textContent = button.dataset.done;
  }

  // Events

  document.addEventListener("click", (event) => {
    const at = event.target.closest("a, button, .turn, summary");
    if (!at || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (at.matches(".chip")) follow(at);
    else if (at.matches("#conversations a")) show(at.closest("li").dataset.conversation);
    else if (at.matches("#new")) begin();
    else if (at.dataset.question) ask(at.dataset.question);
    else if (at.dataset.act) ACTS[at.dataset.act](at.closest(".turn"), at);
    else if (at.matches("#turns > .turn")) return void choose(at);
    else return;
    event.preventDefault();
  });

  async function begin() {
    await show("");
    one("#question textarea").focus();
  }

  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]])
    document.addEventListener(name, (event) => {
      const chip = event.target.closest?.(".chip");
      if (chip) light(chip, on);
    });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      begin();
    } else if (event.key === "Escape" && !event.defaultPrevented && !event.target.closest("#narrow")) {
      if (!close()) document.body.classList.add("no-sources");
    }
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".remark")) return;
    event.preventDefault();
    rate(event.target.closest(".turn"), "wrong", one("textarea", event.target).value);
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
    if (event.target.id !== "search") return;
    clearTimeout(timer);
    timer = setTimeout(list, PAUSE);
  });

  // A page of a version that is not in the index any more has no picture.
  document.addEventListener("error", (event) => {
    if (event.target.matches?.(".card img")) event.target.closest("details").hidden = true;
  }, true);

  addEventListener("popstate", () => {
    if (address() !== open) show(address(), { keep: true, to: location.hash });
  });

  function running() {
    const exchange = one("#running .turn");
    if (!exchange) return;
    if (exchange.matches(".working")) {
      one("#running").classList.remove("spent");
      if (begun !== exchange.id) {
        begun = exchange.id;
        one("#turns .start")?.remove();
        for (const turn of turns()) turn.classList.remove("chosen");
        one("#right").classList.remove("kept");
        document.body.classList.remove("no-sources");
        exchange.scrollIntoView({ block: "start" });
      }
      tell(one(".progress", exchange).textContent);
    } else if (settled !== exchange.id) {
      settled = exchange.id;
      one("#running").classList.remove("spent");
      tell(one(".answer", exchange).textContent.slice(0, 300));
      ended(exchange.id);
    }
    one("#no-sources").hidden = Boolean(one("#panel .card") || one("#chosen .card"));
  }

  // Beginning: Gradio lays out the zones some time after this script was read, and once more for its translations.

  const ZONES = ["left", "middle", "right"];
  const pieces = {}; // what stands in each zone beside Gradio's own

  function place() {
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

  function remember() {
    const field = one("#conversation textarea, #conversation input");
    if (field && field.value !== open) put("#conversation", open);
  }

  // Before Gradio reads its fields.
  document.addEventListener("pointerdown", (event) => event.target.closest?.("#send") && remember(), true);
  document.addEventListener("keydown", (event) => event.target.closest?.("#question, #send") && remember(), true);

  function measure() {
    const zones = one("#zones");
    document.documentElement.style.setProperty("--above", `${zones.getBoundingClientRect().top + scrollY}px`);
  }

  async function fill() {
    const frame = document.createElement("div");
    frame.innerHTML = await piece("/chat/frame");
    for (const zone of ZONES) pieces[zone] = [...one(`.${zone}`, frame).content.children];
    document.body.append(one(".beside", frame).content);
    place();
    new MutationObserver(() => {
      place();
      running();
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    new ResizeObserver(() => one("#zones") && measure()).observe(document.body);
    await Promise.all([list(), show(address(), { keep: true, to: location.hash })]);
    document.body.classList.add("ready");
  }

  const whole = () => ["#left", "#middle", "#right", "#running", "#conversation textarea", "#leave", "#send"].every(
    (selector) => one(selector));
  const waiting = new MutationObserver(fillWhenWhole);
  function fillWhenWhole() {
    if (!whole()) return;
    waiting.disconnect();
    fill();
  }
  waiting.observe(document.documentElement, { childList: true, subtree: true });
  fillWhenWhole(); // Gradio may load this script when all is laid out
})();
