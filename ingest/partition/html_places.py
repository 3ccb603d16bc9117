"""Where the cells of a page's table stand, what they cover, and which are bold."""

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from ingest.partition.html_inline import is_unseen, whole_number

_CELLS = ("td", "th")
_BOLD = ("b", "strong")
_BOLD_WEIGHTS = ("bold", "bolder", "600", "700", "800", "900")
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.I)
_MOST_ROWS, _MOST_COLUMNS = 500, 100  # that a cell may cover


class Place(NamedTuple):
    """A cell's node, and what it covers."""

    node: Any
    row: int
    column: int
    rows: int
    columns: int


def places_of(node: Any) -> Iterator[Place]:
    """Cells with what they cover.

    Args:
        node: a `table`.
    """
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows_of(node)):
        column = 0
        for cell in cells_of(row):
            while (number, column) in taken:
                column += 1
            rows = min(_covered_rows(cell, row), _MOST_ROWS)
            columns = min(whole_number(cell.get("colspan"), 1), _MOST_COLUMNS)
            yield Place(cell, number, column, rows, columns)
            taken |= {(number + down, column + right) for down in range(rows) for right in range(columns)}
            column += columns


def _covered_rows(cell: Any, row: Any) -> int:
    """How many rows a cell covers; nought means all that follow in its part of the table (HTML, section 4.9.11)."""
    if (cell.get("rowspan") or "").strip() != "0":
        return whole_number(cell.get("rowspan"), 1)
    return 1 + sum(bool(other.tag == "tr" and not is_unseen(other)) for other in row.itersiblings())


def rows_of(table: Any) -> list[Any]:
    """The rows of a table itself, hidden ones left out.

    Args:
        table: its node.
    """
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot") and not is_unseen(child):
            rows += [row for row in child if row.tag == "tr"]
    return [row for row in rows if not is_unseen(row)]


def cells_of(row: Any) -> list[Any]:
    """The cells of a row that are seen.

    Args:
        row: its node.
    """
    return [cell for cell in row if cell.tag in _CELLS and not is_unseen(cell)]


def is_strong(node: Any, apart: Collection[Any] = ()) -> bool:
    """Whether all that a node says is bold, and it says something.

    Args:
        node: of lxml.
        apart: nodes within it that are read by themselves.
    """
    texts = list(_texts(node, apart, inherited=False))
    return bool(texts) and all(texts)


def _texts(node: Any, apart: Collection[Any], inherited: bool) -> Iterator[bool]:
    """Of each piece of text in a node, whether it is bold."""
    bold = is_bold(node, inherited)
    if (node.text or "").strip():
        yield bold
    for child in node:
        if isinstance(child.tag, str) and child not in apart and not is_unseen(child):
            yield from _texts(child, apart, bold)
        if (child.tail or "").strip():
            yield bold


def is_bold(node: Any, inherited: bool) -> bool:
    """Whether the letters of a node are bold.

    Args:
        node: of lxml.
        inherited: whether those around it are.
    """
    weight = _WEIGHT.search(node.get("style") or "")
    return node.tag in _BOLD or (weight[1].lower() in _BOLD_WEIGHTS if weight else inherited)
