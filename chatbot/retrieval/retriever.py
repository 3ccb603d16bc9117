"""Hybrid retrieval as a LlamaIndex retriever, bound to one person's clearance."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from chatbot.retrieval.scoring import Ranked, final_score, first_scores
from config.access import Clearance
from ingest.documents import Passage
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.filters import EVERYTHING, Filters
from ingest.index.passages import indexed_sentences
from ingest.index.sparse import question_vector
from ingest.index.statistics import IndexStatistics
from ingest.index.store import Hit, PassageStore

_RERANKED = 20  # candidates whose sentences are compared with the question
_TRIES = 4


class Versions(Protocol):
    """What the registry says of a generation's versions."""

    def unfinished(self) -> frozenset[str]:
        """Versions that are being written and not yet shown of any document."""

    def visible(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
        """The version of each of these documents, by collection and path, that may be shown now."""


class _Scored(NamedTuple):
    """A passage that was found, with its score and what that is made of."""

    passage: Passage
    score: float
    cosine: float
    bm25: float
    sentences: Sequence[Sequence[float]]


class PassageNode(TextNode):
    """A LlamaIndex node that carries the passage with its provenance."""

    _passage: Passage = PrivateAttr()
    _cosine: float = PrivateAttr()
    _bm25: float = PrivateAttr()

    def __init__(self, passage: Passage, cosine: float = 0.0, bm25: float = 0.0, **data: Any) -> None:
        super().__init__(id_=str(passage.id), text=passage.text, **data)
        self._passage, self._cosine, self._bm25 = passage, cosine, bm25

    @property
    def passage(self) -> Passage:
        return self._passage

    @property
    def cosine(self) -> float:
        """Of the passage's sentence nearest to the question."""
        return self._cosine

    @property
    def bm25(self) -> float:
        return self._bm25


class SearchedIndex(NamedTuple):
    """The index that retrievers search.

    Attributes:
        store: of the active generation.
        vectors: of the embedder that the generation was built with; learns the sentences found.
        statistics: of what somebody may see.
        versions: those that may be shown now; a run may be writing others.
    """

    store: PassageStore
    vectors: SentenceVectors
    statistics: IndexStatistics
    versions: Versions


class PassageRetriever(BaseRetriever):
    """Finds passages for a question: candidates by meaning and words, reranked by their nearest sentence.

    Args:
        index: what is searched.
        clearance: of the person who asks; there is no default.
        limit: passages wanted.
        filters: what the person narrowed the search to.
    """

    def __init__(self, index: SearchedIndex, clearance: Clearance, limit: int, filters: Filters = EVERYTHING) -> None:
        super().__init__()
        self._index, self._clearance, self._limit, self._filters = index, clearance, limit, filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        scored = self._steady_search(query_bundle.query_str)[: self._limit]
        for hit in scored:
            self._index.vectors.learn(indexed_sentences(hit.passage), hit.sentences)
        return [
            NodeWithScore(
                node=PassageNode(discreet(hit.passage, self._clearance), hit.cosine, hit.bm25), score=hit.score
            )
            for hit in scored
        ]

    def _steady_search(self, question: str) -> list[_Scored]:
        """What may be shown; searched again where a document changed its version in the middle of the search."""
        versions = self._index.versions
        unfinished = versions.unfinished()
        hidden, stale = unfinished, frozenset[str]()
        for _ in range(_TRIES):
            scored = self._search(question, hidden)
            visible = versions.visible({_key(hit.passage) for hit in scored})
            shown = [hit for hit in scored if visible.get(_key(hit.passage)) == hit.passage.version]
            before, unfinished = unfinished, versions.unfinished()
            if len(shown) == len(scored) and unfinished == before:
                break
            # What was found in vain stays hidden, else two leftovers of killed runs could take turns.
            stale |= {hit.passage.version for hit in scored}
            hidden = (unfinished | stale) - set(visible.values())
        return shown

    def _search(self, question: str, hidden: Collection[str]) -> list[_Scored]:
        """Passages with their scores, best first."""
        store, allowed = self._index.store, (self._clearance, self._filters)
        meaning = self._index.vectors.question(question)
        statistics = self._index.statistics.of(self._clearance)
        terms = question_vector(question, statistics.weight)
        candidates = store.candidates(meaning, terms, *allowed, hidden)
        ranked = first_scores(question, meaning, candidates, statistics, self._index.vectors.spread)
        best = {candidate.id: candidate for candidate in ranked[: max(_RERANKED, self._limit)]}
        found = store.nearest_sentences(list(best), meaning, *allowed)
        scored = [_scored(best[str(hit.passage.id)], hit) for hit in found]
        return sorted(scored, key=lambda hit: (-hit.score, str(hit.passage.id)))


def discreet(passage: Passage, clearance: Clearance) -> Passage:
    """A passage without the names of newer documents that somebody may not see: the newest of the others counts."""
    newer = tuple(path for path in passage.newer if clearance.covers(passage.collection, path))
    return passage.model_copy(update={"newer": newer, "superseded_by": newer[-1] if newer else None})


def whole_document(store: PassageStore, passage: Passage, clearance: Clearance) -> list[Passage]:
    """All passages of the version that a passage is of, in order, as far as a clearance covers them.

    Args:
        store: of the generation.
        passage: that was found.
        clearance: of the person who asks.
    """
    found = store.passages_of(passage.document_id, clearance)
    return [discreet(one, clearance) for one in found if one.version == passage.version]


def _scored(ranked: Ranked, hit: Hit) -> _Scored:
    return _Scored(hit.passage, final_score(ranked, hit.cosine), hit.cosine, ranked.bm25, hit.sentences)


def _key(passage: Passage) -> tuple[str, str]:
    return passage.collection, passage.document
