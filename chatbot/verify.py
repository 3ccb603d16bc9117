"""Checks each statement against the passages it cites, and finds the span that supports it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from chatbot.numbers import conflicting_figures, missing_numbers, numbers_in
from chatbot.types import Citation, Source, Statement, Verdict
from chatbot.vectors import SentenceVectors
from config.messages import Language
from ingest.analysis import detect_language, stems, words
from ingest.documents import Passage
from ingest.sentences import sentence_spans
from ingest.statistics import Statistics

# Similarity plus .2 of the containment must reach this. A statement whose figures all stand in the evidence
# may be worded more freely; between languages only similarity says anything. A fragment such as "31,00 EUR"
# is read with its question, whose own numbers must then stand in the evidence too.
WITH_FIGURES, WITHOUT_FIGURES, OTHER_LANGUAGE, FRAGMENT = 0.97, 1.06, 0.85, 0.95
_FEW_WORDS = 3
_MOSTLY = 0.6  # share of a sentence's words
_CONTAINMENT = 0.2
_NUMBERING = re.compile(r"^\d+(\.\d+)*\.?\s", re.MULTILINE)
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


class Claim(NamedTuple):
    """A statement in the form in which it is checked."""

    text: str
    fragment: bool
    meaning: str  # with its question, where the statement alone is a fragment
    stems: set[str]
    language: Language


def judge(
    text: str,
    question: str,
    cited: Sequence[int],
    sources: Sequence[Source],
    statistics: Statistics,
    vectors: SentenceVectors,
) -> Statement:
    """Give a statement its verdict and citations.

    A statement is supported when one sentence of a cited source, or two neighbours, have all its numbers,
    dates and months, no negation is added, and their meaning and words are close enough. If none of the
    cited sources supports it but another shown source does, that one is cited instead.

    Args:
        text: the statement.
        question: the one it answers.
        cited: numbers of the sources the model named.
        sources: all that were shown.
        statistics: of the retrieved passages' words.
        vectors: embeds sentences.
    """
    claim = _claim(text, question)
    named = [
        best
        for n in cited
        if 0 < n <= len(sources) and (best := _best_window(claim, sources[n - 1], statistics, vectors))
    ]
    supporting = [window for window in named if window.verdict == "supported"]
    if not supporting:
        others = [s for s in sources if s.number not in cited]
        found = [best for s in others if (best := _best_window(claim, s, statistics, vectors))]
        supporting = sorted((w for w in found if w.verdict == "supported"), key=lambda w: -w.score)[:1]
    if supporting:
        return Statement(text=text, verdict="supported", citations=tuple(map(_citation, supporting)))
    contradicted = any(window.verdict == "contradicted" for window in named)
    return Statement(
        text=text, verdict="contradicted" if contradicted else "unsupported", citations=tuple(map(_citation, named))
    )


def _claim(text: str, question: str) -> Claim:
    language = detect_language(text, detect_language(question))
    meaningful = {stem for stem in stems(text, language) if not stem[0].isdigit()}
    fragment = len(meaningful) <= _FEW_WORDS
    meaning = f"{question} {text}" if fragment else text
    return Claim(text, fragment, meaning, set(stems(meaning, language)), language)


def _best_window(claim: Claim, source: Source, statistics: Statistics, vectors: SentenceVectors) -> Window | None:
    """The sentence nearest to the claim; with a neighbour, where only both together have all figures."""
    passage = source.passage
    spans = sentence_spans(passage.text)
    if not spans:
        return None
    for start, end in spans:
        if passage.text[start:end] == claim.text and not claim.fragment:
            return Window(source, start, end, 2.0, "supported")  # verbatim
    rows = vectors.passages([claim.meaning, *(passage.text[start:end] for start, end in spans)])
    translated = claim.language != passage.language
    scores = [
        float(cosine) + (0 if translated else _CONTAINMENT * _contained(claim, passage, span, statistics))
        for cosine, span in zip(rows[1:] @ rows[0], spans, strict=True)
    ]
    best = max(range(len(spans)), key=scores.__getitem__)
    close = scores[best] >= _enough(claim, translated)
    windows = []
    for first, last in ((best, best), (best - 1, best), (best, best + 1)):
        if first >= 0 and last < len(spans):
            start, end = spans[first][0], spans[last][1]
            # The next row of a table is about something else, and so is what follows a fragment's sentence.
            if first == last or not (claim.fragment or "\n" in passage.text[start:end]):
                verdict = _verdict(claim, _evidence(passage, start, end), close, translated)
                windows.append(Window(source, start, end, scores[best], verdict))
    return next((window for window in windows if window.verdict == "supported"), windows[0])


def _contained(claim: Claim, passage: Passage, span: tuple[int, int], statistics: Statistics) -> float:
    return statistics.containment(claim.stems, set(stems(_evidence(passage, *span), claim.language)))


def _evidence(passage: Passage, start: int, end: int) -> str:
    """A span with its headings, whose own numbering proves nothing."""
    section = passage.place_at(passage.start + start).section
    headings = _NUMBERING.sub("", f"{passage.title}\n{section}".replace(" › ", "\n"))
    return f"{headings}\n{passage.text[start:end]}"


def _enough(claim: Claim, translated: bool) -> float:
    if translated:
        return OTHER_LANGUAGE
    if claim.fragment:
        return FRAGMENT
    return WITH_FIGURES if any(char.isdigit() for char in claim.text) else WITHOUT_FIGURES


def _verdict(claim: Claim, evidence: str, close: bool, translated: bool) -> Verdict:
    if not close or (claim.fragment and not translated and not _has_words(claim, evidence)):
        return "unsupported"
    if missing_numbers(claim.meaning, evidence) or conflicting_figures(claim.text, evidence):
        return "contradicted"
    return "contradicted" if _negation_differs(claim, evidence) else "supported"


def _negation_differs(claim: Claim, evidence: str) -> bool:
    """Whether the claim adds a negation, or repeats most of a negated sentence without it."""
    sentence = evidence.split("\n")[-1]
    if _negated(claim.text):
        return not _negated(evidence)
    said = set(stems(sentence, claim.language))
    repeated = len(said & claim.stems) / len(said) if said else 0.0
    return _negated(sentence) and repeated >= _MOSTLY


def _has_words(claim: Claim, evidence: str) -> bool:
    plain = " ".join(word for word in words(claim.text) if not numbers_in(word))
    return set(stems(plain, claim.language)) <= set(stems(evidence, claim.language))


def _negated(text: str) -> bool:
    return not _NEGATIONS.isdisjoint(words(text))


def _citation(window: Window) -> Citation:
    passage: Passage = window.source.passage
    start, end = passage.start + window.start, passage.start + window.end
    place = passage.place_at(start)
    return Citation(
        source=window.source.number,
        document=passage.document,
        collection=passage.collection,
        version=passage.version,
        page=place.page,
        section=place.section,
        cells=passage.cells_of(start, end),
        start=start,
        end=end,
        quote=passage.text[window.start : window.end],
    )
