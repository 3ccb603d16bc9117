"""What a follow-up says that is new: without the words that only tie it to the turn before."""

import re
from functools import cache
from typing import NamedTuple

from ingest.text.languages import pattern_of, words_of


class Fragment(NamedTuple):
    """The new words of a follow-up.

    Attributes:
        text: without openings, closings and question mark.
        wrong: what is taken back by "not A but B"; empty without.
        is_correction: whether something else was meant in the turn before.
        is_tied: whether an opening, a closing or a correction ties it to the turn before.
    """

    text: str
    wrong: str = ""
    is_correction: bool = False
    is_tied: bool = False


def fragment_of(question: str, language: str) -> Fragment:
    """The new words of a question.

    Args:
        question: as typed.
        language: of the question.
    """
    text = question.strip().rstrip("?!. ")
    text, tied = _without(_opening("openings", language), text)
    text, corrected = _without(_opening("corrections", language), text)
    text, tied_again = _without(_opening("openings", language), text)
    wrong = ""
    for pattern in words_of("phrases.instead", language):
        if (match := re.fullmatch(pattern, text, re.I)) and _is_short(match["wrong"]) and _is_short(match["right"]):
            text, wrong, corrected = match["right"].strip(), match["wrong"].strip(), True
            break
    text, closed = _without(_closing(language), text)
    return Fragment(text.strip(" ,:;–-"), wrong, corrected, tied or corrected or tied_again or closed)


def _is_short(text: str) -> bool:
    return 0 < len(text.split()) < 6


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    """A text without what a pattern finds, however often; and whether it found anything."""
    rest = text
    while (shorter := pattern.sub("", rest, count=1)) != rest:
        rest = shorter
    return (rest, rest != text) if rest.strip() else (text, False)


@cache
def _opening(entry: str, language: str) -> re.Pattern[str]:
    return re.compile(rf"^\W*{pattern_of(f'phrases.{entry}', language)}(?!\w)[\s,:!.–-]*", re.I)


@cache
def _closing(language: str) -> re.Pattern[str]:
    return re.compile(rf"[\s,]+{pattern_of('phrases.closings', language)}\W*$", re.I)
