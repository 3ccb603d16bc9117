"""Columns of prose on a page whose program wrote it line by line: they look like a table and are none."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.partition.runs import Run

_NAMED = re.compile(r"[^\W\d_][^:]{0,30}: ?\S")
_FEW = 4  # lines, below which nothing can be told
_MOST_COLUMNS = 3
_WORDS = 3.5  # of a line of prose in a column, on average
_GOES_ON = 0.5  # share of lines that go on in the next one
_EVEN = 1.6  # gap between lines as a multiple of the smallest: rows of a table whose cells wrap stand apart


def prose_columns(rows: Sequence[Sequence[Run]], columns: Sequence[tuple[float, float]]) -> list[list[Run]] | None:
    """The lines of each column from the left, None for a table.

    Args:
        rows: of runs side by side, from the top.
        columns: as intervals of x.
    """
    found = [[run for row in rows for run in row if left <= run.left < right] for left, right in columns]
    if len(found) == 2 and _says_itself(found[1]) and not any(":" in run.text for run in found[0]):
        return found
    if len(rows) < _FEW or not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    return found if all(map(_is_prose, found)) else None


def _says_itself(lines: Sequence[Run]) -> bool:
    """Whether lines are names with their values, as in the block beside the address of a letter."""
    return len(lines) > 1 and all(_NAMED.match(line.text) for line in lines)


def _is_prose(lines: Sequence[Run]) -> bool:
    if len(lines) < _FEW or sum(len(line.words) for line in lines) < _WORDS * len(lines):
        return False
    if len({line.bold for line in lines}) > 1 or lines[0].bold:
        return False
    gaps = [max(0.0, after.top - before.top) for before, after in pairwise(lines)]
    if min(gaps) <= 0 or max(gaps) > _EVEN * min(gaps):
        return False
    goes_on = sum(_goes_on(before, after) for before, after in pairwise(lines))
    return goes_on >= _GOES_ON * (len(lines) - 1)


def _goes_on(line: Run, following: Run) -> bool:
    """Whether a sentence goes on over the end of a line."""
    first = following.text[0]
    return line.text[-1] not in ".!?:;" and (first.islower() or line.text[-1] in "-," or not first.isdigit())
