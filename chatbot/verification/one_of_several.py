"""Things of one name that a number or letter tells apart: hall 2 and hall 3, the second year and the twentieth."""

import re
from collections.abc import Mapping
from functools import lru_cache

from ingest.text.dates import is_month
from ingest.text.languages import CAPITALS, pattern_of
from ingest.text.number_words import is_ordinal, number_word
from ingest.text.units import is_unit
from ingest.text.words import is_function_word

_BEHIND = re.compile(rf"\b([{CAPITALS}][\w-]{{2,}}) (\d{{1,4}}|[{CAPITALS}])\b(?![.,]\d|-)")
_SMALL = re.compile(r"\b([^\W\d_A-Z][\w-]{2,}) (\d{1,4}|[A-Z])\b(?![.,]\d|-)")
_BEFORE = re.compile(
    rf"(?P<from>\b{pattern_of('numbers.from_here_on')}\s)?"
    r"\b(?:(?P<figure>\d{1,3})(?:\.|st|nd|rd|th)|(?P<word>[^\W\d_]{4,20}))\s(?P<noun>[^\W\d_][\w-]{2,})",
    re.IGNORECASE,
)
_SHORTEST = 4  # letters of a noun that stands for a compound
Marks = Mapping[str, frozenset[tuple[str, bool]]]  # of each noun what stands by it, and whether it counts from there on


@lru_cache(maxsize=20_000)
def marks_in(text: str) -> Marks:
    """The numbers, ordinals and letters by which a text tells things of one name apart, by noun in lower case."""
    found: dict[str, set[tuple[str, bool]]] = {}
    for noun, mark in _BEHIND.findall(text):
        if is_unit(noun) or is_month(noun.lower()):
            continue
        found.setdefault(noun.lower(), set()).add((mark.lower(), False))
    for match in _BEFORE.finditer(text):
        if figure := match["figure"] or _ordinal(match["word"].lower()):
            found.setdefault(match["noun"].lower(), set()).add((figure, bool(match["from"])))
    return {noun: frozenset(marks) for noun, marks in found.items()}


@lru_cache(maxsize=1_000)
def marks_asked_for(question: str) -> Marks:
    """The same of a question, where nouns may be written small: "Who has bench 3?", "was kostet halle 2"."""
    found = {noun: set(marks) for noun, marks in marks_in(question).items()}
    for noun, mark in _SMALL.findall(question):
        if not (is_unit(noun) or is_month(noun) or is_function_word(noun)):
            found.setdefault(noun, set()).add((mark.lower(), False))
    return {noun: frozenset(marks) for noun, marks in found.items()}


def is_another(asked: Marks, there: Marks) -> bool:
    """Whether a text has one of several for which the question names another, and not that one.

    Args:
        asked: of the question.
        there: of the text.
    """
    for noun, marks in asked.items():
        others = [other for name, found in there.items() if _is_alike(noun, name) for other in found]
        if others and not any(_is_meant(mark, *other) for mark, _ in marks for other in others):
            return True
    return False


def _is_alike(noun: str, other: str) -> bool:
    """Whether two nouns are one: "Jahr" is short for "Beschäftigungsjahr"."""
    short, long = sorted((noun, other), key=len)
    return short == long or (len(short) >= _SHORTEST and long.endswith(short))


def _is_meant(mark: str, other: str, from_here_on: bool) -> bool:
    if mark == other:
        return True
    return from_here_on and mark.isdigit() and other.isdigit() and int(mark) >= int(other)


def _ordinal(word: str) -> str:
    return str(number_word(word)) if is_ordinal(word) else ""
