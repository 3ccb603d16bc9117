"""Rows of a year, a quarter or a month, where one column says when each of them was."""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from chatbot.computing.asked import Asked
from chatbot.computing.calculation import Condition
from chatbot.computing.columns import is_said
from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import Token, written
from ingest.text.dates import month_number
from ingest.text.languages import pattern_of
from ingest.text.numbers import is_year

_QUARTERS = {f"q{number}": (3 * number - 2, 3 * number) for number in range(1, 5)}
_PLAIN = re.compile(pattern_of("computing.when"))


def by_period(asked: Asked, table: DataTable) -> list[Condition]:
    """Conditions that the rows' day lies in the period that a question names; none where that is not certain.

    Args:
        asked: the question; the words of the period are accounted for.
        table: that it is about.
    """
    years = [token for token in asked.open if is_year(token.text)]
    parts = [token for token in asked.open if _months(token)]
    column = _when(asked, table)
    if column is None or len(years) > 1 or not (years or parts) or not _follow(parts):
        return []
    held = {int(cell.span.raw[:4]) for cell in table.values(column.number)}
    year = int(years[0].text) if years else next(iter(held))
    if not years and len(held) > 1:
        return []  # September of which year?
    months = [month for part in parts for month in _months(part) or ()]
    first, last = (min(months), max(months)) if months else (1, 12)
    for token in (*years, *parts):
        token.by = "date"
    begin, end = date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    return [
        Condition(column=column.number, how="least", value=begin.isoformat()),
        Condition(column=column.number, how="most", value=end.isoformat()),
    ]


def _follow(parts: Sequence[Token]) -> bool:
    """Whether months or quarters follow each other: "September and October"."""
    spans = [span for part in parts if (span := _months(part))]
    return all(before[1] + 1 == behind[0] for before, behind in pairwise(spans))


def _months(token: Token) -> tuple[int, int] | None:
    """The first and the last month that a word names."""
    if number := month_number(token.lower):
        return number, number
    return _QUARTERS.get(token.lower)


def _when(asked: Asked, table: DataTable) -> Column | None:
    """The only column of days, full of days, if its head says no more than that, or the question names it."""
    dated = [column for column in table.columns if column.type == "date"]
    if len(dated) != 1 or any(cell.span.type != "date" for cell in table.values(dated[0].number)):
        return None
    (column,) = dated
    if len(table.values(column.number)) < len(table.rows):
        return None
    return column if _is_plain(written(column.head)) or is_said(column, asked) else None


def _is_plain(head: Sequence[str]) -> bool:
    return bool(head) and all(_PLAIN.fullmatch(word) for word in head)
