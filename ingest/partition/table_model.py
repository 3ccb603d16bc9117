"""One model of a table for all formats: cells with what they cover, and the lines that it is laid out in."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.documents import CellSpan, CellType


class Cell(NamedTuple):
    """A cell as it lies in the file.

    Attributes:
        row: of its top, from 0.
        column: of its left side, from 0.
        text: what it shows.
        rows: that it covers.
        columns: that it covers.
        strong: whether it is formatted as a head: bold, or marked as one.
        type: of its value, where the file says so.
        raw: the value that the file keeps behind what is shown; see `CellSpan`.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    strong: bool = False
    type: CellType = "text"
    raw: str = ""


class Table(NamedTuple):
    """A table.

    Attributes:
        cells: in the order of rows and columns.
        heads: rows at the top that the file itself marks as head; 0 where it marks none.
        headed: whether the table is known to have a head or to have none, as by how it is formatted.
    """

    cells: tuple[Cell, ...]
    heads: int = 0
    headed: bool | None = None

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


class Line(NamedTuple):
    """A row as text, and where its cells stand in that; whether it is one of a form."""

    row: int
    text: str
    cells: tuple[CellSpan, ...]
    is_form: bool = False


Grid = Sequence[Sequence[Cell | None]]


def plain_table(rows: Iterable[Sequence[str]], headed: bool | None = None) -> Table:
    """A table without spans, from the texts of its cells; empty ones may be missing at the end of a row.

    Args:
        rows: of texts.
        headed: as of a `Table`.
    """
    cells = (Cell(number, column, text) for number, row in enumerate(rows) for column, text in enumerate(row) if text)
    return Table(tuple(cells), headed=headed)


def filled(row: Sequence[Cell | None]) -> list[Cell]:
    return [cell for cell in dict.fromkeys(row) if cell and cell.text]
