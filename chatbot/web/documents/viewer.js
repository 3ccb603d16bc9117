// The viewer without loading a whole page: links and forms inside of it fetch their part and put it in its place.
// Where this does not run, or fails, they are ordinary links and forms.
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
      viewer.replaceWith(part);
      if (noted && isOwnPage()) history.pushState(null, "", address);
      toMark(part);
    } catch {
      location.assign(address);
    }
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
        if (node.nodeType === 1 && !node.matches(VIEWER) && node.querySelector(VIEWER)) toMark(node.querySelector(VIEWER));
      }
    }
  }).observe(document.body, {childList: true, subtree: true});

  const first = document.querySelector(VIEWER);
  if (first) toMark(first);
})();
