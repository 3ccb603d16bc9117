"""A result in words: the operation, which rows took part, and what came out, so that a reader can do it again."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from chatbot.computing.calculation import Calculation, Condition
from chatbot.computing.execute import Result, ordered
from chatbot.computing.tables import DataTable, Row, TableCell
from config.messages import Language, message
from ingest.partition.cell_values import SHARE

_PLACES = 2  # of a mean, at least


def said(calculation: Calculation, table: DataTable, result: Result, language: Language, today: date) -> str:
    """The statement of a result.

    Args:
        calculation: that was carried out.
        table: on which.
        result: what came out.
        language: of the reader.
        today: the day that is asked for.
    """
    key = "computed.next" if calculation.from_today else f"computed.{calculation.operation}"
    return message(
        key,
        language,
        number=_number(calculation, result, language),
        total=len(table.rows),
        of=result.of,
        column=_head(table, calculation.column),
        day=_day(today, language),
        names=_names(calculation, table, result),
        conditions=_conditions(calculation, table, result, language),
    )


def _head(table: DataTable, number: int | None) -> str:
    return next((column.head for column in table.columns if column.number == number), "")


def _number(calculation: Calculation, result: Result, language: Language) -> str:
    if calculation.operation == "list":
        return str(len(result.rows))
    if result.number is None:
        return ""
    share = bool(result.operands) and result.operands[0].span.unit == SHARE and calculation.operation != "count"
    shown = rounded(calculation.operation, result).scaleb(2 if share else 0)
    places = max(0, -int(shown.as_tuple().exponent))
    text = str(format_decimal(shown, format=f"#,##0.{'0' * places}" if places else "#,##0", locale=language))
    return text if calculation.operation == "count" else _with_unit(text, result.operands[0])


def rounded(operation: str, result: Result) -> Decimal:
    """The number of a result with as many places as its operands have; a mean with two at least."""
    number = result.number or Decimal()
    if operation == "count":
        return number
    share = result.operands[0].span.unit == SHARE
    places = max(_places(cell) for cell in result.operands)
    places = max(_PLACES, places) if operation == "mean" else places
    return number.quantize(Decimal(1).scaleb(-places - (2 if share else 0)))


def _places(cell: TableCell) -> int:
    """How many places a cell shows behind the decimal sign."""
    whole = abs(Decimal(cell.span.raw)) * (100 if cell.span.unit == SHARE else 1)
    return max(0, sum(map(str.isdigit, cell.text)) - len(str(int(whole))))


def _with_unit(number: str, cell: TableCell) -> str:
    """A number with the unit as the cell writes it, on the side where the cell has it."""
    digits = [at for at, char in enumerate(cell.text) if char.isdigit()]
    before, behind = cell.text[: digits[0]].lstrip("-−–+ "), cell.text[digits[-1] + 1 :]
    return f"{before}{number}{behind}"


def _names(calculation: Calculation, table: DataTable, result: Result) -> str:
    match calculation.operation:
        case "list":
            return "; ".join(table.name_of(row) for row in result.rows)
        case "value" | "largest" | "smallest" | "difference":
            rows = (
                result.rows if calculation.operation in ("value", "difference") else ordered(calculation, result.rows)
            )
            return "; ".join(_of_row(calculation, table, row) for row in rows)
    return ""


def _of_row(calculation: Calculation, table: DataTable, row: Row) -> str:
    if calculation.column is None:
        return table.name_of(row)
    head = f"{_head(table, calculation.column)}: " if calculation.operation == "value" else ""
    return f"{table.name_of(row)} – {head}{row.cells[calculation.column].text}"


def _conditions(calculation: Calculation, table: DataTable, result: Result, language: Language) -> str:
    named = [_condition(condition, table, result, language) for condition in calculation.conditions]
    if not named:
        return ""
    return message("computed.with", language, conditions=message("computed.and", language).join(named))


def _condition(condition: Condition, table: DataTable, result: Result, language: Language) -> str:
    head = _head(table, condition.column)
    cells = [row.cells[condition.column] for row in result.all_rows if condition.column in row.cells]
    values: Sequence[str] = list(dict.fromkeys(cell.text for cell in cells))
    if condition.how not in ("is", "range"):
        values = [_bound(condition, cells[0], language)] if cells else [condition.value]
    value = message("computed.or", language).join(values)
    is_date = condition.how in ("more", "less") and bool(cells) and cells[0].span.type == "date"
    key = {"more": "after", "less": "before"}[condition.how] if is_date else condition.how
    return message(f"computed.{key}", language, column=head, value=value)


def _bound(condition: Condition, cell: TableCell, language: Language) -> str:
    if cell.span.type != "number":
        return _day(date.fromisoformat(condition.value), language)
    number = Decimal(condition.value)
    return _with_unit(str(format_decimal(number, locale=language)), cell)


def _day(day: date, language: Language) -> str:
    return str(format_date(day, "medium", locale=language))
