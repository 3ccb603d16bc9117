"""Hybrid retrieval as a LlamaIndex retriever, bound to one person's clearance."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from chatbot.ranking import final_score, first_scores
from chatbot.vectors import SentenceVectors
from ingest.documents import Clearance, Passage
from ingest.filters import EVERYTHING, Narrowing
from ingest.passages import indexed_sentences
from ingest.sparse import question_vector
from ingest.statistics import IndexStatistics
from ingest.store import Found, PassageStore

_RERANKED = 20  # candidates whose sentences are compared with the question
_SPARE = 10  # more, in case some belong to a version that is being written
VisibleVersions = Callable[[Collection[tuple[str, str]]], Mapping[tuple[str, str], str]]


class PassageNode(TextNode):
    """A LlamaIndex node that carries the passage with its provenance."""

    _passage: Passage = PrivateAttr()

    def __init__(self, passage: Passage, **data: Any) -> None:
        super().__init__(id_=str(passage.id), text=passage.text, **data)
        self._passage = passage

    @property
    def passage(self) -> Passage:
        return self._passage


class SearchedIndex(NamedTuple):
    """The index that retrievers search.

    Attributes:
        store: of the active generation.
        vectors: of the embedder that the generation was built with; learns the sentences found.
        statistics: of the whole index.
        visible: the version of each document that may be shown now; a run may be writing another.
    """

    store: PassageStore
    vectors: SentenceVectors
    statistics: IndexStatistics
    visible: VisibleVersions


class PassageRetriever(BaseRetriever):
    """Finds passages for a question: candidates by meaning and words, reranked by their nearest sentence.

    Args:
        index: what is searched.
        clearance: of the person who asks; there is no default.
        limit: passages wanted.
        narrowing: what the person narrowed the search to.
    """

    def __init__(
        self, index: SearchedIndex, clearance: Clearance, limit: int, narrowing: Narrowing = EVERYTHING
    ) -> None:
        super().__init__()
        self._index, self._clearance, self._limit, self._narrowing = index, clearance, limit, narrowing

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = query_bundle.query_str
        store, allowed = self._index.store, (self._clearance, self._narrowing)
        meaning = self._index.vectors.question(question)
        candidates = store.candidates(meaning, question_vector(question), *allowed)
        ranked = first_scores(question, meaning, candidates, self._index.statistics.current())
        best = {candidate.id: candidate for candidate in ranked[: max(_RERANKED, self._limit) + _SPARE]}
        found = self._shown(store.nearest_sentences(list(best), meaning, *allowed))
        scored = [(final_score(best[str(hit.passage.id)], hit.cosine), hit) for hit in found]
        scored.sort(key=lambda entry: (-entry[0], str(entry[1].passage.id)))
        for _, hit in scored[: self._limit]:
            self._index.vectors.learn(indexed_sentences(hit.passage.text), hit.sentences)
        return [NodeWithScore(node=PassageNode(hit.passage), score=score) for score, hit in scored[: self._limit]]

    def _shown(self, found: list[Found]) -> list[Found]:
        versions = self._index.visible({_key(hit.passage) for hit in found})
        return [hit for hit in found if versions.get(_key(hit.passage)) == hit.passage.version]


def _key(passage: Passage) -> tuple[str, str]:
    return passage.collection, passage.document
