"""Carries out a plan: files are read in workers, embedded and written here, and what is gone is removed."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from os import cpu_count
from typing import TYPE_CHECKING, NamedTuple

from config.errors import DocumentFailed
from config.sections import IngestSettings
from ingest.db.leases import Leases
from ingest.db.registry import Generation, IndexedDocument, Registry
from ingest.db.runs import History, Outcome
from ingest.embedding import Embedder
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.store import PassageStore
from ingest.quality.similar_documents import newer_documents
from ingest.sync.behind import OneBehind
from ingest.sync.plan import Change, Plan, is_trusted
from ingest.sync.prepare import Passed, Preparation, Prepared
from ingest.sync.writer import IndexWriter
from ingest.vault import Vault

if TYPE_CHECKING:
    from llama_index.core.node_parser import NodeParser

_BATCH = 128  # passages that make a good batch for the embedder; documents are never split between batches
_AHEAD = 2  # files a worker that are read before their turn to be embedded


class IngestServices(NamedTuple):
    """The parts an ingestion run works with; built in one place and passed down."""

    registry: Registry
    history: History
    vault: Vault
    embedder: Embedder
    splitter: "Callable[[], NodeParser]"  # built only when there is something to split
    open_store: Callable[[str], PassageStore]
    settings: IngestSettings
    leases: Leases


class Planned(NamedTuple):
    """The plan of a collection, before anything is done."""

    plan: Plan


class Embedded(NamedTuple):
    """So many passages more have vectors."""

    passages: int


Event = Planned | Embedded | Outcome


class _Writing(NamedTuple):
    """Documents that have vectors, and when they are in the index."""

    batch: Sequence[Prepared]
    done: Future[None]


def index_writer(
    collection: str, generation: Generation, known: Mapping[str, IndexedDocument], services: IngestServices
) -> IndexWriter:
    """A writer of one collection, which knows whose vectors can be taken over."""
    copies = {entry.version: path for path, entry in known.items() if entry.version and entry.pending is None}
    store = services.open_store(generation.name)
    return IndexWriter(
        collection, generation, services.registry, store, SentenceVectors(services.embedder), copies, OneBehind()
    )


def carry_out(
    made: Plan, known: Mapping[str, IndexedDocument], generation: Generation, services: IngestServices, completed: bool
) -> Iterator[Event]:
    """Do what the plan says: read in workers, embed and write here, remove at the end.

    Documents are compared with each other when one has changed, or the run before did not come to that.
    """
    writer = index_writer(made.collection, generation, known, services)
    to_read = [change for change in made.changes if change.kind in ("added", "changed", "moved")]
    present = set()  # an archive may have become a folder with the same files, or the other way round
    for event in chain(_settled(made, generation, services), _read_and_write(to_read, known, writer, services)):
        if isinstance(event, Outcome):
            present.add(event.path)
        yield event
    gone = [change.path for change in made.changes if change.kind == "deleted" and change.path not in present]
    for path in gone:
        writer.remove([other for other in _with_members(path, known) if other not in present])
        yield Outcome(collection=made.collection, path=path, status="removed")
    if to_read or gone or not completed:
        _mark_older(made.collection, generation, writer.store, services)
        writer.store.flush()


def _settled(made: Plan, generation: Generation, services: IngestServices) -> Iterator[Outcome]:
    """Outcomes of the files that are not read; what was touched without changing is noted."""
    touched: list[tuple[IndexedDocument, None]] = []
    for change in made.changes:
        base = {"collection": made.collection, "path": change.path}
        if change.kind == "unchanged" and change.known and change.file:
            if not is_trusted(change.file, change.known):
                times = {"modified_ns": change.file.modified_ns, "seen_ns": made.seen_ns}
                touched.append((change.known.model_copy(update=times), None))
            yield Outcome(**base, status="unchanged", passages=change.known.passages)
        elif change.kind == "failed":
            yield Outcome(**base, status="failed", error=change.reason)
        elif change.kind == "ignored":
            yield Outcome(**base, status="ignored", error=change.reason or _other_format(change.path))
    services.registry.put_documents(generation.name, made.collection, touched)


def _read_and_write(
    changes: Sequence[Change], known: Mapping[str, IndexedDocument], writer: IndexWriter, services: IngestServices
) -> Iterator[Event]:
    if not changes:
        return
    workers = min(services.settings.workers or cpu_count() or 1, len(changes))
    collection = writer.collection
    newer = services.registry.newer(writer.generation.name, collection)
    preparation = Preparation(collection, known, newer, services.vault, services.splitter, services.settings, workers)
    threads = ThreadPoolExecutor(workers + 1, thread_name_prefix="prepare")
    batch: list[Prepared] = []
    writing: _Writing | None = None
    try:
        threads.submit(preparation.warm_up)
        for change, items, must_wait in _in_turn(changes, preparation, threads, workers * _AHEAD + 1):
            for item in items:
                if isinstance(item, Prepared):
                    batch.append(item)
                else:
                    yield _pass_over(item, known, writer, services)
            writer.remove(_left_containers(change, items, known))
            # While the next file is still being read, the embedder takes what there is.
            if batch and (must_wait or sum(len(document.passages) for document in batch) >= _BATCH):
                embedded: list[int] = []
                begun = _Writing(batch, writer.write(batch, embedded.append))
                yield Embedded(passages=sum(embedded))
                yield from _written(writing, known, writer)
                writing, batch = begun, []
        yield from _written(writing, known, writer)
    finally:
        writer.behind.close()
        preparation.stop()
        threads.shutdown(wait=True, cancel_futures=True)
        preparation.stop()  # the process that a thread began meanwhile


def _in_turn(
    changes: Sequence[Change], preparation: Preparation, threads: ThreadPoolExecutor, ahead: int
) -> Iterator[tuple[Change, list[Prepared | Passed], bool]]:
    """Prepare a few files ahead, hand them over in the order of the plan, and say whether the next is not ready."""
    running: deque[tuple[Change, Future[list[Prepared | Passed]]]] = deque()
    rest = iter(changes)
    while True:
        while len(running) < ahead and (change := next(rest, None)):
            running.append((change, threads.submit(preparation.prepare, change)))
        if not running:
            return
        change, future = running.popleft()
        items = future.result()
        yield change, items, not (running and running[0][1].done())


def _with_members(path: str, known: Mapping[str, IndexedDocument]) -> list[str]:
    """A document and all that it holds, the innermost first."""
    inner = [other for other in known if other.startswith(f"{path}/") and known[other].container]
    return [*sorted(inner, key=len, reverse=True), path]


def _written(writing: _Writing | None, known: Mapping[str, IndexedDocument], writer: IndexWriter) -> Iterator[Outcome]:
    """Outcomes of a batch, when it is in the index."""
    if writing is None:
        return
    batch, done = writing
    done.result()
    for document in batch:
        if document.moved_from:
            writer.remove(_with_members(document.moved_from, known))
    for document in batch:
        yield Outcome(
            collection=writer.collection,
            path=document.known.path,
            status="moved" if document.moved_from else "indexed",
            passages=len(document.passages),
            seconds=document.seconds,
        )


def _pass_over(
    item: Passed, known: Mapping[str, IndexedDocument], writer: IndexWriter, services: IngestServices
) -> Outcome:
    before = known.get(item.path)
    if item.known and item.reason:
        if before and before.pending is not None:  # a killed run had begun to write it
            writer.clean_up(item.path, before.version)
        services.registry.put_documents(writer.generation.name, writer.collection, [(item.known, None)])
    status = "failed" if item.reason else "unchanged" if item.unchanged else "ignored"
    passages = item.known.passages if item.known and item.unchanged else 0
    error = _other_format(item.path) if status == "ignored" else item.reason
    return Outcome(
        collection=writer.collection,
        path=item.path,
        status=status,
        passages=passages,
        error=error,
        seconds=item.seconds,
    )


def _other_format(path: str) -> DocumentFailed:
    """Why a file is passed over: it is named, so that nobody looks for it in vain."""
    return DocumentFailed("document.other_format", document=path)


def _left_containers(
    change: Change, items: Sequence[Prepared | Passed], known: Mapping[str, IndexedDocument]
) -> list[str]:
    """Documents that a mail or archive held before and holds no longer; of a failed one all stay."""
    present = {item.known.path if isinstance(item, Prepared) else item.path for item in items}
    failed = tuple(f"{item.path}/" for item in items if isinstance(item, Passed) and item.reason)
    inner = (path for path in known if path.startswith(f"{change.path}/") and known[path].container)
    return [path for path in inner if path not in present and not path.startswith(failed or ("\0",))]


def _mark_older(collection: str, generation: Generation, store: PassageStore, services: IngestServices) -> None:
    """Note at older versions which documents take their place, wherever that changed."""
    before = services.registry.newer(generation.name, collection)
    after = newer_documents(services.registry.described(generation.name, collection))
    paths = before.keys() | after.keys()
    changed = {path: after.get(path, []) for path in paths if before.get(path, []) != after.get(path, [])}
    for path, newer in changed.items():
        store.set_newer(collection, path, newer)
    services.registry.set_newer(generation.name, collection, changed)
