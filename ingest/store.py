"""The only module that talks to Qdrant: it owns the payload's schema, for writing and for reading."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from qdrant_client import models
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException

from config.errors import IndexUnavailable
from config.messages import Language
from config.settings import Settings
from ingest.analysis import LANGUAGES
from ingest.documents import Clearance, Frozen, Passage
from ingest.sparse import SparseVector

DENSE, SPARSE = "dense", "bm25"
_KEYWORDS = (
    "labels", "collection", "document_id", "version", "language",
    "about.type.value", "about.department.value", "about.author.value", "standing",
)  # fmt: skip
_STANDING = "standing"
_CHOICES = ("collection", "about.type.value", "about.department.value")
_MOST_CHOICES = 200
_DATES = ("about.modified.value", "about.valid_from.value", "about.valid_until.value")
# Rank constant of reciprocal rank fusion (Cormack et al. 2009); 2 ranked clearly better than the usual 60.
RRF_K = 2
_CANDIDATES = 100
_BATCH = 256  # points a request


class Narrowing(Frozen):
    """What a search is narrowed to; nothing set means everything that the clearance covers."""

    collections: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    authors: tuple[str, ...] = ()
    modified_from: date | None = None
    modified_until: date | None = None
    valid_on: date | None = None  # leaves out what is past its validity, not yet valid, or superseded


class Scored(Frozen):
    """A passage found, with the fusion score of its rank."""

    passage: Passage
    score: float


EVERYTHING = Narrowing()


class PassageStore:
    """Passages of one index generation, in Qdrant.

    Args:
        client: a `QdrantClient`, or `EdgeClient` of the same shape.
        name: the generation's collection in Qdrant.
        where: what to call this Qdrant in messages: its URL or directory.
    """

    def __init__(self, client: Any, name: str, where: str) -> None:
        self._client, self.name, self._where = client, name, where

    def create(self, dimension: int) -> None:
        """Create the collection and its payload indexes, those that do not exist."""
        with self._reporting():
            if not self._client.collection_exists(self.name):
                self._client.create_collection(
                    collection_name=self.name,
                    vectors_config={DENSE: models.VectorParams(size=dimension, distance=models.Distance.COSINE)},
                    sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
                )
            for field in _KEYWORDS:
                self._client.create_payload_index(self.name, field, models.PayloadSchemaType.KEYWORD)
            for field in _DATES:
                self._client.create_payload_index(self.name, field, models.PayloadSchemaType.DATETIME)

    def exists(self) -> bool:
        with self._reporting():
            return bool(self._client.collection_exists(self.name))

    def write(
        self, passages: Sequence[Passage], dense: Sequence[Sequence[float]], sparse: Sequence[SparseVector]
    ) -> None:
        """Add one document's passages, in batches that a server accepts.

        Args:
            passages: of one version.
            dense: a vector for each.
            sparse: BM25 weights for each.
        """
        points = [
            models.PointStruct(
                id=str(passage.id),
                payload=passage.model_dump(mode="json", exclude={"id"}, exclude_none=True)
                | _superseded(passage.superseded_by),
                vector={DENSE: list(vector), SPARSE: models.SparseVector(indices=s.indices, values=s.values)},
            )
            for passage, vector, s in zip(passages, dense, sparse, strict=True)
        ]
        with self._reporting():
            for start in range(0, len(points), _BATCH):
                self._client.upsert(self.name, points[start : start + _BATCH], wait=True)

    def delete_document(
        self, document_id: UUID, keep_version: str | None = None, keep: Sequence[UUID] | None = None
    ) -> None:
        """Remove a document's passages: all, all but those of one version, or all but these."""
        selected = models.Filter(must=[_equals("document_id", str(document_id))])
        if keep_version:
            selected.must_not = [_equals("version", keep_version)]
        if keep:
            selected.must_not = [models.HasIdCondition(has_id=[str(id_) for id_ in keep])]
        with self._reporting():
            self._client.delete(self.name, models.FilterSelector(filter=selected), wait=True)

    def search(
        self,
        dense: Sequence[float],
        sparse: SparseVector,
        clearance: Clearance,
        limit: int,
        narrowing: Narrowing = EVERYTHING,
    ) -> list[Scored]:
        """Hybrid search: nearest passages of each language and BM25, fused by rank, in one request.

        Args:
            dense: the question's vector.
            sparse: the question's stems.
            clearance: labels of the person; passages without one of them do not take part.
            limit: passages wanted.
            narrowing: further conditions, as part of the query like the clearance.
        """
        allowed = _allowed(clearance, narrowing)
        stages = [self._stage(list(dense), DENSE, allowed, language) for language in LANGUAGES]
        if sparse.indices:
            query = models.SparseVector(indices=sparse.indices, values=sparse.values)
            stages.append(self._stage(query, SPARSE, allowed))
        with self._reporting():
            found = self._client.query_points(
                self.name,
                prefetch=stages,
                query=models.RrfQuery(rrf=models.Rrf(k=RRF_K)),
                limit=limit,
                with_payload=True,
            )
        return [Scored(passage=_passage(point), score=point.score) for point in found.points]

    def passages_of(self, document_id: UUID, clearance: Clearance) -> list[Passage]:
        """All passages of a document that the clearance covers, in order."""
        wanted = models.Filter(must=[_equals("document_id", str(document_id)), _covers(clearance)])
        return sorted(self._scroll(wanted), key=lambda passage: passage.number)

    def vectors_of(self, document_id: UUID) -> Iterator[tuple[Passage, list[float]]]:
        """All passages of a document with their vectors, for the writer of the index alone."""
        wanted = models.Filter(must=[_equals("document_id", str(document_id))])
        for record in self._records(wanted, with_vectors=True):
            yield _passage(record), list(record.vector[DENSE])

    def set_superseded(self, document_id: UUID, newer: str | None) -> None:
        """Note at all passages of a document which document takes its place."""
        selected = models.Filter(must=[_equals("document_id", str(document_id))])
        with self._reporting():
            self._client.set_payload(self.name, _superseded(newer), models.FilterSelector(filter=selected), wait=True)

    def may_see(self, version: str, clearance: Clearance) -> bool:
        """Whether the clearance covers a passage of this version."""
        wanted = models.Filter(must=[_equals("version", version), _covers(clearance)])
        with self._reporting():
            return bool(self._client.count(self.name, count_filter=wanted, exact=True).count)

    def values(self, clearance: Clearance) -> dict[str, list[str]]:
        """The values by which a search can be narrowed, among the passages that the clearance covers."""
        wanted = models.Filter(must=[_covers(clearance)])
        found = {}
        for key in _CHOICES:
            with self._reporting():
                hits = self._client.facet(self.name, key=key, facet_filter=wanted, limit=_MOST_CHOICES, exact=True).hits
            found[key] = sorted(str(hit.value) for hit in hits)
        return found

    def count(self) -> int:
        with self._reporting():
            return int(self._client.count(self.name, exact=True).count)

    def flush(self) -> None:
        """Make all writes so far survive a power loss; a server does so by itself."""
        if flush := getattr(self._client, "flush", None):
            flush(self.name)

    def drop(self) -> None:
        """Delete the whole generation."""
        with self._reporting():
            self._client.delete_collection(self.name)

    def close(self) -> None:
        self._client.close()

    def _stage(self, query: Any, using: str, allowed: models.Filter, language: Language | None = None) -> Any:
        must = [*allowed.must, _equals("language", language)] if language else allowed.must  # type: ignore[misc]
        chosen = models.Filter(must=must, must_not=allowed.must_not)
        return models.Prefetch(query=query, using=using, limit=_CANDIDATES, filter=chosen)

    def _scroll(self, wanted: models.Filter) -> Iterator[Passage]:
        return map(_passage, self._records(wanted))

    def _records(self, wanted: models.Filter, with_vectors: bool = False) -> Iterator[Any]:
        offset = None
        while True:
            with self._reporting():
                records, offset = self._client.scroll(
                    self.name,
                    scroll_filter=wanted,
                    limit=256,
                    offset=offset,
                    with_payload=True,
                    with_vectors=with_vectors,
                )
            yield from records
            if offset is None:
                return

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except (ResponseHandlingException, ConnectionError, TimeoutError) as error:
            raise IndexUnavailable("index.unreachable", where=self._where) from error
        except (ApiException, ValueError) as error:
            reason = str(error).strip().splitlines()[0][:300]
            raise IndexUnavailable("index.refused", where=self._where, reason=reason) from error


def store_opener(settings: Settings) -> Callable[[str], PassageStore]:
    """A function that opens a generation by name, on the server the settings name or embedded."""
    if settings.qdrant.url:
        from qdrant_client import QdrantClient

        key = settings.qdrant.api_key
        client: Any = QdrantClient(
            url=settings.qdrant.url,
            api_key=key.get_secret_value() if key else None,
            timeout=30,
            check_compatibility=False,
        )
        return lambda name: PassageStore(client, name, settings.qdrant.url or "")
    from ingest.edge import EdgeClient

    folder = settings.data_dir / "index"
    client = EdgeClient(folder)
    return lambda name: PassageStore(client, name, str(folder))


def _allowed(clearance: Clearance, narrowing: Narrowing) -> models.Filter:
    must: list[Any] = [_covers(clearance)]
    must_not: list[Any] = []
    for key, values in (
        ("collection", narrowing.collections),
        ("language", narrowing.languages),
        ("about.type.value", narrowing.types),
        ("about.department.value", narrowing.departments),
        ("about.author.value", narrowing.authors),
    ):
        if values:
            must.append(models.FieldCondition(key=key, match=models.MatchAny(any=list(values))))
    if narrowing.modified_from or narrowing.modified_until:
        must.append(_between("about.modified.value", narrowing.modified_from, narrowing.modified_until))
    if narrowing.valid_on:
        must_not.append(_between("about.valid_until.value", None, narrowing.valid_on - timedelta(days=1)))
        must_not.append(_between("about.valid_from.value", narrowing.valid_on + timedelta(days=1), None))
        must_not.append(_equals(_STANDING, "superseded"))
    return models.Filter(must=must, must_not=must_not or None)


def _between(key: str, first: date | None, last: date | None) -> models.FieldCondition:
    return models.FieldCondition(key=key, range=models.DatetimeRange(gte=first, lte=last))


def _equals(key: str, value: str) -> models.FieldCondition:
    return models.FieldCondition(key=key, match=models.MatchValue(value=value))


def _covers(clearance: Clearance) -> models.FieldCondition:
    return models.FieldCondition(key="labels", match=models.MatchAny(any=sorted(clearance.labels)))


def _superseded(newer: str | None) -> dict[str, Any]:
    # A word, since Edge does not match truth values.
    return {"superseded_by": newer, _STANDING: "superseded" if newer else "current"}


def _passage(point: Any) -> Passage:
    payload = dict(point.payload)
    payload.pop(_STANDING, None)  # is there for the filter
    return Passage.model_validate({"page": None, **payload, "id": point.id})
