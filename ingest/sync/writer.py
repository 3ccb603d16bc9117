"""From prepared documents to the index: vectors, points, and the registry's word that makes them visible."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from itertools import chain, islice
from typing import NamedTuple, TypeVar
from uuid import UUID

from ingest.db.registry import Generation, Registry
from ingest.documents import Passage, document_id
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.passages import indexed_sentences, search_text
from ingest.index.sparse import SparseVector
from ingest.index.store import Meanings, PassageStore
from ingest.sync.behind import OneBehind
from ingest.sync.prepare import Prepared

_SLICE = 256  # passages embedded and written at once
_T = TypeVar("_T")


class _Known(NamedTuple):
    """Vectors that need not be made again, by what was embedded."""

    passages: dict[str, Meanings]
    sentences: dict[str, Sequence[float]]


class IndexWriter(NamedTuple):
    """Writes documents of one collection into one generation.

    Attributes:
        vectors: embeds texts, remembering those that stand in several documents or in many places of one.
        copies: path of a document that has a version's content, by version: its vectors are taken over.
        behind: writes what has been embedded while the next is.
    """

    collection: str
    generation: Generation
    registry: Registry
    store: PassageStore
    vectors: SentenceVectors
    copies: Mapping[str, str]
    behind: OneBehind

    def write(self, documents: Sequence[Prepared], embedded: Callable[[int], None]) -> Future[None]:
        """Write whole documents; each is visible at once with all its passages, or still as it was before.

        Args:
            documents: few, so that their passages make a good batch for the embedder.
            embedded: is told of each slice how many passages it had.

        Returns:
            Done when the last document is visible, and nothing of an older version is left.
        """
        name = self.generation.name
        self.registry.begin_writing(name, self.collection, [document.known for document in documents])
        pairs = [pair for document in documents for pair in zip(document.passages, document.sparse, strict=True)]
        vectors = self._vectors_there(documents)
        for part in _slices(pairs, _SLICE):
            meanings = self._meanings([passage for passage, _ in part], vectors)
            self.behind.do(self._store, part, meanings)
            embedded(len(part))
        return self.behind.do(self._show, documents)

    def _store(self, part: "Sequence[tuple[Passage, SparseVector]]", meanings: Sequence[Meanings]) -> None:
        self.store.write([passage for passage, _ in part], meanings, [sparse for _, sparse in part])

    def _show(self, documents: Sequence[Prepared]) -> None:
        name = self.generation.name
        self.store.flush()
        visible = [(d.known.model_copy(update={"pending": d.known.version}), d.document_metadata) for d in documents]
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

    def _meanings(self, passages: Sequence[Passage], known: _Known) -> list[Meanings]:
        fresh = self._embed({text: p for p in passages if (text := search_text(p)) not in known.passages}, known)
        return [known.passages.get(text) or fresh[text] for text in map(search_text, passages)]

    def _embed(self, passages: Mapping[str, Passage], known: _Known) -> dict[str, Meanings]:
        """Vectors of passages and their sentences, by search text; each text is embedded once."""
        sentences = {search: indexed_sentences(passage) for search, passage in passages.items()}
        wanted = dict.fromkeys([*passages, *chain.from_iterable(sentences.values())])
        missing = [text for text in wanted if text in passages or text not in known.sentences]
        vectors = known.sentences | dict(zip(missing, self.vectors.passages(missing).tolist(), strict=True))
        return {search: Meanings(vectors[search], [vectors[s] for s in sentences[search]]) for search in passages}

    def _vectors_there(self, documents: Sequence[Prepared]) -> _Known:
        """Vectors that the index has already: of the version before, or of another document with the content."""
        paths: dict[str, None] = {}
        for document in documents:
            of_content = self.copies.get(document.known.version or "")
            paths |= dict.fromkeys(path for path in (of_content, document.replaces) if path)
        known = _Known({}, {})
        for path in paths:
            for passage, meanings in self.store.vectors_of(self._identity(path)):
                known.passages[search_text(passage)] = meanings
                known.sentences.update(zip(indexed_sentences(passage), meanings.sentences, strict=False))
        return known

    def _identity(self, path: str) -> UUID:
        return document_id(self.collection, path)


def _slices(items: Sequence[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
