"""Heads of several lines over a table without lines: names that reach over several columns, and names below them."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from ingest.partition.runs import Run
from ingest.partition.table_model import Cell
from ingest.partition.table_stretches import columns
from ingest.partition.value_kinds import kind_of, names_column

HEIGHT = 2  # rows of such a head
_SHARED = 0.5  # of its height, that a run shares with others of its line
_CENTRED = 0.8  # of a line's size, by which the middle of a name may lie beside that of what it reaches over
_ORDINAL = re.compile(r"\d{1,2}\. [^\W\d]")
_SAME = 1.0  # points
_FEW = 2  # names below one that reaches over several columns

Row = Sequence[Run]


class StackedHead(NamedTuple):
    """A head of two rows and the rows below it.

    Attributes:
        cells: of the head, in rows 0 and 1.
        columns: left and right of what stands below each lowest name; None where nothing does.
        body: the rows of values.
    """

    cells: tuple[Cell, ...]
    columns: list[tuple[float, float] | None]
    body: list[list[Run]]


def stacked_head(rows: Sequence[Row]) -> StackedHead | None:
    """The head of a table where names of it reach over several columns; None where none does.

    Its lowest names, from the left, are those of the columns. A name above them reaches over those in whose middle it
    is set, or with the first of which it begins.

    Args:
        rows: of a table without lines.
    """
    lines = _lines([run for row in rows for run in row])
    height = next((at for at, line in enumerate(lines) if not all(map(_is_name, line))), len(lines))
    if not 1 < height < len(lines) or len(lines[height - 1]) < _FEW:
        return None
    above, lowest = [run for line in lines[: height - 1] for run in line], lines[height - 1]
    groups = _from_the_left(above, lowest) or _centred(above, lowest)
    names = sorted([*lowest, *(run for run in above if run not in groups)], key=lambda run: run.left)
    body = [kept for row in rows if (kept := [run for run in row if run not in above and run not in lowest])]
    if not groups or (below := _below(names, columns(body))) is None:
        return None
    cells = [Cell(1, names.index(run), run.text) for run in lowest]
    for run in above:
        under = groups.get(run)
        cells.append(
            Cell(0, names.index(under[0] if under else run), run.text, *((1, len(under)) if under else (2, 1)))
        )
    return StackedHead(tuple(sorted(cells)), below, body)


def _centred(above: Sequence[Run], lowest: Sequence[Run]) -> dict[Run, Sequence[Run]]:
    """The lowest names that each name above stands in the middle of; none where two reach over the same."""
    found: dict[Run, Sequence[Run]] = {}
    for name in above:
        off, _, first, last = min(
            (round(_off_middle(name, lowest[first], lowest[last])), last - first, first, last)
            for first, last in combinations(range(len(lowest)), 2)
        )
        if off < _CENTRED * name.size:
            found[name] = lowest[first : last + 1]
    under = [id(run) for names in found.values() for run in names]
    others = [run for run in above if run not in found]
    is_over = any(one.left < run.right and run.left < one.right for one in others for run in lowest)
    return {} if is_over or len(under) != len(set(under)) else found


def _off_middle(name: Run, first: Run, last: Run) -> float:
    """How far a name lies from the middle of others: of all, or of their columns, in whose middles these are set."""
    middle = (name.left + name.right) / 2
    of_columns = (first.left + first.right + last.left + last.right) / 4
    return min(abs(middle - of_columns), abs(middle - (first.left + last.right) / 2))


def _from_the_left(above: Sequence[Run], lowest: Sequence[Run]) -> dict[Run, Sequence[Run]]:
    """The lowest names from the one that each name above begins with: as many for the last as for the others."""
    begins = [run.left for run in lowest]
    starts = [
        next((at for at, left in enumerate(begins) if abs(left - name.left) < _SAME), -1)
        for name in sorted(above, key=lambda run: run.left)
    ]
    sizes = {after - before for before, after in pairwise(starts)}
    if -1 in starts or len(sizes) != 1 or (size := sizes.pop()) < _FEW or starts[-1] + size > len(lowest):
        return {}
    ordered = sorted(above, key=lambda run: run.left)
    return {name: lowest[start : start + size] for name, start in zip(ordered, starts, strict=True)}


def _below(names: Sequence[Run], found: Sequence[tuple[float, float]]) -> list[tuple[float, float] | None] | None:
    """What stands below each name: by order, or, below names that begin where their columns do, by place."""
    if len(found) == len(names):
        return list(found)
    ends = [*(name.left for name in names[1:]), float("inf")]
    below = [
        [one for one in found if name.left - _SAME <= one[0] and one[1] <= end + _SAME]
        for name, end in zip(names, ends, strict=True)
    ]
    if sum(map(len, below)) != len(found) or max(map(len, below)) > 1:
        return None
    return [one[0] if one else None for one in below]


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """What stands on one line, from the top and from the left."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.top + run.bottom) / 2):
        if found and _is_level(run, found[-1][0]):
            found[-1].append(run)
        else:
            found.append([run])
    return [sorted(line, key=lambda run: run.left) for line in found]


def _is_level(run: Run, other: Run) -> bool:
    return min(run.bottom, other.bottom) - max(run.top, other.top) > _SHARED * (run.bottom - run.top)


def _is_name(run: Run) -> bool:
    """Whether a run may name columns: words, years, and "1. Halbjahr", which is no quantity."""
    return kind_of(run.text) in ("words", "code") or names_column(run.text) or bool(_ORDINAL.match(run.text))
