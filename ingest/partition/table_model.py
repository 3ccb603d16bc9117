"""One model of a table for all formats: cells with spans, heads of several rows, forms; and one way to lay it out.

A row becomes a line in which each value stands behind the path of its column's heads:
`Warengruppe: Dichtungen; Rabatt Händler › ab 51 Stück: 9 %`. Merged cells count in each row and column that they
cover. Whether a table has a head is decided by what the file says, then by how it is formatted, then by the shapes
of its values; a table of names and values is a form and has none.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.documents import CellSpan, CellType, Element

_BETWEEN = " › "
_SAME_SHAPE = 0.8  # share of a column's values that have its most frequent shape, below which they are of all kinds
_FEW_ROWS = 3  # from which shapes say something
_LOOKED_AT = 50  # lines in which a head is looked for
_AHEAD = 0.6  # of the cells that most rows have: a row with two above the head that has fewer is none of the table
_NAMES_COLUMNS = re.compile(r"(?:19|20)\d\d|.{0,12}\b(?:19|20)\d\d")  # years name columns
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


_Grid = Sequence[Sequence[Cell | None]]


def plain_table(rows: Iterable[Sequence[str]], headed: bool | None = None) -> Table:
    """A table without spans, from the texts of its cells; empty ones may be missing at the end of a row.

    Args:
        rows: of texts.
        headed: as of a `Table`.
    """
    cells = (Cell(number, column, text) for number, row in enumerate(rows) for column, text in enumerate(row) if text)
    return Table(tuple(cells), headed=headed)


def table_element(table: Table) -> Element | None:
    """A table as one element, None for one without text.

    Args:
        table: with spans.
    """
    lines = laid_out(table)
    return element_of(lines) if lines else None


def element_of(lines: Iterable[Line]) -> Element:
    """Lines of a table as one element.

    Args:
        lines: from the top.
    """
    text, cells, is_form = "", list[CellSpan](), False
    for line in lines:
        is_form = is_form or line.is_form
        text += "\n" if text else ""
        cells += [cell.shifted(len(text)) for cell in line.cells]
        text += line.text
    return Element(kind="form" if is_form else "table", text=text, table=tuple(cells))


def labelled(element: Element, label: str) -> Element:
    """A table whose lines begin with what the outer cell says that it stands in.

    Args:
        element: of a table.
        label: of the outer cell.
    """
    before, starts = f"{label}: ", [0]
    for line in element.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    numbers = [bisect_right(starts, cell.start) for cell in element.table]
    text = "\n".join(before + line for line in element.text.split("\n"))
    cells = (cell.shifted(number * len(before)) for number, cell in zip(numbers, element.table, strict=True))
    return element.model_copy(update={"text": text, "table": tuple(cells)})


def laid_out(table: Table) -> list[Line]:
    """The lines of a table, one a row that says something, its heads before each value.

    Args:
        table: with spans.
    """
    filled = [(number, row) for number, row in enumerate(table.grid) if any(cell and cell.text for cell in row)]
    titles, width = [], max((len(row) for _, row in filled), default=0)
    usual = _usual_width([row for _, row in filled]) if table.headed else 0
    while len(filled) > 1 and width > 1:
        above = _filled(filled[0][1])
        if len(above) > 1 and not (len(above) < _AHEAD * usual and _says_of_table(above)):
            break
        if filled[0][0] < table.heads and above[0].column > 0:  # a head whose first column has no name
            break
        number, _ = filled.pop(0)  # what stands alone above a table is its title, and two cells say something of it
        pieces = [("", above[0])] if len(above) == 1 else [(above[0].text.rstrip(": "), above[1])]
        titles.append(_line(number, pieces, is_form=True))
    if not filled:
        return titles
    numbers, grid = [number for number, _ in filled], [row for _, row in filled]
    heads = sum(number < table.heads for number in numbers)
    if _is_form(grid, heads, table.headed):
        lines = [line._replace(is_form=True) for line in _form_lines(grid)]
    else:
        lines = list(_lines_below_heads(grid, 0 if table.headed is False else _head_rows(grid, heads)))
    # A head over nothing but remarks is in no line; what is written is said all the same.
    placed = {(cell.row, cell.column) for line in lines for cell in line.cells}
    said = "\n".join(line.text for line in lines[:_LOOKED_AT])
    own = {line.row: line.text for line in lines}
    for at, row in enumerate(grid):
        left = [cell for cell in _filled(row) if (cell.row, cell.column) not in placed]
        lost = [cell for cell in left if cell.text not in own.get(at, "") and cell.text not in said]
        if lost:
            lines.append(_line(at, [("", cell) for cell in lost]))
    whole = sorted(lines, key=lambda line: line.row)
    return [*titles, *(line._replace(row=numbers[line.row]) for line in whole)]


def _filled(row: Sequence[Cell | None]) -> list[Cell]:
    return [cell for cell in dict.fromkeys(row) if cell and cell.text]


def _says_of_table(cells: Sequence[Cell]) -> bool:
    """Whether a row above a head is a name with its value, such as `Stand: 1. März`, and no head of several columns."""
    return len(cells) == 2 and cells[0].column == 0 and all(cell.columns == cell.rows == 1 for cell in cells)


def _usual_width(grid: _Grid) -> int:
    """How many cells most rows have."""
    counts = Counter(len(_filled(row)) for row in grid)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _lines_below_heads(grid: _Grid, count: int) -> Iterator[Line]:
    heads = [_path(grid[:count], column) for column in range(len(grid[0]))]
    for at, row in enumerate(grid[count:], start=count):
        pieces = [(head, cell) for head, cell in zip(heads, row, strict=True) if cell and cell.text]
        if _is_remark({cell for _, cell in pieces}, len(row)):
            pieces = [("", pieces[0][1])]
        if pieces:
            yield _line(at, list(_said_once(pieces)))


def _said_once(pieces: Sequence[tuple[str, Cell]]) -> Iterator[tuple[str, Cell]]:
    """A row's cells with their heads: what covers several columns is said for each, a name of the row but once."""
    first = pieces[0][1]
    if first.columns > 1:  # "Sum", over all columns before the last
        yield "", first
    yield from (piece for piece in pieces if first.columns == 1 or piece[1] is not first)


def _is_remark(cells: Collection[Cell], width: int) -> bool:
    """A single cell of several words, or over several columns, is a note or a heading within the table."""
    return len(cells) == 1 < width and any(cell.columns > 1 or len(cell.text.split()) > 1 for cell in cells)


def _line(row: int, pieces: Sequence[tuple[str, Cell]], is_form: bool = False) -> Line:
    text, cells, key = "", list[CellSpan](), (0, 0)
    for name, cell in pieces:
        text += "; " if text else ""
        head = (len(text), len(text) + len(name))
        text += f"{name}: " if name else ""
        start = len(text)
        text += cell.text
        place = (cell.row, cell.column, cell.rows, cell.columns, start, len(text))
        key_of = (start, start) if is_form or not cells else key
        cells.append(CellSpan(*place, *head, *key_of, cell.type, cell.raw))
        key = key if len(cells) > 1 else (start, len(text))
    return Line(row, text, tuple(cells))


def form_line(row: int, pieces: Sequence[tuple[str, Cell]]) -> Line:
    """A row of a form.

    Args:
        row: of the line.
        pieces: names with their values; a heading has an empty name.
    """
    return _line(row, pieces, is_form=True)


def _path(rows: _Grid, column: int) -> str:
    """The heads above a column from the outermost, each once."""
    return _BETWEEN.join(dict.fromkeys(cell.text.rstrip(": ") for row in rows if (cell := row[column]) and cell.text))


def _head_rows(grid: _Grid, marked: int) -> int:
    """How many rows at the top are the head: those marked, else those that merged heads need."""
    if marked:
        return min(marked, len(grid) - 1)
    if len(grid[0]) == 1 or _is_headless(grid):
        return 0
    first = {cell for cell in grid[0] if cell}
    reach = max((cell.rows for cell in first), default=1)
    parted = any(cell.columns > 1 for cell in first) and len(first) > 1
    return min(max(reach, 2 if parted else 1), len(grid) - 1)


def _is_headless(grid: _Grid) -> bool:
    """Whether the first row has values as those below it have: a telephone number, a date, a code names no column."""
    if len(grid) < 2 or any(cell.strong or cell.rows > 1 or cell.columns > 1 for cell in _filled(grid[0])):
        return False
    for column in zip(*grid, strict=True):
        texts = [cell.text for cell in column if cell and cell.text]
        shapes = {_shape(text) for text in texts}
        if len(texts) == len(grid) and len(shapes) == 1 and not _NAMES_COLUMNS.fullmatch(texts[0]):
            shape = shapes.pop()
            if "0" in shape and shape not in ("0", "a 0", "0 a") and len(set(texts)) == len(texts):
                return True
    return False


def _is_form(grid: _Grid, marked: int, headed: bool | None) -> bool:
    """Whether the table is one of names and values, side by side."""
    width = len(grid[0])
    if marked or width % 2 or (width > 2 and not all(map(_has_pairs, grid))):
        return False
    names = [cell for row in grid for cell in row[0::2] if cell and cell.text]
    values = [cell for row in grid for cell in row[1::2] if cell and cell.text]
    if names and all(cell.text.endswith(":") for cell in names):
        return True
    if width != 2:
        return _are_pairs(names, values)
    if any(cell.strong for cell in (*names, *values)):
        return all(cell.strong for cell in names) and not any(cell.strong for cell in values)
    if headed:
        return _are_pairs(names, values) and any(map(str.isdigit, values[0].text))
    if headed is False:
        return True
    # Read as a form, a table with a head loses less than a form loses that is read as one.
    shapes = Counter(_shape(cell.text) for cell in values[1:])
    shape, count = shapes.most_common(1)[0] if shapes else ("", 0)
    return len(values) < _FEW_ROWS or count / len(values[1:]) < _SAME_SHAPE or _shape(values[0].text) == shape


def _has_pairs(row: Sequence[Cell | None]) -> bool:
    """Whether a row is filled by pairs from the left, each cell by itself."""
    filled = [cell for cell in row if cell and cell.text]
    return len(filled) % 2 == 0 and list(row[: len(filled)]) == filled and len(set(filled)) == len(filled)


def _are_pairs(names: Sequence[Cell], values: Sequence[Cell]) -> bool:
    """Whether columns alternate between names and values: only values have figures, and they are of all kinds."""
    if not names or len(values) < 2 or any(map(str.isdigit, "".join(cell.text for cell in names))):
        return False
    if any(cell.strong for cell in values):
        return False
    if len({cell.row for cell in values}) == 1:
        return len(values) > 1 and any(map(str.isdigit, "".join(cell.text for cell in values)))
    if len(values) < _FEW_ROWS:
        return False
    columns = {cell.column for cell in values}
    kinds = [{_shape(cell.text) for cell in values if cell.column == column} for column in columns]
    first = [cell for cell in values if cell.row == min(cell.row for cell in values)]
    has_figure = any(map(str.isdigit, "".join(cell.text for cell in first)))
    return (has_figure or all(cell.strong for cell in names)) and all(len(kind) > 1 for kind in kinds)


def _form_lines(grid: _Grid) -> Iterator[Line]:
    for at, row in enumerate(grid):
        pieces: list[tuple[str, Cell]] = []
        for name, value in zip(row[0::2], row[1::2], strict=True):
            if value and value is name:  # a heading within the form
                pieces.append(("", value))
            elif value and value.text:
                pieces.append((name.text.rstrip(": ") if name else "", value))
            elif name and name.text:
                pieces.append(("", name._replace(text=name.text.rstrip(": "))))
        if pieces:
            yield _line(at, pieces, is_form=True)


def _shape(text: str) -> str:
    """What kind of value a text is, by its words and numbers: `250 Tonnen` is `0 a`."""
    return _WORD.sub("a", _NUMBER.sub("0", text))
