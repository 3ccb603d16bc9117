"""HTML as a browser shows it: blocks, list numbers, tables with spans, raised text; what is not shown is no text.

Read by lxml alone. unstructured glues words at line breaks and inline tags, loses what stands in `details`, takes
hidden paragraphs for text and lays cells of merged heads under the wrong column.
"""

import re
from collections.abc import Iterator
from typing import Any

from ingest.documents import WITH_CELLS, Element, Kind
from ingest.partition import clean, joined_lines
from ingest.partition.html_styles import RAISED, UNSEEN, mark_unseen
from ingest.partition.numerals import letter, roman
from ingest.partition.scripts import subscript, superscript
from ingest.partition.table_model import Cell, Table, table_element

_UNSEEN = frozenset(
    "script style noscript template head nav iframe object svg math select datalist del s strike".split()
)
_STRUCK = ("s", "strike", "del")
_BLOCKS = frozenset(
    "address article aside blockquote body center details dd div dl dt fieldset figcaption figure footer form header "
    "h1 h2 h3 h4 h5 h6 hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul "
    "caption".split()
)
_HEADINGS = {f"h{level}": level - 1 for level in range(1, 7)}
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$))", re.I)
_QUOTES = ("gmail_quote", "moz-cite", "yahoo_quoted", "protonmail_quote")  # classes of quoted mails
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_RULE = re.compile(r"[-=_*~#]{4,}")  # lines drawn with characters
_LONGEST_IN_ROW = 80  # characters of a cell; longer ones in a single row are parts of a page that is laid out so
_RAISED_BY = {"sup": "super", "sub": "sub"}
_VERTICAL = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.I)
_BREAK = "\x1f"  # of a line, until white space is collapsed


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
        text = clean(_inline(node))
        if any(char.isalnum() for char in text):
            struck = (
                node.tag in _STRUCK or node.get(UNSEEN) == "struck" or _LINE_THROUGH.search(node.get("style") or "")
            )
            yield Element(kind="paragraph", text=text, unseen="struck" if struck else "hidden")


def _around(node: Any, main: Any) -> Iterator[Any]:
    """Blocks beside the main part, and beside those that hold it."""
    for child in node:
        if child is main or not isinstance(child.tag, str) or _is_unseen(child):
            continue
        if main in child.iterdescendants():
            yield from _around(child, main)
        elif child.tag in _BLOCKS:
            yield child


def _hidden(node: Any) -> Iterator[Any]:
    """Nodes with text that is not shown; what is for programs and not for readers is none."""
    for child in node:
        if not isinstance(child.tag, str) or (child.tag in _UNSEEN and child.tag not in _STRUCK):
            continue
        if _is_unseen(child):
            yield child
        else:
            yield from _hidden(child)


def _blocks(node: Any, kind: Kind = "paragraph", mark: str = "") -> Iterator[Element]:
    """Elements of a block: runs of inline content become one, blocks within their own."""
    run: list[str] = [node.text or ""]

    def flush() -> Iterator[Element]:
        nonlocal mark
        text = _text("".join(run))
        run.clear()
        if any(char.isalnum() for char in text):
            yield Element(kind=kind, text=f"{mark} {text}" if mark else text)
            mark = ""

    for child in node:
        if not isinstance(child.tag, str) or _is_unseen(child):
            pass
        elif child.tag in _BLOCKS:
            yield from flush()
            yield from _block(child, kind, mark)
        elif child.tag == "br":
            run.append(_BREAK)
        elif any(isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in child.iterdescendants()):
            yield from flush()  # an inline tag around blocks, as old programs write it
            yield from _blocks(child, kind, mark)
        else:
            run.append(_inline(child))
        run.append(child.tail or "")
    yield from flush()


def _block(node: Any, kind: Kind, mark: str) -> Iterator[Element]:
    tag = node.tag
    if tag in _HEADINGS:
        text = _text(_inline(node)).replace("\n", " ")
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
        text = "\n".join(line for raw in "".join(node.itertext()).split("\n") if (line := clean(_RULE.sub(" ", raw))))
        if any(char.isalnum() for char in text):
            yield Element(kind="paragraph", text=text)
    else:
        yield from _blocks(node, kind, mark)


def _quoted(element: Element) -> Element:
    return element if element.kind in WITH_CELLS else element.model_copy(update={"kind": "quotation"})


def _list(node: Any) -> Iterator[Element]:
    number, down = _int(node.get("start"), 1), node.get("reversed") is not None
    for item in node:
        if not isinstance(item.tag, str) or _is_unseen(item):
            continue
        if item.tag != "li":
            if isinstance(item.tag, str) and item.tag in _BLOCKS:
                yield from _block(item, "list_item", "")
            continue
        number = _int(item.get("value"), number)
        mark = _numbered(node.get("type") or "1", number) if node.tag == "ol" else ""
        yield from _blocks(item, "list_item", mark)
        number += -1 if down else 1


def _numbered(form: str, number: int) -> str:
    if form in ("a", "A"):
        text = letter(number)
    elif form in ("i", "I"):
        text = roman(number)
    else:
        return f"{number}."
    return f"{text.upper() if form.isupper() else text}."


def _definitions(node: Any) -> Iterator[Element]:
    """Names with what they mean, one a line, as a form has them."""
    name = ""
    for child in node.iter("dt", "dd"):
        text = _text(_inline(child)).replace("\n", " ")
        if child.tag == "dt":
            name = text
        elif text:
            yield Element(kind="paragraph", text=f"{name}: {text}" if name else text)


def _table(node: Any) -> Iterator[Element]:
    caption = node.find("caption")
    if caption is not None and (text := _text(_inline(caption))):
        yield Element(kind="caption", text=text)
    cells, heads, inner = _cells(node)
    rows = {cell.row for cell in cells}
    lays_out = len(rows) == 1 and any(len(cell.text) > _LONGEST_IN_ROW for cell in cells)
    if lays_out or len(cells) < 2 or len({cell.column for cell in cells}) == 1:  # a table that only lays out the page
        for row in _rows(node):
            for place in row:
                if place.tag in ("td", "th") and not _is_unseen(place):
                    yield from _blocks(place)
        return
    if element := table_element(Table(tuple(cells), heads)):
        yield element
    for table in inner:
        yield from _table(table)


def _cells(node: Any) -> tuple[list[Cell], int, list[Any]]:
    """Cells with their places, the rows at the top that are heads, and tables within cells."""
    cells: list[Cell] = []
    inner: list[Any] = []
    taken: set[tuple[int, int]] = set()
    heads = 0
    for number, row in enumerate(_rows(node)):
        places = [place for place in row if place.tag in ("td", "th") and not _is_unseen(place)]
        in_head = row.getparent().tag == "thead" or (places and all(place.tag == "th" for place in places))
        if heads == number and in_head:
            heads += 1
        column = 0
        for place in places:
            while (number, column) in taken:
                column += 1
            rows, columns = min(_int(place.get("rowspan"), 1), 500), min(_int(place.get("colspan"), 1), 100)
            tables = place.findall(".//table")
            inner += tables
            text = "" if tables else _text(_inline(place)).replace("\n", " ")
            cells.append(Cell(number, column, text, rows, columns, place.tag == "th" or _is_strong(place)))
            taken |= {(number + down, column + right) for down in range(rows) for right in range(columns)}
            column += columns
    last = max((cell.row for cell in cells), default=0)
    return [cell._replace(rows=min(cell.rows, last - cell.row + 1)) for cell in cells], heads, inner


def _rows(table: Any) -> list[Any]:
    """The rows of a table itself, hidden ones left out."""
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot") and not _is_unseen(child):
            rows += [row for row in child if row.tag == "tr"]
    return [row for row in rows if not _is_unseen(row)]


def _inline(node: Any) -> str:
    """The text of an inline tag, line breaks marked."""
    pieces = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str) and not _is_unseen(child):
            inside = _BREAK if child.tag == "br" else _inline(child)
            pieces.append(f"{_BREAK}{inside}{_BREAK}" if child.tag in _BLOCKS else inside)
        pieces.append(child.tail or "")
    text = "".join(pieces)
    raised = node.get(RAISED) or _RAISED_BY.get(node.tag) or _vertical(node.get("style") or "")
    return superscript(text) if raised == "super" else subscript(text) if raised == "sub" else text


def _vertical(style: str) -> str:
    """How a node's own style raises or lowers it."""
    match = _VERTICAL.search(style)
    return match[1].lower() if match else ""


def _text(raw: str) -> str:
    """Text with white space collapsed; a line break ends a line where it ends a sentence, else it is a space."""
    return joined_lines(_RULE.sub(" ", piece) for piece in raw.split(_BREAK))


def _is_unseen(node: Any) -> bool:
    if node.tag in _UNSEEN or node.get("hidden") is not None or node.get(UNSEEN) is not None:
        return True
    style = node.get("style") or ""
    return bool(_HIDDEN.search(style) or _LINE_THROUGH.search(style))


def _is_strong(cell: Any) -> bool:
    inside = [child for child in cell if isinstance(child.tag, str)]
    around = [cell.text, *(child.tail for child in inside)]
    return not any((text or "").strip() for text in around) and [child.tag for child in inside] in (["b"], ["strong"])


def _int(value: str | None, default: int) -> int:
    return int(value) if value and value.strip().isdecimal() and len(value) < 6 and int(value) > 0 else default
