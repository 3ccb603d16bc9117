"""Hybrid retrieval as a LlamaIndex retriever, bound to one person's clearance."""

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from ingest.documents import Clearance, Passage
from ingest.embedding import Embedder
from ingest.sparse import question_vector
from ingest.store import PassageStore


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
        clearance: of the person who asks; there is no default.
        limit: passages wanted.
    """

    def __init__(self, store: PassageStore, embedder: Embedder, clearance: Clearance, limit: int) -> None:
        super().__init__()
        self._store, self._embedder, self._clearance, self._limit = store, embedder, clearance, limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = query_bundle.query_str
        dense = self._embedder.embed_question(question)
        found = self._store.search(dense, question_vector(question), self._clearance, self._limit)
        return [NodeWithScore(node=PassageNode(hit.passage), score=hit.score) for hit in found]
