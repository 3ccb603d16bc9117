"""Which rows a question means by numbers and days: by the range that a cell names, or by what lies above or below."""

import re
from collections.abc import Iterator, Sequence

from chatbot.computing.asked import Asked, Compared, is_idle
from chatbot.computing.calculation import Condition
from chatbot.computing.columns import by_kind, is_said
from chatbot.computing.ranges import are_ranges
from chatbot.computing.tables import Column, DataTable, TableCell
from chatbot.computing.wording import Token, has_form
from ingest.partition.cell_values import SHARE, read_value
from ingest.text.languages import pattern_of
from ingest.text.numbers import is_year
from ingest.text.units import unit_of
from ingest.text.words import detect_language

_AFTER, _RELATIVE = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("after", "relative"))


def by_ranges(asked: Asked, table: DataTable) -> Iterator[Condition]:
    """A condition by a column whose cells name ranges: the row for the 12th year, the row for 30 pieces."""
    for column in table.columns:
        cells = table.values(column.number)
        if not are_ranges(column, table):
            continue
        nouns = f"{column.head} " + " ".join(cell.text for cell in cells)
        for at, token in enumerate(asked.tokens):
            number = read_value(token.text, ",")
            following = asked.tokens[at + 1] if at + 1 < len(asked.tokens) else None
            if number.type == "number" and following and has_form(following.text, nouns):
                if any(token in one.tokens and not _looks_up(one) for one in asked.compared):
                    return
                asked.compared = [compared for compared in asked.compared if token not in compared.tokens]
                asked.unit = ""
                for one in (*asked.tokens[max(0, at - 1) : at], token, following):
                    one.by = "range" if one in (token, following) or one.by == "compared" else one.by
                if not _are_of(following, column, cells):
                    asked.is_refused = True  # steps in kilograms, and a question in grams
                yield Condition(column=column.number, how="range", value=number.raw)
                return


def _are_of(noun: Token, column: Column, cells: Sequence[TableCell]) -> bool:
    """Whether all ranges of a column count what a number counts: by its head, or each cell for itself."""
    return has_form(noun.text, column.head) or all(has_form(noun.text, cell.text) for cell in cells)


def _looks_up(compared: Compared) -> bool:
    """Whether a range is looked up for a number: "ab 51 Stück", "nach 12 Jahren", not "mehr als 50 Stück"."""
    return compared.how == "least" or bool(_AFTER.fullmatch(compared.tokens[0].lower))


def by_bounds(asked: Asked, table: DataTable, named: Sequence[Column]) -> list[Condition] | None:
    """Conditions by the bounds in the question; None where it is not certain which column one of them is for."""
    found, priced = [], by_kind(asked, table)
    for compared in asked.compared:
        if unit_of(compared.unit).kind == "time" and _RELATIVE.fullmatch(compared.tokens[0].lower):
            return None  # "10 days before" is counted from today
        columns = [column for column in table.columns if _comparable(column, compared)]
        # "Mehr als 5 Aufträge": a bare number is compared with nothing but what is named.
        if compared.noun and not is_idle(compared.noun):
            columns = [column for column in columns if has_form(compared.noun, column.head)]
        said = [column for column in columns if column in named and is_said(column, asked)]
        columns = said or [column for column in columns if compared.unit and column == priced]
        if len(columns) != 1:
            return None
        value = compared.value if compared.unit == "date" else _number(compared.value, asked.text)
        if not value:
            return None
        found.append(Condition(column=columns[0].number, how=compared.how, value=value))
    return found


def _comparable(column: Column, compared: Compared) -> bool:
    if compared.unit == "date":
        # "Bis zum 31. März" may mean that it is valid then: only before and after are certain.
        return column.type == "date" and compared.how in ("more", "less")
    if is_year(compared.value):
        return False
    if column.type != "number" or column.is_code:
        return False
    unit = unit_of(compared.unit).name if compared.unit else ""
    return column.units == {unit} if unit else column.units != {SHARE}


def _number(number: str, question: str) -> str:
    """A number in the notation of its question's language; empty where it is none in that."""
    return read_value(number, "." if detect_language(question) == "en" else ",").raw
