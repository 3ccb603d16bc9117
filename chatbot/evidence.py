"""Which sentences of the sources matter for the question: what the model reads and quote mode shows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy

from chatbot.types import Source
from ingest.analysis import CHARACTERS_A_TOKEN, LANGUAGES, stems
from ingest.documents import Passage
from ingest.sentences import sentence_spans
from ingest.statistics import Statistics

if TYPE_CHECKING:
    from chatbot.vectors import SentenceVectors

_COVERAGE = 0.15  # weight of the covered question words beside the cosine, measured on XQuAD
_RANK = 0.02  # what each rank below the first costs a sentence
_MOST_SENTENCES = 6  # in the prompt; the one with the answer is among them for nearly every question
_SHORT = 50  # characters


class Sentence(NamedTuple):
    """A sentence or table row of a source; its span is relative to the passage."""

    source: int  # number of the source
    start: int
    end: int
    text: str
    score: float


class Excerpt(NamedTuple):
    """What the model sees of one source."""

    number: int
    heading: str
    text: str


class Evidence(NamedTuple):
    """All sentences of the sources by descending score, and the best score as evidence of an answer."""

    sentences: tuple[Sentence, ...]

    @property
    def strength(self) -> float:
        return self.sentences[0].score if self.sentences else 0.0


def all_stems(text: str) -> set[str]:
    """Stems of a text under every language's rules."""
    return {stem for language in LANGUAGES for stem in stems(text, language)}


def weigh_sentences(
    question: str, sources: Sequence[Source], statistics: Statistics, vectors: "SentenceVectors"
) -> Evidence:
    """Score every sentence of the sources by cosine, covered question words, and rank of its source.

    Args:
        question: standalone.
        sources: by descending retrieval score.
        statistics: of the index.
        vectors: embeds sentences, remembering them.
    """
    spans = [(source, span) for source in sources for span in sentence_spans(source.passage.text)]
    if not spans:
        return Evidence(())
    texts = [source.passage.text[start:end] for source, (start, end) in spans]
    similarity = vectors.passages(texts) @ numpy.asarray(vectors.question(question))
    wanted = all_stems(question)
    scored = []
    for (source, (start, end)), text, cosine in zip(spans, texts, similarity, strict=True):
        heads = f"{source.passage.title} {source.passage.section}"
        coverage = statistics.containment(wanted, all_stems(f"{heads} {text}"))
        score = float(cosine) + _COVERAGE * coverage - _RANK * (source.number - 1)
        scored.append(Sentence(source.number, start, end, text, score))
    return Evidence(tuple(sorted(scored, key=lambda s: s.score, reverse=True)))


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
    for sentence in evidence.sentences[:_MOST_SENTENCES]:
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
    spans = sentence_spans(text)
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
