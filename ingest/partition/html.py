"""HTML as a browser shows it: blocks, list numbers, tables with spans, raised text; what is not shown is no text.

Read by lxml alone. unstructured glues words at line breaks and inline tags, loses what stands in `details`, takes
hidden paragraphs for text and lays cells of merged heads under the wrong column.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.documents import WITH_CELLS, Element, Kind
from ingest.partition import clean
from ingest.partition.alternative_text import alternative
from ingest.partition.html_controls import shown, takes_value
from ingest.partition.html_forms import definitions, line_form, marked, name_of, named_items, stands_apart, unit_behind
from ingest.partition.html_headings import HEADINGS, part_headings
from ingest.partition.html_inline import (
    BLOCKS,
    BREAK,
    RULE,
    block_text,
    inline,
    is_unseen,
    list_items,
    one_line,
    pictures,
    set_apart,
)
from ingest.partition.html_look_headings import mark_headings
from ingest.partition.html_sight import mark_invisible, unseen_elements
from ingest.partition.html_styles import mark_unseen
from ingest.partition.html_tables import cell_nodes, lays_out, read_table
from ingest.partition.named_lines import NamedValue, form_of, without_marks
from ingest.partition.plain_text import parted
from ingest.partition.table_layout import element_of, labelled

_BEHIND = "margin"  # label of what stands behind all else, until it does
_NOTES = ("doc-footnote", "doc-endnote")  # roles of WAI-ARIA for books
_WORD_ITEM, _WORD_BULLET = "MsoListParagraph", "\u00b7"  # as Word saves items of lists
_WORD_MARK = re.compile(rf"(?:{_WORD_BULLET}|\d{{1,2}}[.)]|[a-z][.)])\s")
_QUOTES = ("gmail_quote", "moz-cite", "yahoo_quoted", "protonmail_quote")  # classes of quoted mails


def html_elements(tree: Any) -> Iterator[Element]:
    """Elements of a page in the order of reading; menus and feet stand behind all else.

    Args:
        tree: its root, of lxml; of a page with a `main` part only that is the document, the rest leads elsewhere.
    """
    mark_unseen(tree)
    mark_invisible(tree)
    part_headings(tree)
    body = tree.find(".//body")
    body = tree if body is None else body
    mark_headings(body)
    main = body.find(".//main")
    margin: list[Element] = []
    for element in _block(body if main is None else main, "paragraph", ""):
        if element.label == _BEHIND:
            margin.append(element.model_copy(update={"label": None}))
        else:
            yield element
    if main is not None:  # what stands around it
        for part in _around(body, main):
            margin += [
                _in_margin(element).model_copy(update={"label": None}) for element in _block(part, "paragraph", "")
            ]
    yield from {(element.kind, element.text): element for element in margin}.values()
    yield from unseen_elements(body)


def _in_margin(element: Element) -> Element:
    return element.model_copy(update={"kind": "margin"})


def _around(node: Any, main: Any) -> Iterator[Any]:
    """Blocks beside the main part, and beside those that hold it."""
    for child in node:
        if child is main or not isinstance(child.tag, str) or is_unseen(child):
            continue
        if main in child.iterdescendants():
            yield from _around(child, main)
        elif child.tag in BLOCKS:
            yield child


def _blocks(node: Any, kind: Kind = "paragraph", mark: str = "") -> Iterator[Element]:
    """Elements of a block: runs of inline content become one, blocks within their own.

    Args:
        node: of lxml.
        kind: of what is no block of its own kind.
        mark: of an item, before its first text.
    """
    for element in _unmarked_blocks(node, kind):
        if mark and element.kind in (kind, "title"):  # LibreOffice writes numbered headings as items
            element, mark = element.model_copy(update={"text": f"{mark} {element.text}"}), ""
        yield element


def _unmarked_blocks(node: Any, kind: Kind) -> Iterator[Element]:
    run: list[str] = [node.text or ""]

    def flush() -> Iterator[Element]:
        raw = "".join(run)
        text = block_text(without_marks(raw))
        run.clear()
        if kind == "paragraph" and (form := line_form(raw, text)):
            yield form
        elif any(char.isalnum() for char in text):
            yield Element(kind=kind, text=text)
        else:
            for said in pictures(raw):
                yield from alternative(said)

    for child in node:
        if not isinstance(child.tag, str) or is_unseen(child):
            pass
        elif child.tag in BLOCKS:
            yield from flush()
            yield from _block(child, kind, "")
        elif child.tag == "br":
            if _ends_paragraph(run):
                yield from flush()
            run.append(BREAK)
        elif takes_value(child) and (value := one_line(shown(child))):
            name = name_of(child, run)
            yield from flush()
            if unit := unit_behind(child):
                value = f"{value} {unit}"
            yield form_of([NamedValue(name, value)]) if name else Element(kind=kind, text=value)
            if unit:
                continue
        elif any(stands_apart(inner) for inner in child.iterdescendants()):
            yield from flush()  # an inline tag around blocks, as old programs write it, or a label around a control
            yield from _blocks(child, kind)
        else:
            run.append(set_apart(child, marked(child)))
        run.append(child.tail or "")
    yield from flush()


def _ends_paragraph(run: Sequence[str]) -> bool:
    """Whether a line break follows another one, which makes an empty line."""
    text = "".join(run)
    return BREAK in text and not text[text.rindex(BREAK) :].strip(f"{BREAK} \t\n\r\xa0")


def _block(node: Any, kind: Kind, mark: str) -> Iterator[Element]:
    tag, role = node.tag, node.get("role") or ""
    if tag in HEADINGS:
        text = one_line(inline(node))
        if any(char.isalnum() for char in text):
            yield Element(kind="title", level=HEADINGS[tag], text=text)
    elif tag == "table":
        yield from _table(node)
    elif tag in ("ul", "ol"):
        yield from _list(node)
    elif tag == "figcaption":
        yield from (element.model_copy(update={"kind": "caption"}) for element in _blocks(node, kind, mark))
    elif tag == "dl":
        yield from definitions(node)
    elif role in _NOTES:
        yield from (element.model_copy(update={"kind": "note"}) for element in _blocks(node, kind, mark))
    elif tag == "aside":
        yield from map(_in_margin, _blocks(node, kind, mark))
    elif tag == "nav":  # one text: the names of other pages
        if menu := "\n".join(element.text for element in _blocks(node, kind, mark)):
            yield Element(kind="margin", text=menu, label=_BEHIND)
    elif tag == "footer" and next(node.iterancestors("article", "blockquote", "section"), None) is None:
        for element in _blocks(node, kind, mark):
            yield _in_margin(element).model_copy(update={"label": _BEHIND})
    elif tag == "blockquote" or (node.get("class") or "").startswith(_QUOTES):
        yield from (_quoted(element) for element in _blocks(node, kind, mark))
    elif (node.get("class") or "").startswith(_WORD_ITEM):
        for element in _blocks(node, kind, mark):
            item = _WORD_MARK.match(element.text)
            text = element.text.removeprefix(_WORD_BULLET).strip()
            yield element.model_copy(update={"kind": "list_item", "text": text}) if item else element
    elif tag == "pre":
        yield from _preformatted("".join(node.itertext()), kind, mark)
    else:
        yield from _blocks(node, kind, mark)


def _preformatted(text: str, kind: Kind, mark: str) -> Iterator[Element]:
    """Text whose blanks count: its lines, and the tables that are set in it."""
    for part in parted([line.rstrip() for line in text.split("\n")], titled=False):
        if isinstance(part, Element):
            yield part
            continue
        lines = "\n".join(line for raw in map(str, part) if (line := clean(RULE.sub(" ", raw))))
        if any(char.isalnum() for char in lines):
            yield Element(kind=kind, text=f"{mark} {lines}" if mark else lines)
            mark = ""


def _quoted(element: Element) -> Element:
    # A table keeps its cells: that it is quoted is said by its label.
    return element.model_copy(update={"label": ">"} if element.kind in WITH_CELLS else {"kind": "quotation"})


def _list(node: Any) -> Iterator[Element]:
    marks = dict(list_items(node))
    if values := named_items(node, marks):
        yield form_of(values)
        return
    for child in node:
        if child in marks:
            yield from _blocks(child, "list_item", marks[child])
        elif child.tag != "li" and child.tag in BLOCKS and not is_unseen(child):
            yield from _block(child, "list_item", "")


def _table(node: Any) -> Iterator[Element]:
    """A table, and behind it those within its cells, each line with what the row's first cell says."""
    caption = node.find("caption")
    if caption is not None and (text := block_text(inline(caption))):
        yield Element(kind="caption", text=text)
    if lays_out(node):
        for cell in cell_nodes(node):
            yield from _blocks(cell)
        return
    lines, inner = read_table(node)
    if lines:
        yield element_of(lines)
    for label, within in inner:
        yield from (labelled(element, label) if label else element for element in _table(within))
