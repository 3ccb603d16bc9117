"""What of a table forbids to count its rows, to add up its values or to compare them."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate

from chatbot.computing.calculation import Condition
from chatbot.computing.columns import is_currency
from chatbot.computing.ranges import are_ranges
from chatbot.computing.tables import Column, DataTable, Row
from chatbot.computing.wording import written
from ingest.partition.cell_values import SHARE
from ingest.text.languages import pattern_of
from ingest.text.units import unit_of

VOIDED, PLANNED, COMES_AND_GOES, ENDS = (
    re.compile(pattern_of(f"computing.{entry}")) for entry in ("voided", "planned", "comes_and_goes", "ends")
)
_MEASURES, _PRICES = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("measures", "prices"))
_AMOUNTS, _SINGLE, _QUANTITIES = (
    re.compile(pattern_of(f"computing.{entry}")) for entry in ("amounts", "single", "quantities")
)
_FEWEST = 2  # values that a sum is of
SMALL = 20  # up to which a sum may well be there by chance
_ADD_UP = ("currency", "volume", "mass", "energy", "area")


def adds_up(column: Column) -> bool:
    """Whether values may be added: amounts and quantities, and no shares, ratings, or prices of one of several."""
    if column.type != "number" or len(column.units) != 1:
        return False
    (unit,), words = column.units, written(column.head)
    if unit == SHARE or any(map(_SINGLE.fullmatch, words)) or "/" in unit:
        return False
    return _says_how_much(column) if unit == "" else unit_of(unit).kind in _ADD_UP or is_currency(unit)


def is_ordered(column: Column, table: DataTable) -> bool:
    """Whether one value can be called the largest: not where some are below zero, nor bare numbers that only name."""
    if column.type != "number":
        return True
    is_below = any(cell.span.raw.startswith("-") for cell in table.values(column.number))
    return not is_below and (column.units != {""} or _says_how_much(column))


def are_comparable(column: Column, table: DataTable) -> bool:
    """Whether values are of one unit; where another column names the unit of each row, they are not."""
    others = [other for other in table.columns if other.number != column.number and other.type == "text"]
    named = ((_has(other, _MEASURES), {cell.text for cell in table.values(other.number)}) for other in others)
    return not any(len(units) > 1 and (is_said or all(map(_is_unit, units))) for is_said, units in named)


def has_ranges(table: DataTable) -> bool:
    """Whether rows are steps: the values of all of them together say nothing."""
    return any(are_ranges(column, table) for column in table.columns)


def has_sums(table: DataTable, rows: Sequence[Row]) -> bool:
    """Whether a row is what those before or behind it come to: it may be a total that does not say so.

    Of rows that are chosen only the first or the last can be the total of all others.

    Args:
        table: with columns.
        rows: of it that are put together or counted.
    """
    find = holds_sum if len(rows) == len(table.rows) else _is_ended_by_sum
    numbers = (_numbers(column, rows) for column in table.columns if adds_up(column))
    return any(find(values) or find(values[::-1]) for values in numbers)


def _numbers(column: Column, rows: Sequence[Row]) -> list[Decimal]:
    cells = (row.cells[column.number].span for row in rows if column.number in row.cells)
    return [Decimal(span.raw) for span in cells if span.type == "number"]


def _is_ended_by_sum(values: Sequence[Decimal]) -> bool:
    """Whether the last value, of three at least, is the sum of all others."""
    return len(values) > _FEWEST and values[-1] > SMALL and sum(values[:-1]) == values[-1]


def holds_sum(values: Sequence[Decimal]) -> bool:
    """Whether a value, not a small one, is the sum of two or more that stand right before it.

    Args:
        values: of a column, in order.
    """
    sums = list(accumulate(values, initial=Decimal()))  # before each value, and at the end
    begun: set[Decimal] = set()  # the sums before values that at least two stand behind
    for place, value in enumerate(values):
        if value > SMALL and sums[place] - value in begun:
            return True
        if place:
            begun.add(sums[place - 1])
    return False


def has_open(table: DataTable, conditions: Sequence[Condition], heads: re.Pattern[str]) -> bool:
    """Whether a column tells rows apart that the question says nothing of.

    Args:
        table: with the rows.
        conditions: that the question names.
        heads: `COMES_AND_GOES` of columns that say which way it counts, `ENDS` of those that say until when it holds.
    """
    told = {condition.column for condition in conditions}
    open_ = (column for column in table.columns if column.number not in told and column.number not in table.names)
    named = (column for column in open_ if heads.fullmatch(" ".join(written(column.head))))
    return any(len({cell.text for cell in table.values(column.number)}) > 1 for column in named)


def is_over(row: Row, columns: Sequence[Column], today: date) -> bool:
    """Whether a row is taken back, or ended before today.

    Args:
        row: of a table.
        columns: that may tell so.
        today: the day of the question.
    """
    for column in columns:
        cell = row.cells.get(column.number)
        if cell and cell.span.type == "text" and any(VOIDED.fullmatch(word) for word in written(cell.text)):
            return True
        has_ended = cell and cell.span.type == "date" and cell.span.raw < today.isoformat()
        if has_ended and ENDS.fullmatch(" ".join(written(column.head))):
            return True
    return False


def has_gaps(table: DataTable, conditions: Sequence[Condition]) -> bool:
    """Whether a column that rows are chosen by, or the one that names them, has empty cells: as the one above?"""
    asked = {condition.column for condition in conditions} | {table.names[0]}
    return any(len(table.values(number)) < len(table.rows) for number in asked)


def is_price(column: Column) -> bool:
    """Whether a column says what something costs."""
    return _has(column, _PRICES)


def has_others(table: DataTable, conditions: Sequence[Condition], kind: re.Pattern[str]) -> bool:
    """Whether rows are not what the others are, and the question says nothing of the column that tells so.

    Args:
        table: with the rows.
        conditions: that the question names.
        kind: `VOIDED` for what is taken back, `PLANNED` for what is planned beside what happened.
    """
    told = {condition.column for condition in conditions}
    cells = (cell for column in table.columns if column.number not in told for cell in table.values(column.number))
    return any(kind.fullmatch(word) for cell in cells if cell.span.type == "text" for word in written(cell.text))


def has_quantities(table: DataTable, conditions: Sequence[Condition]) -> bool:
    """Whether a column says how many there are of each row, and the question nothing of that column."""
    bare = (column for column in table.columns if column.type == "number" and column.units == {""})
    found = {column.number for column in bare if _has(column, _QUANTITIES)}
    return bool(found) and not found & {condition.column for condition in conditions}


def _says_how_much(column: Column) -> bool:
    return _has(column, _AMOUNTS) or _has(column, _QUANTITIES)


def _has(column: Column, pattern: re.Pattern[str]) -> bool:
    return any(map(pattern.fullmatch, written(column.head)))


def _is_unit(text: str) -> bool:
    return bool(unit_of(text).kind) or is_currency(text)
