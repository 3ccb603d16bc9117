"""HTML as a browser shows it: blocks, list numbers, tables with spans, raised text; what is not shown is no text.

Read by lxml alone. unstructured glues words at line breaks and inline tags, loses what stands in `details`, takes
hidden paragraphs for text and lays cells of merged heads under the wrong column.
"""

from collections.abc import Iterator
from typing import Any

from ingest.documents import WITH_CELLS, Element, Kind
from ingest.partition import clean
from ingest.partition.html_inline import (
    BLOCKS,
    BREAK,
    RULE,
    STRUCK_TAGS,
    UNSEEN_TAGS,
    block_text,
    inline,
    is_struck,
    is_unseen,
    list_items,
    one_line,
)
from ingest.partition.html_styles import mark_unseen
from ingest.partition.html_tables import cell_nodes, lays_out, read_table
from ingest.partition.table_layout import element_of, labelled

_HEADINGS = {f"h{level}": level - 1 for level in range(1, 7)}
_QUOTES = ("gmail_quote", "moz-cite", "yahoo_quoted", "protonmail_quote")  # classes of quoted mails


def html_elements(tree: Any) -> Iterator[Element]:
    """Elements of a page in the order of reading.

    Args:
        tree: its root, of lxml; of a page with a `main` part only that is the document, the rest leads elsewhere.
    """
    mark_unseen(tree)
    body = tree.find(".//body")
    body = tree if body is None else body
    main = body.find(".//main")
    yield from _block(body if main is None else main, "paragraph", "")
    if main is not None:  # what stands around it
        for part in _around(body, main):
            yield from (element.model_copy(update={"kind": "margin"}) for element in _block(part, "paragraph", ""))
    for node in _hidden(body):
        text = clean(inline(node))
        if any(char.isalnum() for char in text):
            yield Element(kind="paragraph", text=text, unseen="struck" if is_struck(node) else "hidden")


def _around(node: Any, main: Any) -> Iterator[Any]:
    """Blocks beside the main part, and beside those that hold it."""
    for child in node:
        if child is main or not isinstance(child.tag, str) or is_unseen(child):
            continue
        if main in child.iterdescendants():
            yield from _around(child, main)
        elif child.tag in BLOCKS:
            yield child


def _hidden(node: Any) -> Iterator[Any]:
    """Nodes with text that is not shown; what is for programs and not for readers is none."""
    for child in node:
        if not isinstance(child.tag, str) or (child.tag in UNSEEN_TAGS and child.tag not in STRUCK_TAGS):
            continue
        if is_unseen(child):
            yield child
        else:
            yield from _hidden(child)


def _blocks(node: Any, kind: Kind = "paragraph", mark: str = "") -> Iterator[Element]:
    """Elements of a block: runs of inline content become one, blocks within their own."""
    run: list[str] = [node.text or ""]

    def flush() -> Iterator[Element]:
        nonlocal mark
        text = block_text("".join(run))
        run.clear()
        if any(char.isalnum() for char in text):
            yield Element(kind=kind, text=f"{mark} {text}" if mark else text)
            mark = ""

    for child in node:
        if not isinstance(child.tag, str) or is_unseen(child):
            pass
        elif child.tag in BLOCKS:
            yield from flush()
            yield from _block(child, kind, mark)
        elif child.tag == "br":
            run.append(BREAK)
        elif any(isinstance(inner.tag, str) and inner.tag in BLOCKS for inner in child.iterdescendants()):
            yield from flush()  # an inline tag around blocks, as old programs write it
            yield from _blocks(child, kind, mark)
        else:
            run.append(inline(child))
        run.append(child.tail or "")
    yield from flush()


def _block(node: Any, kind: Kind, mark: str) -> Iterator[Element]:
    tag = node.tag
    if tag in _HEADINGS:
        text = one_line(inline(node))
        if any(char.isalnum() for char in text):
            yield Element(kind="title", level=_HEADINGS[tag], text=text)
    elif tag == "table":
        yield from _table(node)
    elif tag in ("ul", "ol"):
        yield from _list(node)
    elif tag == "figcaption":
        yield from (element.model_copy(update={"kind": "caption"}) for element in _blocks(node, kind, mark))
    elif tag == "dl":
        yield from _definitions(node)
    elif tag == "blockquote" or (node.get("class") or "").startswith(_QUOTES):
        yield from (_quoted(element) for element in _blocks(node, kind, mark))
    elif tag == "pre":
        text = "\n".join(line for raw in "".join(node.itertext()).split("\n") if (line := clean(RULE.sub(" ", raw))))
        if any(char.isalnum() for char in text):
            yield Element(kind="paragraph", text=text)
    else:
        yield from _blocks(node, kind, mark)


def _quoted(element: Element) -> Element:
    # A table keeps its cells: that it is quoted is said by its label.
    return element.model_copy(update={"label": ">"} if element.kind in WITH_CELLS else {"kind": "quotation"})


def _list(node: Any) -> Iterator[Element]:
    marks = dict(list_items(node))
    for child in node:
        if child in marks:
            yield from _blocks(child, "list_item", marks[child])
        elif child.tag != "li" and child.tag in BLOCKS and not is_unseen(child):
            yield from _block(child, "list_item", "")


def _definitions(node: Any) -> Iterator[Element]:
    """Names with what they mean, one a line, as a form has them."""
    name = ""
    for child in node.iter("dt", "dd"):
        text = one_line(inline(child))
        if child.tag == "dt":
            name = text
        elif text:
            yield Element(kind="paragraph", text=f"{name}: {text}" if name else text)


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
