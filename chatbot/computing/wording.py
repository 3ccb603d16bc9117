"""Words of a question beside those of a table: inflected, parts of compounds, the same in another language's form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from os.path import commonprefix

from ingest.text.dates import is_month, is_weekday
from ingest.text.words import all_stems, comparable

_TOKEN = re.compile(r"[^\W_]+(?:[-.,/:][^\W_]+)*%?")
_SHORTEST = 4  # letters of a word that may be a part of a compound
# Firma, Konto, Datum, Zyklus: words from Latin and Italian whose plural takes this away.
_FOREIGN, _PLURAL_OF_FOREIGN = re.compile(r"(?:a|o|um|us)$"), "en"
_STEM = 5  # letters that a verb and a noun have in common
_PLURAL = 2  # letters that a noun may have more
_INFLECTED = 3  # letters that may follow these


@dataclass(eq=False)
class Token:
    """A word of a question; `by` says what of a calculation accounts for it."""

    text: str
    start: int
    by: str = ""

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
    if is_of_calendar:
        return False
    may_be_verb = word[:1].islower()
    return any(_is_part(lower, other) or (may_be_verb and _is_verb_of(lower, other)) for other in _with_parts(text))


def is_named(word: str, head: str) -> bool:
    """Whether a word means a head: as itself, or as the noun that a compound ends in, as price does in list price.

    "Lager" does not mean "Lagerplatz", which is a place.

    Args:
        word: of the question.
        head: of a column.
    """
    lower = comparable(word)
    return any(
        is_form(lower, other) or (len(lower) >= _SHORTEST and _ends_in(other, lower)) for other in _with_parts(head)
    )


def _ends_in(compound: str, word: str) -> bool:
    stems = {word, *all_stems(word)}
    return any(compound.endswith(stem) and len(stem) >= _SHORTEST for stem in stems)


def is_form(word: str, other: str) -> bool:
    """Whether two words are one, inflected at most."""
    one, other = comparable(word), comparable(other)
    if one == other or any(map(str.isdigit, one + other)):
        return one == other
    short, long = sorted((one, other), key=len)
    if len(short) <= _INFLECTED or len(long) - len(short) > _INFLECTED or "-" in one + other:
        return False
    is_plural = long.startswith(short) and len(long) - len(short) <= _PLURAL
    return is_plural or bool(all_stems(one) & all_stems(other))


def _is_part(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if long.endswith(_PLURAL_OF_FOREIGN) and (stem := _FOREIGN.sub("", short)) != short and long[:-2] == stem:
        return True
    return len(short) >= _SHORTEST and short.isalpha() and (long.endswith(short) or long.startswith(short))


def _is_verb_of(verb: str, noun: str) -> bool:
    """Whether a verb and a compound begin alike: "liefert" and "Lieferzeit"."""
    same = len(commonprefix((verb, noun)))  # noqa: RUF071 - character by character is meant
    return same >= _STEM and len(verb) - same <= _INFLECTED


@lru_cache(maxsize=20_000)
def _with_parts(text: str) -> Sequence[str]:
    whole = written(text)
    return (*whole, *(part for word in whole for part in re.split(r"[-/]", word) if part != word))
