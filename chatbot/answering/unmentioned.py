"""Places and years that a question names and its answer's sources do not: does the answer hold for them?"""

import re
from collections.abc import Sequence

from chatbot.domain import Source
from chatbot.verification.names import is_known
from ingest.documents import Passage
from ingest.text.dates import is_month
from ingest.text.languages import CAPITALS, LANGUAGES, pattern_of
from ingest.text.words import detect_language, words

_YEAR = re.compile(rf"(?<![\d.,])(?:19|20)\d\d\b(?![.,]\d)(?!\s?(?:€|%|[{CAPITALS}]|kg|km|mm|cm|m\b|l\b))")
_AT_A_PLACE = {
    language: re.compile(rf"\b{pattern_of('places.before_place', language)}\s([{CAPITALS}][\w-]+\w)")
    for language in LANGUAGES
}
_NO_NAME = re.compile(pattern_of("places.no_places"))


def unmentioned(question: str, sources: Sequence[Source]) -> list[str]:
    """What the question names and no passage with its headings and its document's name does, as it is written.

    A rule for all places need not name each, so that this refuses no answer; but the reader should know.
    Between languages only years are compared: places have other names there.

    Args:
        question: standalone.
        sources: that the answer cites.
    """
    texts = [_all_of(source.passage) for source in sources]
    missing = [year for year in _YEAR.findall(question) if not any(year in text for text in texts)]
    language = detect_language(question)
    if any(source.passage.language != language for source in sources):
        return list(dict.fromkeys(missing))
    return list(dict.fromkeys([*missing, *_missing_places(question, language, texts)]))


def unmentioned_in(question: str, language: str, passage: Passage) -> list[str]:
    """What the question names and one passage does not: places, and years where it names others.

    Args:
        question: standalone.
        language: of the question.
        passage: with its headings and its document's name.
    """
    text = _all_of(passage)
    # What names no year holds for every year.
    there_are_years = _YEAR.search(text) is not None
    missing = [year for year in _YEAR.findall(question) if there_are_years and year not in text]
    if passage.language != language:
        return missing
    return [*missing, *_missing_places(question, language, [text])]


def _missing_places(question: str, language: str, texts: Sequence[str]) -> list[str]:
    there = {word for text in texts for word in words(text)}
    places = _AT_A_PLACE[language].findall(question)
    return [place for place in places if _is_name(place) and not _is_there(place, there)]


def _all_of(passage: Passage) -> str:
    return f"{passage.document.replace('_', ' ')}\n{passage.title}\n{passage.section}\n{passage.text}"


def _is_name(word: str) -> bool:
    return not _NO_NAME.fullmatch(word.lower()) and not is_month(word)


def _is_there(place: str, there: set[str]) -> bool:
    return all(is_known(part, there) for part in place.lower().split("-") if part)
