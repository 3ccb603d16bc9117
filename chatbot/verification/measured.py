"""What a figure is of: "11.2 kg of glycol" is not said by "11.2 kg" in a row about a refrigerant."""

import re

from ingest.text.languages import pattern_of, profile
from ingest.text.units import unit_of
from ingest.text.words import is_function_word, stem, words

_MEASURED = re.compile(
    rf"\d\s?(?P<unit>[^\W\d_]+|%|€)\s(?:{pattern_of('sentences.of_what')}\s)?(?P<what>[^\W\d_][\w-]+)"
)
_COUNTED = re.compile(r"\d\s(?P<what>[^\W\d_][\w-]{2,})")
_PART = 5  # letters by which one noun is known in another: "Glykolanteil" has the glycol


def other_thing_measured(statement: str, evidence: str, language: str) -> str | None:
    """The thing that a figure of a statement measures or counts, where its evidence has no such word.

    Args:
        statement: one sentence.
        evidence: with its headings, in the same language.
        language: of both; only where nouns are written with a capital letter can they be told.
    """
    if not profile(language).capitalised_nouns:
        return None
    there = set(words(evidence))
    found = [m["what"] for m in _MEASURED.finditer(statement) if unit_of(m["unit"]).kind]
    found += [m["what"] for m in _COUNTED.finditer(statement) if not unit_of(m["what"]).kind]
    return next((what for what in found if what[0].isupper() and not _is_there(what.lower(), there, language)), None)


def _is_there(noun: str, there: set[str], language: str) -> bool:
    root = stem(noun, language)
    return is_function_word(noun) or any(
        stem(word, language) == root or (len(root) >= _PART and (root in word or stem(word, language) in noun))
        for word in there
        if len(word) >= min(_PART, len(root))
    )
