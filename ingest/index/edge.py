"""Qdrant Edge, the engine in-process, in the shape of `QdrantClient`.

It takes and returns `qdrant_client.models`, so that one store module serves this and the server. Only what
the store calls is here; each collection is one shard in one directory, open in one process at a time.
"""

import os
import shutil
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import qdrant_edge as edge
from qdrant_client import models

from config.errors import IndexUnavailable
from config.file_locks import alone
from config.free_space import Room

# Below this size an exact scan is fast enough, and building HNSW would hold the interpreter for minutes.
_INDEX_FROM_KB = 2_000_000
_FLUSH_EVERY = 8
_OPENING_MB = 64  # that the engine may write when it opens a collection: half of that were not enough
_LIMIT = 10  # as on a server, where a request names none
_INDEX_PARAMS: dict[Any, Any] = {
    models.PayloadSchemaType.KEYWORD: edge.KeywordIndexParams,
    models.PayloadSchemaType.DATETIME: edge.DatetimeIndexParams,
}


class EdgeClient:
    """Embedded stand-in for `QdrantClient`.

    Args:
        folder: one directory a collection is kept below it.
        room: on its disk; without it as much as there is may be used.
        writing: is entered while a collection is opened or closed, which writes; without it nobody copies them.

    Raises:
        DiskFull: from calls that write, and from the one that opens a collection.
        IndexUnavailable: from any call, when another process has the collection open or it is damaged.
    """

    def __init__(
        self,
        folder: Path,
        room: Room | None = None,
        writing: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._folder, self._room, self._hold = folder, room or Room(folder, 0), writing
        self._shards: dict[str, Any] = {}
        self._held: dict[str, ExitStack] = {}  # locks of what is open
        self._writes = 0
        self._lock = threading.RLock()

    def collection_exists(self, collection_name: str) -> bool:
        return (self._folder / collection_name).is_dir()

    def create_collection(
        self,
        collection_name: str,
        vectors_config: dict[str, models.VectorParams],
        sparse_vectors_config: dict[str, models.SparseVectorParams],
    ) -> None:
        fresh = self._folder / f"{collection_name}.new"
        self._room.check(max(self._room.floor, _OPENING_MB))
        shutil.rmtree(fresh, ignore_errors=True)  # of one that was killed
        fresh.mkdir(parents=True)
        config = edge.EdgeConfig(
            vectors={name: _vector_params(params) for name, params in vectors_config.items()},
            sparse_vectors={name: edge.EdgeSparseVectorParams() for name in sparse_vectors_config},
            optimizers=edge.EdgeOptimizersConfig(indexing_threshold=_INDEX_FROM_KB),
        )
        with self._lock:
            made = edge.EdgeShard.create(str(fresh), config)
            made.flush()
            made.close()
            fresh.rename(self._folder / collection_name)  # a kill before this leaves none, instead of half of one
            self._shards[collection_name] = self._open(collection_name)

    def create_payload_index(self, collection_name: str, field_name: str, field_schema: Any) -> None:
        operation = edge.UpdateOperation.create_field_index(field_name, _INDEX_PARAMS[field_schema]())
        self._room.check()
        self._shard(collection_name).update(operation)

    def set_payload(
        self, collection_name: str, payload: dict[str, Any], points: models.FilterSelector, wait: bool = True
    ) -> None:
        operation = edge.UpdateOperation.set_payload_by_filter(_filter(points.filter), payload)
        self._update(collection_name, operation)

    def delete_collection(self, collection_name: str) -> None:
        with self._lock:
            if shard := self._shards.pop(collection_name, None):
                shard.close()
                self._let_go(collection_name)
            shutil.rmtree(self._folder / collection_name, ignore_errors=True)

    def upsert(self, collection_name: str, points: Sequence[models.PointStruct], wait: bool = True) -> None:
        converted = [edge.Point(str(p.id), _vectors(p.vector), p.payload) for p in points]
        self._update(collection_name, edge.UpdateOperation.upsert_points(converted))

    def delete(self, collection_name: str, points_selector: models.FilterSelector, wait: bool = True) -> None:
        filter_ = _filter(points_selector.filter)
        self._update(collection_name, edge.UpdateOperation.delete_points_by_filter(filter_))

    def query_batch_points(self, collection_name: str, requests: Sequence[models.QueryRequest]) -> list[Any]:
        asked = [
            edge.QueryRequest(
                limit=request.limit or _LIMIT,
                filter=_filter(request.filter),
                query=edge.Query.Nearest(_vector(request.query), using=request.using),
                with_payload=_payload(request.with_payload),
                with_vector=request.with_vector or False,
            )
            for request in requests
        ]
        answered = self._shard(collection_name).query_batch(edge.QueryBatchRequest(asked))
        return [SimpleNamespace(points=points) for points in answered]

    def scroll(
        self,
        collection_name: str,
        scroll_filter: models.Filter | None = None,
        limit: int = 100,
        offset: Any = None,
        with_payload: bool | list[str] = True,
        with_vectors: bool | list[str] = False,
    ) -> tuple[list[Any], Any]:
        request = edge.ScrollRequest(
            offset=offset,
            limit=limit,
            filter=_filter(scroll_filter),
            with_payload=_payload(with_payload),
            with_vector=with_vectors,
        )
        records, following = self._shard(collection_name).scroll(request)
        return list(records), following

    def count(self, collection_name: str, count_filter: models.Filter | None = None, exact: bool = True) -> Any:
        counted = self._shard(collection_name).count(edge.CountRequest(exact=exact, filter=_filter(count_filter)))
        return SimpleNamespace(count=counted)

    def facet(self, collection_name: str, key: str, facet_filter: models.Filter, limit: int, exact: bool = True) -> Any:
        request = edge.FacetRequest(key, limit=limit, exact=exact, filter=_filter(facet_filter))
        return self._shard(collection_name).facet(request)

    def close(self) -> None:
        """Write everything out and let other processes in."""
        with self._lock, self._hold():
            for name, shard in self._shards.items():
                shard.flush()
                shard.close()
                self._owner_file(name).unlink(missing_ok=True)
                self._let_go(name)
            self._shards.clear()

    def flush(self, collection_name: str) -> None:
        """Make all writes so far survive a power loss."""
        self._shard(collection_name).flush()

    def _update(self, collection_name: str, operation: Any) -> None:
        self._room.check()
        shard = self._shard(collection_name)
        shard.update(operation)
        self._writes += 1
        if self._writes % _FLUSH_EVERY == 0:
            shard.flush()

    def _shard(self, collection_name: str) -> Any:
        with self._lock:
            if collection_name not in self._shards:
                self._shards[collection_name] = self._open(collection_name)
            return self._shards[collection_name]

    def _open(self, name: str) -> Any:
        path = self._folder / name
        self._room.check(_OPENING_MB)
        held = ExitStack()
        try:
            # The engine tells too late that another process has it open: by then it has cut that one's journals.
            held.enter_context(alone(self._folder / f"{name}.lock", wait=False))
            with self._hold():
                shard = edge.EdgeShard.load(str(path))
        except Exception as error:  # the engine raises nothing more specific
            held.close()
            if isinstance(error, BlockingIOError) or "WouldBlock" in str(error):
                raise IndexUnavailable("index.in_use", path=path, owner=self._owner(name)) from error
            raise IndexUnavailable("index.damaged", path=path, reason=str(error)[:300]) from error
        self._held[name] = held
        self._claim(name)
        return shard

    def _let_go(self, name: str) -> None:
        """Let other processes open a collection that was closed here."""
        if held := self._held.pop(name, None):
            held.close()

    def _owner_file(self, name: str) -> Path:
        return self._folder / f"{name}.pid"

    def _claim(self, name: str) -> None:
        self._owner_file(name).write_text(str(os.getpid()))

    def _owner(self, name: str) -> str:
        try:
            return self._owner_file(name).read_text()
        except OSError:
            return "?"


def _vector_params(params: models.VectorParams) -> Any:
    if params.multivector_config is None:
        return edge.EdgeVectorParams(params.size, edge.Distance.Cosine)
    return edge.EdgeVectorParams(
        params.size,
        edge.Distance.Cosine,
        on_disk=params.on_disk,
        multivector_config=edge.MultiVectorConfig(edge.MultiVectorComparator.MaxSim),
        datatype=edge.VectorStorageDatatype.Float16,
    )


def _payload(wanted: Any) -> Any:
    """All of it, nothing, or the fields that a list names."""
    return edge.PayloadSelector.Include(wanted) if isinstance(wanted, list) else bool(wanted)


def _vector(query: Any) -> Any:
    if isinstance(query, models.SparseVector):
        return edge.SparseVector(query.indices, query.values)
    return list(query)


def _vectors(vectors: Any) -> dict[str, Any]:
    return {name: _vector(vector) for name, vector in vectors.items()}


def _filter(source: models.Filter | None) -> Any:
    if source is None:
        return None
    return edge.Filter(
        must=_conditions(source.must), should=_conditions(source.should), must_not=_conditions(source.must_not)
    )


def _conditions(source: Any) -> list[Any] | None:
    if source is None:
        return None
    return [_condition(condition) for condition in source]


def _condition(condition: Any) -> Any:
    if isinstance(condition, models.Filter):
        return _filter(condition)
    if isinstance(condition, models.HasIdCondition):
        return edge.HasIdCondition({str(id_) for id_ in condition.has_id})
    if isinstance(condition, models.NestedCondition):
        return edge.NestedCondition(condition.nested.key, _filter(condition.nested.filter))
    if isinstance(condition.range, models.DatetimeRange):
        bounds = {name: _midnight(getattr(condition.range, name)) for name in ("gte", "gt", "lte", "lt")}
        return edge.FieldCondition(key=condition.key, range=edge.RangeDateTime(**bounds))
    return edge.FieldCondition(key=condition.key, match=_match(condition.match))


def _midnight(moment: Any) -> str | None:
    return None if moment is None else f"{moment.isoformat()[:10]}T00:00:00Z"


def _match(match: Any) -> Any:
    # A filter that cannot be carried over must never become one that lets everything through.
    if isinstance(match, models.MatchAny):
        return edge.MatchAny(any=[str(value) for value in match.any])
    if isinstance(match, models.MatchValue):
        return edge.MatchValue(match.value)
    raise TypeError(f"no Edge filter for {match!r}")
