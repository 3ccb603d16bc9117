"""In which order the shapes of a slide are read: from the top, but columns one after the other that have heads, or of
which each is a card of shapes close to each other."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from ingest.partition.value_kinds import is_quantity

_DOWN = 400_000  # English metric units, about a centimetre: shapes this near in height are read from the left
_WIDE = 0.6  # of the width of all: a shape that is wider stands over or under columns, as one with nothing beside it
_COLUMNS = 2
_SAME_WIDTH = 0.9  # of the widest card, that the narrowest has at least


class Placed(NamedTuple):
    """A shape and where it is, in English metric units.

    Attributes:
        texts: paragraphs that it has.
        shape: its node.
    """

    left: int
    top: int
    right: int
    bottom: int
    texts: tuple[str, ...]
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


def _bands(part: Sequence[Placed]) -> list[list[Placed]]:
    """Shapes in bands over the slide: parted by more than their columns are, as rows of cards."""
    between = _between(_columns(part))
    bands: list[list[Placed]] = []
    for one in part:
        if bands and one.top - max(other.bottom for other in bands[-1]) < between:
            bands[-1].append(one)
        else:
            bands.append([one])
    return bands


def _between(columns: Sequence[Sequence[Placed]]) -> int:
    """The narrowest gap between columns; nought for a single one."""
    pairs = pairwise(columns)
    return min(
        (min(one.left for one in after) - max(one.right for one in before) for before, after in pairs), default=0
    )


def _are_cards(columns: Sequence[Sequence[Placed]]) -> bool:
    """Whether each column has a figure and what it counts, nearer to each other than to those beside them."""
    widths = [max(one.right for one in column) - min(one.left for one in column) for column in columns]
    gaps = [lower.top - upper.bottom for column in columns for upper, lower in pairwise(column)]
    if not all(map(_has_figure, columns)) or max(gaps) >= _between(columns):
        return False
    return min(widths) >= _SAME_WIDTH * max(widths)


def _has_figure(column: Sequence[Placed]) -> bool:
    texts = [" ".join(one.texts) for one in column]
    return any(map(is_quantity, texts)) and not all(map(is_quantity, texts))


def _ordered(part: Sequence[Placed]) -> Iterator[Placed]:
    columns = _columns(part)
    if len(columns) >= _COLUMNS and all(map(_has_head, columns)) and _is_row([column[0] for column in columns]):
        yield from (one for column in columns for one in column)
        return
    for band in _bands(part):
        columns = _columns(band)
        if len(columns) >= _COLUMNS and _are_cards(columns):
            yield from (one for column in columns for one in column)
        else:
            yield from (one for row in _rows(band) for one in sorted(row, key=lambda one: one.left))


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
    return len(column) > 1 and len(column[0].texts) == 1 < max(len(one.texts) for one in column[1:])


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
