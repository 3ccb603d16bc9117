"""Carries a calculation out on a table: which rows take part, and what comes out, in exact decimals."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from chatbot.computing.calculation import Calculation, Comparison, Condition
from chatbot.computing.ranges import range_in
from chatbot.computing.tables import DataTable, Row, TableCell
from chatbot.computing.wording import written


class Result(NamedTuple):
    """What comes out.

    Attributes:
        rows: that are the answer, or whose values it is made of.
        operands: the cells whose values count; of counts and lists the rows' names.
        number: a count, sum, mean or difference; None where the cells themselves are the answer.
        all_rows: that were compared or take part.
    """

    rows: tuple[Row, ...]
    operands: tuple[TableCell, ...]
    number: Decimal | None
    all_rows: tuple[Row, ...]

    @property
    def of(self) -> int:
        """How many rows were looked at."""
        return len(self.all_rows)


def execute(calculation: Calculation, table: DataTable, today: date) -> Result | None:
    """The result of a calculation; None for no row, empty or mixed cells, or several values.

    Args:
        calculation: for this table.
        table: with its rows.
        today: for dates that are still to come.
    """
    if not all(_is_comparable(row, condition) for row in table.rows for condition in calculation.conditions):
        return None
    rows = [row for row in table.rows if all(fulfils(row, condition) for condition in calculation.conditions)]
    rows = _nearest(rows, calculation)
    if calculation.operation in ("count", "list"):
        named = [row.cells[table.names[0]] for row in rows if table.names[0] in row.cells]
        is_whole = bool(rows) and len(named) == len(rows)
        number = Decimal(len(rows)) if calculation.operation == "count" else None
        return Result(tuple(rows), tuple(named), number, tuple(rows)) if is_whole else None
    if calculation.column is None or not rows:
        return None
    return _of_values(calculation, calculation.column, rows, today)


def _nearest(rows: Sequence[Row], calculation: Calculation) -> list[Row]:
    """Of steps such as "from 11" and "from 26" the one that counts: the highest that is reached."""
    kept = list(rows)
    for column in (condition.column for condition in calculation.conditions if condition.how == "range"):
        ranges = [(row, found) for row in kept if (found := range_in(row.cells[column].text))]
        low = max((found.low for _, found in ranges if found.low is not None), default=None)
        kept = [row for row, found in ranges if found.low == low]
        high = min((found.high for row, found in ranges if row in kept and found.high is not None), default=None)
        kept = [row for row, found in ranges if row in kept and found.high == high]
    return kept


def _of_values(calculation: Calculation, column: int, rows: Sequence[Row], today: date) -> Result | None:
    filled = [row for row in rows if column in row.cells]
    cells = [row.cells[column] for row in filled]
    if calculation.operation == "value":
        return Result(tuple(filled), tuple(cells), None, tuple(filled)) if len(rows) == len(cells) == 1 else None
    if calculation.from_today:
        filled = [row for row in filled if row.cells[column].span.raw >= today.isoformat()]
        cells = [row.cells[column] for row in filled]
    if not cells or len({(cell.span.type, cell.span.unit) for cell in cells}) != 1 or cells[0].span.type == "text":
        return None
    if calculation.operation in ("largest", "smallest"):
        return _extreme(calculation, column, filled)
    if cells[0].span.type != "number" or len(filled) < len(rows):
        return None
    numbers = [Decimal(cell.span.raw) for cell in cells]
    number = total(calculation, numbers)
    return Result(tuple(filled), tuple(cells), number, tuple(filled)) if number is not None else None


def total(calculation: Calculation, numbers: Sequence[Decimal]) -> Decimal | None:
    """The sum, mean or difference of numbers; None for a difference of more than two."""
    if calculation.operation == "sum":
        return sum(numbers, Decimal())
    if calculation.operation == "mean":
        return sum(numbers, Decimal()) / len(numbers)
    return abs(numbers[0] - numbers[1]) if len(numbers) == 2 else None


def _extreme(calculation: Calculation, column: int, rows: Sequence[Row]) -> Result | None:
    """The rows with the largest or smallest values, all of those that are equal to the last one."""
    sign = -1 if calculation.operation == "largest" else 1
    in_order = ordered(calculation, rows)
    if len(in_order) < calculation.most:
        return None
    last = measured(in_order[calculation.most - 1].cells[column])
    chosen = tuple(row for row in in_order if sign * measured(row.cells[column]) <= sign * last)
    return Result(chosen, tuple(row.cells[column] for row in rows), None, tuple(rows))


def ordered(calculation: Calculation, rows: Sequence[Row]) -> list[Row]:
    """Rows with the largest or smallest values first, as the calculation wants."""
    sign = -1 if calculation.operation == "largest" else 1
    return sorted(rows, key=lambda row: sign * measured(row.cells[calculation.column or 0]))


def measured(cell: TableCell) -> Decimal:
    """The value of a cell as a number; of a date its day, of a time its second."""
    span = cell.span
    if span.type == "date":
        return Decimal(date.fromisoformat(span.raw[:10]).toordinal())
    if span.type == "time":
        hours, minutes, seconds = (int(part) for part in span.raw.split(":"))
        return Decimal(3600 * hours + 60 * minutes + seconds)
    return Decimal(span.raw)


def _is_comparable(row: Row, condition: Condition) -> bool:
    """Whether a row says for certain if it fulfils a condition by number: an empty cell and "open-ended" do not."""
    if condition.how not in ("more", "least", "less", "most"):
        return True
    cell = row.cells.get(condition.column)
    return cell is not None and cell.span.type in ("number", "date")


def fulfils(row: Row, condition: Condition) -> bool:
    """Whether a row takes part."""
    cell = row.cells.get(condition.column)
    if cell is None:
        return False
    if condition.how == "is":
        return _is(cell, condition)
    if condition.how == "range":
        found = range_in(cell.text)
        return bool(found and found.holds(Decimal(condition.value)))
    if cell.span.type == "date":
        return _compare(cell.span.raw, condition.how, condition.value)
    share = cell.span.unit == "%"
    bound = Decimal(condition.value) / (100 if share else 1)
    return cell.span.type == "number" and _compare(Decimal(cell.span.raw), condition.how, bound)


def _compare(one: Any, how: Comparison, other: Any) -> bool:
    return bool({"more": one > other, "least": one >= other, "less": one < other, "most": one <= other}[how])


def _is(cell: TableCell, condition: Condition) -> bool:
    return condition.value == cell.span.raw if condition.value else " ".join(written(cell.text)) in condition.texts
