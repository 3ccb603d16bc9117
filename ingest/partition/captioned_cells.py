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
        from_top = [sorted(numbers, key=lambda one: runs[one].top) for numbers in boxes.values()]
        named = [numbers for numbers in from_top if _has_caption([runs[one] for one in numbers])]
        if len(named) < _FEW or 2 * len(named) < len(boxes):
            continue
        for first, *rest in named:
            found[rest[0]] = _named(runs[first], [runs[one] for one in rest])
            found |= dict.fromkeys((first, *rest[1:]), None)
    return [run for run in found.values() if run is not None]


def captioned(cells: Sequence[Sequence[Run]]) -> list[Run] | None:
    """The fields of a form whose boxes are the cells of a table; None where most have no small name.

    Args:
        cells: the lines in each.
    """
    named = [lines for lines in cells if _has_caption(lines)]
    if len(named) < _FEW or 2 * len(named) < len(cells):
        return None
    return [run for lines in cells for run in ([_named(lines[0], lines[1:])] if lines in named else lines)]


def _named(name: Run, lines: Sequence[Run]) -> Run:
    """What is filled in with its name."""
    words = tuple(word for line in lines for word in line.words)
    return lines[0]._replace(words=words, name=FieldName(name.text, name.words))


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
