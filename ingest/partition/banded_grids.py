"""Tables whose rows are parted by level lines alone: their columns are found by where the cells stand."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.partition.pdf_rules import Rule, Rules
from ingest.partition.ruled_grids import RuledGrid, grid_of
from ingest.partition.runs import Run
from ingest.partition.table_stretches import columns

_SAME_EDGE = 4.0  # points
_TALLEST = 120.0  # points between two lines; more is a rule across a page
_FEW = 3  # lines
_NEAR = 1.8  # gap between lines of a head, in shares of their size
_ABOVE = 0.5  # points that text may reach over a line below it


def banded_grids(rules: Rules, runs: Sequence[Run]) -> list[RuledGrid]:
    """Grids made of level lines, and of columns of the runs between them.

    Args:
        rules: of a page.
        runs: on it.
    """
    level = [rule for rule in rules.level if not any(_touches(rule, other) for other in rules.upright)]
    found = []
    for lines in _stacks(level):
        inside = [
            run for run in runs if lines[0].start - _SAME_EDGE <= run.left and run.right <= lines[0].end + _SAME_EDGE
        ]
        if grid := _grid(lines, level, inside):
            found.append(grid)
    return found


def _touches(level: Rule, upright: Rule) -> bool:
    across = level.start - _SAME_EDGE <= upright.at <= level.end + _SAME_EDGE
    return across and upright.start - _SAME_EDGE <= level.at <= upright.end + _SAME_EDGE


def _stacks(level: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines of one width under each other."""
    left = sorted(level)
    while left:
        stack = [left.pop(0)]
        for rule in list(left):
            same = abs(rule.start - stack[0].start) < _SAME_EDGE and abs(rule.end - stack[0].end) < _SAME_EDGE
            if same and rule.at - stack[-1].at < _TALLEST:
                stack.append(rule)
                left.remove(rule)
        if len(stack) >= _FEW:
            yield stack


def _grid(lines: Sequence[Rule], level: Sequence[Rule], runs: Sequence[Run]) -> RuledGrid | None:
    left, right = lines[0].start, lines[0].end
    parts = [rule for rule in level if rule not in lines and (
        left - _SAME_EDGE <= rule.start and rule.end <= right + _SAME_EDGE)]  # fmt: skip
    edges = sorted({rule.at for rule in (*lines, *parts) if lines[0].at <= rule.at <= lines[-1].at})
    bands = [[run for run in runs if upper - _ABOVE <= _middle(run) < lower] for upper, lower in pairwise(edges)]
    bodies = [band for band in bands[1:] or bands if len(band) > 1]
    if len(bodies) < 2 or len(bodies) < 0.5 * len(bands):
        return None
    found = columns([list(band) for band in bodies])
    if len(found) < 2:
        return None
    top = _top(lines[0], runs, level)
    parts = [rule for rule in parts if top < rule.at < lines[-1].at]
    ends = [end for rule in parts for end in (rule.start, rule.end)]
    between = [_edge(before[1], after[0], ends) for before, after in pairwise(found)]
    upright = [Rule(left, top, lines[-1].at), Rule(right, top, lines[-1].at)]
    head_end = lines[1 if top == lines[0].at else 0].at
    for x in between:
        # Over a line of the head that only spans some columns stands the name that these have in common; below the
        # head such lines part the rows of a group.
        over = (rule.at for rule in parts if rule.start + 1 < x < rule.end - 1 and rule.at < head_end)
        start = max(over, default=top)
        upright.append(Rule(x, start, lines[-1].at))
    edge = [] if top == lines[0].at else [Rule(top, left, right)]
    return grid_of([*edge, *lines, *parts], upright)


def _edge(left: float, right: float, ends: Sequence[float]) -> float:
    """Where two columns meet: where a line over some of them ends, else in the middle between their texts."""
    return next((end for end in ends if left - 1 <= end <= right + 1), (left + right) / 2)


def _top(first: Rule, runs: Sequence[Run], level: Sequence[Rule]) -> float:
    """Where the head begins, which may stand over the first line: rows of several cells, and what is underlined."""
    top = first.at
    rows: dict[int, list[Run]] = {}
    for run in runs:
        rows.setdefault(round(run.bottom), []).append(run)
    for bottom in sorted((bottom for bottom in rows if bottom <= first.at + 1), reverse=True):
        row = rows[bottom]
        if top - bottom > _NEAR * row[0].size or not (len(row) > 1 or any(_underlines(rule, row[0]) for rule in level)):
            break
        top = min(run.top for run in row)
    return top if top == first.at else top - _ABOVE


def _underlines(rule: Rule, run: Run) -> bool:
    below = run.bottom - 1 <= rule.at <= run.bottom + run.size
    return below and rule.start - _SAME_EDGE <= run.left and run.right <= rule.end + _SAME_EDGE


def _middle(run: Run) -> float:
    return (run.top + run.bottom) / 2
