"""Mistyped words of a question, as the passages write them that were found for it all the same.

A word is taken for mistyped if no passage that the person may see has it, and it is in no dictionary. It is read as
the word of the found passages that is nearest by the distance of Damerau (1964) and Levenshtein, if only one is that
near. Only passages that were found are looked at, so that no word of another document can show.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from ingest.documents import Passage
from ingest.index.sparse import term_index
from ingest.index.statistics import Statistics
from ingest.text.languages import LANGUAGES, groups_of
from ingest.text.words import all_stems, comparable

if TYPE_CHECKING:
    from spellchecker import SpellChecker

_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 5  # letters of a word that is looked at
_LONG = 8  # letters from which two may be wrong
_FOREIGN = 0.5  # share of words that are none, from which the question is in another language
_SPELT_OUT = groups_of("spelling.spelt_out")


def as_written(question: str, passages: Sequence[Passage], statistics: Statistics) -> str:
    """A question with its mistyped words as the passages write them; the question itself where none is.

    Args:
        question: standalone.
        passages: found for it.
        statistics: of what the person may see.
    """
    words = [match.group() for match in _LETTERS.finditer(question) if len(match.group()) >= _SHORTEST]
    there = {comparable(word): word for passage in passages for word in _LETTERS.findall(passage.text)}
    others = [word for word in words if comparable(word) not in there]
    meant = {word: there[form] for word in others for form in _spelt_in(word) if form in there}
    unknown = [word for word in dict.fromkeys(others) if word not in meant and not _stands_in(word, statistics)]
    mistyped = [word for word in unknown if not _is_word(word)]
    if len(mistyped) <= max(1, _FOREIGN * len(set(words))):
        meant |= {word: found for word in mistyped if (found := _nearest(word, there))}
    return _LETTERS.sub(lambda match: meant.get(match.group(), match.group()), question)


def _stands_in(word: str, statistics: Statistics) -> bool:
    return any(statistics.frequency.get(term_index(stem), 0) for stem in all_stems(word))


def _nearest(word: str, there: Mapping[str, str]) -> str:
    """The one word that is so near that it is meant; empty where none is, or several are."""
    most = 2 if len(word) >= _LONG else 1
    near = [
        (min(DamerauLevenshtein.distance(form, other, score_cutoff=most) for form in _spelt_in(word)), other)
        for other in there
        if len(other) >= _SHORTEST - 1 and abs(len(other) - len(word)) <= most + 1
    ]
    nearest = min((distance for distance, _ in near), default=most + 1)
    best = sorted(other for distance, other in near if distance == nearest <= most)
    return there[best[0]] if len({all_stems(other) for other in best}) == 1 else ""


def _spelt_in(word: str) -> set[str]:
    """A word, and what it may be where umlauts are spelt out: "uebernachtung" may be "übernachtung"."""
    forms = {comparable(word)}
    for letter, spelt in _SPELT_OUT.items():
        forms |= {form.replace(one, letter) for one in spelt for form in forms}
    return forms


def _is_word(word: str) -> bool:
    """Whether a dictionary has a word."""
    lower = comparable(word)
    return any(bool(_dictionary(language).known([lower])) for language in LANGUAGES)


@cache
def _dictionary(language: str) -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker(language=language, distance=1)
