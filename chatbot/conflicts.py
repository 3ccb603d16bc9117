"""Other passages that state another value for the same thing, so that nobody learns of only one of them."""

from collections.abc import Sequence

from chatbot.numbers import conflicting_figures, numbers_in
from chatbot.types import Citation, Source, Statement
from chatbot.vectors import SentenceVectors
from chatbot.verify import Window, citation
from config.messages import Language
from ingest.analysis import stems, words
from ingest.sentences import sentence_spans
from ingest.statistics import Statistics

_NEAR = 0.9  # cosine of two sentences about the same thing
_SHARED = 0.7  # weighted share of words, both ways


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
        if numbers_in(cited.quote):
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
    one, other = (_said(text, passage.language) for text in (cited.quote, texts[best]))
    if min(statistics.containment(one, other), statistics.containment(other, one)) < _SHARED:
        return None
    start, end = spans[best]
    return citation(Window(source, start, end, 0.0, "contradicted"))


def _differ(one: str, other: str) -> bool:
    """Whether a figure of one has another value in the other, and neither has all the other's numbers."""
    return bool(conflicting_figures(one, other)) and bool(conflicting_figures(other, one))


def _said(text: str, language: Language) -> set[str]:
    """Stems without figures, which are what may differ."""
    return set(stems(" ".join(word for word in words(text) if not numbers_in(word)), language))
