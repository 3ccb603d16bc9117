"""Whether the text of a page is language: some files name their characters wrongly, and what is read is nonsense."""

import re
from collections.abc import Iterable

from ingest.text.languages import LANGUAGES, stopwords

_WORD = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)*")
_FEW = 6  # words, below which nothing can be told
_SHAPES = re.compile(r"[^\W\d_]?[a-zà-ÿœß]*|[A-ZÀ-ÞŒ]+s?", re.U)  # of words as people write them
_STRANGE = 0.25  # share of words of other shapes, from which the text is suspicious
_NO_FUNCTION_WORDS = 0.02  # share of function words up to which a longer text is suspicious
_LONG = 25
_BETTER = 2  # function words more that the better of two readings has, at least


def is_suspicious(text: str) -> bool:
    """Whether a text may be no language; lists of parts may be suspicious, too.

    Args:
        text: of a page.
    """
    found = _WORD.findall(text)
    long = [word for word in found if len(word) > 1]
    if len(long) < _FEW:
        return False
    strange = sum(not _SHAPES.fullmatch(word) for word in long)
    if strange > _STRANGE * len(long):
        return True
    return len(long) >= _LONG and _function_words(found) <= _NO_FUNCTION_WORDS * len(found)


def is_better(other: str, text: str) -> bool:
    """Whether another reading of the same page is language, and the first is not.

    Args:
        other: by OCR.
        text: from the file.
    """
    read, found = _WORD.findall(other), _WORD.findall(text)
    return _function_words(read) >= _function_words(found) + _BETTER and len(read) >= len(found) / 2


def _function_words(words: Iterable[str]) -> int:
    """Function words of the language that has the most of them."""
    lower = [word.lower() for word in words]
    return max(sum(len(word) > 1 and word in stopwords(language) for word in lower) for language in LANGUAGES)
