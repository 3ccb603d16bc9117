"""The calculations that may be stated from what a question names of a table: one rule for each operation."""

import re

from chatbot.computing.calculation import Calculation
from chatbot.computing.caveats import (
    COMES_AND_GOES,
    ENDS,
    PLANNED,
    VOIDED,
    adds_up,
    are_comparable,
    has_gaps,
    has_open,
    has_others,
    has_quantities,
    has_ranges,
    has_sums,
    is_ordered,
    is_price,
)
from chatbot.computing.columns import column_of, is_said
from chatbot.computing.found import Found
from chatbot.computing.row_names import are_distinct, names_rows, tells_rows
from chatbot.computing.tables import Column
from chatbot.computing.wording import Token, has_form, written
from chatbot.domain import Operation
from ingest.text.languages import pattern_of

_PEOPLE = re.compile(pattern_of("computing.people"))


def permitted(found: Found) -> Calculation | None:
    """The calculation that a question wants, if its rows and values certainly are what is asked about.

    Args:
        found: what it names.
    """
    operation = found.asked.operation
    if has_others(found.table, found.conditions, PLANNED) or not _are_asked_for(found):
        return None
    if not found.is_of_one and (found.asked.is_own or _measures_more(found)):
        return None  # whose tickets "my" ones are, and how long is "long", no table says
    if operation in ("value", "list", "count"):
        return {"value": _value, "list": _list, "count": _count}[operation](found)
    return _over_rows(found, operation)


def _measures_more(found: Found) -> bool:
    """Whether rows are counted or listed, and a length or price is spoken of that is compared with nothing."""
    asked = found.asked
    return asked.operation in ("count", "list") and not asked.compared and any(t.by == "measure" for t in asked.tokens)


def _over_rows(found: Found, operation: Operation) -> Calculation | None:
    """What several rows make together, or which of them is an end."""
    if not _are_in_force(found):
        return None
    column = column_of(found.asked, found.table, found.free)
    if column is None or column.type == "text" or column.is_code or not _fits(column, found, operation):
        return None
    return Calculation(
        operation=operation, column=column.number, conditions=tuple(found.conditions), most=found.asked.most,
        from_today=found.asked.from_today,
    )  # fmt: skip


def _are_in_force(found: Found) -> bool:
    """Whether all rows hold, and the question tells those apart that do not."""
    table, conditions = found.table, found.conditions
    # Where rows have days of their own, "was" and "had" may be a condition.
    is_open = has_others(table, conditions, VOIDED) or has_open(table, conditions, ENDS) or has_gaps(table, conditions)
    told = {condition.column for condition in conditions}
    dated = any(column.type == "date" and column.number not in told for column in table.columns)
    return not is_open and not (found.asked.is_past and dated)


def _fits(column: Column, found: Found, operation: Operation) -> bool:
    """Whether an operation may be carried out with the values of a column."""
    asked, table = found.asked, found.table
    if asked.from_today and not _is_next(column, found):
        return False
    if not are_comparable(column, table) or has_ranges(table) or has_sums(table, found.rows):
        return False
    if any(column.number not in row.cells for row in found.rows):
        return False
    if operation == "difference":
        return len(found.conditions) == 1 and len(found.conditions[0].texts) == 2
    if operation == "mean":
        return column.type == "number" and len(column.units) == 1
    if operation == "sum":
        return adds_up(column) and not has_open(table, found.conditions, COMES_AND_GOES)
    if found.is_of_one or not is_ordered(column, table) or not are_distinct(found.asked.noun, found.table):
        return False
    return not asked.follows_most or has_form(asked.follows_most.text, column.head)


def _is_next(column: Column, found: Found) -> bool:
    """Whether the first day to come is what is next: where some lie behind, what is overdue may be that."""
    asked, days = found.asked, [cell.span.raw for cell in found.table.values(column.number)]
    is_to_come = asked.is_from_a_day or all(day >= asked.today.isoformat() for day in days)
    is_only = sum(other.type == "date" for other in found.table.columns) == 1
    return column.type == "date" and is_to_come and (is_said(column, asked) or is_only)


def _entries(found: Found) -> Calculation | None:
    """How often something was written down: the rows of a log, each with its day, all of them past."""
    dated = [column for column in found.table.columns if column.type == "date"]
    cells = [cell for column in dated for cell in found.table.values(column.number)]
    is_log = len(dated) == 1 and len(cells) == len(found.table.rows)
    is_past = is_log and all(
        cell.span.type == "date" and cell.span.raw <= found.asked.today.isoformat() for cell in cells
    )
    others = has_others(found.table, found.conditions, VOIDED) or has_gaps(found.table, found.conditions)
    others = others or has_sums(found.table, found.rows) or has_quantities(found.table, found.conditions)
    is_certain = found.asked.often and bool(found.conditions) and is_past and not found.is_of_one
    return _of(found, "count") if is_certain and not others and not found.free else None


def _count(found: Found) -> Calculation | None:
    """How many rows; where a cell may say how many there are, it is not certain that rows are meant."""
    noun, table = found.asked.noun, found.table
    if noun is None:
        return _entries(found)
    meant = [column for column in found.free if _is_number_of(noun, column)]
    if meant:  # "wie viele Lizenzen": how many a cell says
        is_one = len(meant) == 1 and found.is_of_one and is_said(meant[0], found.asked)
        return _of(found, "value", meant[0]) if is_one else None
    if found.is_of_one or not _are_in_force(found):
        return None  # "wie viele Ordner": kinds of folders, or how many there are?
    if found.asked.often and all(column.type != "date" for column in table.columns):
        return None  # "how often" is a cell of a schedule, and only in a log a number of rows
    passed = [token for token in found.asked.tokens if token.by in ("light", "subject") and token is not noun]
    if not found.conditions and (passed or not table.is_only):
        return None  # all rows are counted only if nothing else is said, and these are all
    are_meant = names_rows(noun, table) and are_distinct(noun, table)
    if not are_meant or has_sums(table, found.rows) or has_ranges(table):
        return None
    return None if has_quantities(table, found.conditions) else _of(found, "count")


def _list(found: Found) -> Calculation | None:
    """The names of the rows, or the value of the column that stands behind "which"."""
    noun, asked = found.asked.noun, found.asked
    wanted = [c for c in found.free if noun and has_form(noun.text, c.head) and not tells_rows(c, found.table)]
    if len(wanted) == 1 and found.is_of_one and is_said(wanted[0], asked):
        return _of(found, "value", wanted[0])
    if asked.measure or asked.unit or (found.is_of_one and noun is not None and noun.by == "value"):
        return _value(found)
    return _names(found) if noun is not None and names_rows(noun, found.table) else None


def _names(found: Found) -> Calculation | None:
    """The names of the rows that fulfil conditions, where no other column is asked for."""
    others = [column for column in found.free if column.number not in found.table.names]
    are_things = are_distinct(found.asked.noun, found.table)
    if not found.conditions or others or found.is_of_one or not _are_in_force(found) or not are_things:
        return None
    return _of(found, "list")


def _value(found: Found) -> Calculation | None:
    """A cell of the row that is named; or who it is, where rows are people."""
    if found.is_of_one:
        column = column_of(found.asked, found.table, found.free)
        is_looked_up = any(condition.how == "range" for condition in found.conditions)
        is_certain = not (is_looked_up and column is not None and is_price(column))  # what one costs, or all 30
        is_certain = is_certain and not (found.asked.is_past and column is not None and column.type == "date")
        return _of(found, "value", column) if column is not None and is_certain else None
    if found.asked.is_amount and not found.asked.measure:
        return _over_rows(found, "sum")  # "wie viel Umsatz mit Kunden in Ulm", and not what one of them costs
    return _names(found) if found.asked.who and not found.asked.measure and not found.asked.unit else None


def _are_asked_for(found: Found) -> bool:
    """Whether rows can be what is asked for: people, where the question asks who, or a cell that it names."""
    others = (column for column in found.free if column.type == "text" and column.number not in found.table.names)
    is_told = any(is_said(column, found.asked) for column in others)
    are_people = any(_PEOPLE.fullmatch(word) for column in found.naming for word in written(column.head))
    return not found.asked.who or is_told or are_people


def _of(found: Found, operation: str, column: Column | None = None) -> Calculation:
    number = column.number if column else None
    return Calculation(operation=operation, column=number, conditions=tuple(found.conditions))  # type: ignore[arg-type]


def _is_number_of(noun: Token, column: Column) -> bool:
    """Whether a column says how many of what a noun names each row has: "Lizenzen", and not the first "Lehrjahr"."""
    is_bare = column.type == "number" and not column.is_code and column.units == {""}
    return is_bare and noun.lower in written(column.head)
