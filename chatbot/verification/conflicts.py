"""Other passages that state another value for the same thing, so that nobody learns of only one of them."""

import re
from collections.abc import Sequence

from chatbot.domain import Citation, Source, Statement
from chatbot.verification.windows import citation
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.statistics import Statistics
from ingest.text.dates import is_month
from ingest.text.languages import CAPITALS, pattern_of
from ingest.text.number_words import is_ordinal, number_word
from ingest.text.numbers import conflicting_figures, figures_in, is_year, missing_numbers, numbers_in
from ingest.text.sentences import sentence_spans
from ingest.text.units import is_unit
from ingest.text.words import stems, words

_NEAR = 0.9  # cosine of two sentences about the same thing
_SHARED = 0.7  # weighted share of words, both ways
_DESIGNATION = re.compile(
    rf"\b(?!(?:EUR|USD|CHF|GBP)\b)[{CAPITALS}]{{1,5}}[- ]?\d+\b|\b{pattern_of('designations.numbered')}\s\S+"
)


def find_conflicts(
    statement: Statement, sources: Sequence[Source], statistics: Statistics, vectors: SentenceVectors
) -> tuple[Citation, ...]:
    """Sentences of other documents that are about the same thing with another figure.

    Args:
        statement: supported, with its citations.
        sources: all that were shown.
        statistics: of the index.
        vectors: embeds sentences.
    """
    found = []
    for cited in statement.citations:
        if numbers_in(cited.quote) or figures_in(cited.quote):
            home = sources[cited.source - 1].passage
            others = [s for s in sources if s.passage.document_id != home.document_id]
            found += [hit for source in others if (hit := _other_value(cited, source, statistics, vectors))]
    return tuple(dict.fromkeys(found))


def _other_value(cited: Citation, source: Source, statistics: Statistics, vectors: SentenceVectors) -> Citation | None:
    passage = source.passage
    spans = sentence_spans(passage.text)
    texts = [passage.text[start:end] for start, end in spans]
    if not texts:
        return None
    rows = vectors.passages([cited.quote, *texts])
    best = int((rows[1:] @ rows[0]).argmax())
    if float(rows[1 + best] @ rows[0]) < _NEAR or not _differ(cited.quote, texts[best]):
        return None
    if _names(cited.quote) != _names(texts[best]):
        return None
    one, other = (_said(text, passage.language) for text in (cited.quote, texts[best]))
    if min(statistics.containment(one, other), statistics.containment(other, one)) < _SHARED:
        return None
    start, end = spans[best]
    return citation(source, start, end)


def _differ(one: str, other: str) -> bool:
    """Whether a figure, date or time of one has another value in the other, and neither has all the other's."""
    if conflicting_figures(one, other) and conflicting_figures(other, one):
        return True
    return bool(_values(one, other)) and bool(_values(other, one))


def _values(text: str, other: str) -> list[str]:
    """Values of a text that another has not; a year is when something is said, not what."""
    return [value for value in missing_numbers(text, other) if not is_year(value)]


def _names(text: str) -> set[str]:
    """What tells one thing from another of its kind: type designations, versions, "im zweiten Jahr"."""
    found = {re.sub(r"[-\s]", "", designation.lower()) for designation in _DESIGNATION.findall(text)}
    return found | {str(number_word(word)) for word in words(text) if is_ordinal(word)}


def _said(text: str, language: str) -> set[str]:
    """Stems without figures and their units, which are what may differ."""
    plain = (word for word in words(text) if not numbers_in(word) and not is_unit(word) and not is_month(word))
    return set(stems(" ".join(plain), language))
