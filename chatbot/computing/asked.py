"""A question as far as a table matters: what it wants, and which of its words are accounted for."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from chatbot.computing.calculation import Comparison
from chatbot.computing.wording import Token
from chatbot.domain import Operation
from ingest.text.languages import pattern_of
from ingest.text.words import comparable

_IDLE, _CAPITALS, _LIGHT = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("idle", "capitals", "light"))


class Compared(NamedTuple):
    """A number or date that values are compared with; the unit of a date is `date`."""

    how: Comparison
    value: str
    unit: str
    tokens: tuple[Token, ...]
    noun: str = ""  # that is counted: "mehr als 5 Aufträge"


@dataclass
class Asked:
    """A question as far as a table matters.

    Attributes:
        text: with number words in digits.
        operation: that is wanted.
        measure: what the column of its values has to measure: currency, mass, span, date; "any" or empty.
        tokens: its words.
        compared: numbers and dates that rows are compared with.
        most: how many rows are wanted.
        from_today: only what is still to come.
        unit: that a number is asked for in: "wie viel Liter".
        noun: the first word behind "how many" and "which".
        who: whether it asks for persons or firms.
        often: whether it asks how often something was written down.
        follows_most: the word behind "most": what there is most of.
        is_past: whether it asks what was.
        is_own: whether it asks for what is somebody's own: "my tickets".
        is_amount: whether it asks how much there is of something.
        is_cased: whether its letters tell names from other words: not where all are small.
        today: the day that it is asked for.
        is_from_a_day: whether it names that day: what came before is of no interest.
        is_refused: whether it has a word by which something else is meant than what is named, or a negative number.
    """

    text: str
    operation: Operation = "value"
    measure: str = ""
    tokens: list[Token] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    most: int = 1
    from_today: bool = False
    unit: str = ""
    noun: Token | None = None
    who: bool = False
    often: bool = False
    follows_most: Token | None = None
    is_past: bool = False
    is_own: bool = False
    is_amount: bool = False
    is_cased: bool = True
    today: date = date.min
    is_from_a_day: bool = False
    is_refused: bool = False

    @property
    def open(self) -> list[Token]:
        """The words that nothing accounts for yet."""
        return [token for token in self.tokens if not token.by]

    def behind(self, end: int) -> Token | None:
        """The first word from a place on that nothing accounts for and that says something."""
        return next((token for token in self.open if token.start >= end and not says_nothing(token)), None)


def has_word(asked: Asked, entry: str) -> bool:
    """Whether a question has a word of a list.

    Args:
        asked: the question.
        entry: of the languages' files for this, such as `joins`.
    """
    pattern = re.compile(pattern_of(f"computing.{entry}"))
    return any(pattern.fullmatch(token.lower) for token in asked.tokens if token.by != "value")


def is_idle(word: str) -> bool:
    """Whether a word says nothing by itself."""
    return _IDLE.fullmatch(comparable(word)) is not None


def is_light(word: str) -> bool:
    """Whether a word, in small letters, says only that or where something is."""
    return _LIGHT.fullmatch(word) is not None


def says_nothing(token: Token) -> bool:
    """Whether a word of a question is idle, and no class, hall or department: "Bewertung A", "IT"."""
    if token.text.isupper() and not _CAPITALS.fullmatch(token.text):
        return False
    return _IDLE.fullmatch(token.lower) is not None


def within(asked: Asked, match: re.Match[str]) -> list[Token]:
    """The words that a match is made of."""
    return [token for token in asked.tokens if match.start() <= token.start < match.end()]


def take(asked: Asked, lower: str, pattern: re.Pattern[str], by: str) -> re.Match[str] | None:
    """The first match whose words are all open; they are accounted for."""
    for match in pattern.finditer(lower):
        found = within(asked, match)
        if found and not any(token.by for token in found):
            for token in found:
                token.by = by
            return match
    return None


def alone(pattern: str) -> re.Pattern[str]:
    """A pattern that matches whole words."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
