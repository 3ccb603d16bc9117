"""Tables of a page: where each cell stands and what it says, the tables in it, and those that only lay out the page."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from ingest.partition.forms import whole_form
from ingest.partition.html_inline import BREAK, inline, is_unseen, one_line, whole_number
from ingest.partition.table_layout import laid_out
from ingest.partition.table_model import Cell, Line, Table
from ingest.partition.value_kinds import kind_of, names_column

_CELLS = ("td", "th")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST_IN_ROW = 80  # characters of a cell; longer ones in a single row are parts of a page that is laid out so
_BOLD = ("b", "strong")
_BOLD_WEIGHTS = ("bold", "bolder", "600", "700", "800", "900")
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.I)
_MOST_ROWS, _MOST_COLUMNS = 500, 100  # that a cell may cover


class Inner(NamedTuple):
    """A table within a cell, and what the row's first cell says."""

    label: str
    node: Any


class _Place(NamedTuple):
    """A cell's node, and what it covers."""

    node: Any
    row: int
    column: int
    rows: int
    columns: int


def read_table(node: Any) -> tuple[list[Line], list[Inner]]:
    """The lines of a table, and the tables in its cells; what a cell says beside, or in a mere layout, is its own text.

    Args:
        node: a `table` that does not lay out the page.
    """
    cells: list[Cell] = []
    inner: list[Inner] = []
    labels: dict[int, str] = {}
    places = list(_places(node))
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
    return _parts(within, places, _heads(node)), inner


def _parts(cells: Sequence[Cell], places: Sequence[_Place], heads: int) -> list[Line]:
    """The lines of a table, in which other heads may stand further below.

    Args:
        cells: with spans.
        places: of the same cells.
        heads: rows at the top that are marked as head.
    """
    rows = [list(row) for _, row in groupby(places, key=lambda place: place.row)]
    below = [(row, after) for row, after in pairwise(rows) if row is not rows[0] and row[0].row >= heads]
    begins = [row[0].row for row, after in below if _is_other_head(row, after, places)]
    lines: list[Line] = []
    for number, (start, end) in enumerate(pairwise([0, *begins, _MOST_ROWS * len(rows) + 1])):
        part = [cell for cell in cells if start <= cell.row < end]
        own = [place for place in places if start <= place.row < end]
        is_headless = not (number or heads) and _names_rows(own) and _has_values(part)
        lines += _lines(part, start + 1 if number else heads, False if is_headless else None)
    return lines


def _is_other_head(row: Sequence[_Place], after: Sequence[_Place], places: Sequence[_Place]) -> bool:
    """Whether a row within a table is the head of what follows: all of it is marked as such, and the next row is not.

    Args:
        row: below the head of the table.
        after: the row below it.
        places: of the table.
    """
    at, group = row[0].row, row[0].node.getparent().getparent()
    is_marked = len(row) > 1 and all(_is_marked(place) and place.rows == 1 for place in row)
    has_values = any(not _is_marked(place) for place in after)
    if row[0].node.tag != "th" and any(map(str.isdecimal, "".join(one_line(inline(place.node)) for place in row))):
        return False  # a sum may be bold, too
    is_reached = any(place.row < at < place.row + place.rows for place in places)
    return is_marked and has_values and not is_reached and group.tag != "tfoot"


def _is_marked(place: _Place) -> bool:
    return bool(place.node.tag == "th") or is_strong(place.node)


def _names_rows(places: Sequence[_Place]) -> bool:
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


def lays_out(node: Any) -> bool:
    """Whether a table only lays out the page: its cells are read one after the other.

    Args:
        node: a `table`.
    """
    places = list(_places(node))
    if len(places) < 2 or len({place.column for place in places}) == 1:
        return True
    holding = [place for place in places if next(_outermost(place.node), None) is not None]
    is_row = len({place.row for place in places}) == 1
    if is_row and (holding or any(len(one_line(inline(place.node))) > _LONGEST_IN_ROW for place in places)):
        return True
    if _heads(node):
        return False
    filled = [place for place in places if _has_text(place)]
    rows = [place.row for place in filled]
    if len(rows) == len(set(rows)):  # the other cells only keep a distance
        return True
    if (node.get("role") or "").strip().lower() in ("presentation", "none") and not _has_strong_row(filled):
        return True
    # A row of data is named by its first cell; of a layout, that holds a menu or a picture's caption, or a heading.
    return any(_lays_out_cell(place) for place in places if holding) or _holds_blocks(node, filled)


def _has_text(place: _Place) -> bool:
    return any(map(str.isalnum, one_line(inline(place.node))))


def _has_strong_row(filled: Sequence[_Place]) -> bool:
    """Whether the first row is bold, and so the head of data, whatever else is said of the table."""
    first = [place for place in filled if place.row == filled[0].row]
    return len(first) > 1 and len(first) < len(filled) and all(is_strong(place.node, ()) for place in first)


def _holds_blocks(node: Any, filled: Sequence[_Place]) -> bool:
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
    for row in _rows(node):
        yield from _cells_of(row)


def _lays_out_cell(place: _Place) -> bool:
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


def _places(node: Any) -> Iterator[_Place]:
    """Cells with what they cover."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(_rows(node)):
        column = 0
        for cell in _cells_of(row):
            while (number, column) in taken:
                column += 1
            rows = min(_covered_rows(cell, row), _MOST_ROWS)
            columns = min(whole_number(cell.get("colspan"), 1), _MOST_COLUMNS)
            yield _Place(cell, number, column, rows, columns)
            taken |= {(number + down, column + right) for down in range(rows) for right in range(columns)}
            column += columns


def _covered_rows(cell: Any, row: Any) -> int:
    """How many rows a cell covers; nought means all that follow in its part of the table (HTML, section 4.9.11)."""
    if (cell.get("rowspan") or "").strip() != "0":
        return whole_number(cell.get("rowspan"), 1)
    return 1 + sum(bool(other.tag == "tr" and not is_unseen(other)) for other in row.itersiblings())


def _heads(node: Any) -> int:
    """The rows at the top that are heads; a single cell below them is the title of the rows that follow."""
    heads = 0
    has_names = False
    for row in _rows(node):
        cells = _cells_of(row)
        if row.getparent().tag != "thead" and not (cells and all(cell.tag == "th" for cell in cells)):
            break
        if has_names and len(cells) == 1 and row.getparent().tag != "thead":
            break
        has_names = has_names or len(cells) > 1
        heads += 1
    return heads


def _rows(table: Any) -> list[Any]:
    """The rows of a table itself, hidden ones left out."""
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot") and not is_unseen(child):
            rows += [row for row in child if row.tag == "tr"]
    return [row for row in rows if not is_unseen(row)]


def _cells_of(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in _CELLS and not is_unseen(cell)]


def is_strong(node: Any, apart: Collection[Any] = ()) -> bool:
    """Whether all that a node says is bold, and it says something.

    Args:
        node: of lxml.
        apart: nodes within it that are read by themselves.
    """
    texts = list(_texts(node, apart, is_bold=False))
    return bool(texts) and all(texts)


def _texts(node: Any, apart: Collection[Any], is_bold: bool) -> Iterator[bool]:
    """Of each piece of text in a node, whether it is bold."""
    weight = _WEIGHT.search(node.get("style") or "")
    is_bold = node.tag in _BOLD or (weight[1].lower() in _BOLD_WEIGHTS if weight else is_bold)
    if (node.text or "").strip():
        yield is_bold
    for child in node:
        if isinstance(child.tag, str) and child not in apart and not is_unseen(child):
            yield from _texts(child, apart, is_bold)
        if (child.tail or "").strip():
            yield is_bold
