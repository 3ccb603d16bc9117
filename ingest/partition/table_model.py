"""One model of a table for all formats: cells with spans, heads of several rows, forms; and one way to lay it out.

A row becomes a line in which each value stands behind the path of its column's heads:
`Warengruppe: Dichtungen; Rabatt Händler › ab 51 Stück: 9 %`. Merged cells count in each row and column that they
cover. Whether a table has a head is decided by what the file says, then by how it is formatted, then by the shapes
of its values; a table of names and values is a form and has none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.partition.tables import row_lines

_BETWEEN = " › "
_SAME_SHAPE = 0.8  # share of a column's values that have its most frequent shape, below which they are of all kinds
_FEW_ROWS = 3  # from which shapes say something
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")


class Cell(NamedTuple):
    """A cell as it lies in the file.

    Attributes:
        row: of its top, from 0.
        column: of its left side, from 0.
        text: what it shows.
        rows: that it covers.
        columns: that it covers.
        strong: whether it is formatted as a head: bold, or marked as one.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    strong: bool = False


class Table(NamedTuple):
    """A table.

    Attributes:
        cells: in the order of rows and columns.
        heads: rows at the top that the file itself marks as head; 0 where it marks none.
        headed: whether tables of this format have a head even where none is marked, as on sheets.
    """

    cells: tuple[Cell, ...]
    heads: int = 0
    headed: bool = False

    @property
    def grid(self) -> list[list[Cell | None]]:
        """The cell that covers each place."""
        height = max((cell.row + cell.rows for cell in self.cells), default=0)
        width = max((cell.column + cell.columns for cell in self.cells), default=0)
        grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    grid[row][column] = cell
        return grid


def lines_of(table: Table) -> list[str]:
    """The lines of a table, one a row that says something, its heads before each value.

    Args:
        table: with spans.
    """
    return [line for _, line in numbered_lines(table)]


def numbered_lines(table: Table) -> list[tuple[int, str]]:
    """The lines of a table with the rows that they are of."""
    filled = [(number, row) for number, row in enumerate(table.grid) if any(cell and cell.text for cell in row)]
    titles, width = [], max((len(row) for _, row in filled), default=0)
    while len(filled) > 1 and width > 1 and len({cell for cell in filled[0][1] if cell and cell.text}) == 1:
        number, row = filled.pop(0)  # what stands alone above a table is its title
        titles.append((number, next(cell.text for cell in row if cell and cell.text)))
    if not filled:
        return titles
    numbers, grid = [number for number, _ in filled], [row for _, row in filled]
    heads = max(0, table.heads - len(titles))
    lines = list(_form_lines(grid)) if _is_form(grid, heads, table.headed) else list(_lines_below_heads(grid, heads))
    # A head over nothing but remarks is in no line; what is written is said all the same.
    said = "\n".join(line for _, line in lines)
    for at, row in enumerate(grid):
        if lost := [cell.text for cell in dict.fromkeys(row) if cell and cell.text not in said]:
            lines.append((at, "; ".join(lost)))
    whole = sorted(lines, key=lambda line: line[0])
    return [*titles, *((numbers[at], line) for at, line in whole)]


def _lines_below_heads(grid: Sequence[Sequence[Cell | None]], marked: int) -> Iterator[tuple[int, str]]:
    count = _head_rows(grid, marked)
    if count <= 1 and all(cell is None or (cell.rows == cell.columns == 1) for row in grid for cell in row):
        yield from ((at, line) for at, _, line in row_lines([[_text(cell) for cell in row] for row in grid]))
        return
    heads = [_path(grid[:count], column) for column in range(len(grid[0]))]
    for at, row in enumerate(grid[count:], start=count):
        if line := _line(heads, row):
            yield at, line


def _line(heads: Sequence[str], row: Sequence[Cell | None]) -> str:
    """A row with its heads; what covers several columns is said once, behind what these have in common."""
    pieces: dict[Cell, str] = {}
    for head, cell in zip(heads, row, strict=True):
        if cell and cell.text:
            pieces.setdefault(cell, head)
    if len(pieces) == 1 < len(row):  # a remark below the table, or a heading within it
        return next(iter(pieces)).text
    return "; ".join(f"{head}: {cell.text}" if head else cell.text for cell, head in pieces.items())


def _path(rows: Sequence[Sequence[Cell | None]], column: int) -> str:
    """The heads above a column from the outermost, each once."""
    return _BETWEEN.join(dict.fromkeys(cell.text for row in rows if (cell := row[column]) and cell.text))


def _head_rows(grid: Sequence[Sequence[Cell | None]], marked: int) -> int:
    """How many rows at the top are the head: those marked, else those that merged heads need."""
    if marked:
        return min(marked, len(grid) - 1)
    first = {cell for cell in grid[0] if cell}
    reach = max((cell.rows for cell in first), default=1)
    parted = any(cell.columns > 1 for cell in first) and len(first) > 1
    return min(max(reach, 2 if parted else 1), len(grid) - 1)


def _is_form(grid: Sequence[Sequence[Cell | None]], marked: int, headed: bool) -> bool:
    """Whether the table is one of names and values, side by side."""
    width = len(grid[0])
    if marked or width % 2 or any(len({cell for cell in row if cell}) < width for row in grid if width > 2):
        return False
    names = [cell for row in grid for cell in row[0::2] if cell and cell.text]
    values = [cell for row in grid for cell in row[1::2] if cell and cell.text]
    if names and all(cell.text.endswith(":") for cell in names):
        return True
    if width != 2:
        return False
    if any(cell.strong for cell in (*names, *values)):
        return all(cell.strong for cell in names) and not any(cell.strong for cell in values)
    if headed:
        return False
    # Read as a form, a table with a head loses less than a form loses that is read as one.
    shapes = Counter(_shape(cell.text) for cell in values[1:])
    shape, count = shapes.most_common(1)[0] if shapes else ("", 0)
    return len(values) < _FEW_ROWS or count / len(values[1:]) < _SAME_SHAPE or _shape(values[0].text) == shape


def _form_lines(grid: Sequence[Sequence[Cell | None]]) -> Iterator[tuple[int, str]]:
    for at, row in enumerate(grid):
        pairs = [(_text(name).rstrip(": "), _text(value)) for name, value in zip(row[0::2], row[1::2], strict=True)]
        if said := [": ".join(filter(None, pair)) for pair in pairs if any(pair)]:
            yield at, "; ".join(said)


def _shape(text: str) -> str:
    """What kind of value a text is, by its words and numbers: `250 Tonnen` is `0 a`."""
    return _WORD.sub("a", _NUMBER.sub("0", text))


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""
