"""Where on a sheet another table begins, and how many rows its head has."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.partition.table_model import Cell
from ingest.partition.value_kinds import are_units, kind_of, names_column

Row = Sequence[Cell]

_FIGURES, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
_FAR = 100  # columns
_TITLES = 2  # single cells that may stand between an empty row and a head
_GROUPS = 2  # single cells that may stand between a head and its values
_MOST_OF = 0.6  # of a head's columns in which another head has the same kind of name, and the values have not


def begins_table(rows: Sequence[Row], at: int, top: int, is_apart: bool) -> bool:
    """Whether a row is the head of another table than the rows above it, or the title of one.

    Args:
        rows: all that are filled, from the top.
        at: number of the row.
        top: number of the row with which the table above begins.
        is_apart: whether there is an empty row between.
    """
    head = at
    while head < len(rows) - 1 and len(rows[head]) == 1 and head < at + _TITLES:
        head += 1
    if head > at and rows[head][0].row > rows[at][0].row + _TITLES:
        return False
    first = next((row for row in rows[top:at] if len(row) > 1), None)
    below = next((row for row in rows[head + 1 : head + 2 + _GROUPS] if len(row) > 1), None)
    if first is None or below is None or len(rows[head]) < 2:
        return False
    before = next(row for row in reversed(rows[:at]) if len(row) > 1)
    if _is_repeated(rows[head], first) or _is_marked(rows[head], below, before, is_apart):
        return True
    if not is_apart:
        return _goes_by_same_name(rows[head], below, first) or _is_of_words(rows[head], below, before)
    above = [row for before, row in pairwise([(), *rows[top:at]]) if len(before) < 2 <= len(row)]
    return _is_head_apart(rows[head], below, before, above)


def head_height(rows: Sequence[Row]) -> int:
    """How many rows at the top of a table are its head, if more than the first are; 0 where merged cells tell.

    Args:
        rows: that are filled, from the first one with several cells.
    """
    if len(rows) < 3 or any(cell.rows > 1 for cell in rows[0]):
        return 0
    if strong := _strong_rows(rows):
        return strong
    return 2 if is_second_row(*rows[:3]) else 0


def spread_heads(rows: Sequence[Row]) -> list[Cell]:
    """The cells of a head of several rows: one that stands above several names without being merged covers them.

    Args:
        rows: of the head.
    """
    spread: list[Cell] = []
    for row, lower in pairwise(rows):
        named = {cell.column for cell in lower}
        for cell, following in zip(row, [*row[1:], None], strict=True):
            end = following.column if following else max(named, default=cell.column) + 1
            own = cell.column + cell.columns
            while own < end and {own - 1, own} <= named and (following or own - cell.column < _widest(row)):
                own += 1
            spread.append(cell._replace(columns=own - cell.column))
    return [*spread, *rows[-1]]


def _widest(row: Row) -> int:
    """How many columns lie between two names of a row: the last one covers no more."""
    gaps = [one.column - other.column for other, one in pairwise(row[1:])]
    return max(gaps, default=_FAR)


def _is_repeated(row: Row, first: Row) -> bool:
    """Whether a row says what the head of the table above says, or the same years and sizes below another name."""
    known = {cell.column: cell.text for cell in first}
    same = [cell for cell in row if known.get(cell.column) == cell.text and cell not in first]
    others = [cell for cell in row[1:] if cell not in same]
    return len(same) == len(row) or (len(same) > 1 and not others and all(kind_of(one.text) != "words" for one in same))


def _is_marked(row: Row, below: Row, before: Row, is_apart: bool) -> bool:
    """Whether a row is formatted as a head, which neither the one below is nor, without an empty row, the one above."""
    if not all(cell.strong for cell in row) or all(cell.strong for cell in below) or _has_values(row):
        return False
    return is_apart or not all(cell.strong for cell in before)


def _has_values(row: Row) -> bool:
    """Whether there are numbers behind the first cell: a sum may be bold, too."""
    return any(kind_of(cell.text) == "number" and not names_column(cell.text) for cell in row[1:])


def _is_head_apart(row: Row, below: Row, before: Row, above: Sequence[Row]) -> bool:
    """Whether a row behind an empty one is a head.

    Args:
        row: that may be.
        below: the next one of several cells.
        before: the last such one.
        above: rows that may be heads of the table above.
    """
    if any(cell.columns > 1 for cell in row) and len(below) > len(row):  # a head of two rows
        return True
    if any(kind_of(cell.text) != "words" for cell in row):
        return any(_is_like(row, other, below) for other in above) or _are_names(row, below)
    has_figures = any(kind_of(cell.text) != "words" for cell in below)
    return has_figures or _columns(row) != _columns(before)


def _is_like(row: Row, other: Row, below: Row) -> bool:
    """Whether a row with figures looks as a row above does, and not as the values below: other days of a plan."""
    kinds, known, values = ({cell.column: kind_of(cell.text) for cell in one} for one in (row, other, below))
    with_figures = [column for column, kind in kinds.items() if kind != "words"]
    alike = [column for column in with_figures if known.get(column) == kinds[column]]
    told = [column for column in alike if values.get(column, kinds[column]) != kinds[column]]
    return len(alike) >= _MOST_OF * len(with_figures) and len(told) >= _MOST_OF * len(alike) > 0


def _goes_by_same_name(row: Row, below: Row, first: Row) -> bool:
    """Whether a row begins as the head above, and has names: no row of values is called by the name of its column."""
    if row[0] == first[0] or (row[0].column, row[0].text) != (first[0].column, first[0].text):
        return False
    if kind_of(row[0].text) != "words":
        return False
    return all(kind_of(cell.text) == "words" for cell in row) or _is_like(row, first, below)


def _are_names(row: Row, below: Row) -> bool:
    """Whether several cells with figures are written alike, as names of days are, above values of other kinds."""
    values = {cell.column: kind_of(cell.text) for cell in below}
    codes = [cell for cell in row if kind_of(cell.text) in ("code", "date")]
    told = [cell for cell in codes if cell.column in values]
    if len(told) < 2 or any(values[cell.column] == kind_of(cell.text) for cell in told):
        return False
    return len({_FIGURES.sub("0", _LETTERS.sub("a", cell.text)) for cell in codes}) == 1


def _is_of_words(row: Row, below: Row, before: Row) -> bool:
    """Whether a row has names where the rows above and below have numbers of things of another kind."""
    if _columns(row) != _columns(below) or len({cell.text for cell in row}) < len(row):
        return False
    if any(kind_of(cell.text) != "words" for cell in row) or kind_of(below[0].text) == kind_of(before[0].text):
        return False
    numbers, above = ({cell.column for cell in one if kind_of(cell.text) == "number"} for one in (below, before))
    return len(numbers & above) > 1


def _strong_rows(rows: Sequence[Row]) -> int:
    """How many rows at the top are formatted as a head, if several are and the next is not."""
    count = 0
    while count < len(rows) and len(rows[count]) > 1 and all(cell.strong for cell in rows[count]):
        if count and (_has_values(rows[count]) or rows[count][0].row != rows[count - 1][0].row + 1):
            break
        count += 1
    return count if 1 < count < len(rows) else 0


def is_second_row(first: Row, second: Row, third: Row) -> bool:
    """Whether the second row goes on with the head: units, days, or names below those of the first row.

    Args:
        first: row of a table.
        second: the next one.
        third: the one after that.
    """
    if second[0].column <= third[0].column:
        return False
    below = {cell.column: kind_of(cell.text) for cell in third}
    has_numbers = any(below.get(cell.column) == "number" for cell in second)
    if are_units([cell.text for cell in second]):
        return has_numbers
    kinds = {kind_of(cell.text) for cell in second}
    if kinds == {"date"}:
        are_words = all(kind_of(cell.text) == "words" for cell in first)
        return are_words and all(below.get(cell.column) != "date" for cell in second)
    return kinds == {"words"} and has_numbers and not _columns(second) <= _columns(first)


def _columns(row: Row) -> set[int]:
    return {cell.column for cell in row}
