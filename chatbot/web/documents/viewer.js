// The viewer without loading a whole page: links and forms inside of it fetch their part and put it in its place.
// Where this does not run they are ordinary links and forms; where it fails on the viewer's own page, too.
"use strict";

(() => {
  const VIEWER = ".viewer[data-version]";

  function toMark(viewer) {
    const mark = viewer.querySelector("#mark");
    if (mark) mark.scrollIntoView({block: "center", inline: "nearest"});
  }

  // On a page of its own the address goes along; inside another page it stays that page's.
  const isOwnPage = () => location.pathname.startsWith("/documents/");

  async function show(viewer, address, noted) {
    viewer.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, {headers: {"x-fragment": "1"}, credentials: "same-origin"});
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = parsed.querySelector(VIEWER);
      if (!part) throw new Error("no viewer");
      const before = focused(viewer);
      viewer.replaceWith(part);
      focus(part, before);
      if (noted && isOwnPage()) history.pushState(null, "", address);
      toMark(part);
    } catch (error) {
      if (isOwnPage()) return location.assign(address);
      viewer.removeAttribute("aria-busy");
      throw error; // the page around it says so
    }
  }

  // The control that was used has its like in the new part; where it has none, the name of the document is next.
  const CONTROLS = "a[href], button, input:not([type=hidden]), [tabindex]";
  const wordsOf = (control) => control.rel || control.name || control.textContent.trim();

  function focused(viewer) {
    return viewer.contains(document.activeElement) ? wordsOf(document.activeElement) : "";
  }

  function focus(part, words) {
    if (!words) return;
    const like = [...part.querySelectorAll(CONTROLS)].find((control) => wordsOf(control) === words);
    (like || part.querySelector("[data-name]")).focus({preventScroll: true});
  }

  function addressOf(form) {
    const said = new URLSearchParams(new FormData(form));
    return `${form.getAttribute("action")}?${said}`;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    const viewer = link && link.closest(VIEWER);
    if (!viewer || link.hasAttribute("download") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!link.pathname.startsWith("/documents/") || link.origin !== location.origin) return;
    event.preventDefault();
    show(viewer, link.getAttribute("href"), true);
  });

  document.addEventListener("submit", (event) => {
    const viewer = event.target.closest(VIEWER);
    if (!viewer) return;
    event.preventDefault();
    show(viewer, addressOf(event.target), true);
  });

  window.addEventListener("popstate", () => {
    const viewer = isOwnPage() && document.querySelector(VIEWER);
    if (viewer) show(viewer, location.pathname + location.search, false);
  });

  // A viewer that another page puts in place is brought to its mark, too.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        const viewer = node.nodeType === 1 && (node.matches(VIEWER) ? node : node.querySelector(VIEWER));
        if (viewer) toMark(viewer);
      }
    }
  }).observe(document.body, {childList: true, subtree: true});

  const first = document.querySelector(VIEWER);
  if (first) toMark(first);
})();
