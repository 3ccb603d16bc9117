"""Which sentences of the sources matter for the question: what the model reads and what is quoted."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import numpy

from chatbot.answering.editions import names_year, other_editions
from chatbot.answering.question import asked_alone
from chatbot.domain import Excerpt, Sentence, Source
from chatbot.retrieval.sources import Search
from chatbot.verification.injection import spans_for_readers
from ingest.documents import Passage
from ingest.index.statistics import Statistics
from ingest.text.languages import CAPITALS, LANGUAGES, pattern_of
from ingest.text.words import CHARACTERS_A_TOKEN, detect_language, stems

if TYPE_CHECKING:
    from ingest.embedding.sentence_vectors import SentenceVectors

# Measured on XQuAD: the sentence with the answer is the first of these for .79 (de) and .82 (en) of the
# questions, among the first four for .96 and .97.
_COVERAGE = 0.15  # weight of the covered question words beside the cosine
_BEHIND = 1.0  # of what the passage falls behind the best one
_FIGURE = 0.02  # for a sentence with a number, where the question asks for one
_MOST_SENTENCES, _OF_A_PART = 4, 3  # in the prompt; for each part of a question that asks several things
_SHORT = 50  # characters
_HEADING = 80  # characters
_PASSED_ON = 0.01
# No sentence of an unanswerable question's sources is this near to it; about 98 % of the answerable ones have
# one. Languages lie apart, so that between them less is expected.
_ENOUGH, _ENOUGH_TRANSLATED = 0.858, 0.82
_STRENGTH_COVERAGE = 0.1
# Above enough: from here on the best sentence is quoted where nothing that the model wrote holds up, and from
# there on even where the model found no answer in it.
QUOTABLE, QUOTABLE_THOUGH_REFUSED = 0.0, 0.05
# Such as NW-650. Amounts, weeks, quarters and acronyms before a span of time are none.
_DESIGNATION = re.compile(
    rf"\b(?!(?:T?EUR|USD|CHF|GBP|{pattern_of('designations.none_before')})[- ]?\d)"
    rf"[{CAPITALS}]{{1,5}}(?:-?\d+\b|[ ]\d+\b(?!\s?(?:%|€|EUR\b|{pattern_of('designations.none_behind')})))"
)
_BETWEEN = re.compile(r"[-\s]")
_OUTDATED = 0.03  # for a sentence of a document that is superseded or expired: what holds today comes first
_OTHER_THING = 0.12  # for a sentence about another designation, or of another year's edition, than the question's
# A sentence that is near to a follow-up and the question before, and further than this from the follow-up alone, is
# about the question before only. Of unrelated questions every sentence is .03 away.
_LEANS = 0.02
_ASKS_FIGURE = re.compile(rf"\b{pattern_of('questions.asks_figure')}\b", re.I)


class Evidence(NamedTuple):
    """The sentences of the sources.

    Attributes:
        parts: for each part of the question all sentences, best first.
        strengths: for each part, by how much its nearest sentence is nearer than any sentence that does not
            answer it would be; below 0 there is no answer.
    """

    parts: tuple[tuple[Sentence, ...], ...]
    strengths: tuple[float, ...]

    @property
    def strength(self) -> float:
        """Of the part with the best evidence."""
        return max(self.strengths, default=-1.0)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The best sentences of each part in turn."""
        answerable = [part for part, strength in zip(self.parts, self.strengths, strict=True) if strength >= 0]
        rows = zip_longest(*(answerable or self.parts))
        found: dict[tuple[int, int, int], Sentence] = {}
        for sentence in (sentence for row in rows for sentence in row if sentence):
            found.setdefault((sentence.source, sentence.start, sentence.end), sentence)  # its score differs by part
        return tuple(found.values())

    def quotable(self, refused: bool = False) -> list[tuple[Sentence, ...]]:
        """The parts whose best sentence probably answers them, even though a model may have refused."""
        least = QUOTABLE_THOUGH_REFUSED if refused else QUOTABLE
        return [part for part, strength in zip(self.parts, self.strengths, strict=True) if strength >= least]


class _Known(NamedTuple):
    """What does not depend on the question, for every sentence of the sources."""

    spans: list[tuple[Source, tuple[int, int]]]
    texts: list[str]
    contexts: list[str]  # with their headings
    stems: list[set[str]]
    rows: numpy.ndarray


def all_stems(text: str) -> set[str]:
    """Stems of a text under every language's rules."""
    return {stem for language in LANGUAGES for stem in stems(text, language)}


def weigh_sentences(
    searches: Sequence[Search], sources: Sequence[Source], statistics: Statistics, vectors: "SentenceVectors"
) -> Evidence:
    """Score every sentence of the sources by cosine, covered question words, and score of its source.

    Args:
        searches: what was found for each part of the question.
        sources: by descending retrieval score.
        statistics: of the index.
        vectors: embeds sentences, remembering them.
    """
    spans = [(source, span) for source in sources for span in spans_for_readers(source.passage.text)]
    if not spans:
        return Evidence((), ())
    texts = [source.passage.text[start:end] for source, (start, end) in spans]
    contexts = [f"{_headings(source)} {source.passage.text[slice(*span)]}" for source, span in spans]
    known = _Known(spans, texts, contexts, [all_stems(context) for context in contexts], vectors.passages(texts))
    parts, strengths = [], []
    for search in searches:
        scored, strength = _weigh(search, known, statistics, vectors)
        if alone := asked_alone(search.question):
            _, of_its_own = _weigh(search._replace(question=alone), known, statistics, vectors)
            strength = min(strength, of_its_own + _LEANS)
        parts.append(tuple(sorted(_pass_on(scored), key=lambda s: -s.score)))
        strengths.append(strength)
    return Evidence(tuple(parts), tuple(strengths))


def _weigh(
    search: Search, known: _Known, statistics: Statistics, vectors: "SentenceVectors"
) -> tuple[list[Sentence], float]:
    """The sentences with their scores for one part of the question, and how strong the nearest is."""
    question = search.question
    similarity = known.rows @ numpy.asarray(vectors.question(question))
    wanted, language = all_stems(question), detect_language(question)
    asks_figure = bool(_ASKS_FIGURE.search(question))
    # "And for the NW-650?" is no longer about what the question before was about.
    designations = _DESIGNATION.findall(asked_alone(question)) or _DESIGNATION.findall(question)
    asks_year, today = names_year(question), date.today()
    outdated = other_editions(question, [source for source, _ in known.spans])
    scored, strength = [], -1.0
    for (source, (start, end)), text, context, stemmed, cosine in zip(*known[:-1], similarity, strict=True):
        coverage = statistics.containment(wanted, stemmed)
        if not _names(designations, context) or source.number in outdated:
            cosine -= _OTHER_THING
        enough = _ENOUGH if source.passage.language == language else _ENOUGH_TRANSLATED
        strength = max(strength, float(cosine) + _STRENGTH_COVERAGE * coverage - enough)
        score = float(cosine) + _COVERAGE * coverage + _BEHIND * search.behind(source)
        is_older = source.passage.is_quotation or source.passage.is_outdated(today)
        score -= _OUTDATED if not asks_year and is_older else 0.0
        figure = _FIGURE if asks_figure and any(char.isdigit() for char in text) else 0.0
        scored.append(Sentence(source.number, start, end, text, score + figure))
    return scored, strength


def _headings(source: Source) -> str:
    return f"{source.passage.title} {source.passage.section}"


def _names(designations: Sequence[str], text: str) -> bool:
    """Whether a text has every designation, however it is written: NW-650, NW 650, NW650."""
    written = _BETWEEN.sub("", text.lower())
    return all(_BETWEEN.sub("", designation.lower()) in written for designation in designations)


def _pass_on(sentences: list[Sentence]) -> Iterator[Sentence]:
    """A heading or a question ("How long must my password be?") is not an answer: what follows it is."""
    inherited = -1.0
    for sentence, following in zip_longest(sentences, sentences[1:]):
        score = max(sentence.score, inherited)
        inherited = -1.0
        if following and following.source == sentence.source and _announces(sentence.text):
            inherited = score - _PASSED_ON
            score -= 5 * _PASSED_ON
        yield sentence._replace(score=score)


def without_headings(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The best sentence, and those others that are no headings.

    Args:
        sentences: best first.
    """
    others = (s for s in sentences[1:] if any(char.isdigit() for char in s.text) or not _announces(s.text))
    return [*sentences[:1], *others]


def _announces(text: str) -> bool:
    """Whether a text is a heading or a question, behind which the answer stands."""
    if text.endswith("?"):
        return True
    return len(text) < _HEADING and text[-1:].isalnum() and not {":", ";", "|"} & set(text)


def choose_excerpts(evidence: Evidence, sources: Sequence[Source], tokens: int) -> list[Excerpt]:
    """The best sentences up to a budget, in the order of the sources.

    A small model answers better from a few right sentences than from whole passages, and sooner: every
    prompt token is waiting time on a CPU.

    Args:
        evidence: weighed sentences.
        sources: the passages they are from.
        tokens: rough budget for all excerpts together.
    """
    budget = tokens * CHARACTERS_A_TOKEN
    kept: dict[int, set[tuple[int, int]]] = {}
    most = _MOST_SENTENCES if len(evidence.parts) == 1 else _OF_A_PART * len(evidence.parts)
    for sentence in evidence.sentences[:most]:
        passage = sources[sentence.source - 1].passage
        chosen = kept.setdefault(sentence.source, set())
        for start, end in _with_context(passage.text, sentence):
            if (start, end) not in chosen and end - start <= budget:
                chosen.add((start, end))
                budget -= end - start
    return [
        Excerpt(source.number, heading(source.passage), _join(source.passage.text, kept[source.number]))
        for source in sources
        if kept.get(source.number)
    ]


def heading(passage: Passage) -> str:
    """Title and innermost heading, as the model and the reader see them."""
    innermost = passage.section.split(" › ")[-1]
    return " › ".join(filter(None, [passage.title, innermost]))


def _with_context(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """The sentence; behind a short one ("Danach verfällt er.") also the one before, which it leans on."""
    spans = spans_for_readers(text)
    at = spans.index((sentence.start, sentence.end))
    leans = at > 0 and sentence.end - sentence.start < _SHORT
    return [spans[at], spans[at - 1]] if leans else [spans[at]]


def _join(text: str, spans: set[tuple[int, int]]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end in sorted(spans):
        gap = text[last:start]
        pieces.append((" … " if gap.strip() else ("\n" if "\n" in gap else " ")) if pieces else "")
        pieces.append(text[start:end])
        last = end
    return "".join(pieces)
