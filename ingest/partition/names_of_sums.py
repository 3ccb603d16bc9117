"""Sums below a table: what they are called stands under a head to which it does not belong."""

from collections.abc import Sequence

from ingest.partition.runs import Run
from ingest.partition.value_kinds import kind_of

_SAME = 1.0  # points
_FEW = 3  # cells that a row of such a table has

Row = Sequence[Run]


def count_of_sums(rows: Sequence[Row]) -> int:
    """How many of the last rows are sums: a name that begins where no cell of words does, and a number.

    Args:
        rows: of a table without lines, its head among them.
    """
    first = min(run.left for row in rows for run in row)
    count = 0
    for row in reversed(rows[1:]):
        if not _is_sum(row, first):
            break
        count += 1
    body = rows[1 : len(rows) - count]
    if max(map(len, body), default=0) < _FEW:
        return 0
    words = [run.left for row in body for run in row if kind_of(run.text) != "number"]
    names = [row[0].left for row in rows[len(rows) - count :]]
    return 0 if any(abs(left - name) < _SAME for left in words for name in names) else count


def _is_sum(row: Row, first: float) -> bool:
    if len(row) != 2 or row[0].left - first < row[0].size:
        return False
    name, value = row
    return name.left < value.left and kind_of(name.text) != "number" == kind_of(value.text)
