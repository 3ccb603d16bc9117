"""A list with a table beside it, as data sheets have them: the items are no cells of its rows."""

import re
from collections.abc import Sequence

from ingest.partition.list_marks import SIGN_CLASS
from ingest.partition.runs import Run
from ingest.partition.table_stretches import columns

_ITEM = re.compile(rf"[{SIGN_CLASS}]\s")
_EDGE = 2.0  # points
_FEW = 3  # items, and rows of the table
_HEAD = 2.0  # gap between a head and what is below it, in shares of its size
_BELOW = 3.0  # the same from the end of the list to a row of the table that goes on

_Numbers = list[int]


def items_beside(runs: Sequence[Run]) -> tuple[_Numbers, _Numbers] | None:
    """The numbers of items, and of the table right of them, each with its head; None where there is none.

    Args:
        runs: of a page, in reading order.
    """
    marked = [number for number, run in enumerate(runs) if _ITEM.match(run.text)]
    for first in marked:
        items = [n for n in marked if _is_at(runs[n], runs[first].left) and runs[n].top >= runs[first].top]
        if len(items) >= _FEW and (table := _table_beside(runs, items)):
            heads = [_head_over(runs, part) for part in (items, table)]
            return ([*heads[0], *items], [*heads[1], *table]) if all(heads) else (items, table)
    return None


def _table_beside(runs: Sequence[Run], items: _Numbers) -> _Numbers:
    """The runs right of items, with those that go on below; none where they are no rows of several cells."""
    top, bottom = (edge(getattr(runs[n], side) for n in items) for edge, side in ((min, "top"), (max, "bottom")))
    edge = max(runs[n].right for n in items)
    level = [n for n, run in enumerate(runs) if run.bottom > top and run.top < bottom]
    right = [n for n in level if runs[n].left > edge]
    if len(columns([[runs[n] for n in right]])) < 2 or len(right) < 2 * _FEW:
        return []
    left = min(runs[n].left for n in right)
    if any(runs[n].left < left < runs[n].right for n in level):
        return []
    below = [n for n, run in enumerate(runs) if run.left >= left - _EDGE and 0 <= run.top - bottom < _BELOW * run.size]
    return sorted({*right, *below})


def _head_over(runs: Sequence[Run], part: _Numbers) -> _Numbers:
    """The only line right over a part, at its left edge."""
    left, top = min(runs[n].left for n in part), min(runs[n].top for n in part)
    found = [n for n, run in enumerate(runs) if _is_at(run, left) and 0 <= top - run.bottom < _HEAD * run.size]
    return found if len(found) == 1 else []


def _is_at(run: Run, left: float) -> bool:
    return abs(run.left - left) < _EDGE
