"""The only module that talks to Qdrant: it owns the payload's schema, for writing and for reading."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from qdrant_client import models
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException

from config.access import Clearance, labels_of
from config.errors import IndexUnavailable
from ingest.documents import Passage, document_id
from ingest.index.conditions import NEWER, allowed, covers, equals
from ingest.index.filters import EVERYTHING, Filters
from ingest.index.sparse import SparseVector
from ingest.text.languages import LANGUAGES

DENSE, SENTENCES, SPARSE = "dense", "sentences", "bm25"
_KEYWORDS = (
    "labels", "collection", "document_id", "version", "language",
    "about.type.value", "about.department.value", "about.author.value",
)  # fmt: skip
_CHOICES = ("collection", "about.type.value", "about.department.value")
_MOST_CHOICES = 200
_DATES = ("about.modified.value", "about.valid_from.value", "about.valid_until.value")
_CANDIDATES = 100
_BATCH = 256  # points a request


class Meanings(NamedTuple):
    """Vectors of a passage and of its sentences, in order, at least one."""

    passage: Sequence[float]
    sentences: Sequence[Sequence[float]]


class Candidate(NamedTuple):
    """A passage that may answer: how near it is to the question as a whole, and by its words."""

    id: str
    language: str
    cosine: float
    bm25: float


class Hit(NamedTuple):
    """A passage with the cosine of its sentence nearest to the question, and the vectors of its sentences."""

    passage: Passage
    cosine: float
    sentences: Sequence[Sequence[float]]


class Bearer(NamedTuple):
    """Of which document a passage is, and of which version."""

    document_id: UUID
    version: str


class PassageStore:
    """Passages of one index generation, in Qdrant.

    Args:
        client: a `QdrantClient`, or `EdgeClient` of the same shape.
        name: the generation's collection in Qdrant.
        where: what to call this Qdrant in messages: its URL or directory.
        writing: is entered for the time of each write; without it nobody copies the index meanwhile.
    """

    def __init__(
        self, client: Any, name: str, where: str, writing: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> None:
        self._client, self.name, self._where, self._hold = client, name, where, writing

    def create(self, dimension: int) -> None:
        """Create the collection and its payload indexes, those that do not exist."""
        with self._writing():
            if not self._client.collection_exists(self.name):
                self._client.create_collection(
                    collection_name=self.name,
                    vectors_config={
                        DENSE: models.VectorParams(size=dimension, distance=models.Distance.COSINE),
                        # Only ever compared with the question for a few passages: no index, half the memory.
                        SENTENCES: models.VectorParams(
                            size=dimension,
                            distance=models.Distance.COSINE,
                            datatype=models.Datatype.FLOAT16,
                            on_disk=True,
                            hnsw_config=models.HnswConfigDiff(m=0),
                            multivector_config=models.MultiVectorConfig(
                                comparator=models.MultiVectorComparator.MAX_SIM
                            ),
                        ),
                    },
                    sparse_vectors_config={SPARSE: models.SparseVectorParams()},
                )
            for field in _KEYWORDS:
                self._client.create_payload_index(self.name, field, models.PayloadSchemaType.KEYWORD)
            for field in _DATES:
                self._client.create_payload_index(self.name, field, models.PayloadSchemaType.DATETIME)

    def exists(self) -> bool:
        with self._reporting():
            return bool(self._client.collection_exists(self.name))

    def write(self, passages: Sequence[Passage], meanings: Sequence[Meanings], terms: Sequence[SparseVector]) -> None:
        """Add one document's passages, in batches that a server accepts.

        Args:
            passages: of one version.
            meanings: vectors of each passage.
            terms: BM25 weights of each passage.
        """
        points = [
            models.PointStruct(
                id=str(passage.id),
                payload=passage.model_dump(mode="json", exclude={"id", "superseded_by"}, exclude_none=True)
                | _newer(passage.collection, passage.newer),
                vector={
                    DENSE: list(meaning.passage),
                    SENTENCES: [list(row) for row in meaning.sentences],
                    SPARSE: _sparse(worded),
                },
            )
            for passage, meaning, worded in zip(passages, meanings, terms, strict=True)
        ]
        with self._writing():
            for start in range(0, len(points), _BATCH):
                self._client.upsert(self.name, points[start : start + _BATCH], wait=True)

    def delete_document(
        self, document_id: UUID, keep_version: str | None = None, keep: Sequence[UUID] | None = None
    ) -> None:
        """Remove a document's passages: all, all but those of one version, or all but these."""
        selected = models.Filter(must=[equals("document_id", str(document_id))])
        if keep_version:
            selected.must_not = [equals("version", keep_version)]
        if keep:
            selected.must_not = [models.HasIdCondition(has_id=[str(id_) for id_ in keep])]
        with self._writing():
            self._client.delete(self.name, models.FilterSelector(filter=selected), wait=True)

    def candidates(
        self,
        meaning: Sequence[float],
        terms: SparseVector,
        clearance: Clearance,
        filters: Filters = EVERYTHING,
        hidden: Collection[str] = (),
    ) -> list[Candidate]:
        """The passages nearest to a question and those with most of its words, for each language.

        Languages are searched apart, since each has its own corner of the vector space.

        Args:
            meaning: the question's vector.
            terms: the question's stems with their weights.
            clearance: labels of the person; passages without one of them do not take part.
            filters: further conditions, as part of the query like the clearance.
            hidden: versions that are not to be found.
        """
        found = []
        for language in LANGUAGES:
            chosen = allowed(clearance, filters, language, hidden)
            near, worded = self._query([(meaning, DENSE, chosen), (terms, SPARSE, chosen)], _CANDIDATES)
            # What one search found and the other did not: its figure is asked for.
            for scores, query, using, others in ((near, meaning, DENSE, worded), (worded, terms, SPARSE, near)):
                if missing := sorted(others.keys() - scores.keys()):
                    those = models.Filter(must=[*chosen.must, _these(missing)], must_not=chosen.must_not)  # type: ignore[misc]
                    scores |= self._query([(query, using, those)], len(missing))[0]
            found += [Candidate(id_, language, near[id_], worded.get(id_, 0.0)) for id_ in near]
        return found

    def nearest_sentences(
        self, ids: Sequence[str], meaning: Sequence[float], clearance: Clearance, filters: Filters = EVERYTHING
    ) -> list[Hit]:
        """Passages with their nearest sentence, and all their sentences' vectors.

        Args:
            ids: of candidates.
            meaning: the question's vector.
            clearance: labels of the person, checked again.
            filters: as for the candidates.
        """
        if not ids:
            return []
        chosen = allowed(clearance, filters)
        chosen.must = [*chosen.must, _these(ids)]  # type: ignore[misc]
        request = models.QueryRequest(
            query=[list(meaning)], using=SENTENCES, filter=chosen, limit=len(ids), with_payload=True,
            with_vector=[SENTENCES],
        )  # fmt: skip
        with self._reporting():
            (response,) = self._client.query_batch_points(self.name, [request])
        return [Hit(_passage(point), point.score, point.vector[SENTENCES]) for point in response.points]

    def sample(self, most: int, clearance: Clearance) -> Iterator[tuple[str, Sequence[float], Sequence[int]]]:
        """Language, vector and terms of up to `most` passages that a clearance covers; ids are as good as random."""
        chosen = models.Filter(must=[covers(clearance)])
        records = self._records(chosen, with_vectors=[DENSE, SPARSE], with_payload=["language"])
        for record in islice(records, most):
            yield record.payload["language"], record.vector[DENSE], record.vector[SPARSE].indices

    def passages_of(self, document_id: UUID, clearance: Clearance) -> list[Passage]:
        """All passages of a document that the clearance covers, in order."""
        wanted = models.Filter(must=[equals("document_id", str(document_id)), covers(clearance)])
        return sorted(self._scroll(wanted), key=lambda passage: passage.number)

    def passage(self, identity: UUID, clearance: Clearance) -> Passage | None:
        """One passage by its id; None where there is none that the clearance covers."""
        return next(iter(self.passages([str(identity)], clearance)), None)

    def bearing(self, terms: Sequence[Sequence[int]], clearance: Clearance, most: int) -> list[dict[str, Bearer]]:
        """The passages that bear a word, by their ids, for each of several words.

        Args:
            terms: of each word, the numbers of its stems; a passage has it that has one of them.
            clearance: labels of the person; passages without one of them do not take part.
            most: passages a word; where as many come back there may be more.
        """
        chosen = models.Filter(must=[covers(clearance)])
        requests = [
            models.QueryRequest(
                query=models.SparseVector(indices=sorted(set(stems)), values=[1.0] * len(set(stems))),
                using=SPARSE, filter=chosen, limit=most, with_payload=["document_id", "version"],
            )
            for stems in terms
        ]  # fmt: skip
        with self._reporting():
            responses = self._client.query_batch_points(self.name, requests) if requests else ()
        return [
            {
                str(point.id): Bearer(UUID(point.payload["document_id"]), point.payload["version"])
                for point in one.points
            }
            for one in responses
        ]

    def passages(self, ids: Sequence[str], clearance: Clearance) -> list[Passage]:
        """Passages by their ids, as far as the clearance covers them."""
        return list(self._scroll(models.Filter(must=[_these(ids), covers(clearance)]))) if ids else []

    def vectors_of(self, document_id: UUID) -> Iterator[tuple[Passage, Meanings]]:
        """All passages of a document with their vectors, for the writer of the index alone."""
        wanted = models.Filter(must=[equals("document_id", str(document_id))])
        for record in self._records(wanted, with_vectors=[DENSE, SENTENCES]):
            yield (
                _passage(record),
                Meanings(list(record.vector[DENSE]), [list(row) for row in record.vector[SENTENCES]]),
            )

    def set_newer(self, collection: str, path: str, newer: Sequence[str]) -> None:
        """Note at all passages of a document which documents of its collection take its place, the newest last."""
        selected = models.Filter(must=[equals("document_id", str(document_id(collection, path)))])
        noted = _newer(collection, newer)
        with self._writing():
            self._client.set_payload(self.name, noted, models.FilterSelector(filter=selected), wait=True)

    def may_see(self, version: str, clearance: Clearance) -> bool:
        """Whether the clearance covers a passage of this version."""
        wanted = models.Filter(must=[equals("version", version), covers(clearance)])
        with self._reporting():
            return bool(self._client.count(self.name, count_filter=wanted, exact=True).count)

    def values(self, clearance: Clearance) -> dict[str, list[str]]:
        """The values by which a search can be narrowed, among the passages that the clearance covers."""
        wanted = models.Filter(must=[covers(clearance)])
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
            with self._hold():
                flush(self.name)

    def drop(self) -> None:
        """Delete the whole generation."""
        with self._writing():
            self._client.delete_collection(self.name)

    def close(self) -> None:
        self._client.close()

    def _query(self, queries: Sequence[tuple[Any, str, models.Filter]], limit: int) -> list[dict[str, float]]:
        """Scores by id, of several searches in one request."""
        asked = [(query, using, chosen) for query, using, chosen in queries if not _is_empty(query)]
        requests = [
            models.QueryRequest(
                query=_sparse(query) if using == SPARSE else list(query), using=using, filter=chosen, limit=limit
            )
            for query, using, chosen in asked
        ]
        with self._reporting():
            responses = iter(self._client.query_batch_points(self.name, requests) if requests else ())
        return [
            {} if _is_empty(query) else {str(point.id): point.score for point in next(responses).points}
            for query, _, _ in queries
        ]

    def _scroll(self, wanted: models.Filter) -> Iterator[Passage]:
        return map(_passage, self._records(wanted))

    def _records(
        self,
        wanted: models.Filter | None,
        with_vectors: bool | list[str] = False,
        with_payload: bool | list[str] = True,
    ) -> Iterator[Any]:
        offset = None
        while True:
            with self._reporting():
                records, offset = self._client.scroll(
                    self.name,
                    scroll_filter=wanted,
                    limit=256,
                    offset=offset,
                    with_payload=with_payload,
                    with_vectors=with_vectors,
                )
            yield from records
            if offset is None:
                return

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._hold(), self._reporting():
            yield

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except (ResponseHandlingException, ConnectionError, TimeoutError) as error:
            raise IndexUnavailable("index.unreachable", where=self._where) from error
        except (ApiException, ValueError) as error:
            reason = str(error).strip().splitlines()[0][:300]
            raise IndexUnavailable("index.refused", where=self._where, reason=reason) from error


def _these(ids: Sequence[str]) -> models.HasIdCondition:
    return models.HasIdCondition(has_id=list(ids))


def _sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=vector.indices, values=vector.values)


def _is_empty(query: Any) -> bool:
    return isinstance(query, SparseVector) and not query.indices


def _newer(collection: str, paths: Sequence[str]) -> dict[str, Any]:
    # With labels, since whoever may not see a newer document must not notice that there is one.
    return {NEWER: [{"path": path, "labels": labels_of(collection, path)} for path in paths]}


def _passage(point: Any) -> Passage:
    payload = dict(point.payload)
    newer = tuple(document["path"] for document in payload.pop(NEWER, None) or ())
    superseded_by = newer[-1] if newer else None
    return Passage.model_validate(
        {"page": None, **payload, "id": point.id, NEWER: newer, "superseded_by": superseded_by}
    )
