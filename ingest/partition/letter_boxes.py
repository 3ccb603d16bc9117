"""Boxes that hold a letter each, as forms have them for names and numbers of accounts: together they are words."""

from collections.abc import Sequence

from ingest.partition.ruled_grids import RuledGrid
from ingest.partition.runs import Box, FieldName, Run

_FEW = 5  # boxes in a row
_EDGE = 5.0  # points
_NEAR = 1.5  # of a line's size

_Word = tuple[str, Box]


def with_words(runs: Sequence[Run], grids: Sequence[RuledGrid]) -> tuple[list[Run], list[RuledGrid]]:
    """Runs in which letters in boxes side by side are words, parted by the empty boxes; and the other grids.

    Args:
        runs: of a page in reading order.
        grids: of lines on it.
    """
    found, others = list(runs), list(grids)
    for grid in grids:
        if len(grid.ys) != 2 or len(grid.xs) <= _FEW:
            continue
        inside = [run for run in found if any(_column(grid, word) is not None for word in run.words)]
        words = sorted((word for run in inside for word in run.words), key=lambda word: word[1][0])
        columns = [_column(grid, word) for word in words]
        if len(words) < 2 or None in columns or any(len(text) > 1 for text, _ in words):
            continue
        others.remove(grid)
        name = _name_over(grid, found)
        at = found.index(inside[0])
        filled = inside[0]._replace(words=_joined(words, [one or 0 for one in columns]), edges=None)
        found[at] = filled._replace(name=FieldName(name.text, name.words)) if name else filled
        found = [run for run in found if run not in inside and run is not name]
    return found, others


def _name_over(grid: RuledGrid, runs: Sequence[Run]) -> Run | None:
    """The line right over the boxes that begins where they do."""
    left, top, _, _ = grid.box
    over = [run for run in runs if abs(run.left - left) < _EDGE and 0 <= top - run.bottom < _NEAR * run.size]
    return max(over, key=lambda run: run.bottom, default=None)


def _column(grid: RuledGrid, word: _Word) -> int | None:
    left, top, right, bottom = word[1]
    cell = grid.cell_at((left + right) / 2, (top + bottom) / 2)
    return cell.column if cell else None


def _joined(letters: Sequence[_Word], columns: Sequence[int]) -> tuple[_Word, ...]:
    words: list[_Word] = []
    last = None
    for (text, box), column in zip(letters, columns, strict=True):
        if words and last is not None and column - last <= 1:
            before, around = words[-1]
            words[-1] = before + text, (around[0], min(around[1], box[1]), box[2], max(around[3], box[3]))
        else:
            words.append((text, box))
        last = column
    return tuple(words)
