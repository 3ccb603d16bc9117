"""Checks each statement against the passages it cites, and finds the span that supports it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy

from chatbot.evidence import TermWeights, all_stems
from chatbot.numbers import missing_numbers
from chatbot.types import Citation, Source, Statement, Verdict
from chatbot.vectors import SentenceVectors
from ingest.analysis import detect_language, words
from ingest.documents import Passage
from ingest.sentences import sentence_spans

# Similarity plus .2 of the containment must reach this; between languages only similarity says anything.
SAME_LANGUAGE, OTHER_LANGUAGE = 1.08, 0.85
_CONTAINMENT = 0.2
_NEGATIONS = frozenset(
    "nicht kein keine keinem keinen keiner keines nie niemals weder ohne not no never neither without cannot".split()
)


class Window(NamedTuple):
    """One sentence of a source or two neighbours; the span is relative to the passage."""

    source: Source
    start: int
    end: int
    score: float
    verdict: Verdict


def judge(
    text: str, cited: Sequence[int], sources: Sequence[Source], weights: TermWeights, vectors: SentenceVectors
) -> Statement:
    """Give a statement its verdict and citations.

    A statement is supported when one sentence of a cited source, or two neighbours, have all its numbers,
    dates and months, no negation is added, and their meaning and words are close enough. If none of the
    cited sources supports it but another shown source does, that one is cited instead.

    Args:
        text: the statement.
        cited: numbers of the sources the model named.
        sources: all that were shown.
        weights: of the retrieved passages' words.
        vectors: embeds sentences.
    """
    named = [best for n in cited if (best := _best_window(text, sources[n - 1], weights, vectors))]
    supporting = [window for window in named if window.verdict == "supported"]
    if not supporting:
        others = [s for s in sources if s.number not in cited]
        found = [best for s in others if (best := _best_window(text, s, weights, vectors))]
        supporting = sorted((w for w in found if w.verdict == "supported"), key=lambda w: -w.score)[:1]
    if supporting:
        return Statement(text=text, verdict="supported", citations=tuple(map(_citation, supporting)))
    contradicted = any(window.verdict == "contradicted" for window in named)
    return Statement(
        text=text, verdict="contradicted" if contradicted else "unsupported", citations=tuple(map(_citation, named))
    )


def _best_window(text: str, source: Source, weights: TermWeights, vectors: SentenceVectors) -> Window | None:
    windows = list(_windows(text, source, weights, vectors))
    order = {"supported": 2, "contradicted": 1, "unsupported": 0}
    return max(windows, key=lambda w: (order[w.verdict], w.score, w.start - w.end), default=None)


def _windows(text: str, source: Source, weights: TermWeights, vectors: SentenceVectors) -> Iterator[Window]:
    passage = source.passage
    spans = sentence_spans(passage.text)
    if not spans:
        return
    rows = vectors.passages([text, *(passage.text[start:end] for start, end in spans)])
    similarity = rows[1:] @ rows[0]
    wanted = all_stems(text)
    translated = detect_language(text, passage.language) != passage.language
    for first in range(len(spans)):
        for last in range(first, min(first + 2, len(spans))):
            start, end = spans[first][0], spans[last][1]
            evidence = f"{passage.title}\n{passage.section}\n{passage.text[start:end]}"
            cosine = float(numpy.max(similarity[first : last + 1]))
            contained = weights.containment(wanted, all_stems(evidence))
            score = cosine if translated else cosine + _CONTAINMENT * contained
            close = score >= (OTHER_LANGUAGE if translated else SAME_LANGUAGE)
            yield Window(source, start, end, score, _verdict(text, evidence, close))


def _verdict(text: str, evidence: str, close: bool) -> Verdict:
    if not close:
        return "unsupported"
    if missing_numbers(text, evidence) or (_negated(text) and not _negated(evidence)):
        return "contradicted"
    return "supported"


def _negated(text: str) -> bool:
    return not _NEGATIONS.isdisjoint(words(text))


def _citation(window: Window) -> Citation:
    passage: Passage = window.source.passage
    return Citation(
        source=window.source.number, document=passage.document, collection=passage.collection,
        version=passage.version, page=passage.page, section=passage.section,
        start=passage.start + window.start, end=passage.start + window.end,
        quote=passage.text[window.start : window.end],
    )
