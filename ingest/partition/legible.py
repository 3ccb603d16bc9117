"""Whether the text of a page is language: some files name their characters wrongly, and what is read is nonsense.

Letters that stand for other letters are told by how frequent they are: in German and English much the same letters
lead, in lists of names and parts, too. Method: Spearman's rank correlation with the frequency of letters.
"""

import re
from collections import Counter
from collections.abc import Iterable

from ingest.text.languages import LANGUAGES, stopwords

_WORD = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)*")
_SHAPES = re.compile(r"[^\W\d_]?[a-zà-ÿœß]*|[A-ZÀ-ÞŒ]+s?", re.U)  # of words as people write them
# Letters from the most frequent on, German and English (Beutelspacher, Kryptologie; Lewand, Cryptological Mathematics).
_RANKS = ("enisratdhulcgmobwfkzpvjyxq", "etaoinshrdlcumwfgypbvkjxqz")
_BASE = str.maketrans("äöüß", "aous")
_FEW = 30  # letters, below which nothing can be told
_UNLIKE = 0.45  # correlation, below which letters are no language's
_ODD = 0.65  # the same, where words are of shapes, too, that nobody writes
_STRANGE = 0.25  # share of such words
_BETTER = 2  # function words more that the better of two readings has, at least


def is_suspicious(text: str) -> bool:
    """Whether a text may be no language.

    Args:
        text: of a page.
    """
    different = " ".join(sorted(set(_WORD.findall(text))))  # a column of one unit says nothing of its letters
    letters = [char for char in different.lower().translate(_BASE) if "a" <= char <= "z"]
    if len(letters) < _FEW:
        return False
    likeness = max(_correlation(letters, ranks) for ranks in _RANKS)
    if likeness < _UNLIKE:
        return True
    found = [word for word in _WORD.findall(text) if len(word) > 1]
    strange = sum(not _SHAPES.fullmatch(word) for word in found)
    return likeness < _ODD and strange > _STRANGE * len(found)


def is_better(other: str, text: str) -> bool:
    """Whether another reading of the same page is language, and the first is not.

    Args:
        other: by OCR.
        text: from the file.
    """
    read, found = _WORD.findall(other), _WORD.findall(text)
    return _function_words(read) >= _function_words(found) + _BETTER and len(read) >= len(found) / 2


def _correlation(letters: Iterable[str], ranks: str) -> float:
    """Spearman's rank correlation of the letters' counts with their usual order; letters of one count share a rank."""
    counts = Counter(letters)
    ordered = sorted(ranks, key=lambda letter: -counts[letter])
    places: dict[str, float] = {}
    for letter in ordered:
        alike = [place for place, other in enumerate(ordered) if counts[other] == counts[letter]]
        places[letter] = sum(alike) / len(alike)
    size = len(ranks)
    usual = {letter: float(place) for place, letter in enumerate(ranks)}
    mean = (size - 1) / 2
    shared = sum((places[letter] - mean) * (usual[letter] - mean) for letter in ranks)
    spread = sum((place - mean) ** 2 for place in places.values()) ** 0.5
    full = sum((place - mean) ** 2 for place in usual.values()) ** 0.5
    return shared / (spread * full) if spread else 0.0


def _function_words(words: Iterable[str]) -> int:
    """Function words of the language that has the most of them."""
    lower = [word.lower() for word in words]
    return max(sum(len(word) > 1 and word in stopwords(language) for word in lower) for language in LANGUAGES)
