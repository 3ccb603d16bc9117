"""In which order the shapes of a slide are read: from the top, but columns that have heads one after the other."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

_DOWN = 400_000  # English metric units, about a centimetre: shapes this near in height are read from the left
_WIDE = 0.6  # of the width of all: a shape that is wider stands over or under columns, as one with nothing beside it
_COLUMNS = 2


class Placed(NamedTuple):
    """A shape and where it is, in English metric units.

    Attributes:
        lines: paragraphs of text that it has.
        shape: its node.
    """

    left: int
    top: int
    right: int
    bottom: int
    lines: int
    shape: Any


def in_order(placed: Iterable[Placed]) -> list[Placed]:
    """Shapes in the order in which they are read.

    Args:
        placed: all of a slide, without its title.
    """
    found = sorted(placed, key=lambda one: one.top)
    if not found:
        return []
    width = max(one.right for one in found) - min(one.left for one in found)
    parts: list[list[Placed]] = [[]]
    for one in found:
        if one.right - one.left > _WIDE * width or not any(_is_beside(one, other) for other in found):
            parts += [[one], []]
        else:
            parts[-1].append(one)
    return [one for part in parts for one in _ordered(part)]


def _is_beside(one: Placed, other: Placed) -> bool:
    return other is not one and one.top < other.bottom and other.top < one.bottom


def _ordered(part: Sequence[Placed]) -> Iterator[Placed]:
    columns = _columns(part)
    if len(columns) >= _COLUMNS and all(map(_has_head, columns)) and _is_row([column[0] for column in columns]):
        for column in columns:
            yield from column
    else:
        for row in _rows(part):
            yield from sorted(row, key=lambda one: one.left)


def _columns(part: Sequence[Placed]) -> list[list[Placed]]:
    """Shapes that stand above each other, from the left."""
    columns, right = list[list[Placed]](), -1
    for one in sorted(part, key=lambda one: one.left):
        if columns and one.left < right:
            columns[-1].append(one)
        else:
            columns.append([one])
        right = max(right, one.right)
    return [sorted(column, key=lambda one: one.top) for column in columns]


def _has_head(column: Sequence[Placed]) -> bool:
    """Whether a column is a line over a text of several."""
    return len(column) > 1 and column[0].lines == 1 < max(one.lines for one in column[1:])


def _is_row(shapes: Sequence[Placed]) -> bool:
    return max(one.top for one in shapes) - min(one.top for one in shapes) < _DOWN


def _rows(part: Sequence[Placed]) -> Iterator[list[Placed]]:
    row: list[Placed] = []
    for one in part:
        if row and one.top - row[0].top >= _DOWN:
            yield row
            row = []
        row.append(one)
    if row:
        yield row
