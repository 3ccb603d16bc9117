"""OpenDocument spreadsheets: cells as they are shown, which the file itself says; hidden rows and sheets apart."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from config.errors import DocumentFailed
from ingest.documents import CellType, Element, Partitioned, Unseen
from ingest.partition import clean
from ingest.partition.cell_values import stored
from ingest.partition.odf import OdfPackage
from ingest.partition.odf_names import OFFICE, STYLE, TABLE, TEXT
from ingest.partition.odf_text import said
from ingest.partition.ods_drawings import SheetDrawings
from ingest.partition.properties import file_properties
from ingest.partition.sheet_hints import hints
from ingest.partition.sheet_tables import Hidden, note, whole_sheet
from ingest.partition.sheets import MOST_CELLS
from ingest.partition.table_model import Cell

_MOST_HIDDEN = 10_000  # rows that one node may stand for
_TRUTH = re.compile(r"of:=(?:TRUE|FALSE)\(\)")  # LibreOffice keeps these as numbers
_HINTS = (f"{TABLE}help-message", f"{TABLE}error-message")
_HIDDEN = ("collapse", "filter")


def partition_ods(path: Path) -> Partitioned:
    """Every sheet of an OpenDocument spreadsheet.

    Raises:
        DocumentFailed: too large.
    """
    package = OdfPackage(path)
    sheets = [_Sheet(package, sheet, path.name) for sheet in package.body if sheet.tag == f"{TABLE}table"]
    read = [list(sheet.elements()) for sheet in sheets]
    drawings = SheetDrawings(package, {raw for sheet in sheets for raw in sheet.numbers})
    elements: list[Element] = []
    for sheet, rows in zip(sheets, read, strict=True):
        elements += [*rows, *(drawings.elements(sheet.node) if sheet.is_shown else ())]
    return Partitioned(elements=tuple(elements), properties=file_properties(path))


class _Sheet:
    """Reads one sheet."""

    def __init__(self, package: OdfPackage, sheet: Any, document: str) -> None:
        self._package, self.node, self._document = package, sheet, document
        self._name = sheet.get(f"{TABLE}name")
        self._columns = list(_columns(sheet))
        self._seen: list[Cell] = []
        self._unseen: list[tuple[Unseen, str]] = []
        self._notes: list[Element] = []
        self._hidden_rows: set[int] = set()
        self._filled_in: dict[str, tuple[int, int]] = {}  # first place of each rule for what is filled in

    def elements(self) -> Iterator[Element]:
        row = 0
        for node, is_hidden in _rows(self.node):
            repeated = int(node.get(f"{TABLE}number-rows-repeated", "1"))
            self._hidden_rows |= set(range(row, row + min(repeated, _MOST_HIDDEN))) if is_hidden else set()
            if any("".join(cell.itertext()).strip() for cell in node):
                for at in range(repeated):
                    self._row(node, row + at, is_hidden)
            elif any(cell.get(f"{TABLE}content-validation-name") for cell in node):
                self._row(node, row, is_hidden)
            row += repeated
        hidden = Hidden(frozenset(self._hidden_rows), frozenset(i for i, gone in enumerate(self._columns) if gone))
        yield from whole_sheet(self._seen, self._unseen, self._name, hidden, not self.is_shown)
        yield from self._notes if self.is_shown else ()
        yield from self._hints() if self.is_shown else ()

    def _hints(self) -> Iterator[Element]:
        """What is said to those who fill cells in."""
        for name, (row, column) in self._filled_in.items():
            for text in hints(*self._rules.get(name, ())):
                yield note(text, row, column, self._name)

    @cached_property
    def _rules(self) -> dict[str, list[tuple[str, str]]]:
        """Titles and texts of the rules of cells, by their names."""
        found = self._package.body.iterfind(f"{TABLE}content-validations/{TABLE}content-validation")
        return {
            rule.get(f"{TABLE}name", ""): [
                (one.get(f"{TABLE}title") or "", " ".join("".join(line.itertext()) for line in one))
                for one in rule
                if one.tag in _HINTS
            ]
            for rule in found
        }

    @property
    def numbers(self) -> Iterator[str]:
        """Numbers that its cells keep and that are seen."""
        return (cell.raw for cell in self._seen if cell.raw and self.is_shown)

    def _row(self, node: Any, row: int, hidden: bool) -> None:
        column = 0
        for cell in node:
            if rule := cell.get(f"{TABLE}content-validation-name"):
                self._filled_in.setdefault(rule, (row, column))
            repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            if cell.tag == f"{TABLE}table-cell" and "".join(cell.itertext()).strip():
                for at in range(repeated):
                    self._cell(cell, row, column + at, hidden)
            column += repeated

    def _cell(self, cell: Any, row: int, column: int, hidden: bool) -> None:
        if len(self._seen) + len(self._unseen) + len(self._notes) > MOST_CELLS:
            raise DocumentFailed("document.too_large", document=self._document, most=f"{MOST_CELLS} cells")
        paragraphs = [said(self._package, paragraph) for paragraph in cell if paragraph.tag == f"{TEXT}p"]
        text = clean(" ".join(one.text for one in paragraphs))
        look = self._package.look("table-cell", cell.get(f"{TABLE}style-name"))
        rows, columns = (int(cell.get(f"{TABLE}number-{name}-spanned", "1")) for name in ("rows", "columns"))
        under = self._columns[column : column + columns]
        is_hidden = hidden or (bool(under) and all(under))
        if text and is_hidden:
            self._unseen.append(("hidden_cells", text))
        elif text and look.struck:
            self._unseen.append(("struck", text))
        elif text and self._package.is_cell_alike(cell.get(f"{TABLE}style-name")):
            self._unseen.append(("hidden", text))
        elif text:
            self._seen.append(
                Cell(row, column, text, rows, columns, bool(look.bold), *_stored(cell, self._is_added_up(cell)))
            )
        self._unseen += [unseen for one in paragraphs for unseen in one.unseen]
        for comment in cell.iter(f"{OFFICE}annotation"):
            lines = (said(self._package, paragraph).text for paragraph in comment.iter(f"{TEXT}p"))
            if noted := clean(" ".join(lines)):
                self._notes.append(note(noted, row, column, self._name, is_hidden))

    def _is_added_up(self, cell: Any) -> bool:
        """Whether a time goes on behind 24 hours, as spans do: hours of a day begin anew."""
        if cell.get(f"{OFFICE}value-type") != "time":
            return False
        name = self._package.data_style(cell.get(f"{TABLE}style-name"))
        return name in self._package.spans

    @cached_property
    def is_shown(self) -> bool:
        """Whether somebody sees the sheet."""
        style = self._package.styles.get(("table", self.node.get(f"{TABLE}style-name")))
        properties = style.find(f"{STYLE}table-properties") if style is not None else None
        return properties is None or properties.get(f"{TABLE}display") != "false"


def _stored(cell: Any, is_added_up: bool) -> tuple[CellType, str]:
    """Type and raw value of a cell (ISO/IEC 26300, part 3, section 19.385); times may be spans that are added up."""
    match cell.get(f"{OFFICE}value-type"):
        case "float" | "currency" | "percentage":
            value = float(cell.get(f"{OFFICE}value", "0"))
            said = cell.get(f"{TABLE}formula", "")
            return stored(bool(value) if _TRUTH.fullmatch(said) and value in (0, 1) else value)
        case "date":
            return "date", cell.get(f"{OFFICE}date-value", "").removesuffix("T00:00:00")
        case "time":
            span = TypeAdapter(timedelta).validate_python(cell.get(f"{OFFICE}time-value", "PT0S"))
            span = timedelta(seconds=round(span.total_seconds()))  # programs calculate in days
            is_clock = not is_added_up and timedelta() <= span < timedelta(days=1)
            return stored((datetime.min + span).time() if is_clock else span)
        case "boolean":
            return "boolean", cell.get(f"{OFFICE}boolean-value", "")
        case _:
            return "text", ""


def _rows(node: Any) -> Iterator[tuple[Any, bool]]:
    """Rows and whether each is hidden."""
    for child in node:
        if child.tag == f"{TABLE}table-row":
            yield child, child.get(f"{TABLE}visibility") in _HIDDEN
        elif child.tag in (f"{TABLE}table-rows", f"{TABLE}table-row-group", f"{TABLE}table-header-rows"):
            hidden = child.get(f"{TABLE}display") == "false"
            yield from ((row, hidden or own) for row, own in _rows(child))


def _columns(node: Any) -> Iterator[bool]:
    """Whether each column is hidden; the rest of a sheet, which is empty, is left out."""
    for child in node:
        if child.tag == f"{TABLE}table-column":
            hidden = child.get(f"{TABLE}visibility") in _HIDDEN
            yield from [hidden] * min(int(child.get(f"{TABLE}number-columns-repeated", "1")), 1_000)
        elif child.tag in (f"{TABLE}table-columns", f"{TABLE}table-column-group", f"{TABLE}table-header-columns"):
            yield from _columns(child)
