"""Where a table without lines begins and ends on a page: rows of cells, with single lines between them that are part
of it, and apart from the next table below."""

import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.partition.column_marks import cut_at_columns
from ingest.partition.runs import Run
from ingest.partition.sheet_heads import begins_table
from ingest.partition.table_model import Cell
from ingest.partition.value_kinds import kind_of

Row = list[Run]
Columns = list[tuple[float, float]]

_AS_NEAR = 1.6  # distance from a single line to the rows around it, as a multiple of that between these
_APART = 1.8  # the same between two tables
_NEARER = 0.6  # distance of several lines to the row above, as a multiple of that to the row below
_OVERLAP = -0.5  # of a line's size, by which the next one of a cell may reach into it
_SINGLE = 2  # lines one after the other that may stand between rows of a table
_FEW = 3  # columns of a table that single lines stand in
_TOUCHING = 0.7  # points
_ALIGNED = 1.0  # of a line's size, by which the further lines of a cell are set in


def columns(rows: Sequence[Row]) -> Columns:
    """Columns as intervals of x: where the projections of all rows leave gaps.

    Args:
        rows: of a table.
    """
    merged: Columns = []
    for left, right in sorted((run.left, run.right) for row in rows for run in row):
        if merged and left < merged[-1][1] - _TOUCHING:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged[-1:] = [(one[0], min(one[1], left)) for one in merged[-1:]]
            merged.append((left, right))
    return merged


def with_further_lines(rows: Sequence[Row]) -> list[Row]:
    """Rows in which the further lines of cells are part of the row that these stand in.

    Args:
        rows: of a page, in reading order.
    """
    found: list[Row] = []
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        if found and below and _wraps_to_margin(found[-2:], row, below):
            value = found[-1][-1]
            found[-1] = [*found[-1], row[0]._replace(edges=(value.left, value.right))]
        elif found and _goes_on(found[-1], row, below):
            found[-1] = [*found[-1], *row]
        else:
            found.append(row)
    return found


def stretches(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Rows in groups: those of a table together, and all others.

    Args:
        rows: of a page, in reading order.
    """
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and (_has_cells(rows[end]) or _is_within_table(rows, start, end)):
            end += 1
        if end - start < 2:
            yield False, [rows[start]]
            start += 1
            continue
        for table in _parted(cut_at_columns(rows[start:end])):
            yield len(table) > 1, table
        start = end


def _has_cells(row: Row) -> bool:
    return len(columns([row])) > 1


def _goes_on(row: Row, lines: Row, below: Row | None) -> bool:
    """Whether lines go on in cells of the row above them, the first of which has no further one.

    A single line does where it is no nearer to the row below; several, which may be a sum, where they are far nearer.
    """
    cells = columns([row])
    if len(cells) < 2 or lines[0].page != row[0].page or not (_has_cells(below) if below else len(lines) > 1):
        return False
    if any(not _is_under(line, cells) for line in lines):
        return False
    over = [run for run in row if any(run.left < line.right and line.left < run.right for line in lines)]
    above = _top(lines) - max(run.bottom for run in over)
    under = _top(below) - max(line.bottom for line in lines) if below else above
    is_below = _top(lines) > max(run.bottom for run in row) - 1
    if above < _OVERLAP * lines[0].size or (is_below and all(kind_of(run.text) == "number" for run in (*over, *lines))):
        return False  # a number goes on in no second line
    return above <= under + 1 if len(lines) == 1 else above < _NEARER * under or over[0].text.endswith("-")


def _is_labelled(row: Row) -> bool:
    return len(columns([row])) == 2 and row[0].text.endswith(":")


def _wraps_to_margin(above: Sequence[Row], lines: Row, below: Row) -> bool:
    """Whether a line at the margin goes on the value of a field right above it, as it does behind a tab.

    Args:
        above: the last two rows.
        lines: in question.
        below: the next row.
    """
    row, others = above[-1], [below, *above[:-1]]
    if len(lines) != 1 or not _is_labelled(row) or not any(map(_is_labelled, others)) or lines[0].page != row[0].page:
        return False
    gap = _top(lines) - max(run.bottom for run in row)
    gaps = [_top(below) - lines[0].bottom, *(_top(row) - max(run.bottom for run in one) for one in above[:-1])]
    return abs(lines[0].left - row[0].left) < 1 and _OVERLAP * lines[0].size <= gap < _NEARER * min(gaps)


def _is_under(line: Run, cells: Columns) -> bool:
    """Whether a line begins where a cell does that is not the first, and ends before the next one."""
    for at, (left, right) in enumerate(cells[1:], 1):
        end = cells[at + 1][0] if at + 1 < len(cells) else line.right
        if -1 < line.left - left < _ALIGNED * line.size and line.right <= end and line.left < right:
            return True
    return False


def _is_within_table(rows: Sequence[Row], start: int, at: int) -> bool:
    """Whether a single line stands between rows of a table: the name of those that follow it, or of an empty row."""
    behind = next((one for one in range(at, min(at + _SINGLE, len(rows) - 1) + 1) if _has_cells(rows[one])), None)
    before = next((one for one in range(at, start - 1, -1) if _has_cells(rows[one])), None)
    line = rows[at][0]
    if behind is None or before is None or behind - before > _SINGLE + 1 or line.text.endswith((".", ":")):
        return False
    table = [row for row in (*rows[start:at], rows[behind]) if _has_cells(row)]
    if kind_of(line.text) == "number" and _is_in_one(line, columns(table)):
        return _top(rows[at]) - _top(rows[at - 1]) <= _AS_NEAR * _usual_step(rows, at)
    left, widest = min(run.left for row in table for run in row), max(len(columns([row])) for row in table)
    width = max(len(columns(table)), len(columns([rows[before], rows[behind]])))  # a name may be over several columns
    if abs(line.left - left) > line.size or width < widest or widest < _FEW:
        return False
    farthest = _AS_NEAR * _usual_step(rows, at)
    return all(0 < _top(lower) - _top(upper) <= farthest for upper, lower in pairwise(rows[before : behind + 1]))


def _is_in_one(line: Run, found: Columns) -> bool:
    """Whether a line stands in one column, and not in the first."""
    return [at for at, (left, right) in enumerate(found) if line.left < right and left < line.right][:1] > [0]


def _usual_step(rows: Sequence[Row], at: int) -> float:
    """How far the rows of cells below a line stand from each other, or above it; nought without two of them."""
    below, above = rows[at + 1 : at + 4], rows[max(0, at - 3) : at]
    for near in (below, above):
        steps = [
            _top(lower) - _top(upper) for upper, lower in pairwise(near) if _has_cells(upper) and _has_cells(lower)
        ]
        if steps:
            return statistics.median(steps)
    return 0.0


def _top(row: Row) -> float:
    return min(run.top for run in row)


def _parted(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Tables that stand below each other: with a wide gap between, and a head or other columns behind it."""
    gaps = [_top(lower) - max(run.bottom for run in upper) for upper, lower in pairwise(rows)]
    usual = statistics.median(gaps) if gaps else 0.0
    start = 0
    for at in range(1, len(rows)):
        is_wide = gaps[at - 1] > max(_APART * usual, rows[at][0].size)
        if is_wide and at - start > 1 and _is_apart(rows[start:], at - start):
            yield list(rows[start:at])
            start = at
    yield list(rows[start:])


def _is_apart(rows: Sequence[Row], at: int) -> bool:
    """Whether what stands behind a gap is no part of the rows above it: another table, or a line in other columns."""
    if len(rows) - at > 1:
        return _begins(rows, at)
    above = columns([row for row in rows[:at] if _has_cells(row)])
    return any(sum(left < run.right and run.left < right for left, right in above) > 1 for run in rows[at])


def _begins(rows: Sequence[Row], at: int) -> bool:
    """Whether a row behind a gap is the head of another table, or stands in other columns."""
    above, below = [row for row in rows[:at] if _has_cells(row)], rows[at:]
    both = columns(rows)
    if len(both) < max(len(columns(above)), len(columns(below))):
        return True
    cells = [
        [
            Cell(number, next(at for at, (_, right) in enumerate(both) if run.left < right), run.text, strong=run.bold)
            for run in sorted(row, key=lambda run: run.left)
        ]
        for number, row in enumerate(rows)
    ]
    return begins_table(cells, at, 0, is_apart=True)
