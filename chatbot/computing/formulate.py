"""From a question and a table to a calculation, by rules; one that leaves a word of the question open is none.

What stands in the question has to be the operation, the head of a column, a value of a cell, a bound, or what the
table is about. Anything else may be a condition that the table cannot fulfil, so that no number is stated then.
"""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from chatbot.computing.asked import Asked, has_word
from chatbot.computing.bounds import by_bounds, by_ranges
from chatbot.computing.by_period import by_period
from chatbot.computing.calculation import Calculation, Condition
from chatbot.computing.columns import named_columns
from chatbot.computing.conditions import by_kinds, by_values, hides_a_value
from chatbot.computing.explained import stands_in, take_beside_cell, take_called, take_told, take_week
from chatbot.computing.found import Found
from chatbot.computing.operations import permitted
from chatbot.computing.read_question import pass_over_light, read_question, take_next
from chatbot.computing.row_names import is_any_row, is_name_of, is_name_of_rows
from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import Token, has_form
from ingest.text.languages import pattern_of
from ingest.text.negation import negations
from ingest.text.numbers import is_year

_ACCORDING_TO = re.compile(pattern_of("computing.according_to"))
_CLOSE = ("value", "column", "word", "compared", "date", "range", "unit")


class Formulated(NamedTuple):
    """A calculation for one table.

    Attributes:
        close: by how many words of the question its cells and heads are meant.
        called: the words by which the question names the table.
        today: the day that is asked for.
    """

    table: DataTable
    calculation: Calculation
    close: int
    called: tuple[str, ...]
    today: date


def calculation_for(question: str, table: DataTable, today: date) -> Formulated | None:
    """A calculation that accounts for every word of a question; None where there is none.

    Args:
        question: one part of it, standalone.
        table: of a document that was found for it.
        today: which year "this year" is.
    """
    if negations(question) or negations(table.subject) or table.divided:
        return None
    asked = read_question(question, today)
    conditions = [*by_ranges(asked, table), *by_values(asked, table)]
    columns = named_columns(asked, table)
    conditions += by_kinds(asked, table)
    take_next(asked)
    bounds = by_bounds(asked, table, columns)
    is_of_another_day = asked.today != today and not asked.from_today  # what was then, the table does not say
    if asked.is_refused or bounds is None or is_of_another_day:
        return None
    _take_subject(asked, table)
    conditions += [*bounds, *by_period(asked, table)]
    pass_over_light(asked)
    take_called(asked, table)
    take_told(asked, _used(asked, columns, conditions, table))
    found = Found(asked, table, columns, conditions)
    take_beside_cell(asked, permitted(found) if asked.open else None, table)
    if asked.open or hides_a_value(asked, table) or not _joined(asked, conditions):
        return None
    calculation = permitted(found)
    if calculation is None or not _uses_all_columns(calculation, asked, table):
        return None
    close = sum(token.by in _CLOSE for token in asked.tokens)
    called = tuple(token.text for token in asked.tokens if token.by == "subject")
    return Formulated(table, calculation, close, called, asked.today)


def _used(asked: Asked, columns: Sequence[Column], conditions: Sequence[Condition], table: DataTable) -> list[Column]:
    """The columns that a question names: by their heads, by values, as those of the rows' names, by "next"."""
    numbers = {condition.column for condition in conditions} | {column.number for column in columns} | set(table.names)
    return [c for c in table.columns if c.number in numbers or (asked.from_today and c.type == "date")]


def _take_subject(asked: Asked, table: DataTable) -> None:
    """Account for what any row may be called, and for the name of the document: one word that no cell has."""
    telling = [column for column in table.columns if not column.is_code]  # "Lief.-Nr." only names a row
    for token in asked.open:
        is_name = is_name_of(token, table) and not stands_in(token, table, telling)
        if is_any_row(token) or is_name or is_name_of_rows(token, table) or _is_year_of(token, table):
            token.by = "subject"
    _take_document(asked, table)
    take_week(asked, table)


def _is_year_of(token: Token, table: DataTable) -> bool:
    """Whether a year is that of the document's name, and no row has a day or a year of its own."""
    if not is_year(token.text) or token.text not in re.findall(r"\d+", PurePosixPath(table.document).name):
        return False
    texts = [column.head for column in table.columns]
    texts += [cell.text for column in table.columns for cell in table.values(column.number)]
    return not any(column.type == "date" for column in table.columns) and not any(token.text in text for text in texts)


def _take_document(asked: Asked, table: DataTable) -> None:
    """Account for the name of the document behind "according to"."""
    is_named = False
    for token in asked.tokens:
        if is_named and not token.by and has_form(token.text, table.called):
            token.by = "subject"
        is_named = is_named or _ACCORDING_TO.fullmatch(token.lower) is not None


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
    return all(has_form(token.text, heads) for token in asked.tokens if token.by == "column")
