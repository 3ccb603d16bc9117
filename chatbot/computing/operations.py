"""The calculations that may be stated from what a question names of a table: one rule for each operation."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from chatbot.computing.asked import Asked
from chatbot.computing.calculation import Calculation, Condition
from chatbot.computing.caveats import (
    ENDS,
    KINDS,
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
from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import Token, has_form, is_form, written
from ingest.text.languages import pattern_of
from ingest.text.words import comparable

_ROWS, _PEOPLE, _CODES = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("rows", "people", "codes"))
_LISTS = re.compile(rf"(?:{pattern_of('computing.lists')})$")


class Found(NamedTuple):
    """What of a table a question names."""

    asked: Asked
    table: DataTable
    columns: Sequence[Column]
    conditions: Sequence[Condition]

    @property
    def free(self) -> list[Column]:
        """The named columns that no condition is about."""
        used = {condition.column for condition in self.conditions}
        return [column for column in self.columns if column.number not in used]

    @property
    def is_of_one(self) -> bool:
        """Whether a row is meant by its name, or by the range that a number falls into."""
        return any(c.column in self.table.names or c.how == "range" for c in self.conditions)

    @property
    def naming(self) -> list[Column]:
        """The columns that name rows."""
        return [column for column in self.table.columns if column.number in self.table.names]


def permitted(found: Found, today: date) -> Calculation | None:
    """The calculation that a question wants, if its rows and values certainly are what is asked about.

    Args:
        found: what it names.
        today: for dates that are still to come.
    """
    operation = found.asked.operation
    if has_others(found.table, found.conditions, PLANNED) or not _are_asked_for(found):
        return None
    if operation in ("value", "list", "count"):
        return _count(found, today) if operation == "count" else {"value": _value, "list": _list}[operation](found)
    if not _are_in_force(found):
        return None
    column = column_of(found.asked, found.table, found.free)
    if column is None or column.type == "text" or column.is_code or not _fits(column, found, today):
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


def _fits(column: Column, found: Found, today: date) -> bool:
    """Whether an operation may be carried out with the values of a column."""
    asked, table = found.asked, found.table
    if asked.from_today and not (is_said(column, asked) and _is_to_come(column, table, today)):
        return False
    if not are_comparable(column, table) or has_ranges(table) or has_sums(table):
        return False
    if len(table.values(column.number)) < len(table.rows):
        return False
    if asked.operation == "difference":
        return len(found.conditions) == 1 and len(found.conditions[0].texts) == 2
    if has_open(table, found.conditions, KINDS):
        return False
    if asked.operation in ("sum", "mean"):
        return adds_up(column)
    if found.is_of_one or not is_ordered(column, table) or not _are_distinct(found):
        return False
    return not asked.follows_most or has_form(asked.follows_most.text, column.head)


def _is_to_come(column: Column, table: DataTable, today: date) -> bool:
    """Whether all dates of a column lie ahead: what is overdue may be the next to be done."""
    return column.type == "date" and all(cell.span.raw >= today.isoformat() for cell in table.values(column.number))


def _entries(found: Found, today: date) -> Calculation | None:
    """How often something was written down: the rows of a log, each with its day, all of them past."""
    dated = [column for column in found.table.columns if column.type == "date"]
    cells = [cell for column in dated for cell in found.table.values(column.number)]
    is_log = len(dated) == 1 and len(cells) == len(found.table.rows)
    is_past = is_log and all(cell.span.type == "date" and cell.span.raw <= today.isoformat() for cell in cells)
    others = has_others(found.table, found.conditions, VOIDED) or has_gaps(found.table, found.conditions)
    is_certain = found.asked.often and bool(found.conditions) and is_past and not others and not found.is_of_one
    if not is_certain or found.free or has_sums(found.table) or has_quantities(found.table, found.conditions):
        return None
    return _of(found, "count")


def _count(found: Found, today: date) -> Calculation | None:
    """How many rows; where a cell may say how many there are, it is not certain that rows are meant."""
    noun, table = found.asked.noun, found.table
    if noun is None:
        return _entries(found, today)
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
    if not _names_rows(noun, found) or not _are_distinct(found) or has_sums(table) or has_ranges(table):
        return None
    return None if has_quantities(table, found.conditions) else _of(found, "count")


def _list(found: Found) -> Calculation | None:
    """The names of the rows, or the value of the column that stands behind "which"."""
    noun, asked = found.asked.noun, found.asked
    wanted = [c for c in found.free if noun and has_form(noun.text, c.head) and c.number not in found.table.names]
    if len(wanted) == 1 and found.is_of_one and is_said(wanted[0], asked):
        return _of(found, "value", wanted[0])
    if asked.measure or asked.unit:
        return _value(found)
    return _names(found) if noun is not None and _names_rows(noun, found) else None


def _names(found: Found) -> Calculation | None:
    """The names of the rows that fulfil conditions, where no other column is asked for."""
    others = [column for column in found.free if column.number not in found.table.names]
    if not found.conditions or others or found.is_of_one or not _are_in_force(found) or not _are_distinct(found):
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


def _names_rows(noun: Token, found: Found) -> bool:
    """Whether a noun is what rows are: the head of the column that names them, or all that the document is called."""
    if _ROWS.fullmatch(noun.lower):
        return True
    heads = [[word for word in written(column.head) if not _CODES.fullmatch(word)] for column in found.naming]
    if any(len(head) == 1 and is_form(noun.text, head[0]) for head in heads):
        return True
    return noun.by == "subject" and is_name_of(noun, found.table)


def is_name_of(token: Token, table: DataTable) -> bool:
    """Whether a word is all that a document is called, but for years and "list": "Lieferanten" in their list.

    Args:
        token: of the question.
        table: of the document.
    """
    letters = [word for word in re.split(r"[\W\d_]+", PurePosixPath(table.document).stem) if word]
    called = [name for word in letters if (name := _LISTS.sub("", comparable(word)))]
    return len(called) == 1 and is_form(token.text, called[0])


def _are_distinct(found: Found) -> bool:
    """Whether rows are the things that are asked about: no two of them have the same name."""
    noun, table = found.asked.noun, found.table
    named = {column.number for column in table.columns if noun and has_form(noun.text, column.head)}
    keys = (named & set(table.names)) or named or set(table.names[-1:])
    return any(
        len({cell.text for cell in table.values(number)}) == len(table.values(number)) == len(table.rows)
        for number in keys
    )
