"""Workbooks as one XML file (SpreadsheetML 2003), which many programs write under the name `.xls`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned, Unseen
from ingest.partition import clean
from ingest.partition.number_formats import as_formatted, shown
from ingest.partition.sheet_tables import NOTHING_HIDDEN, note, whole_sheet
from ingest.partition.sheets import MOST_CELLS
from ingest.partition.table_model import Cell
from ingest.partition.workbook_language import language_of_workbook

_S = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
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
    formats = {style.get(f"{_S}ID"): _Style(style) for style in root.iter(f"{_S}Style")}
    texts = (data.text or "" for data in root.iter(f"{_S}Data") if data.get(f"{_S}Type") == "String")
    language = language_of_workbook([style.format for style in formats.values()], "", texts)
    if sum(1 for _ in root.iter(f"{_S}Cell")) > MOST_CELLS:
        raise DocumentFailed("document.too_large", document=path.name, most=f"{MOST_CELLS} cells")
    elements = tuple(element for sheet in root.iter(f"{_S}Worksheet") for element in _sheet(sheet, formats, language))
    return Partitioned(elements=elements)


class _Style:
    def __init__(self, node: Any) -> None:
        form, font = node.find(f"{_S}NumberFormat"), node.find(f"{_S}Font")
        code = form.get(f"{_S}Format", "General") if form is not None else "General"
        self.format = _FORMATS.get(code, code)
        self.bold = font is not None and font.get(f"{_S}Bold") == "1"
        self.struck = font is not None and font.get(f"{_S}StrikeThrough") == "1"


def _sheet(sheet: Any, styles: dict[str, _Style], language: str) -> Iterator[Element]:
    name = sheet.get(f"{_S}Name")
    seen: list[Cell] = []
    unseen: list[tuple[Unseen, str]] = []
    notes: list[Element] = []
    for row, column, hidden, node in _cells(sheet):
        data, style = node.find(f"{_S}Data"), styles.get(node.get(f"{_S}StyleID"))
        text = clean(_shown(data, style.format if style else "General", language)) if data is not None else ""
        if text and hidden:
            unseen.append(("hidden_cells", text))
        elif text and style and style.struck:
            unseen.append(("struck", text))
        elif text:
            span = int(node.get(f"{_S}MergeDown", "0")) + 1, int(node.get(f"{_S}MergeAcross", "0")) + 1
            seen.append(Cell(row, column, text, *span, bool(style and style.bold)))
        for comment in node.iterfind(f"{_S}Comment/{_S}Data"):
            if noted := clean("".join(comment.itertext())):
                notes.append(note(noted, row, column, name))
    is_hidden = sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") in ("SheetHidden", "SheetVeryHidden")
    yield from whole_sheet(seen, unseen, name, NOTHING_HIDDEN, is_hidden)
    yield from () if is_hidden else notes


def _cells(sheet: Any) -> Iterator[tuple[int, int, bool, Any]]:
    """Row, column, whether it is hidden, and node of each cell; places that are left out are not written."""
    columns, at = set(), 0
    for node in sheet.iterfind(f"{_S}Table/{_S}Column"):
        at = int(node.get(f"{_S}Index", at + 1))
        span = int(node.get(f"{_S}Span", "0"))
        columns |= set(range(at, at + span + 1)) if node.get(f"{_S}Hidden") == "1" else set()
        at += span
    row = 0
    for line in sheet.iterfind(f"{_S}Table/{_S}Row"):
        row = int(line.get(f"{_S}Index", row + 1))
        column = 0
        for node in line.iterfind(f"{_S}Cell"):
            column = int(node.get(f"{_S}Index", column + 1))
            yield row - 1, column - 1, line.get(f"{_S}Hidden") == "1" or column in columns, node
            column += int(node.get(f"{_S}MergeAcross", "0"))


def _shown(data: Any, number_format: str, language: str) -> str:
    import datetime

    text = "".join(data.itertext())
    try:
        match data.get(f"{_S}Type"):
            case "Number":
                return shown(as_formatted(float(text), number_format), number_format, language)
            case "DateTime":
                return shown(datetime.datetime.fromisoformat(text), number_format, language)
            case "Boolean":
                return shown(text == "1", number_format, language)
    except ValueError:
        pass  # it is not what it says: it is shown as it stands
    return text
