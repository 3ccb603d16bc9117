"""Wishes about the answer before: another form, another language, more of it, or where it stands."""

import re
from typing import Literal

from ingest.text.languages import pattern_of, words_of
from ingest.text.words import comparable, words

Wish = Literal["form", "english", "german", "more", "where"]
_LONGEST = 12  # words
_KINDS: tuple[Wish, ...] = ("english", "german", "where", "form", "more")
_PATTERNS = {
    kind: tuple(
        re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
        for pattern in sorted(words_of(f"wishes.{kind}"), key=len, reverse=True)
    )
    for kind in _KINDS
}
_BESIDE = re.compile(pattern_of("wishes.beside"))


def wish_of(message: str) -> Wish | None:
    """What a message wants of the answer before; None for any question.

    Args:
        message: as typed.
    """
    if len(words(message)) > _LONGEST:
        return None
    rest, found = " ".join(comparable(message).split()), None
    for kind in _KINDS:
        for pattern in _PATTERNS[kind]:
            rest, count = pattern.subn(" ", rest)
            found = found or (kind if count else None)
    return found if found and all(_BESIDE.fullmatch(word) for word in words(rest)) else None
