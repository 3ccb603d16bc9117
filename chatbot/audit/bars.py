"""How many answers turned out how: as counts, as bars to draw, and as words for whoever does not see them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from config.messages import Language, message

OUTCOMES = ("answered", "unsupported", "refused", "other")


class Counted(NamedTuple):
    """Records of one week or collection, or of all.

    Attributes:
        name: of the collection, or the Monday of the week.
        answered: with every statement supported.
        unsupported: answered, with a statement that is not.
        other: interrupted, failed, lost, open, or replied without a search.
    """

    name: str
    answered: int = 0
    unsupported: int = 0
    refused: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.answered + self.unsupported + self.refused + self.other


class Bar(NamedTuple):
    """A part of a bar in a drawing 100 long."""

    outcome: str
    start: float
    length: float
    records: int


class Row(NamedTuple):
    """A bar with its parts, and the same as words for those who do not see it."""

    counted: Counted
    bars: tuple[Bar, ...]
    words: str


class Week(NamedTuple):
    """A week from Monday to Sunday; without a row where nobody asked, or too few people."""

    monday: date
    sunday: date
    row: Row | None


def rows(counted: Sequence[Counted], language: Language) -> tuple[Row, ...]:
    """A bar for each, the longest one as long as the drawing."""
    most = max((entry.total for entry in counted), default=1)
    return tuple(Row(entry, tuple(_bars(entry, most)), _words(entry, language)) for entry in counted)


def week_columns(counted: Sequence[Counted], language: Language) -> tuple[Week, ...]:
    """Every week from the first that is shown to the last one, with gaps.

    Args:
        counted: of the weeks that are shown, in order.
        language: of the reader.
    """
    known = {date.fromisoformat(row.counted.name): row for row in rows(counted, language)}
    if not known:
        return ()
    first, last = min(known), max(known)
    mondays = [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]
    return tuple(Week(monday, monday + timedelta(days=6), known.get(monday)) for monday in mondays)


def _bars(entry: Counted, most: int) -> list[Bar]:
    bars, start = [], 0.0
    for outcome in OUTCOMES:
        count = getattr(entry, outcome)
        if count:
            bars.append(Bar(outcome, round(start, 2), round(100 * count / most, 2), count))
            start += 100 * count / most
    return bars


def _words(entry: Counted, language: Language) -> str:
    return ", ".join(f"{message(f'audit.outcome.{name}', language)}: {getattr(entry, name)}" for name in OUTCOMES)
