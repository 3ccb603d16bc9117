"""From a question and a table to a calculation, by rules; one that leaves a word of the question open is none.

What stands in the question has to be the operation, the head of a column, a value of a cell, a bound, or what the
table is about. Anything else may be a condition that the table cannot fulfil, so that no number is stated then.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from chatbot.computing.asked import Asked, has_word, pass_over_light, read_question, take_next
from chatbot.computing.calculation import Calculation, Condition
from chatbot.computing.columns import column_of, named_columns
from chatbot.computing.conditions import (
    by_bounds,
    by_parts_of_compounds,
    by_ranges,
    by_values,
    by_words_in_cells,
    hides_a_value,
)
from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import Token, is_named, names, written
from ingest.partition.cell_values import SHARE
from ingest.text.languages import pattern_of
from ingest.text.negation import negations
from ingest.text.numbers import is_year
from ingest.text.units import unit_of

_ROWS = re.compile(pattern_of("computing.rows"))
_QUANTITIES = re.compile(pattern_of("computing.quantities"))
_CLOSE = ("value", "column", "word", "compared", "date", "range", "unit")
_AMOUNTS, _SINGLE = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("amounts", "single"))
_SCALED = re.compile(r"[€$£]|EUR|USD|GBP|CHF")
_QUARTER = re.compile(r"Q[1-4]")
_ADD_UP = ("currency", "volume", "mass", "energy", "area")


class Formulated(NamedTuple):
    """A calculation for one table, and by how many words of the question its cells and heads are meant."""

    table: DataTable
    calculation: Calculation
    close: int


class _Found(NamedTuple):
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


def calculation_for(question: str, table: DataTable, today: date) -> Formulated | None:
    """A calculation that accounts for every word of a question; None where there is none.

    Args:
        question: one part of it, standalone.
        table: of a document that was found for it.
        today: which year "this year" is.
    """
    if negations(question) or table.divided:
        return None
    asked = read_question(question, today)
    if asked.is_refused:
        return None
    conditions = [*by_ranges(asked, table), *by_values(asked, table)]
    columns = named_columns(asked, table)
    take_next(asked)
    if (bounds := by_bounds(asked, table, columns)) is None:
        return None
    conditions += bounds
    for token in asked.open:
        if _ROWS.fullmatch(token.lower) or (names(token.text, table.subject) and not _may_be_time(token, table)):
            token.by = "subject"
    conditions += [*by_words_in_cells(asked, table), *by_parts_of_compounds(asked, table)]
    pass_over_light(asked)
    if asked.open or hides_a_value(asked, table) or not _joined(asked, conditions):
        return None
    calculation = _calculation(_Found(asked, table, columns, conditions), today)
    if calculation and not _uses_all_columns(calculation, asked, table):
        return None
    return Formulated(table, calculation, sum(token.by in _CLOSE for token in asked.tokens)) if calculation else None


def _may_be_time(token: Token, table: DataTable) -> bool:
    """Whether a year or quarter in a question may be a condition: where rows have dates or years of their own."""
    is_period = is_year(token.text) or _QUARTER.fullmatch(token.text) is not None
    has_dates = any(column.type == "date" for column in table.columns)
    has_years = any(all(is_year(cell.text) for cell in table.values(column.number)) for column in table.columns)
    return is_period and (has_dates or has_years)


def _joined(asked: Asked, conditions: Sequence[Condition]) -> bool:
    """Whether conditions are joined as the question does: several values of a column by a word, no "or" between two."""
    several = [condition for condition in conditions if len(condition.texts) > 1]
    if several and not has_word(asked, "joins"):
        return False
    return not has_word(asked, "either") or (len(conditions) == 1 and len(several) == 1)


def _uses_all_columns(calculation: Calculation, asked: Asked, table: DataTable) -> bool:
    """Whether each head that the question names has a part in it: else it may be a condition that was not read."""
    used = {calculation.column, *(condition.column for condition in calculation.conditions), *table.names}
    heads = " ".join(column.head for column in table.columns if column.number in used)
    named = (token for token in asked.tokens if token.by == "column")
    return all(names(token.text, f"{heads} {table.subject}") for token in named)


def _calculation(found: _Found, today: date) -> Calculation | None:
    asked = found.asked
    match asked.operation:
        case "count":
            return _count(found)
        case "list":
            return _list(found)
        case "value":
            return _value(found)
    if asked.from_today:
        found = found._replace(columns=[one for one in found.columns if _is_to_come(one, found.table, today)])
    column = column_of(found.asked, found.table, found.free)
    if column is None or column.type == "text" or column.is_code:
        return None
    if asked.operation in ("sum", "mean") and not _adds_up(column):
        return None
    if asked.operation in ("largest", "smallest") and not (_is_ordered(column, found.table) and _are_distinct(found)):
        return None
    return Calculation(
        operation=asked.operation, column=column.number, conditions=tuple(found.conditions), most=asked.most,
        from_today=asked.from_today,
    )  # fmt: skip


def _is_to_come(column: Column, table: DataTable, today: date) -> bool:
    return column.type == "date" and any(cell.span.raw >= today.isoformat() for cell in table.values(column.number))


def _count(found: _Found) -> Calculation | None:
    """How many rows; where a cell may say how many there are, it is not certain that rows are meant."""
    noun, table = found.asked.noun, found.table
    meant = [column for column in found.free if noun and names(noun.text, column.head) and column.type == "number"]
    meant = [column for column in meant if not column.is_code and column.units == {""}]
    if meant:  # "wie viele Lizenzen": how many a cell says
        if len(meant) > 1 or not found.conditions:
            return None
        return Calculation(operation="value", column=meant[0].number, conditions=tuple(found.conditions))
    if {condition.column for condition in found.conditions} & set(table.names):
        return None  # "wie viele Ordner": kinds of folders, or how many there are?
    if found.asked.often and all(column.type != "date" for column in table.columns):
        return None  # "how often" is a cell of a schedule, and only in a log a number of rows
    passed = [token for token in found.asked.tokens if token.by in ("light", "subject") and token is not noun]
    if not found.conditions and (passed or not (table.is_only or _names_rows(noun, table))):
        return None  # all rows are counted only if nothing else is said, and these are all
    if not _are_distinct(found):
        return None
    kinds = " ".join(column.head for column in table.columns if column.number in table.names)
    if noun and noun.by == "column" and not names(noun.text, f"{kinds} {table.subject}"):
        return None  # what another column is about is no kind of row
    quantities = {column.number for column in table.columns if _is_quantity(column)}
    if quantities and not quantities & {condition.column for condition in found.conditions}:
        return None
    return Calculation(operation="count", conditions=tuple(found.conditions))


def _list(found: _Found) -> Calculation | None:
    """The names of the rows, or the value of the column that stands behind "which"."""
    noun, table = found.asked.noun, found.table
    wanted = [
        column for column in found.free if noun and names(noun.text, column.head) and column.number not in table.names
    ]
    if len(wanted) == 1 and found.conditions:
        return Calculation(operation="value", column=wanted[0].number, conditions=tuple(found.conditions))
    if found.asked.measure:
        return _value(found)
    others = [column for column in found.free if column.number not in table.names and column.type != "text"]
    is_whole = noun is None or noun.by in ("column", "subject")
    is_named = noun is not None and any(names(noun.text, c.head) for c in table.columns if c.number in table.names)
    if not found.conditions or not is_whole or (others and not is_named) or not _are_distinct(found):
        return None
    return Calculation(operation="list", conditions=tuple(found.conditions))


def _value(found: _Found) -> Calculation | None:
    column = column_of(found.asked, found.table, found.free)
    if not found.conditions:
        return None
    if column is not None:
        return Calculation(operation="value", column=column.number, conditions=tuple(found.conditions))
    others = [column for column in found.free if column.number not in found.table.names and not column.is_code]
    if found.asked.measure or found.asked.unit or others or not (found.asked.operation == "list" or found.asked.who):
        return None
    if {condition.column for condition in found.conditions} & set(found.table.names) or not _are_distinct(found):
        return None
    return Calculation(operation="list", conditions=tuple(found.conditions))


def _names_rows(noun: Token | None, table: DataTable) -> bool:
    """Whether a noun is the head of the column that names the rows."""
    return noun is not None and any(is_named(noun.text, c.head) for c in table.columns if c.number in table.names)


def _are_distinct(found: _Found) -> bool:
    """Whether rows are the things that are asked about: no two of them have the same name."""
    noun, table = found.asked.noun, found.table
    named = {column.number for column in table.columns if noun and names(noun.text, column.head)}
    keys = (named & set(table.names)) or named or set(table.names[-1:])
    return any(
        len({cell.text for cell in table.values(number)}) == len(table.values(number)) == len(table.rows)
        for number in keys
    )


def _adds_up(column: Column) -> bool:
    """Whether values may be added: amounts and quantities, and no shares, ratings, or prices of one of several."""
    if column.type != "number" or len(column.units) != 1:
        return False
    (unit,), words = column.units, written(column.head)
    if unit == SHARE or any(map(_SINGLE.fullmatch, words)) or "/" in unit:
        return False
    says_so = any(_AMOUNTS.fullmatch(word) or _QUANTITIES.fullmatch(word) for word in words)
    return says_so if unit == "" else unit_of(unit).kind in _ADD_UP or _SCALED.search(unit) is not None


def _is_ordered(column: Column, table: DataTable) -> bool:
    """Whether one value can be called the largest: not where some are below zero, nor bare numbers that only name."""
    cells = table.values(column.number)
    if column.type != "number":
        return True
    says_so = any(_AMOUNTS.fullmatch(word) or _QUANTITIES.fullmatch(word) for word in written(column.head))
    return not any(cell.span.raw.startswith("-") for cell in cells) and (column.units != {""} or says_so)


def _is_quantity(column: Column) -> bool:
    return column.type == "number" and any(_QUANTITIES.fullmatch(word) for word in written(column.head))
