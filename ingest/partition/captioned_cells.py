"""Boxes of a form made for paper: in each a small name stands over what is filled in."""

from collections.abc import Sequence

from ingest.partition.ruled_grids import RuledGrid
from ingest.partition.runs import FieldName, GridCell, Run

_SMALLER = 0.85  # size of a name as a share of that of its value
_FEW = 3  # boxes of that kind, which also are most that have text


def with_captions(runs: Sequence[Run], grids: Sequence[RuledGrid]) -> list[Run]:
    """Runs in which what is filled in knows its name, wherever most boxes of a grid are made so.

    Args:
        runs: of a page in reading order.
        grids: of lines on it.
    """
    found: dict[int, Run | None] = dict(enumerate(runs))
    for grid in grids:
        boxes: dict[GridCell, list[int]] = {}
        for number, run in enumerate(runs):
            if run.name is None and (cell := _cell(grid, run)):
                boxes.setdefault(cell, []).append(number)
        named = [numbers for numbers in boxes.values() if _has_caption([runs[one] for one in numbers])]
        if len(named) < _FEW or 2 * len(named) < len(boxes):
            continue
        for first, *rest in named:
            value = runs[rest[0]]
            words = tuple(word for one in rest for word in runs[one].words)
            found[rest[0]] = value._replace(words=words, name=FieldName(runs[first].text, runs[first].words))
            found |= dict.fromkeys((first, *rest[1:]), None)
    return [run for run in found.values() if run is not None]


def _cell(grid: RuledGrid, run: Run) -> GridCell | None:
    """The box that holds all of a run."""
    level = (run.top + run.bottom) / 2
    first, last = grid.cell_at(run.left, level), grid.cell_at(run.right, level)
    return first if first == last else None


def _has_caption(lines: Sequence[Run]) -> bool:
    """Whether the first of the lines is a name in smaller letters over the others."""
    if len(lines) < 2 or not any(map(str.isalpha, lines[0].text)):
        return False
    is_over = all(line.top > lines[0].top + 1 for line in lines[1:])
    return is_over and lines[0].size <= _SMALLER * min(line.size for line in lines[1:])
