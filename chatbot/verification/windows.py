"""The sentences of the sources that may support a claim, and pairs of neighbours."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy

from chatbot.domain import Citation, Source
from chatbot.verification.claims import Claim
from chatbot.verification.passage_sentences import passage_sentences
from ingest.documents import Passage
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.passages import in_context
from ingest.index.statistics import Statistics
from ingest.text.sentences import sentence_spans
from ingest.text.words import stems

_NEAREST, _IN_PAIRS = 8, 3  # sentences looked at, and of these the ones that are also read with a neighbour
_WORDS = 0.5  # what a claim's words count beside its meaning, where sentences are chosen to be looked at


class Window(NamedTuple):
    """One sentence of a source or two neighbours; spans are relative to the passage.

    Attributes:
        nearest: span of the sentence that is nearest to the claim.
        meaning: how near that is, on the scale of unrelated texts.
        behind: by how much it falls behind the nearest of all.
    """

    source: Source
    start: int
    end: int
    nearest: tuple[int, int]
    meaning: float
    behind: float

    @property
    def passage(self) -> Passage:
        return self.source.passage

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The one that is nearest to the claim."""
        return self.passage.text[slice(*self.nearest)]

    @property
    def context(self) -> str:
        """The text behind title and headings."""
        return in_context(self.passage, self.start, self.end)

    @property
    def is_row(self) -> bool:
        """Whether it is a table's row."""
        return bool(
            self.passage.table_cells(self.passage.start + self.nearest[0], self.passage.start + self.nearest[1])
        )

    @property
    def is_pair(self) -> bool:
        return (self.start, self.end) != self.nearest


def windows_for(
    claim: Claim, sources: Sequence[Source], statistics: Statistics, vectors: SentenceVectors
) -> list[Window]:
    """The sentences nearest to a claim in meaning and words; the nearest ones also with a neighbour.

    Args:
        claim: one sentence of a statement.
        sources: that were shown.
        statistics: of the index.
        vectors: embeds sentences, remembering them.
    """
    by_source = [sorted(_measured(claim, source, statistics, vectors), key=_score, reverse=True) for source in sources]
    found = sorted((near for nears in by_source for near in nears), key=_score, reverse=True)[:_NEAREST]
    # Whatever source is named has a window, for what it says otherwise.
    found += [nears[0] for nears in by_source if nears and nears[0] not in found]
    return [window for place, near in enumerate(found) for window in _windows(claim, near, found[0].score, place)]


def before(passage: Passage, start: int) -> str:
    """The sentence before a window, which it may refer to; the row before says nothing about a table's row."""
    earlier = [span for span in sentence_spans(passage.text) if span[1] <= start]
    if not earlier or "\n" in passage.text[earlier[-1][1] : start]:
        return ""
    return passage.text[slice(*earlier[-1])]


def citation(source: Source, start: int, end: int) -> Citation:
    """A span of a source as characters of the version's text, with where it stands.

    Args:
        source: that was shown.
        start: relative to its passage.
        end: the same.
    """
    passage = source.passage
    first, last = passage.start + start, passage.start + end
    place = passage.place_at(first)
    return Citation(
        source=source.number,
        document=passage.document,
        collection=passage.collection,
        version=passage.version,
        page=place.page,
        page_label=place.page_label,
        section=place.section,
        clause=place.clause,
        cells=passage.cells_of(first, last),
        start=first,
        end=last,
        quote=passage.text[start:end],
    )


class _Near(NamedTuple):
    """A sentence of a source, among the spans of its passage."""

    source: Source
    spans: Sequence[tuple[int, int]]
    place: int
    meaning: float
    score: float


def _score(near: _Near) -> float:
    return near.score


def _measured(claim: Claim, source: Source, statistics: Statistics, vectors: SentenceVectors) -> Iterator[_Near]:
    passage = source.passage
    spans = passage_sentences(passage)  # what a model does that obeys a document has no support in it
    if not spans:
        return
    contexts = [in_context(passage, *span) for span in spans]
    said, *rows = vectors.passages([claim.meaning, *contexts])
    away, spread = float(said @ vectors.unrelated[passage.language]), vectors.spread[passage.language]
    for place, (context, row) in enumerate(zip(contexts, rows, strict=True)):
        meaning = (float(numpy.dot(row, said)) - away) / spread
        shared = statistics.containment(set(claim.stems), set(stems(context, claim.language)))
        yield _Near(source, spans, place, meaning, meaning + _WORDS * shared)


def _windows(claim: Claim, near: _Near, best: float, place: int) -> Iterator[Window]:
    nearest = near.spans[near.place]
    alone = Window(near.source, *nearest, nearest, near.meaning, near.score - best)
    yield alone
    # The next row of a table is about something else, and so is what follows a fragment's sentence.
    if claim.fragment or place >= _IN_PAIRS:
        return
    for first, last in ((near.place - 1, near.place), (near.place, near.place + 1)):
        if first >= 0 and last < len(near.spans):
            start, end = near.spans[first][0], near.spans[last][1]
            if "\n" not in near.source.passage.text[start:end]:
                yield alone._replace(start=start, end=end)
