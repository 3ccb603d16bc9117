"""Words of a question beside those of a table: inflected, parts of compounds, the same in another language's form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.text.dates import is_month, is_short_weekday, is_weekday, weekday_number
from ingest.text.words import all_stems, comparable

# What a noun may have more in another case or number; Fleet, Leitern, Machines, Bohrhammers.
_ENDINGS = ("", "e", "en", "er", "ern", "es", "n", "s")
_OF_ADJECTIVES = ("", "e", "en", "er", "es", "em")
_PLAIN = str.maketrans("äöü", "aou")  # Räume are several of Raum
_TOKEN = re.compile(r"[^\W_]+(?:[-.,/:][^\W_]+)*%?|[€$£%]")
_SHORTEST = 4  # letters of a word that may be a part of a compound
# Firma, Konto, Datum, Zyklus: words from Latin and Italian whose plural takes this away.
_FOREIGN, _PLURAL_OF_FOREIGN = re.compile(r"(?:a|o|um|us)$"), "en"
_INFLECTED = 3  # letters of the longest word that has no endings


@dataclass(eq=False)
class Token:
    """A word of a question; `by` says what of a calculation accounts for it."""

    text: str
    start: int
    by: str = ""
    is_ordinal: bool = False

    @property
    def lower(self) -> str:
        return comparable(self.text)


def tokens_of(text: str) -> list[Token]:
    """The words of a text; NW-650, 1.250,00 and 09/2026 are one each."""
    return [Token(match.group(), match.start()) for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=20_000)
def written(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(comparable(match.group()) for match in _TOKEN.finditer(text))


def is_code(word: str) -> bool:
    """Whether a word has figures and letters, as numbers of parts and orders have."""
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))


def names(word: str, text: str) -> bool:
    """Whether a word of a question is a word of a text, inflected or as a part of a compound.

    Args:
        word: of the question.
        text: such as the head of a column.
    """
    lower = comparable(word)
    if any(map(str.isdigit, lower)):
        return lower in _with_parts(text)
    if "-" in word:
        return lower in _with_parts(text) or all(names(part, text) for part in word.split("-") if part)
    if all_stems(word) & all_stems(text):
        return True
    is_of_calendar = is_weekday(lower) or is_month(lower)  # Montag is no part of Montage
    return not is_of_calendar and any(_is_part(lower, other) for other in _with_parts(text))


def has_form(word: str, text: str) -> bool:
    """Whether a word of a question is a whole word of a text, inflected at most.

    Args:
        word: of the question.
        text: such as the head of a column.
    """
    return any(is_form(word, other) for other in _with_parts(text))


def is_form(word: str, other: str) -> bool:
    """Whether two nouns are one, in the same or another case or number."""
    one, other = comparable(word), comparable(other)
    if one == other or any(map(str.isdigit, one + other)):
        return one == other
    if day := weekday_number(one):
        return day == weekday_number(other) or is_short_weekday(other, day)
    short, long = sorted((one.translate(_PLAIN), other.translate(_PLAIN)), key=len)
    if len(short) <= _INFLECTED or "-" in short + long:
        return False
    if short.endswith("y") and long == f"{short[:-1]}ies":
        return True
    return _is_foreign_plural(short, long) or (long.startswith(short) and long[len(short) :] in _ENDINGS)


def is_value(word: str, cell: str) -> bool:
    """Whether a word of a question is one of a cell: as it is written there, an adjective with any ending.

    Names may differ in one letter: Daniel and Daniela, Lang and Lange are two people.

    Args:
        word: of the question.
        cell: a word of the cell.
    """
    one, other = comparable(word), comparable(cell)
    if one == other:
        return True
    return cell[:1].islower() and len(cell) > _INFLECTED and any(one == other + end for end in _OF_ADJECTIVES)


def _is_part(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if _is_foreign_plural(short, long):
        return True
    return len(short) >= _SHORTEST and short.isalpha() and (long.endswith(short) or long.startswith(short))


def _is_foreign_plural(short: str, long: str) -> bool:
    stem = _FOREIGN.sub("", short)
    return long.endswith(_PLURAL_OF_FOREIGN) and stem != short and long[:-2] == stem


@lru_cache(maxsize=20_000)
def _with_parts(text: str) -> Sequence[str]:
    whole = written(text)
    return (*whole, *(part for word in whole for part in re.split(r"[-/]", word) if part != word))
