"""The order in which lines of a page are read, where a program has drawn them in another."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.partition.runs import Run

_MOST = 3_000  # lines of a page; a drawing has more
_OVERLAP = 0.5  # of the narrower of two lines, that stand below each other


def in_reading_order(runs: Sequence[Run]) -> list[Run]:
    """Lines of a page, of which none stands behind one that is below it in the same column.

    Most programs draw in the order of reading, columns too; some draw footers, headings or fields first or last.

    Args:
        runs: of a page, in the order of its content.
    """
    if len(runs) > _MOST or not any(_is_above(run, before) for before, run in pairwise(runs)):
        return list(runs)
    ordered: list[Run] = []
    for run in runs:
        place = next((at for at, other in enumerate(ordered) if _is_above(run, other)), len(ordered))
        ordered.insert(place, run)
    return ordered


def _is_above(run: Run, other: Run) -> bool:
    """Whether a line stands wholly above another, in the same column."""
    shared = min(run.right, other.right) - max(run.left, other.left)
    narrower = min(run.right - run.left, other.right - other.left)
    return run.bottom <= other.top and shared > _OVERLAP * narrower
