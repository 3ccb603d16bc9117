"""Tables without lines that stand beside each other on a page: read as one, rows of both would be one row.

They are told by how they are drawn, one behind the other; or, where a program draws line by line, by a gap wider than
all others and by their heads being the same or one of them being longer.
"""

from collections.abc import Sequence
from itertools import pairwise

from ingest.partition.address_block import address_beside, block_beside, titles_above
from ingest.partition.lists_beside import items_beside
from ingest.partition.runs import Run
from ingest.partition.table_stretches import columns

_SAME_LINE = 0.5  # of a line's height, that runs on it share
_FEW_LINES = 3
_PARTED = 1.8  # distance to what is another part, as a multiple of the smallest between lines
_FEW_COLUMNS = 2  # on each side
_IN_ROWS = 0.3  # share of runs that follow one on their line, if a table is drawn row by row
_WIDER = 1.25  # gap between tables as a multiple of the widest between columns
_LONGER = 2  # rows that one has more than the other

_Line = list[tuple[int, Run]]  # runs with their numbers in the order of drawing


def apart(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs in groups of which each holds no tables beside each other, in reading order.

    Args:
        runs: of a page, in reading order.
    """
    if address := address_beside(runs) or block_beside(runs):
        titles = titles_above(runs, address)
        first = min(address | titles)
        rest = [run for number, run in enumerate(runs) if number > first and number not in address | titles]
        groups = (runs[:first], *([runs[number] for number in sorted(one)] for one in (titles, address)))
        return [*(list(group) for group in groups if group), *apart(rest)]
    if items := items_beside(runs):
        return [group for part in _parts(runs, *items) if part for group in apart(part)]
    for lines in _stretches(runs):
        for gap in _gaps(lines):
            left = [number for line in lines for number, run in line if run.right <= gap[0]]
            right = [number for line in lines for number, run in line if run.left >= gap[1]]
            if _are_two(lines, gap, sorted(left), sorted(right), runs):
                return [group for part in _parts(runs, left, right) if part for group in apart(part)]
    return [list(runs)]


def _parts(runs: Sequence[Run], left: Sequence[int], right: Sequence[int]) -> list[list[Run]]:
    """Runs in four groups: those before two parts that stand beside each other, these, and those behind them."""
    first, inside = min(*left, *right), {*left, *right}
    return [
        [run for number, run in enumerate(runs) if number < first],
        [runs[number] for number in sorted(left)],
        [runs[number] for number in sorted(right)],
        [run for number, run in enumerate(runs) if number > first and number not in inside],
    ]


def _stretches(runs: Sequence[Run]) -> list[list[_Line]]:
    """Lines of two runs at least, as long as they follow each other; single runs between them belong to them."""
    lines: list[_Line] = []
    for number, run in sorted(enumerate(runs), key=lambda one: (one[1].top + one[1].bottom) / 2):
        last = lines[-1][-1][1] if lines else None
        if last and min(run.bottom, last.bottom) - max(run.top, last.top) > _SAME_LINE * (run.bottom - run.top):
            lines[-1].append((number, run))
        else:
            lines.append([(number, run)])
    found: list[list[_Line]] = [[]]
    for line in lines:
        if found[-1] and _is_parted(line, found[-1]):
            found.append([])
        if len(line) > 1 or (found[-1] and _is_beside(line[0][1], found[-1])):
            found[-1].append(line)
        else:
            found.append([])
    return [stretch for stretch in found if len(stretch) >= _FEW_LINES]


def _is_parted(line: _Line, lines: Sequence[_Line]) -> bool:
    """Whether a line stands clearly further below those above it than these stand below each other."""
    tops = [min(run.top for _, run in one) for one in (*lines, line)]
    steps = [after - before for before, after in pairwise(tops)]
    return len(steps) > 1 and steps[-1] > _PARTED * min(steps[:-1])


def _is_beside(run: Run, lines: Sequence[_Line]) -> bool:
    """Whether a run stands in one column of the lines above it, and not over several."""
    above = columns([[run for _, run in line] for line in lines])
    return sum(left < run.right and run.left < right for left, right in above) == 1


def _gaps(lines: Sequence[_Line]) -> list[tuple[float, float]]:
    """Gaps with two columns at least on each side, the widest first."""
    found = columns([[run for _, run in line] for line in lines])
    inner = list(pairwise(found))[_FEW_COLUMNS - 1 : len(found) - _FEW_COLUMNS]
    return sorted(((a[1], b[0]) for a, b in inner), key=lambda gap: gap[0] - gap[1])


def _are_two(
    lines: Sequence[_Line], gap: tuple[float, float], left: Sequence[int], right: Sequence[int], runs: Sequence[Run]
) -> bool:
    sides = [
        [[run for _, run in line if (run.right <= gap[0]) == is_left] for line in lines] for is_left in (True, False)
    ]
    if any(sum(len(row) > 1 for row in side) < _FEW_LINES for side in sides):
        return False
    if left[-1] < right[0] and runs[right[0]].top < runs[left[-1]].top:
        return all(_in_rows([runs[number] for number in side]) for side in (left, right))
    others = [b[0] - a[1] for side in sides for a, b in pairwise(columns([row for row in side if row]))]
    if gap[1] - gap[0] < _WIDER * max(others):
        return False
    heads = [[run.text for run in sorted(side[0], key=lambda run: run.left)] for side in sides]
    if heads[0] == heads[1]:
        return True
    lengths = [sum(len(row) > 1 for row in side) for side in sides]
    # Cells below each other that are left empty are those of one table, in which they are said once for many rows.
    are_whole = all(len(row) > 1 for side, length in zip(sides, lengths, strict=True) for row in side[:length])
    return are_whole and abs(lengths[0] - lengths[1]) >= _LONGER


def _in_rows(runs: Sequence[Run]) -> bool:
    """Whether a table is drawn row by row, and not one column behind the other."""
    follow = sum(
        after.left >= before.right and min(before.bottom, after.bottom) > max(before.top, after.top)
        for before, after in pairwise(runs)
    )
    return follow >= _IN_ROWS * len(runs)
