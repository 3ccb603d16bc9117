"""Numbers of sections and clauses that stand apart from their text: `§ 5`, `1.2`, `I.1`, `4.2.i`."""

import re
from collections.abc import Sequence
from itertools import product

from ingest.partition.numerals import roman
from ingest.text.languages import pattern_of

SECTION = rf"(?:§\s?|(?i:{pattern_of('clauses.sections')})\s)"
_OF_SECTION = re.compile(rf"{SECTION}\d{{1,3}}[a-z]?")
_NUMBER = re.compile(r"(?:\d{1,2}|[IVXL]{1,6}|[A-Z])\.(?:(?:\d{1,2}|[ivxl]{1,6}|[a-z])(?:\.|$))*")
_MOST = 60
_ROMAN = {roman(number): number for number in range(1, _MOST)}

_Places = tuple[int, ...]


def are_numbers(texts: Sequence[str]) -> list[bool]:
    """Which of some texts, each before another on its line, are numbers of sections.

    One with a sign for sections always is. Others are where the next number, or the first part of it, stands among
    them too: a column of measures does not count.

    Args:
        texts: from the top of a page.
    """
    read = [_read(text) for text in texts]
    known = {number for found in read for number in found}
    counted = {after for number in known for after in _after(number) if after in known}
    counted |= {number for number in known if not known.isdisjoint(_after(number))}
    return [
        bool(_OF_SECTION.fullmatch(text) or not counted.isdisjoint(found))
        for text, found in zip(texts, read, strict=True)
    ]


def _read(text: str) -> list[_Places]:
    """What a text may be as a number: the second part of `4.i` is the first or the ninth."""
    if not _NUMBER.fullmatch(text) and not (_NUMBER.fullmatch(f"{text}.") and "." in text):
        return []
    return list(product(*(_meanings(part) for part in text.rstrip(".").split("."))))


def _meanings(part: str) -> list[int]:
    if part.isdecimal():
        return [int(part)]
    letters = [ord(part.lower()) - ord("a") + 1] if len(part) == 1 else []
    return [*letters, *([_ROMAN[part.lower()]] if part.lower() in _ROMAN else [])]


def _after(number: _Places) -> list[_Places]:
    """The numbers that may follow one: the next of its level, and its first part."""
    return [(*number[:-1], number[-1] + 1), (*number, 1)]
