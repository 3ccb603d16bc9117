"""What is indexed: collections, documents with their versions, and generations of the index."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, delete, select, update

from config.errors import IndexUnavailable
from ingest.database import collections, documents, generations
from ingest.documents import Clearance, Frozen


class Generation(Frozen):
    """One build of the index with one embedding model and one chunking."""

    name: str
    embedding: str
    dimension: int
    state: str

    def check_embedding(self, signature: str) -> None:
        """Make sure that vectors of this signature can search the generation.

        Raises:
            IndexUnavailable: it was built with another embedding model or chunking.
        """
        if self.embedding != signature:
            raise IndexUnavailable("index.mismatch", built=self.embedding, wanted=signature)


class Known(Frozen):
    """A document as the registry knows it."""

    path: str
    version: str | None
    size: int
    modified_ns: int
    passages: int
    reason: dict[str, Any] | None


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

    def start_generation(self, embedding: str, dimension: int, state: str) -> Generation:
        """Register a new, still empty generation."""
        generation = Generation(
            name=f"fundstelle_{uuid4().hex[:12]}", embedding=embedding, dimension=dimension, state=state
        )
        with self._engine.begin() as connection:
            connection.execute(generations.insert(), {**generation.model_dump(), "created": datetime.now(UTC)})
        return generation

    def activate(self, name: str) -> None:
        """Make a generation the one that is searched, in one step; the others are forgotten."""
        with self._engine.begin() as connection:
            connection.execute(delete(generations).where(generations.c.name != name))
            connection.execute(delete(documents).where(documents.c.generation != name))
            connection.execute(update(generations).where(generations.c.name == name).values(state="active"))

    def forget_generation(self, name: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(generations).where(generations.c.name == name))
            connection.execute(delete(documents).where(documents.c.generation == name))

    def set_collection(self, name: str, folder: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(collections).where(collections.c.name == name))
            connection.execute(collections.insert(), {"name": name, "folder": folder})

    def collections(self) -> dict[str, str]:
        """Folder of each collection, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(collections).order_by(collections.c.name))
            return {row.name: row.folder for row in rows}

    def everything(self) -> Clearance:
        """The clearance of the person at this machine, who may see every collection."""
        return Clearance(labels=frozenset(self.collections()))

    def documents(self, generation: str, collection: str) -> dict[str, Known]:
        """Known documents of a collection by path."""
        columns = [documents.c[name] for name in Known.model_fields]
        chosen = select(*columns).where(documents.c.generation == generation, documents.c.collection == collection)
        with self._engine.connect() as connection:
            found = [Known.model_validate(dict(row._mapping)) for row in connection.execute(chosen)]
        return {known.path: known for known in found}

    def put_document(self, generation: str, collection: str, known: Known) -> None:
        """Insert or replace one document."""
        values = known.model_dump() | {"modified_ns": str(known.modified_ns)}
        with self._engine.begin() as connection:
            connection.execute(self._one(generation, collection, known.path))
            connection.execute(documents.insert(), {"generation": generation, "collection": collection, **values})

    def remove_document(self, generation: str, collection: str, path: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(self._one(generation, collection, path))

    def _one(self, generation: str, collection: str, path: str) -> Any:
        return delete(documents).where(
            documents.c.generation == generation, documents.c.collection == collection, documents.c.path == path
        )

    def _generation(self, state: str) -> Generation | None:
        chosen = select(generations).where(generations.c.state == state).order_by(generations.c.created.desc())
        with self._engine.connect() as connection:
            row = connection.execute(chosen).first()
        if row is None:
            return None
        return Generation(name=row.name, embedding=row.embedding, dimension=row.dimension, state=row.state)
