"""Workbooks as one XML file (SpreadsheetML 2003), which many programs write under the name `.xls`."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned, Unseen
from ingest.partition import clean
from ingest.partition.cell_values import stored
from ingest.partition.contrast import WHITE, cannot_be_seen, colour_of_hex
from ingest.partition.number_formats import as_formatted, plain, shown
from ingest.partition.sheet_margins import margin_elements
from ingest.partition.sheet_tables import Hidden, note, whole_sheet
from ingest.partition.sheets import MOST_CELLS
from ingest.partition.table_model import Cell
from ingest.partition.workbook_language import language_of_workbook

_S = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_HTML = "{http://www.w3.org/TR/REC-html40}"  # of pieces of a text that look otherwise
_ON = ("1", "true")
_MOST_COLUMNS = 16_384
_FORMATS = {  # names that stand for formats
    "General": "General", "Percent": "0.00%", "Short Date": "mm-dd-yy", "General Date": "mm-dd-yy", "Fixed": "0.00",
    "Standard": "#,##0.00", "Currency": "#,##0.00", "Medium Date": "dd.mm.yyyy", "Long Date": "dd.mm.yyyy",
    "Short Time": "h:mm", "Long Time": "h:mm:ss", "Medium Time": "h:mm", "General Number": "General",
    "Euro Currency": "#,##0.00 €", "Scientific": "General", "Yes/No": "General", "True/False": "General",
    "On/Off": "General",
}  # fmt: skip


def partition_workbook_xml(path: Path) -> Partitioned:
    """Every sheet of a SpreadsheetML file.

    Raises:
        DocumentFailed: too large.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    root = etree.fromstring(path.read_bytes(), parser)
    styles = _styles(root)
    texts = (data.text or "" for data in root.iter(f"{_S}Data") if data.get(f"{_S}Type") == "String")
    language = language_of_workbook([style.number_format for style in styles.values()], "", texts)
    if sum(1 for _ in root.iter(f"{_S}Cell")) > MOST_CELLS:
        raise DocumentFailed("document.too_large", document=path.name, most=f"{MOST_CELLS} cells")
    elements = tuple(element for sheet in root.iter(f"{_S}Worksheet") for element in _sheet(sheet, styles, language))
    return Partitioned(elements=elements)


class _Style(NamedTuple):
    """How a cell looks."""

    number_format: str = "General"
    bold: bool = False
    unseen: Unseen | None = None


class _Place(NamedTuple):
    """A cell with its row and column, from 0, whether it is hidden, and the name of its style."""

    row: int
    column: int
    is_hidden: bool
    style: str | None
    node: Any


class _Line(NamedTuple):
    """A row or column: whether it is hidden, and the name of its style."""

    is_hidden: bool
    style: str | None


def _styles(root: Any) -> dict[str | None, _Style]:
    """Looks by the names of their styles, with what these take from their parents."""
    nodes = {style.get(f"{_S}ID"): style for style in root.iter(f"{_S}Style")}
    found = {}
    for name, node in nodes.items():
        line, said = [node], dict[str, str]()
        while (parent := nodes.get(line[-1].get(f"{_S}Parent"))) is not None and parent not in line:
            line.append(parent)
        for style in reversed(line):
            said |= {f"{child.tag}/{key}".replace(_S, ""): value for child in style for key, value in child.items()}
        found[name] = _style(said)
    return found


def _style(said: Mapping[str, str]) -> _Style:
    code = said.get("NumberFormat/Format", "General")
    letters, pattern = colour_of_hex(said.get("Font/Color", "")), said.get("Interior/Pattern", "None")
    grounds = {"None": WHITE, "Solid": colour_of_hex(said.get("Interior/Color", ""))}
    ground = grounds.get(pattern)
    is_alike = letters is not None and ground is not None and cannot_be_seen(letters, ground)
    is_struck = said.get("Font/StrikeThrough") in _ON
    unseen: Unseen | None = "struck" if is_struck else "hidden" if is_alike else None
    return _Style(_FORMATS.get(code, code), said.get("Font/Bold") in _ON, unseen)


def _sheet(sheet: Any, styles: Mapping[str | None, _Style], language: str) -> Iterator[Element]:
    name = sheet.get(f"{_S}Name")
    seen: list[Cell] = []
    unseen: list[tuple[Unseen, str]] = []
    notes: list[Element] = []
    columns = dict(_lines(sheet.iterfind(f"{_S}Table/{_S}Column"), "Width"))
    hidden_rows: set[int] = set()
    for place in _places(sheet, columns, hidden_rows):
        style = styles.get(place.style) or styles.get("Default") or _Style()
        data = place.node.find(f"{_S}Data")
        value, struck = _value(data) if data is not None else (None, "")
        unseen += [("struck", struck)] if struck else []
        value = _typed(value, style.number_format)
        text = clean(shown(value, style.number_format, language))
        if not text:
            unseen += [("hidden", kept)] if (kept := clean(plain(value, language))) else []
        elif place.is_hidden:
            unseen.append(("hidden_cells", text))
        elif style.unseen:
            unseen.append((style.unseen, text))
        else:
            span = tuple(int(place.node.get(f"{_S}Merge{way}", "0")) + 1 for way in ("Down", "Across"))
            seen.append(Cell(place.row, place.column, text, span[0], span[1], style.bold, *stored(value)))
        for comment in place.node.iterfind(f"{_S}Comment/{_S}Data"):
            if noted := clean("".join(comment.itertext())):
                notes.append(note(noted, place.row, place.column, name, place.is_hidden))
    hidden = Hidden(frozenset(hidden_rows), frozenset(at for at, column in columns.items() if column.is_hidden))
    is_hidden = sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") in ("SheetHidden", "SheetVeryHidden")
    yield from whole_sheet(seen, unseen, name, hidden, is_hidden)
    if not is_hidden:
        setup = sheet.iterfind(f"{_X}WorksheetOptions/{_X}PageSetup/*")
        codes = (part.get(f"{_X}Data") or "" for part in setup if part.tag in (f"{_X}Header", f"{_X}Footer"))
        yield from (*notes, *margin_elements(codes, name))


def _places(sheet: Any, columns: Mapping[int, _Line], hidden_rows: set[int]) -> Iterator[_Place]:
    """The cells of a sheet; places that are left out are not written. Numbers of hidden rows are added."""
    rows = list(sheet.iterfind(f"{_S}Table/{_S}Row"))
    for node, (row, line) in zip(rows, _first_of_each(rows), strict=True):
        hidden_rows |= {row} if line.is_hidden else set()
        column = -1
        for cell in node.iterfind(f"{_S}Cell"):
            column = int(cell.get(f"{_S}Index", column + 2)) - 1
            whole = columns.get(column, _Line(False, None))
            style = cell.get(f"{_S}StyleID") or line.style or whole.style
            yield _Place(row, column, line.is_hidden or whole.is_hidden, style, cell)
            column += int(cell.get(f"{_S}MergeAcross", "0"))


def _first_of_each(rows: Iterable[Any]) -> Iterator[tuple[int, _Line]]:
    at = -1
    for node in rows:
        at = int(node.get(f"{_S}Index", at + 2)) - 1
        yield at, _line(node, "Height")
        at += int(node.get(f"{_S}Span", "0"))


def _lines(nodes: Iterable[Any], size: str) -> Iterator[tuple[int, _Line]]:
    """Rows or columns by their numbers, from 0; one node may stand for many."""
    at = -1
    for node in nodes:
        at = int(node.get(f"{_S}Index", at + 2)) - 1
        span = min(int(node.get(f"{_S}Span", "0")), _MOST_COLUMNS)
        yield from ((number, _line(node, size)) for number in range(at, at + span + 1))
        at += span


def _line(node: Any, size: str) -> _Line:
    is_flat = (node.get(f"{_S}{size}") or "1").strip("0.") == ""
    return _Line(node.get(f"{_S}Hidden") in _ON or is_flat, node.get(f"{_S}StyleID"))


def _value(data: Any) -> tuple[Any, str]:
    """What a cell keeps, and what is struck out in its text."""
    import datetime

    struck = "".join("".join(node.itertext()) for node in data.iter(f"{_HTML}S"))
    text = "".join(_kept(data))
    try:
        match data.get(f"{_S}Type"):
            case "Number":
                return float(text), ""
            case "DateTime":
                return datetime.datetime.fromisoformat(text), ""
            case "Boolean":
                return text == "1", ""
    except ValueError:
        pass  # it is not what it says: it is shown as it stands
    return text, clean(struck)


def _kept(node: Any) -> Iterator[str]:
    """Pieces of a text that are not struck out."""
    yield node.text or ""
    for child in node:
        if child.tag != f"{_HTML}S":
            yield from _kept(child)
        yield child.tail or ""


def _typed(value: Any, number_format: str) -> Any:
    return as_formatted(value, number_format) if isinstance(value, float) else value
