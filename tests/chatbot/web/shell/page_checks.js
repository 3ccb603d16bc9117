// What is checked of an open page, by the names of chatbot/web/shell/accessibility.toml: each gives what is wrong.
(() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = (above, below) => [0, 1, 2].map((i) => above[i] * above[3] + below[i] * (1 - above[3]));
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const ancestors = (element) => (element ? [element, ...ancestors(element.parentElement)] : []);
  const behind = (element) => {
    const layers = [];
    for (const one of ancestors(element)) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3]) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, above) => over(above, below), [255, 255, 255]);
  };
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({opacityProperty: true, visibilityProperty: true});
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  const named = (element) => `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}.${[...element.classList].join(".")} "${(element.textContent || element.value || "").trim().slice(0, 40)}"`;
  const name_of = (element) => {
    const labels = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
    const own = element.matches("input, select, textarea") ? "" : element.textContent;
    const pictures = [...element.querySelectorAll("img, [aria-label]")].map((one) => one.getAttribute("alt") ?? one.getAttribute("aria-label"));
    const given = [element.getAttribute("aria-label"), ...labels, ...[...(element.labels ?? [])].map((one) => one.textContent), own, ...pictures, element.title];
    return given.filter(Boolean).join(" ").trim();
  };
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const expected = (style, found, least, what) => (found + 0.05 < least ? [`${what} ${found.toFixed(2)} ${style}`] : []);

  const text_colours = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), wrong = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !visible(element) || element.closest("svg, :disabled, [role=option], [aria-hidden=true], template")) continue;
      const style = getComputedStyle(element), colour = rgba(style.color), below = behind(element);
      const seen = ancestors(element).reduce((part, one) => part * Number(getComputedStyle(one).opacity), colour[3]);
      const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
      wrong.push(...expected(`${style.color} on ${below}`, ratio(over([...colour.slice(0, 3), seen], below), below), large ? 3 : 4.5, named(element)));
    }
    for (const field of all("[placeholder]")) {
      if (!field.placeholder?.trim()) continue;
      const colour = rgba(getComputedStyle(field, "::placeholder").color), below = behind(field);
      wrong.push(...expected("placeholder", ratio(over(colour, below), below), 4.5, named(field)));
    }
    return wrong;
  };
  const edges = () => all("input:not([type=hidden]), select, textarea").flatMap((field) => {
    if (field.closest(":disabled, [role=grid], .file-wrap") || field.type === "checkbox" || field.readOnly) return [];
    const outer = ancestors(field).slice(0, 5).filter((one) => parseFloat(getComputedStyle(one).borderBottomWidth) > 0);
    const best = outer.map((one) => ratio(over(rgba(getComputedStyle(one).borderBottomColor), behind(one.parentElement)), behind(one.parentElement)));
    return Math.max(0, ...best) + 0.05 < 3 ? [`${named(field)} ${Math.max(0, ...best).toFixed(2)}`] : [];
  });
  const focus_seen = () => {
    const look = (element) => {
      const style = getComputedStyle(element);
      return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor].join();
    };
    return all(CONTROLS).filter((one) => one.tabIndex >= 0 && !one.disabled).flatMap((one) => {
      const marks = ancestors(one).slice(0, 4);
      document.activeElement?.blur();
      const before = marks.map(look);
      one.focus({preventScroll: true});
      const seen = document.activeElement !== one || marks.some((mark, i) => look(mark) !== before[i]);
      one.blur();
      return seen ? [] : [named(one)];
    });
  };
  const structure = () => {
    const levels = all("h1, h2, h3, h4, h5, h6").map((one) => Number(one.tagName[1]));
    const gaps = levels.filter((level, i) => level > (i ? levels[i - 1] : 0) + 1).map((level) => `a gap before h${level}: ${levels}`);
    const heads = levels.filter((level) => level === 1).length, mains = all("main, [role=main]").length;
    return [...gaps, ...(heads === 1 ? [] : [`${heads} main headings`]), ...(mains === 1 ? [] : [`${mains} main parts`])];
  };
  const inline = (one) => getComputedStyle(one).display === "inline";

  return {
    pictures: () => all("img:not([alt]), svg[role=img]:not([aria-label])").filter((one) => !one.closest("button, a, label")).map(named),
    structure,
    contrast: text_colours,
    reflow: () => {
      const {scrollWidth, clientWidth} = document.scrollingElement;
      return scrollWidth > clientWidth ? [`${scrollWidth} > ${clientWidth}`] : [];
    },
    fields: edges,
    keyboard: () => all(CONTROLS).filter((one) => !one.disabled && !one.closest("[role=tablist], [role=grid], .table-wrap, [role=radiogroup]"))
      .filter((one) => one.tabIndex !== 0).map(named),
    skip: () => {
      const first = all("a[href], button").concat([...document.querySelectorAll("a.skip")]).sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1))[0];
      return first?.matches("a.skip") && document.querySelector("main") ? [] : ["no link to the content"];
    },
    title: () => (/^\S.* – Fundstelle$/.test(document.title) ? [] : [document.title]),
    focus: focus_seen,
    targets: () => all("button, input:not([type=hidden]), select, textarea, summary, a[href]").filter((one) => !inline(one) && !one.closest("a.skip"))
      .filter((one) => {
        const box = (one.closest("label") ?? one).getBoundingClientRect();
        return box.width < 23.5 || box.height < 23.5;
      }).map((one) => `${named(one)} ${Math.round(one.getBoundingClientRect().width)}x${Math.round(one.getBoundingClientRect().height)}`),
    language: () => (/^(de|en)$/.test(document.documentElement.lang) ? [] : [document.documentElement.lang]),
    navigation: () => (all("header.shell .word-mark").length === 1 && all("header.shell nav [aria-current]").length <= 2 ? [] : ["no header"]),
    names: () => all(`${CONTROLS}, [role=button], dialog[open]`).filter((one) => !name_of(one)).map(named),
  };
})()
