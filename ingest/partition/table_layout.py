"""One way to lay a table out: a row becomes a line in which each value stands behind the path of its column's heads.

`Warengruppe: Dichtungen; Rabatt Händler › ab 51 Stück: 9 %`. Merged cells count in each row and column that they
cover. A table of names and values is a form and has no head.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from ingest.documents import CellSpan, Element
from ingest.partition.table_heads import head_rows, is_form_of_pairs
from ingest.partition.table_model import Cell, Grid, Line, Table, filled
from ingest.partition.value_kinds import is_quantity

_BETWEEN = " › "
_NAMED_VALUE = re.compile(r"[^:]{1,40}: \S")
_LOOKED_AT = 50  # lines in which a head is looked for
_AHEAD = 0.6  # of the cells that most rows have: a row with two above the head that has fewer is none of the table


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
    rows = [(number, row) for number, row in enumerate(table.grid) if filled(row)]
    titles = _taken_titles(rows, table)
    if not rows:
        return titles
    numbers, grid = [number for number, _ in rows], [row for _, row in rows]
    heads = sum(number < table.heads for number in numbers)
    if is_form_of_pairs(grid, heads, table.headed):
        lines = [line._replace(is_form=True) for line in _form_lines(grid)]
    else:
        lines = list(_lines_below_heads(grid, 0 if table.headed is False else head_rows(grid, heads)))
    whole = sorted([*lines, *_left_over(grid, lines)], key=lambda line: line.row)
    return [*titles, *(line._replace(row=numbers[line.row]) for line in whole)]


def _taken_titles(rows: list[tuple[int, list[Cell | None]]], table: Table) -> list[Line]:
    """The lines above a table, which are taken from its rows: its title, or two cells that say something of it."""
    titles, width = list[Line](), max((len(row) for _, row in rows), default=0)
    usual = _usual_width([row for _, row in rows]) if table.headed else 0
    while len(rows) > 1 and width > 1:
        above = filled(rows[0][1])
        if len(above) > 1 and not (len(above) < _AHEAD * usual and _says_of_table(above)):
            break
        if rows[0][0] < table.heads and above[0].column > 0:  # a head whose first column has no name
            break
        number, _ = rows.pop(0)
        is_pair = len(above) > 1 and not says_value(above[0])
        pieces = [(above[0].text.rstrip(": "), above[1])] if is_pair else [("", cell) for cell in above]
        titles.append(_line(number, pieces, is_form=True))
    return titles


def says_value(cell: Cell) -> bool:
    """Whether a cell is a name with its value by itself: `Date: 3 April`.

    Args:
        cell: that may be a name.
    """
    return bool(_NAMED_VALUE.match(cell.text))


def _left_over(grid: Grid, lines: Sequence[Line]) -> Iterator[Line]:
    """What is in no line: a head over nothing but remarks. What is written is said all the same."""
    placed = {(cell.row, cell.column) for line in lines for cell in line.cells}
    said = "\n".join(line.text for line in lines[:_LOOKED_AT])
    own = {line.row: line.text for line in lines}
    for at, row in enumerate(grid):
        left = [cell for cell in filled(row) if (cell.row, cell.column) not in placed]
        lost = [cell for cell in left if not _is_said(cell.text, own.get(at, "")) and not _is_said(cell.text, said)]
        if lost:
            yield _line(at, [("", cell) for cell in lost])


def _is_said(text: str, said: str) -> bool:
    """Whether a text stands in another, and not only as part of a word or figure there: 2 is not in 2,50."""
    words = text.strip(" :;")
    return words in said and (" " in words or words in re.split(r"[\s;:]+", said))


def _says_of_table(cells: Sequence[Cell]) -> bool:
    """Whether a row above a head is a name with its value, such as `Stand: 1. März`, and no head of several columns."""
    return len(cells) == 2 and cells[0].column == 0 and all(cell.columns == cell.rows == 1 for cell in cells)


def _usual_width(grid: Grid) -> int:
    """How many cells most rows have."""
    counts = Counter(len(filled(row)) for row in grid)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _lines_below_heads(grid: Grid, count: int) -> Iterator[Line]:
    heads = [_path(grid[:count], column) for column in range(len(grid[0]))]
    naming = _naming_columns(grid[count:])
    for at, row in enumerate(grid[count:], start=count):
        pieces = [(head, cell) for head, cell in zip(heads, row, strict=True) if cell and cell.text]
        if _is_remark({cell for _, cell in pieces}, len(row)):
            pieces = [("", pieces[0][1])]
        if pieces:
            yield _line(at, list(_said_once(pieces)), naming)


def _naming_columns(rows: Grid) -> int:
    """How many columns from the left name a row together: as few as tell all rows apart, and no figures but at first.

    One, where some rows are the same in all of these.
    """
    for count in range(1, len(rows[0]) if rows else 1):
        names = [tuple(cell.text if cell else "" for cell in row[:count]) for row in rows]
        if count > 1 and any(cell and cell.type != "text" for row in rows for cell in row[count - 1 : count]):
            return 1
        if len(set(names)) == len(names):
            return count
    return 1


def _said_once(pieces: Sequence[tuple[str, Cell]]) -> Iterator[tuple[str, Cell]]:
    """A row's cells with their heads: what covers several columns is said for each, a name of the row but once."""
    first = pieces[0][1]
    if first.columns > 1:  # "Sum", over all columns before the last
        yield "", first
    yield from (piece for piece in pieces if first.columns == 1 or piece[1] is not first)


def _is_remark(cells: Collection[Cell], width: int) -> bool:
    """A single cell of several words, or over several columns, is a note or a heading within the table."""
    if len(cells) != 1 or width == 1:
        return False
    (cell,) = cells
    return cell.columns > 1 or (len(cell.text.split()) > 1 and not is_quantity(cell.text))


def _line(row: int, pieces: Sequence[tuple[str, Cell]], naming: int = 1, is_form: bool = False) -> Line:
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
        if len(cells) == 1 or cell.column < pieces[0][1].column + naming:
            key = (cells[0].start, len(text))
    return Line(row, text, tuple(cells))


def form_line(row: int, pieces: Sequence[tuple[str, Cell]]) -> Line:
    """A row of a form.

    Args:
        row: of the line.
        pieces: names with their values; a heading has an empty name.
    """
    return _line(row, pieces, is_form=True)._replace(is_form=True)


def _path(rows: Grid, column: int) -> str:
    """The heads above a column from the outermost, each once."""
    return _BETWEEN.join(dict.fromkeys(cell.text.rstrip(": ") for row in rows if (cell := row[column]) and cell.text))


def _form_lines(grid: Grid) -> Iterator[Line]:
    for at, row in enumerate(grid):
        pieces: list[tuple[str, Cell]] = []
        for name, value in zip(row[0::2], row[1::2], strict=True):
            if pieces and value and value is pieces[-1][1]:  # it reaches to the end
                continue
            if value and value is name:  # a heading within the form
                pieces.append(("", value))
            elif value and value.text:
                pieces.append((name.text.rstrip(": ") if name else "", value))
            elif name and name.text:
                pieces.append(("", name._replace(text=name.text.rstrip(": "))))
        if pieces:
            yield _line(at, pieces, is_form=True)
