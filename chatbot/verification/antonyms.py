"""Words that turn a rule around: at most and at least, before and after, gross and net."""

import re

from ingest.text.dates import dates_and_times
from ingest.text.languages import pairs_of, pattern_of
from ingest.text.negation import as_meant
from ingest.text.numbers import readings, with_plain_figures
from ingest.text.words import words

# Each pair holds the words of all languages, so that a translation that turns a rule around is noticed, too.
_PAIRS = pairs_of("antonyms.pairs")
_SINCE = re.compile(
    rf"\b(?:({pattern_of('antonyms.since')})|({pattern_of('antonyms.until')}))\s"
    rf"(?:{pattern_of('antonyms.before_date')}\s)?(?=[\dA-Z])",
    re.I,
)
_DATE = 24  # characters that a date may take
# What bounds the number behind it from below, and from above.
_BOUND = re.compile(
    rf"\b(?:({pattern_of('antonyms.from_below')})|({pattern_of('antonyms.from_above')}))\s"
    rf"(?:{pattern_of('antonyms.before_number')}\s|EUR\s?|€\s?|USD\s?|\$\s?)?(\d[\d.,]*\d|\d)",
    re.I,
)
_ORDER = re.compile(
    rf"\b(?:({pattern_of('antonyms.ahead_of')})|({pattern_of('antonyms.behind')}))\s"
    rf"(?:{pattern_of('antonyms.before_thing')}\s)?(\w{{4,}})",
    re.I,
)


def opposed(statement: str, evidence: str) -> bool:
    """Whether a statement turns around what its evidence says: "at most 3 days" and "at least 3 days".

    Args:
        statement: one sentence.
        evidence: the sentence nearest to it, in any language.
    """
    statement, evidence = as_meant(statement), as_meant(evidence)
    said, there = f" {' '.join(words(statement))} ", f" {' '.join(words(evidence))} "
    if any(_turned(said, there, *pair) for pair in (*_PAIRS, *(pair[::-1] for pair in _PAIRS))):
        return True
    return _contrary(_bounds(statement), _bounds(evidence)) or _contrary(_orders(statement), _orders(evidence))


def _turned(said: str, there: str, ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return _has(said, ones) and not _has(said, others) and _has(there, others) and not _has(there, ones)


def _has(text: str, chosen: tuple[str, ...]) -> bool:
    return any(f" {one} " in text for one in chosen)


def _contrary(said: set[tuple[bool, str]], there: set[tuple[bool, str]]) -> bool:
    """Whether the same thing is bounded, or ordered, the other way."""
    return any((not way, what) in there and (way, what) not in there for way, what in said)


def _bounds(text: str) -> set[tuple[bool, str]]:
    found = _BOUND.finditer(with_plain_figures(text))
    bounds = {(bool(match.group(1)), value) for match in found for value in readings(match.group(3))}
    for match in _SINCE.finditer(text):
        dates = dates_and_times(text[match.end() : match.end() + _DATE])[0]
        bounds |= {(bool(match.group(1)), value) for value in (dates[0].readings if dates else ())}
    return bounds


def _orders(text: str) -> set[tuple[bool, str]]:
    return {(bool(before), word.lower()) for before, _, word in _ORDER.findall(text)}
