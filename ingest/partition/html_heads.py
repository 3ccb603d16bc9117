"""Which cells of a page's table are heads: at its top, further below, or at the left of its rows."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Any

from ingest.partition.forms import whole_form
from ingest.partition.html_places import Place, cells_of, rows_of
from ingest.partition.table_layout import laid_out
from ingest.partition.table_model import Cell, Line, Table
from ingest.partition.value_kinds import kind_of, names_column

_Read = tuple[Cell, Place]


def marked_heads(node: Any) -> int:
    """The rows at the top that are heads; a single cell below them is the title of the rows that follow.

    Args:
        node: a `table`.
    """
    heads = 0
    has_names = False
    for row in rows_of(node):
        cells = cells_of(row)
        if row.getparent().tag != "thead" and not (cells and all(cell.tag == "th" for cell in cells)):
            break
        if has_names and len(cells) == 1 and row.getparent().tag != "thead":
            break
        has_names = has_names or len(cells) > 1
        heads += 1
    return heads


def lines_of(cells: Sequence[Cell], places: Sequence[Place], heads: int) -> list[Line]:
    """The lines of a table, in which other heads may stand further below.

    Args:
        cells: with spans.
        places: of the same cells.
        heads: rows at the top that are marked as head.
    """
    read = zip(cells, places, strict=True)
    rows = [list(row) for _, row in groupby(read, key=lambda one: one[0].row)]
    below = [(row, after) for row, after in pairwise(rows) if row is not rows[0] and row[0][0].row >= heads]
    begins = [row[0][0].row for row, after in below if _is_other_head(row, after, cells)]
    named = any(len(row) > 1 for row in rows if row[0][0].row < heads)  # by more than a title
    lines: list[Line] = []
    for number, (start, end) in enumerate(pairwise([0, *begins, max((cell.row for cell in cells), default=0) + 1])):
        part = [cell for cell in cells if start <= cell.row < end]
        own = [place for place in places if start <= place.row < end]
        is_headless = not number and not named and _has_names(part, own)
        lines += _lines(part, start + 1 if number else heads, False if is_headless else None)
    return lines


def _is_other_head(row: Sequence[_Read], after: Sequence[_Read], cells: Sequence[Cell]) -> bool:
    """Whether a row within a table is the head of what follows: all of it is marked as such, and the next row is not.

    Args:
        row: below the head of the table.
        after: the row below it.
        cells: of the table.
    """
    at, first = row[0][0].row, row[0][1].node
    if (
        len(row) < 2
        or not all(cell.strong and cell.rows == 1 for cell, _ in row)
        or all(cell.strong for cell, _ in after)
    ):
        return False
    if first.tag != "th" and any(map(str.isdecimal, "".join(cell.text for cell, _ in row))):
        return False  # a sum may be bold, too
    is_reached = any(cell.row < at < cell.row + cell.rows for cell in cells)
    return not is_reached and bool(first.getparent().getparent().tag != "tfoot")


def _has_names(cells: Sequence[Cell], places: Sequence[Place]) -> bool:
    """Whether rows begin with their names, and have no head, perhaps titles.

    Args:
        cells: of the rows.
        places: of the same cells.
    """
    counts = Counter(place.row for place in places)
    below = [(cell, place) for cell, place in zip(cells, places, strict=True) if counts[place.row] > 1]
    return bool(below) and _names_rows([place for _, place in below]) and _has_values([cell for cell, _ in below])


def _names_rows(places: Sequence[Place]) -> bool:
    """Whether the cells marked as heads are those at the left, which name rows."""
    first = [place.node.tag for place in places if place.row == places[0].row]
    marked = {place.column for place in places if place.node.tag == "th"}
    others = {place.column for place in places if place.node.tag == "td"}
    return first[0] == "th" and "td" in first and max(marked) < min(others)


def _has_values(cells: Sequence[Cell]) -> bool:
    """Whether the first row has figures behind its name, and not the names of columns."""
    first = [cell for cell in cells if cell.row == cells[0].row and not cell.strong and cell.text]
    return any(kind_of(cell.text) != "words" and not names_column(cell.text) for cell in first)


def _lines(cells: Sequence[Cell], heads: int, headed: bool | None = None) -> list[Line]:
    """The lines of a table. Markdown has no table without a head: a form has an empty one, or its first pair as such.

    Args:
        cells: with spans.
        heads: number of the row below those that are marked as head.
        headed: as of a `Table`.
    """
    above = [cell for cell in cells if cell.row < heads and cell.text]
    below = [cell for cell in cells if cell.row >= heads and cell.text]
    if heads and below and not above:
        first = [cell for cell in below if cell.row == below[0].row]
        if all(cell.strong for cell in first):
            return laid_out(Table(tuple(below)))
        plain = tuple(cell._replace(strong=False) for cell in below)
        return whole_form(below) or laid_out(Table(plain, headed=False))
    names = [cell for cell in (*above, *below) if cell.column % 2 == 0]
    if above and all(cell.text.endswith(":") for cell in names) and (lines := whole_form((*above, *below))):
        return lines
    return laid_out(Table(tuple(cells), heads, headed))
