"""Hybrid retrieval as a LlamaIndex retriever, bound to one person's clearance."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from ingest.documents import Clearance, Passage
from ingest.embedding import Embedder
from ingest.sparse import question_vector
from ingest.store import EVERYTHING, Narrowing, PassageStore

_SPARE = 10  # passages searched beyond the limit, in case some belong to a version that is being written
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


class PassageRetriever(BaseRetriever):
    """Finds passages for a question.

    Args:
        store: of the active generation.
        embedder: the one the generation was built with.
        visible: the version of each document that may be shown now; a run may be writing another.
        clearance: of the person who asks; there is no default.
        limit: passages wanted.
        narrowing: what the person narrowed the search to.
    """

    def __init__(
        self,
        store: PassageStore,
        embedder: Embedder,
        visible: VisibleVersions,
        clearance: Clearance,
        limit: int,
        narrowing: Narrowing = EVERYTHING,
    ) -> None:
        super().__init__()
        self._store, self._embedder, self._visible = store, embedder, visible
        self._clearance, self._limit, self._narrowing = clearance, limit, narrowing

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = query_bundle.query_str
        dense = self._embedder.embed_question(question)
        words = question_vector(question)
        found = self._store.search(dense, words, self._clearance, self._limit + _SPARE, self._narrowing)
        versions = self._visible({_key(hit.passage) for hit in found})
        shown = [hit for hit in found if versions.get(_key(hit.passage)) == hit.passage.version]
        return [NodeWithScore(node=PassageNode(hit.passage), score=hit.score) for hit in shown[: self._limit]]


def _key(passage: Passage) -> tuple[str, str]:
    return passage.collection, passage.document
