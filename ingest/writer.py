"""From prepared documents to the index: vectors, points, and the registry's word that makes them visible."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar
from uuid import UUID

from ingest.documents import Passage, document_id
from ingest.embedding import Embedder
from ingest.passages import search_text
from ingest.prepare import Prepared
from ingest.registry import Generation, Registry
from ingest.sparse import SparseVector
from ingest.store import PassageStore

_SLICE = 256  # passages embedded and written at once
_T = TypeVar("_T")


class IndexWriter(NamedTuple):
    """Writes documents of one collection into one generation.

    Attributes:
        copies: path of a document that has a version's content, by version: its vectors are taken over.
    """

    collection: str
    generation: Generation
    registry: Registry
    store: PassageStore
    embedder: Embedder
    copies: Mapping[str, str]

    def write(self, documents: Sequence[Prepared], embedded: Callable[[int], None]) -> None:
        """Write whole documents; each is visible at once with all its passages, or still as it was before.

        Args:
            documents: few, so that their passages make a good batch for the embedder.
            embedded: is told of each slice how many passages it had.
        """
        name = self.generation.name
        self.registry.begin_writing(name, self.collection, [document.known for document in documents])
        pairs = [pair for document in documents for pair in zip(document.passages, document.sparse, strict=True)]
        vectors = self._vectors_there(documents)
        for part in _slices(pairs, _SLICE):
            self._write_slice(part, vectors)
            embedded(len(part))
        self.store.flush()
        visible = [(d.known.model_copy(update={"pending": d.known.version}), d.facts) for d in documents]
        self.registry.put_documents(name, self.collection, visible)
        for document in documents:
            # Not by version: other partitioners may have made other passages of the same bytes.
            kept = [passage.id for passage in document.passages]
            self.store.delete_document(self._identity(document.known.path), keep=kept)
        self.store.flush()
        self.registry.finish_writing(name, self.collection, [document.known.path for document in documents])

    def clean_up(self, path: str, version: str | None) -> None:
        """Remove what a killed run left of a document, all but the version that is found."""
        self.store.delete_document(self._identity(path), keep_version=version)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove documents: first from sight, then from the index, then from the registry."""
        for part in _slices(list(paths), _SLICE):
            self.registry.begin_removing(self.generation.name, self.collection, part)
            for path in part:
                self.store.delete_document(self._identity(path))
            self.store.flush()
            self.registry.remove_documents(self.generation.name, self.collection, part)

    def _write_slice(self, part: "list[tuple[Passage, SparseVector]]", vectors: dict[str, list[float]]) -> None:
        texts = [search_text(passage) for passage, _ in part]
        missing = [text for text in dict.fromkeys(texts) if text not in vectors]
        fresh = dict(zip(missing, self.embedder.embed_passages(missing), strict=True))
        dense = [vectors.get(text) or fresh[text] for text in texts]
        self.store.write([passage for passage, _ in part], dense, [sparse for _, sparse in part])

    def _vectors_there(self, documents: Sequence[Prepared]) -> dict[str, list[float]]:
        """Vectors that the index has already: of the version before, or of another document with the content."""
        paths: dict[str, None] = {}
        for document in documents:
            of_content = self.copies.get(document.known.version or "")
            paths |= dict.fromkeys(path for path in (of_content, document.replaces) if path)
        found: dict[str, list[float]] = {}
        for path in paths:
            for passage, vector in self.store.vectors_of(self._identity(path)):
                found[search_text(passage)] = vector
        return found

    def _identity(self, path: str) -> UUID:
        return document_id(self.collection, path)


def _slices(items: Sequence[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
