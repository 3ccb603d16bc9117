"""The tables of a sheet, whatever program wrote it: parted by empty rows and columns, laid out row by row."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise, zip_longest
from typing import NamedTuple

from ingest.documents import Element, Kind, Unseen, cell_name
from ingest.partition.forms import sheet_lines, whole_form
from ingest.partition.sheet_heads import begins_table
from ingest.partition.table_model import Cell, Line

Grid = Mapping[int, Mapping[int, Cell]]  # by row and column

_FAR = 50  # empty rows or columns behind which something else begins in any case
_BEYOND = 50  # rows and columns that a merged cell may reach over the last filled ones


class Hidden(NamedTuple):
    """Rows and columns of a sheet that are hidden: they part no tables."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()

    def has(self, row: int, column: int, rows: int = 1, columns: int = 1) -> bool:
        """Whether nothing is left of a cell outside of them.

        Args:
            row: of the cell, from 0.
            column: of the cell, from 0.
            rows: that it is merged over.
            columns: that it is merged over.
        """
        return self.rows.issuperset(range(row, row + rows)) or self.columns.issuperset(range(column, column + columns))

    def seen_of(self, cell: Cell) -> Cell:
        """What is left of a cell that reaches over hidden columns at its left.

        Args:
            cell: not all of which is hidden.
        """
        first = next((at for at in range(cell.column, cell.column + cell.columns) if at not in self.columns), None)
        if first is None or first == cell.column:
            return cell
        return cell._replace(column=first, columns=cell.columns - (first - cell.column))


NOTHING_HIDDEN = Hidden()


class _Area(NamedTuple):
    """A part of a sheet; its ends are excluded."""

    top: int
    bottom: int
    left: int
    right: int


def spread(cells: Iterable[Cell]) -> Grid:
    """Cells by all places that they cover; empty ones are left out.

    Args:
        cells: of a sheet, that somebody sees.
    """
    filled = [cell for cell in cells if cell.text]
    # Whole columns and rows may be merged: nothing is beyond the last cells that are filled.
    bottom = max((cell.row for cell in filled), default=0) + _BEYOND
    right = max((cell.column for cell in filled), default=0) + _BEYOND
    grid: dict[int, dict[int, Cell]] = {}
    for cell in filled:
        seen = cell._replace(rows=min(cell.rows, bottom - cell.row), columns=min(cell.columns, right - cell.column))
        for row in range(seen.row, seen.row + seen.rows):
            grid.setdefault(row, {}).update(dict.fromkeys(range(seen.column, seen.column + seen.columns), seen))
    return {row: dict(sorted(grid[row].items())) for row in sorted(grid)}


def whole_sheet(
    seen: Sequence[Cell], unseen: Sequence[tuple[Unseen, str]], label: str | None, hidden: Hidden, is_hidden: bool
) -> Iterator[Element]:
    """The rows of a sheet, and what nobody sees on it; of a hidden sheet that is all.

    Args:
        seen: cells that are shown if the sheet is.
        unseen: texts of the others, and why they are not.
        label: name of the sheet.
        hidden: its hidden rows and columns.
        is_hidden: whether the sheet itself is.
    """
    if is_hidden:
        texts = [cell.text for cell in seen] + [text for _, text in unseen]
        yield from (unseen_element(text, "hidden_sheet", label) for text in texts)
        return
    yield from sheet_elements(spread(seen), label, hidden)
    yield from (unseen_element(text, why, label) for why, text in unseen)


def sheet_elements(grid: Grid, label: str | None, hidden: Hidden = NOTHING_HIDDEN) -> Iterator[Element]:
    """The rows of a sheet's tables, one element each.

    Args:
        grid: cells by place.
        label: name of the sheet.
        hidden: numbers of its hidden rows and columns, from 0.
    """
    areas = list(_areas(grid, hidden))
    for area, following in zip_longest(areas, areas[1:]):
        above_table = following is not None and _is_above_wider(grid, area, following)
        for line in sheet_lines(_cells_in(grid, area), above_table):
            yield row_element(line, area.top, area.left, label)


def _cells_in(grid: Grid, area: _Area) -> tuple[Cell, ...]:
    """The cells of an area in order, with their places in it."""
    return tuple(
        cell._replace(row=cell.row - area.top, column=cell.column - area.left)
        for row in _rows_in(grid, area)
        for cell in _row(grid, row, area)
        if cell.row == row
    )


def _is_above_wider(grid: Grid, area: _Area, following: _Area) -> bool:
    """Whether the following area stands below, and has rows of more cells."""
    width, other = (max(len(_row(grid, row, one)) for row in _rows_in(grid, one)) for one in (area, following))
    return following.top >= area.bottom and other > width


def row_element(line: Line, top: int, left: int, label: str | None) -> Element:
    """A row with the range of its cells.

    Args:
        line: of a table.
        top: row of the sheet on which the table begins, from 0.
        left: its first column.
        label: name of the sheet.
    """
    table = tuple(cell._replace(row=cell.row + top, column=cell.column + left) for cell in line.cells)
    columns = [cell.column for cell in table]
    first, last = (cell_name(top + line.row, column) for column in (min(columns), max(columns)))
    kind: Kind = "form" if line.is_form else "table"
    return Element(kind=kind, text=line.text, label=label, cells=f"{first}:{last}", table=table)


def unseen_element(text: str, why: Unseen, label: str | None = None) -> Element:
    """What is on a sheet, and nobody sees.

    Args:
        text: of a cell.
        why: it is not seen.
        label: name of the sheet.
    """
    return Element(kind="table", text=text, label=label, unseen=why)


def note(text: str, row: int, column: int, label: str, is_hidden: bool = False) -> Element:
    """What somebody has noted at a cell; nobody sees it at one that is hidden.

    Args:
        text: of the note.
        row: of the cell, from 0.
        column: of the cell, from 0.
        label: name of the sheet.
        is_hidden: whether the cell is.
    """
    if is_hidden:
        return unseen_element(text, "hidden_cells", label)
    name = cell_name(row, column)
    return Element(kind="note", text=text, label=label, cells=f"{name}:{name}")


def _areas(grid: Grid, hidden: Hidden) -> Iterator[_Area]:
    """The tables of a sheet: parted by empty rows before a new head, and by empty columns between heads."""
    if not grid:
        return
    columns = {column for row in grid.values() for column in row}
    whole = _Area(min(grid), max(grid) + 1, min(columns), max(columns) + 1)
    for band in _bands(grid, whole, hidden):
        yield from _beside(grid, band, hidden)


def _bands(grid: Grid, area: _Area, hidden: Hidden) -> Iterator[_Area]:
    numbers = [row for row in _rows_in(grid, area) if _row(grid, row, area)]
    rows = [_row(grid, number, area) for number in numbers]
    top = 0
    for at in range(1, len(rows)):
        gap = range(numbers[at - 1] + 1, numbers[at])
        is_apart = any(row not in hidden.rows for row in gap[: len(hidden.rows) + 1])
        if len(gap) > _FAR or begins_table(rows, at, top, is_apart):
            yield area._replace(top=numbers[top], bottom=numbers[at - 1] + 1)
            top = at
    if rows:
        yield area._replace(top=numbers[top], bottom=numbers[-1] + 1)


def _beside(grid: Grid, area: _Area, hidden: Hidden) -> Iterator[_Area]:
    filled = {cell for row in _rows_in(grid, area) for cell in grid[row] if area.left <= cell < area.right}
    filled |= {column for column in hidden.columns if column - 1 in filled or column - 1 in hidden.columns}
    edges = [column for column in sorted(filled) if area.left <= column < area.right and column - 1 not in filled]
    parts = [area._replace(left=edge, right=_end(edge, filled)) for edge in edges]
    is_far = any(part.left - before.right > _FAR for before, part in pairwise(parts))
    # Titles may stand over the heads.
    heads = next((row for row in _rows_in(grid, area) if len(_row(grid, row, area)) > 1), area.top)
    has_rows = next(islice(_rows_in(grid, area._replace(top=heads)), 1, None), None) is not None
    are_tables = len(parts) > 1 and has_rows and all(_row(grid, heads, part) for part in parts)
    if not is_far and (not are_tables or whole_form(_cells_in(grid, area))):
        yield area
        return
    for part in parts:
        yield from _bands(grid, part, hidden)


def _end(edge: int, filled: set[int]) -> int:
    while edge in filled:
        edge += 1
    return edge


def _rows_in(grid: Grid, area: _Area) -> Iterator[int]:
    """Numbers of the rows of an area in which something stands."""
    numbers = list(grid)
    yield from numbers[bisect_left(numbers, area.top) : bisect_left(numbers, area.bottom)]


def _row(grid: Grid, row: int, area: _Area) -> list[Cell]:
    cells = grid.get(row, {})
    return list(dict.fromkeys(cell for column, cell in cells.items() if area.left <= column < area.right))
