"""Documents as people see them listed: those that are found now, and that a clearance covers."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, select

from config.access import Clearance
from ingest.db.tables import documents
from ingest.documents import document_id

_ABOUT = ("title", "type", "department", "stated", "valid_from", "valid_until", "author", "version", "created")
_LAST_SECOND = 253_402_300_799  # of the year 9999


class ShownDocument(NamedTuple):
    """A document that is found, with what is known of it; texts are empty where nothing is.

    Attributes:
        collection: that it is in.
        path: in the collection.
        found: its version, by the SHA-256 of its bytes.
        container: path of the mail or archive that holds it.
        modified: time of its file.
        newer: paths of documents that take its place, the newest last, as far as the clearance covers them.
        title: of the document.
        type: kind of document, as of `Metadata`.
        department: that it belongs to.
        stated: "as of", an ISO date, as the following.
        valid_from: first day.
        valid_until: last day.
        author: who wrote it.
        version: as the document calls itself.
        created: when it was written.
    """

    collection: str
    path: str
    found: str
    container: str
    modified: datetime
    newer: tuple[str, ...]
    title: str
    type: str
    department: str
    stated: str
    valid_from: str
    valid_until: str
    author: str
    version: str
    created: str

    @property
    def id(self) -> UUID:
        """As passages name the document."""
        return document_id(self.collection, self.path)

    @property
    def name(self) -> str:
        """Of the file."""
        return PurePosixPath(self.path).name

    @property
    def suffix(self) -> str:
        """Of the file, in lower case, with its dot."""
        return PurePosixPath(self.path).suffix.lower()

    def holds_on(self, day: date) -> bool:
        """Whether it is valid on a day, and no newer document takes its place."""
        over = self.valid_until and self.valid_until < day.isoformat()
        early = self.valid_from and self.valid_from > day.isoformat()
        return not (self.newer or over or early)


class ShownDocuments:
    """Reads the registry for people; every call takes a clearance.

    Args:
        engine: from `open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_version(self, generation: str, version: str, clearance: Clearance) -> list[ShownDocument]:
        """The documents that have a version now; the same bytes may lie in several places.

        Args:
            generation: name of the one that is searched.
            version: SHA-256.
            clearance: of the person.
        """
        return list(self._found(clearance, documents.c.generation == generation, documents.c.version == version))

    def all(self, generation: str, clearance: Clearance) -> list[ShownDocument]:
        """All documents that are found, by collection and path."""
        return list(self._found(clearance, documents.c.generation == generation, documents.c.version.is_not(None)))

    def counted(self, generation: str, clearance: Clearance) -> dict[str, int]:
        """How many documents of each collection are found and covered; collections without any are left out."""
        chosen = select(documents.c.collection, documents.c.path).where(
            documents.c.generation == generation, documents.c.version.is_not(None)
        )
        with self._engine.connect() as connection:
            places = connection.execute(chosen.order_by(documents.c.collection)).all()
        return dict(Counter(row.collection for row in places if clearance.covers(row.collection, row.path)))

    def _found(self, clearance: Clearance, *conditions: ColumnElement[bool]) -> Iterator[ShownDocument]:
        about = [documents.c.about[name]["value"].as_string().label(name) for name in _ABOUT]
        columns = [documents.c[name] for name in ("collection", "path", "container", "modified_ns", "newer")]
        chosen = select(*columns, documents.c.version.label("found"), *about).where(*conditions)
        with self._engine.connect() as connection:
            rows = connection.execute(chosen.order_by(documents.c.collection, documents.c.path)).all()
        for row in rows:
            if clearance.covers(row.collection, row.path):
                yield ShownDocument(
                    collection=row.collection,
                    path=row.path,
                    found=row.found,
                    container=row.container or "",
                    modified=_moment(row.modified_ns),
                    newer=tuple(path for path in row.newer or () if clearance.covers(row.collection, path)),
                    **{name: row._mapping[name] or "" for name in _ABOUT},
                )


def _moment(ns: str) -> datetime:
    return datetime.fromtimestamp(min(max(int(ns) / 1e9, 0), _LAST_SECOND), UTC)
