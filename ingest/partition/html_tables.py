"""Tables of a page: where each cell stands and what it says, the tables in it, and those that only lay out the page."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ingest.partition.html_heads import lines_of, marked_heads
from ingest.partition.html_inline import BREAK, inline, is_unseen, one_line
from ingest.partition.html_places import Place, cells_of, is_strong, places_of, rows_of
from ingest.partition.table_model import Cell, Line

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST_IN_ROW = 80  # characters of a cell; longer ones in a single row are parts of a page that is laid out so


class Inner(NamedTuple):
    """A table within a cell, and what the row's first cell says."""

    label: str
    node: Any


def read_table(node: Any) -> tuple[list[Line], list[Inner]]:
    """The lines of a table, and the tables in its cells; what a cell says beside, or in a mere layout, is its own text.

    Args:
        node: a `table` that does not lay out the page.
    """
    cells: list[Cell] = []
    inner: list[Inner] = []
    labels: dict[int, str] = {}
    places = list(places_of(node))
    for place in places:
        tables = list(_tables_in(place.node))
        text = one_line(inline(place.node, tables))
        if text:  # the row's first cell, and of those below that it reaches
            labels = {row: text for row in range(place.row, place.row + place.rows)} | labels
        inner += [Inner(labels.get(place.row, ""), table) for table in tables]
        strong = place.node.tag == "th" or is_strong(place.node, tables)
        cells.append(Cell(place.row, place.column, text, place.rows, place.columns, strong))
    last = max((cell.row for cell in cells), default=0)
    within = [cell._replace(rows=min(cell.rows, last - cell.row + 1)) for cell in cells]
    return lines_of(within, places, marked_heads(node)), inner


def lays_out(node: Any) -> bool:
    """Whether a table only lays out the page: its cells are read one after the other.

    Args:
        node: a `table`.
    """
    places = list(places_of(node))
    if len(places) < 2 or len({place.column for place in places}) == 1:
        return True
    holding = [place for place in places if next(_outermost(place.node), None) is not None]
    is_row = len({place.row for place in places}) == 1
    if is_row and (holding or any(len(one_line(inline(place.node))) > _LONGEST_IN_ROW for place in places)):
        return True
    if marked_heads(node):
        return False
    filled = [place for place in places if _has_text(place)]
    rows = [place.row for place in filled]
    if len(rows) == len(set(rows)):  # the other cells only keep a distance
        return True
    if (node.get("role") or "").strip().lower() in ("presentation", "none") and not _has_strong_row(filled):
        return True
    # A row of data is named by its first cell; of a layout, that holds a menu or a picture's caption, or a heading.
    return any(_lays_out_cell(place) for place in places if holding) or _holds_blocks(node, filled)


def _has_text(place: Place) -> bool:
    return any(map(str.isalnum, one_line(inline(place.node))))


def _has_strong_row(filled: Sequence[Place]) -> bool:
    """Whether the first row is bold, and so the head of data, whatever else is said of the table."""
    first = [place for place in filled if place.row == filled[0].row]
    return len(first) > 1 and len(first) < len(filled) and all(is_strong(place.node, ()) for place in first)


def _holds_blocks(node: Any, filled: Sequence[Place]) -> bool:
    """Whether most cells of a table without borders hold several lines, as the blocks of a newsletter do."""
    if any(_has_border(one) for one in (node, *(place.node for place in filled))):
        return False
    several = [place for place in filled if _lines_in(place.node) > 1]
    column, row = (min(getattr(place, side) for place in filled) for side in ("column", "row"))
    # One line each in the first column are names, and in the first row a head.
    begins = any(place.column == column for place in several) and any(place.row == row for place in several)
    return 2 * len(several) >= len(filled) and begins


def _lines_in(node: Any) -> int:
    pieces = inline(node).split(BREAK)
    return sum(any(map(str.isalnum, piece)) for piece in pieces)


def _has_border(node: Any) -> bool:
    style = (node.get("style") or "").lower()
    drawn = re.search(r"border(?:-\w+)*\s*:(?!\s*(?:none|0|collapse|separate))", style)
    return (node.get("border") or "0") != "0" or bool(drawn)


def cell_nodes(node: Any) -> Iterator[Any]:
    """The cells of a table that are seen, row by row.

    Args:
        node: a `table`.
    """
    for row in rows_of(node):
        yield from cells_of(row)


def _lays_out_cell(place: Place) -> bool:
    if any(child.tag in _HEADINGS for child in place.node.iter()):
        return True
    tables = list(_outermost(place.node))
    return place.column == 0 and bool(tables) and not one_line(inline(place.node, tables))


def _tables_in(node: Any) -> Iterator[Any]:
    """The tables within a cell that are tables; of those that lay out the cell, the ones in them."""
    for table in _outermost(node):
        if lays_out(table):
            yield from _tables_in(table)
        else:
            yield table


def _outermost(node: Any) -> Iterator[Any]:
    """Tables within a node that are seen, without those within these."""
    for child in node:
        if not isinstance(child.tag, str) or is_unseen(child):
            continue
        if child.tag == "table":
            yield child
        else:
            yield from _outermost(child)
