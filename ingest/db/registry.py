"""What is indexed: collections, documents with their versions, and generations of the index.

The registry says which version of a document is found. A version's passages are written first and become visible
when its row names it, in one transaction; so readers never see half a document, whenever the writer was killed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from config.access import Clearance, label
from config.errors import IndexUnavailable
from ingest.db.tables import collections, documents, generations
from ingest.documents import Described, Frozen, Measures, Metadata

_AT_ONCE = 500  # rows a statement


class Generation(Frozen):
    """One build of the index with one embedding model and one chunking."""

    name: str
    embedding: str
    dimension: int
    state: str

    def check_embedding(self, signature: str) -> None:
        """Make sure that vectors of this signature can search the generation.

        Raises:
            IndexUnavailable: it was built with another embedding model, or by a version that cut texts otherwise.
        """
        if self.embedding == signature:
            return
        if _model(self.embedding) == _model(signature):
            raise IndexUnavailable("index.other_chunking")  # that is no setting
        raise IndexUnavailable("index.mismatch", built=_model(self.embedding), wanted=_model(signature))


class IndexedDocument(Frozen):
    """A document as the registry knows it."""

    path: str
    version: str | None = None  # that is found
    pending: str | None = None  # version that was being written, "" for a removal
    container: str | None = None
    size: int = 0
    modified_ns: int = 0
    seen_ns: int = 0
    passages: int = 0
    read_by: str = ""
    reason: dict[str, Any] | None = None


class DocumentMetadata(Frozen):
    """What is known of a version's content."""

    about: Metadata
    measures: Measures | None


class Registry:
    """Reads and writes the tables of the index; each call is one transaction.

    Args:
        engine: from `open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def active_generation(self) -> Generation | None:
        return self._generation("active")

    def building_generation(self) -> Generation | None:
        return self._generation("building")

    def retired_generation(self) -> Generation | None:
        """The one that was active before; its index is still to be dropped."""
        return self._generation("retired")

    def start_generation(self, embedding: str, dimension: int, state: str) -> Generation:
        """Register a new, still empty generation; where another process was faster, its one."""
        generation = Generation(
            name=f"fundstelle_{uuid4().hex[:12]}", embedding=embedding, dimension=dimension, state=state
        )
        try:
            with self._engine.begin() as connection:
                connection.execute(generations.insert(), {**generation.model_dump(), "created": datetime.now(UTC)})
        except IntegrityError:  # there is one of each state
            return self._generation(state) or self.start_generation(embedding, dimension, state)
        return generation

    def activate(self, name: str) -> None:
        """Make a generation the one that is searched, in one step; the one so far is retired."""
        with self._engine.begin() as connection:
            connection.execute(delete(documents).where(documents.c.generation != name))
            active = update(generations).where(generations.c.state == "active")
            connection.execute(active.values(state="retired"))
            connection.execute(update(generations).where(generations.c.name == name).values(state="active"))

    def forget_generation(self, name: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(generations).where(generations.c.name == name))
            connection.execute(delete(documents).where(documents.c.generation == name))

    def set_collection(self, name: str, folders: Sequence[str]) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(collections).where(collections.c.name == name))
            connection.execute(collections.insert(), {"name": name, "folders": list(folders)})

    def forget_collection(self, name: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(collections).where(collections.c.name == name))

    def collections(self) -> dict[str, tuple[Path, ...]]:
        """Folders of each collection, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(collections).order_by(collections.c.name))
            return {row.name: tuple(map(Path, row.folders)) for row in rows}

    def everything(self) -> Clearance:
        """The clearance of the person at this machine, who may see every collection."""
        return Clearance(labels=frozenset(map(label, self.collections())))

    def documents(self, generation: str, collection: str) -> dict[str, IndexedDocument]:
        """Known documents of a collection by path."""
        columns = [documents.c[name] for name in IndexedDocument.model_fields]
        chosen = select(*columns).where(documents.c.generation == generation, documents.c.collection == collection)
        with self._engine.connect() as connection:
            found = [IndexedDocument.model_validate(dict(row._mapping)) for row in connection.execute(chosen)]
        return {known.path: known for known in found}

    def described(self, generation: str, collection: str) -> list[Described]:
        """Metadata, measures and failures of a collection's documents, for the quality report."""
        wanted = [documents.c[name] for name in ("path", "version", "about", "measures", "reason")]
        chosen = select(*wanted).where(documents.c.generation == generation, documents.c.collection == collection)
        with self._engine.connect() as connection:
            return [
                Described(
                    collection=collection,
                    path=row.path,
                    version=row.version,
                    about=Metadata.model_validate(row.about or {}),
                    measures=Measures.model_validate(row.measures) if row.measures else None,
                    reason=row.reason,
                )
                for row in connection.execute(chosen)
            ]

    def begin_writing(self, generation: str, collection: str, documents_: Iterable[IndexedDocument]) -> None:
        """Note which versions are about to be written, so that a killed run's passages are found again.

        Args:
            generation: its name.
            collection: the documents'.
            documents_: as they will be; what is found of them stays as it is.
        """
        with self._engine.begin() as connection:
            for known in documents_:
                chosen = update(documents).where(*_one(generation, collection, known.path))
                if connection.execute(chosen.values(pending=known.version)).rowcount == 0:
                    begun = IndexedDocument(path=known.path, pending=known.version, container=known.container)
                    _insert(connection, generation, collection, begun)

    def begin_removing(self, generation: str, collection: str, paths: Sequence[str]) -> None:
        """Take documents out of sight; until they are removed, the registry remembers that they have to be."""
        with self._engine.begin() as connection:
            chosen = update(documents).where(*_in(generation, collection), documents.c.path.in_(paths))
            connection.execute(chosen.values(version=None, pending=""))

    def put_documents(
        self, generation: str, collection: str, known: Iterable[tuple[IndexedDocument, DocumentMetadata | None]]
    ) -> None:
        """Insert or replace documents; with None for facts those of before stay."""
        with self._engine.begin() as connection:
            for document, document_metadata in known:
                values = _values(document) | (_document_metadata(document_metadata) if document_metadata else {})
                chosen = _one(generation, collection, document.path)
                if connection.execute(update(documents).where(*chosen).values(values)).rowcount == 0:
                    _insert(connection, generation, collection, document, document_metadata)

    def finish_writing(self, generation: str, collection: str, paths: Sequence[str]) -> None:
        """Note that nothing of earlier versions is left in the index."""
        with self._engine.begin() as connection:
            for start in range(0, len(paths), _AT_ONCE):
                chosen = documents.c.path.in_(paths[start : start + _AT_ONCE])
                connection.execute(update(documents).where(*_in(generation, collection), chosen).values(pending=None))

    def remove_documents(self, generation: str, collection: str, paths: Sequence[str]) -> None:
        with self._engine.begin() as connection:
            for start in range(0, len(paths), _AT_ONCE):
                chosen = documents.c.path.in_(paths[start : start + _AT_ONCE])
                connection.execute(delete(documents).where(*_in(generation, collection), chosen))

    def newer(self, generation: str, collection: str) -> dict[str, list[str]]:
        """Paths of the newer documents, the newest last, by the older one's."""
        chosen = select(documents.c.path, documents.c.newer).where(
            *_in(generation, collection), documents.c.newer.is_not(None)
        )
        with self._engine.connect() as connection:
            return {row.path: row.newer for row in connection.execute(chosen)}

    def set_newer(self, generation: str, collection: str, newer: Mapping[str, Sequence[str]]) -> None:
        with self._engine.begin() as connection:
            for path, by in newer.items():
                chosen = _one(generation, collection, path)
                connection.execute(update(documents).where(*chosen).values(newer=list(by) or None))

    def count_documents(self, generation: str) -> dict[str, tuple[int, int, int]]:
        """Documents found, passages and failures of each collection."""
        columns = (
            documents.c.collection,
            func.count(documents.c.version),
            func.sum(documents.c.passages),
            func.count(documents.c.reason),
        )
        chosen = select(*columns).where(documents.c.generation == generation).group_by(documents.c.collection)
        with self._engine.connect() as connection:
            return {row[0]: (row[1], int(row[2] or 0), row[3]) for row in connection.execute(chosen)}

    def _generation(self, state: str) -> Generation | None:
        chosen = select(generations).where(generations.c.state == state).order_by(generations.c.created.desc())
        with self._engine.connect() as connection:
            row = connection.execute(chosen).first()
        if row is None:
            return None
        return Generation(name=row.name, embedding=row.embedding, dimension=row.dimension, state=row.state)


def _model(signature: str) -> str:
    """The embedding model of a signature, which says behind it how texts are cut."""
    return signature.partition(" / ")[0]


def _in(generation: str, collection: str) -> tuple[Any, ...]:
    return documents.c.generation == generation, documents.c.collection == collection


def _one(generation: str, collection: str, path: str) -> tuple[Any, ...]:
    return (*_in(generation, collection), documents.c.path == path)


def _values(known: IndexedDocument) -> dict[str, Any]:
    big = {"modified_ns": str(known.modified_ns), "seen_ns": str(known.seen_ns)}
    return known.model_dump() | big


def _document_metadata(document_metadata: DocumentMetadata) -> dict[str, Any]:
    measures = document_metadata.measures.model_dump(mode="json") if document_metadata.measures else None
    return {"about": document_metadata.about.model_dump(mode="json", exclude_none=True), "measures": measures}


def _insert(
    connection: Connection,
    generation: str,
    collection: str,
    known: IndexedDocument,
    document_metadata: DocumentMetadata | None = None,
) -> None:
    values = _values(known) | (_document_metadata(document_metadata) if document_metadata else {})
    connection.execute(documents.insert(), {"generation": generation, "collection": collection, **values})
