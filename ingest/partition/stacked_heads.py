"""Heads of several lines over a table without lines: names that reach over several columns, and names below them."""

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from ingest.partition.runs import Run, side_by_side
from ingest.partition.table_model import Cell
from ingest.partition.table_stretches import columns
from ingest.partition.value_kinds import kind_of, names_column

HEIGHT = 2  # rows of such a head
_CENTRED = 0.8  # of a line's size, by which the middle of a name may lie beside that of what it reaches over
_ORDINAL = re.compile(r"\d{1,2}\. [^\W\d]")
_SAME, _EDGE = 1.0, 2.0  # points
_DIGITS = 3
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
    lines = side_by_side(run for row in rows for run in row)
    height = next((at for at, line in enumerate(lines) if not _are_names(line)), len(lines))
    while height > 1 and len(lines[height - 1]) == 1:  # the name of the first group of rows
        height -= 1
    if not 1 < height < len(lines) or len(lines[height - 1]) < _FEW:
        return None
    above = sorted((run for line in lines[: height - 1] for run in line), key=lambda run: run.left)
    lowest = lines[height - 1]
    groups = _from_the_left(above, lowest) or _centred(above, lowest)
    names = sorted([*lowest, *(run for run in above if run not in groups)], key=lambda run: run.left)
    body = [kept for row in rows if (kept := [run for run in row if run not in above and run not in lowest])]
    if not groups or (below := _below(names, columns([row for row in body if len(row) > 1]))) is None:
        return None
    cells = [Cell(1, names.index(run), run.text) for run in lowest]
    for run in above:
        if under := groups.get(run):
            cells.append(Cell(0, names.index(under[0]), run.text, 1, len(under)))
        else:
            cells.append(Cell(0, names.index(run), run.text, HEIGHT, 1))
    return StackedHead(tuple(sorted(cells)), below, body)


def _centred(above: Sequence[Run], lowest: Sequence[Run]) -> dict[Run, Sequence[Run]]:
    """The lowest names that each name above stands in the middle of; none where two reach over the same."""
    found: dict[Run, Sequence[Run]] = {}
    key = min([*above, *lowest], key=lambda run: run.left)  # names the rows, and is under no other
    for before, name, behind in zip([None, *above], above, [*above[1:], None], strict=False):
        left, right = before.right if before else 0.0, behind.left if behind else float("inf")
        within = [run for run in lowest if left < run.left and run.right < right and run != key]
        spans = [within[first : last + 1] for first, last in combinations(range(len(within)), 2)]
        if any(abs(run.right - name.right) < _EDGE for run in lowest):  # set to the right of one column
            continue
        if under := _nearest(name, spans, _middles) or _nearest(name, spans, _middles_of_aligned):
            found[name] = under
    for name in above if found else ():
        below = [run for run in lowest if name.left < run.right and run.left < name.right]
        if name not in found and below:  # it goes on, or is the only one that it reaches over
            found[name] = below
    placed = [id(run) for names in found.values() for run in names]
    return found if len(placed) == len(set(placed)) else {}


def _nearest(
    name: Run, spans: Sequence[Sequence[Run]], middles: Callable[[Sequence[Run]], tuple[float, float]]
) -> Sequence[Run]:
    """The names in whose middle another stands, the most of them; none where it stands in no middle."""
    at = (name.left + name.right) / 2
    offs = [min(abs(at - middle) for middle in middles(under)) for under in spans]
    if not offs or min(offs) >= _CENTRED * name.size:
        return ()
    return max((under for under, off in zip(spans, offs, strict=True) if off < min(offs) + _SAME), key=len)


def _middles(under: Sequence[Run]) -> tuple[float, float]:
    """The middle of names, and of the columns in whose middles these are."""
    first, last = under[0], under[-1]
    return (first.left + last.right) / 2, (first.left + first.right + last.left + last.right) / 4


def _middles_of_aligned(under: Sequence[Run]) -> tuple[float, float]:
    """The middle of the columns of names that are set to the right, or to the left, of these."""
    first, last, steps = under[0], under[-1], len(under) - 1
    right, left = (last.right - first.right) / steps, (last.left - first.left) / steps
    return (first.right - right + last.right) / 2, (first.left + last.left + left) / 2


def _from_the_left(above: Sequence[Run], lowest: Sequence[Run]) -> dict[Run, Sequence[Run]]:
    """The lowest names from the one that each name above begins with: as many for the last as for the others."""
    begins = [run.left for run in lowest]
    starts = [next((at for at, left in enumerate(begins) if abs(left - name.left) < _SAME), -1) for name in above]
    sizes = {after - before for before, after in pairwise(starts)}
    if -1 in starts or len(sizes) != 1 or (size := sizes.pop()) < _FEW or starts[-1] + size > len(lowest):
        return {}
    return {name: lowest[start : start + size] for name, start in zip(above, starts, strict=True)}


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


def _are_names(line: Sequence[Run]) -> bool:
    """Whether all of a line may name columns; numbers do where they count: 1, 2, 3."""
    numbers = [int(run.text) for run in line if run.text.isdecimal() and len(run.text) < _DIGITS]
    counts = len(numbers) > 2 and all(after == before + 1 for before, after in pairwise(numbers))
    return all(_is_name(run) or (counts and run.text.isdecimal()) for run in line)


def _is_name(run: Run) -> bool:
    """Whether a run may name columns: words, years, and "1. Halbjahr", which is no quantity."""
    return kind_of(run.text) in ("words", "code") or names_column(run.text) or bool(_ORDINAL.match(run.text))
