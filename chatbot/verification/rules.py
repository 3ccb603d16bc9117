"""Checks each statement against the passages shown, and finds the span that supports it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from chatbot.domain import Citation, Source, Statement, Verdict
from chatbot.verification.antonyms import opposed
from chatbot.verification.claims import (
    Claim,
    claims_of,
    clauses_of,
    missing_addresses,
    of_another_clause,
)
from chatbot.verification.comparison import exceeds_evidence
from chatbot.verification.injection import spans_for_readers
from chatbot.verification.measured import other_thing_measured
from chatbot.verification.modality import modality_differs
from chatbot.verification.names import missing_names
from chatbot.verification.roles import roles_swapped
from chatbot.verification.table_cells import read_cells
from ingest.documents import Passage
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.statistics import Statistics
from ingest.text.negation import as_meant, negations
from ingest.text.numbers import conflicting_figures, missing_numbers, naming_numbers, numbers_in
from ingest.text.sentences import sentence_spans
from ingest.text.units import is_unit
from ingest.text.words import stems, words

# Similarity plus .2 of the containment must reach this. A statement whose figures all stand in the evidence
# may be worded more freely; between languages only similarity says anything. A fragment such as "31,00 EUR"
# is read with its question; numbers by which that names a thing must then stand in the evidence too.
WITH_FIGURES, WITHOUT_FIGURES, OTHER_LANGUAGE, FRAGMENT = 0.95, 1.02, 0.85, 0.95
CLAUSE = 0.34  # weighted share of a clause's words that the evidence must have
_MOSTLY = 0.6  # share of a sentence's words
_CONTAINMENT = 0.2
_SAME = 0.03  # by which another source must be better than the one that the model named
_VERBATIM = 2.0
_SENTENCE = 5  # words from which what repeats a source is more than a figure
_AFFIRMED = 0.75  # share of a claim's words in a clause that denies nothing
_NUMBERING = re.compile(r"^\d+(\.\d+)*\.?\s", re.MULTILINE)


class Window(NamedTuple):
    """One sentence of a source or two neighbours; the span is relative to the passage."""

    source: Source
    start: int
    end: int
    score: float
    verdict: Verdict


def judge(
    text: str,
    question: str,
    cited: Sequence[int],
    sources: Sequence[Source],
    statistics: Statistics,
    vectors: SentenceVectors,
) -> Statement:
    """Give a statement its verdict and citations.

    Each sentence of it is supported when one sentence of a source, or two neighbours, have all its numbers,
    dates, months and names, no negation is added or dropped, every clause has words there, and meaning and
    words are close enough. The source that supports it best is cited, whatever the model named.

    Args:
        text: the statement.
        question: the one it answers.
        cited: numbers of the sources the model named.
        sources: all that were shown.
        statistics: of the index.
        vectors: embeds sentences.
    """
    found = [_support(claim, cited, sources, statistics, vectors) for claim in claims_of(text, question)]
    windows = [window for part in found for window in part]
    verdicts = {part[0].verdict if part else "unsupported" for part in found} or {"unsupported"}
    verdict = next(v for v in ("contradicted", "unsupported", "supported") if v in verdicts)
    citations = tuple(dict.fromkeys(map(citation, windows)))
    corrected = verdict == "supported" and bool(cited) and not {c.source for c in citations} & set(cited)
    return Statement(text=text, verdict=verdict, citations=citations, corrected=corrected)  # type: ignore[arg-type]


def support(
    text: str,
    question: str,
    cited: Sequence[int],
    sources: Sequence[Source],
    statistics: Statistics,
    vectors: SentenceVectors,
) -> float:
    """How well the sources support a statement, for calibration: its weakest sentence's score.

    Whatever is judged supported scores above whatever is not; the arguments are those of `judge`.
    """
    weakest = _VERBATIM
    for claim in claims_of(text, question):
        found = _windows(claim, sources, statistics, vectors)
        scores = [window.score + (1.0 if window.verdict == "supported" else 0.0) for window in found]
        weakest = min(weakest, max(scores, default=0.0))
    return weakest


def _support(
    claim: Claim, cited: Sequence[int], sources: Sequence[Source], statistics: Statistics, vectors: SentenceVectors
) -> list[Window]:
    """The windows to cite for a claim, best first; where none supports it, the nearest of the sources named."""
    named = [n for n in cited if 0 < n <= len(sources)]
    found = _windows(claim, sources, statistics, vectors)
    supporting = sorted(
        (window for window in found if window.verdict == "supported"),
        key=lambda window: -window.score - (_SAME if window.source.number in named else 0),
    )
    if supporting:
        return supporting[:1]
    nearest = [window for window in found if window.source.number in named]
    return sorted(nearest, key=lambda window: (window.verdict != "contradicted", -window.score))[:1]


def _windows(claim: Claim, sources: Sequence[Source], statistics: Statistics, vectors: SentenceVectors) -> list[Window]:
    """The best window of each source that has any."""
    return [best for source in sources if (best := best_window(claim, source, statistics, vectors))]


def best_window(claim: Claim, source: Source, statistics: Statistics, vectors: SentenceVectors) -> Window | None:
    """The sentence nearest to the claim; with a neighbour, where only both together have what it says."""
    passage = source.passage
    spans = spans_for_readers(passage.text)  # what a model does that obeys a document has no support in it
    if not spans:
        return None
    for start, end in spans:
        if passage.text[start:end] == claim.text and not (claim.fragment and len(words(claim.text)) < _SENTENCE):
            return Window(source, start, end, _VERBATIM, "supported")
    rows = vectors.passages([claim.meaning, *(passage.text[start:end] for start, end in spans)])
    translated = claim.language != passage.language
    scores = [
        float(cosine) + (0 if translated else _CONTAINMENT * _contained(claim, passage, span, statistics))
        for cosine, span in zip(rows[1:] @ rows[0], spans, strict=True)
    ]
    best = max(range(len(spans)), key=scores.__getitem__)
    windows = []
    for first, last in ((best, best), (best - 1, best), (best, best + 1)):
        if first >= 0 and last < len(spans):
            start, end = spans[first][0], spans[last][1]
            # The next row of a table is about something else, and so is what follows a fragment's sentence.
            if first == last or not (claim.fragment or "\n" in passage.text[start:end]):
                verdict = _verdict(claim, (start, end), spans[best], scores[best], passage, statistics)
                windows.append(Window(source, start, end, scores[best], verdict))
    return next((window for window in windows if window.verdict == "supported"), windows[0])


def _contained(claim: Claim, passage: Passage, span: tuple[int, int], statistics: Statistics) -> float:
    return statistics.containment(set(claim.stems), set(stems(_evidence(passage, *span), claim.language)))


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


def _verdict(
    claim: Claim,
    window: tuple[int, int],
    nearest: tuple[int, int],
    score: float,
    passage: Passage,
    statistics: Statistics,
) -> Verdict:
    translated = claim.language != passage.language
    evidence, sentence = _evidence(passage, *window), passage.text[slice(*nearest)]
    if score < _enough(claim, translated) or not _has_words(claim, evidence, translated, statistics):
        return "unsupported"
    if missing_addresses(claim.text, f"{passage.document}\n{_evidence(passage, 0, len(passage.text))}"):
        return "unsupported"
    if missing_numbers(claim.text, evidence) or conflicting_figures(claim.text, evidence):
        return "contradicted"
    cells = read_cells(claim, passage, nearest)
    if cells == "contradicts" or opposed(claim.text, sentence):
        return "contradicted"
    if cells != "agrees" and _negation_differs(claim, sentence, translated):
        return "contradicted"
    if modality_differs(claim.text, sentence):
        return "contradicted"
    if claim.fragment and missing_numbers(naming_numbers(claim.question), evidence):
        return "unsupported"
    if not translated and of_another_clause(claim, sentence):
        return "contradicted"
    is_row = bool(passage.table_cells(passage.start + nearest[0], passage.start + nearest[1]))
    if not translated and not is_row and roles_swapped(claim.text, sentence, claim.language):
        return "contradicted"
    if exceeds_evidence(claim.text, evidence):
        return "unsupported"
    if not translated and other_thing_measured(claim.text, evidence, claim.language):
        return "unsupported"
    # Not the sentence behind: there somebody else may do something else.
    near = f"{_evidence(passage, *nearest)}\n{_before(passage, nearest[0])}"
    missing = missing_names(claim, near, f"{near}\n{passage.text}", statistics, translated)
    return "unsupported" if missing else "supported"


def _before(passage: Passage, start: int) -> str:
    """The sentence before a window, which it may refer to; the row before says nothing about a table's row."""
    earlier = [span for span in sentence_spans(passage.text) if span[1] <= start]
    if not earlier or "\n" in passage.text[earlier[-1][1] : start]:
        return ""
    return passage.text[slice(*earlier[-1])]


def _negation_differs(claim: Claim, sentence: str, translated: bool) -> bool:
    """Whether the claim denies more than the nearest sentence, or says what that denies without denying it."""
    said, there = negations(claim.text), negations(sentence)
    if said > there:
        return True
    if said == there or translated:
        return said < there and translated and said == 0 and there == 1
    whole = set(stems(sentence, claim.language))
    if whole and len(whole & claim.stems) / len(whole) >= _MOSTLY:
        return True
    meant = set(stems(claim.text, claim.language))
    affirmed = (set(stems(clause, claim.language)) for clause in clauses_of(sentence) if not negations(clause))
    if not meant or any(len(clause & meant) / len(meant) >= _AFFIRMED for clause in affirmed):
        return False
    return len(whole & meant) / len(meant) >= _MOSTLY


def _has_words(claim: Claim, evidence: str, translated: bool, statistics: Statistics) -> bool:
    """Whether the evidence has the words of a fragment, and some of every clause otherwise.

    Of a fragment in another language only figures can be found again: without one it cannot be checked.
    """
    if translated:
        return not claim.fragment or any(char.isdigit() for char in claim.text)
    there = set(stems(as_meant(evidence), claim.language))
    if claim.fragment:
        plain = " ".join(word for word in words(as_meant(claim.text)) if not numbers_in(word) and not is_unit(word))
        return set(stems(plain, claim.language)) <= there
    return all(statistics.containment(set(clause), there) >= CLAUSE for clause in claim.clauses)


def citation(window: Window) -> Citation:
    """The window as characters of the version's text, with where they stand."""
    passage = window.source.passage
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
