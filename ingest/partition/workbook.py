"""Excel workbooks as they are shown: formats, merged heads, several tables on a sheet, comments; nothing hidden."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned, cell_name
from ingest.partition import clean
from ingest.partition.number_formats import shown
from ingest.partition.properties import file_properties
from ingest.partition.table_model import Cell, Table, numbered_lines
from ingest.text.words import detect_language

_LARGE = 300_000  # cells, from which the faster reader without formats is taken
_SAMPLE = 2_000  # texts by which the language is told


class _Area(NamedTuple):
    """A part of a sheet; its ends are excluded."""

    top: int
    bottom: int
    left: int
    right: int


Grid = Mapping[tuple[int, int], Cell]


def partition_workbook(path: Path) -> Partitioned | None:
    """Every visible sheet of an xlsx or xlsm file; None for one so large that its formats cannot be read in time.

    Raises:
        DocumentFailed: nothing visible is in it.
    """
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if sum(sheet.max_row * sheet.max_column for sheet in sheets) > _LARGE:
        return None
    language = _language(sheets)
    elements = tuple(element for sheet in sheets for element in _elements(sheet, language))
    if not elements:
        raise DocumentFailed("document.no_text", document=path.name)
    return Partitioned(elements=elements, properties=file_properties(path))


def _language(sheets: Sequence[Any]) -> str:
    texts = (cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
    return detect_language(" ".join(text for _, text in zip(range(_SAMPLE), texts, strict=False)))


def _elements(sheet: Any, language: str) -> Iterator[Element]:
    grid = _grid(sheet, language)
    for area in _areas(grid):
        inside = {place: cell for place, cell in grid.items() if _is_inside(place, area)}
        cells = tuple(
            cell._replace(row=cell.row - area.top, column=cell.column - area.left)
            for place, cell in sorted(inside.items())
            if place == (cell.row, cell.column)
        )
        for number, line in numbered_lines(Table(cells, headed=True)):
            columns = [cell.column for cell in cells if cell.row <= number < cell.row + cell.rows and cell.text]
            row = area.top + number
            first, last = (cell_name(row, area.left + column) for column in (min(columns), max(columns)))
            yield Element(kind="table", text=line, label=sheet.title, cells=f"{first}:{last}")
    yield from _comments(sheet)


def _comments(sheet: Any) -> Iterator[Element]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and (text := clean(cell.comment.text)):
                name = cell_name(cell.row - 1, cell.column - 1)
                yield Element(kind="table", text=text, label=sheet.title, cells=f"{name}:{name}")


def _grid(sheet: Any, language: str) -> Grid:
    """The cells that somebody sees, by the places that they cover."""
    rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    columns = {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden
        for number in range(column.min, column.max + 1)
    }
    spans = {
        (merged.min_row, merged.min_col): (merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1)
        for merged in sheet.merged_cells.ranges
    }
    grid: dict[tuple[int, int], Cell] = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None or cell.row in rows or cell.column in columns or (cell.font and cell.font.strike):
                continue
            text = clean(shown(cell.value, cell.number_format, language))
            height, width = spans.get((cell.row, cell.column), (1, 1))
            strong = bool(cell.font and cell.font.b)
            made = Cell(cell.row - 1, cell.column - 1, text, height, width, strong)
            for down in range(height):
                for right in range(width):
                    grid[(made.row + down, made.column + right)] = made
    return {place: cell for place, cell in grid.items() if cell.text}


def _areas(grid: Grid) -> Iterator[_Area]:
    """The tables of a sheet: parted by empty rows before a new head, and by empty columns between heads."""
    if not grid:
        return
    rows, columns = {row for row, _ in grid}, {column for _, column in grid}
    whole = _Area(min(rows), max(rows) + 1, min(columns), max(columns) + 1)
    for band in _bands(grid, whole):
        yield from _beside(grid, band)


def _bands(grid: Grid, area: _Area) -> Iterator[_Area]:
    filled = {row for row, column in grid if area.left <= column < area.right}
    top, before = area.top, None
    for row in range(area.top, area.bottom):
        if row in filled:
            if before is not None and row - before > 1 and _begins_table(grid, row, area):
                yield area._replace(top=top, bottom=before + 1)
                top = row
            before = row
    if before is not None:
        yield area._replace(top=top, bottom=before + 1)


def _begins_table(grid: Grid, row: int, area: _Area) -> bool:
    """Whether a row behind an empty one is the head of another table: names only, over rows of as many cells."""
    here = _row(grid, row, area)
    below = _row(grid, row + 1, area)
    if len(here) < 2 or len(below) < 2 or any(any(char.isdigit() for char in cell.text) for cell in here):
        return False
    return all(cell.strong for cell in here) or any(any(char.isdigit() for char in cell.text) for cell in below)


def _beside(grid: Grid, area: _Area) -> Iterator[_Area]:
    filled = {column for row, column in grid if area.top <= row < area.bottom and area.left <= column < area.right}
    edges = [column for column in range(area.left, area.right) if column in filled and column - 1 not in filled]
    parts = [area._replace(left=edge, right=_end(edge, filled)) for edge in edges]
    if len(parts) < 2 or not all(_row(grid, area.top, part) for part in parts):
        yield area
        return
    for part in parts:
        rows = {row for row, column in grid if area.top <= row < area.bottom and part.left <= column < part.right}
        yield from _bands(grid, part._replace(bottom=max(rows) + 1))


def _end(edge: int, filled: set[int]) -> int:
    while edge in filled:
        edge += 1
    return edge


def _row(grid: Grid, row: int, area: _Area) -> list[Cell]:
    return list(dict.fromkeys(cell for column in range(area.left, area.right) if (cell := grid.get((row, column)))))


def _is_inside(place: tuple[int, int], area: _Area) -> bool:
    return area.top <= place[0] < area.bottom and area.left <= place[1] < area.right
