"""What is measured of a version by itself: its words, its passages, and what is in it and not seen."""

import re
from collections.abc import Sequence

from ingest.documents import WITH_CELLS, Extraction, Measures, Passage, Unseen, UnseenText
from ingest.quality.fingerprint import fingerprint
from ingest.text.languages import LANGUAGES, stopwords
from ingest.text.names_language import is_in_known_language
from ingest.text.words import words

_ENOUGH_WORDS = 40
_FEW_WORDS = 0.15  # share of function words, below which they tell nothing by themselves
_SHORT, _LONG = 60, 1600  # characters of a passage
_EXAMPLES, _LONGEST_EXAMPLE = 3, 80  # texts that nobody sees, and characters of each
_WORD = re.compile(r"[^\W\d_]{2,}", re.U)
_NO_WORD = re.compile(r"^(?:[^aeiouyäöüàáâèéêíóôúœ]{5,}|.*(.)\1{3,}.*)$", re.I)


def measure(extraction: Extraction, passages: Sequence[Passage]) -> Measures:
    """Measure one version.

    Args:
        extraction: its text.
        passages: cut from it.
    """
    text = extraction.text
    found = _WORD.findall(text[:50_000])
    strange = sum(bool(_NO_WORD.match(word)) for word in found) + text[:50_000].count("\ufffd")
    lengths = [len(passage.text) for passage in passages]
    return Measures(
        characters=len(text),
        garbled=round(strange / len(found), 3) if len(found) >= _ENOUGH_WORDS else 0.0,
        ocr_confidence=extraction.ocr_confidence,
        unread_pages=extraction.unread_pages,
        partly_read_pages=extraction.partly_read_pages,
        known_words=None if _is_mostly_tables(extraction) else _known_words(text),
        short=sum(length < _SHORT for length in lengths) / max(len(lengths), 1),
        long=sum(length > _LONG for length in lengths) / max(len(lengths), 1),
        fingerprint=fingerprint(text),
        completeness=extraction.completeness,
        unseen=_examples(extraction.unseen),
    )


def _examples(unseen: Sequence[UnseenText]) -> dict[Unseen, tuple[str, ...]]:
    """The first texts of each kind that nobody sees, shortened."""
    found: dict[Unseen, tuple[str, ...]] = {}
    for one in unseen:
        before = found.get(one.why, ())
        if len(before) < _EXAMPLES:
            found[one.why] = (*before, one.text[:_LONGEST_EXAMPLE])
    return found


def _is_mostly_tables(extraction: Extraction) -> bool:
    in_tables = sum(part.end - part.start for part in extraction.parts if part.kind in WITH_CELLS)
    return in_tables > len(extraction.text) / 2


def _known_words(text: str) -> float | None:
    found = words(text[:20_000])
    if len(found) < _ENOUGH_WORDS:
        return None
    share = max(sum(word in stopwords(language) for word in found) / len(found) for language in LANGUAGES)
    # Lists and names have few function words in any language: then letters tell.
    return None if share < _FEW_WORDS and is_in_known_language(text[:20_000]) else share
