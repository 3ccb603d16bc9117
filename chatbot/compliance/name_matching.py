"""Finding a person's name in text: parts in any order, upper and lower case, umlauts written out, initials, genitives.

`certain` is the whole name with its parts beside each other. `possible` is the family name alone or with an initial:
a person has to look, since others are called so, too, and names are also words.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from ingest.text.languages import LANGUAGES, profile

Likeness = Literal["certain", "possible"]
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")  # a letter may have its sign apart
_BETWEEN = 2  # further words between the parts of a name, as in "Weber, Frau Dr. Jana"; each with a capital letter
# Umlauts written out, as each language does, and letters of its neighbours.
_SPELLED_OUT = {char: plain for code in LANGUAGES for char, plain in profile(code).spelled_out.items()}
_UMLAUTS = str.maketrans(_SPELLED_OUT | {"æ": "ae", "ø": "oe", "å": "aa"})
_SHORT = 2  # letters; a shorter part of a name is no name by itself


class Found(NamedTuple):
    """A place in a text where a name stands."""

    start: int
    end: int
    likeness: Likeness


class NamePattern:
    """A name as it is looked for.

    Args:
        name: of a person, the family name last, or before a comma.
    """

    def __init__(self, name: str) -> None:
        family, comma, given = name.partition(",")
        turned = f"{given} {family}" if comma else name
        self._parts = tuple(_forms(word) for word in _WORD.findall(_composed(turned)))

    def find(self, text: str) -> Iterator[Found]:
        """All places in a text, in their order; a certain one hides the possible ones within it.

        Args:
            text: of any origin. Places count its characters.
        """
        if not self._parts:
            return
        words = list(_WORD.finditer(text))
        done = 0
        for at, word in enumerate(words):
            if word.start() < done:
                continue
            if whole := self._whole(words, at):
                done = whole.end
                yield whole
            elif len(self._parts) > 1 and _same(self._parts[-1], _forms(word[0])):
                yield Found(word.start(), word.end(), "possible")

    def _whole(self, words: list[re.Match[str]], at: int) -> Found | None:
        """The whole name, where one of its parts stands at a word and the others soon after."""
        missing = list(self._parts)
        for place in range(at, min(len(words), at + len(self._parts) + _BETWEEN)):
            forms = _forms(words[place][0])
            match = next((part for part in missing if _same(part, forms)), None)
            if match is not None:
                missing.remove(match)
            elif place == at or not words[place][0][0].isupper():
                return None
            if not missing:
                return Found(words[at].start(), words[place].end(), "certain")
        return None


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=100_000)
def _forms(word: str) -> frozenset[str]:
    """How a word may be written: with umlauts written out, and with all signs above letters left off."""
    small = _composed(word).casefold()
    bare = "".join(char for char in unicodedata.normalize("NFKD", small) if not unicodedata.combining(char))
    return frozenset({small.translate(_UMLAUTS), bare.translate(_UMLAUTS)})


def _same(part: frozenset[str], word: frozenset[str]) -> bool:
    """Whether a word is this part of a name, or its genitive."""
    return any(form == one or (len(one) > _SHORT and form == f"{one}s") for one in part for form in word)
