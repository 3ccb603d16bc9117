"""Folder -> elements -> passages -> Qdrant. The only code that writes the index."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from config.errors import IndexUnavailable, SettingsError
from config.settings import IngestSettings
from ingest.discover import Listing, discover
from ingest.documents import document_id
from ingest.embedding import Embedder
from ingest.plan import Change, Plan, is_trusted, make_plan, readable
from ingest.prepare import Passed, Preparation, Prepared
from ingest.quality import superseded
from ingest.registry import Generation, Known, Registry
from ingest.runs import History, Outcome
from ingest.store import PassageStore
from ingest.vault import Vault
from ingest.writer import IndexWriter

if TYPE_CHECKING:
    from llama_index.core.node_parser import NodeParser

_BATCH = 128  # passages that make a good batch for the embedder; documents are never split between batches
_AHEAD = 2  # files a worker that are read before their turn to be embedded


class Ingestion(NamedTuple):
    """The parts an ingestion run works with; built in one place and passed down."""

    registry: Registry
    history: History
    vault: Vault
    embedder: Embedder
    splitter: "Callable[[], NodeParser]"  # built only when there is something to split
    open_store: Callable[[str], PassageStore]
    settings: IngestSettings


class Planned(NamedTuple):
    """The plan of a collection, before anything is done."""

    plan: Plan


class Embedded(NamedTuple):
    """So many passages more have vectors."""

    passages: int


Event = Planned | Embedded | Outcome


def plan(folders: Sequence[Path], collection: str, parts: Ingestion) -> Plan:
    """What a run would do; nothing is changed.

    Raises:
        SettingsError: no such folder.
        IndexUnavailable: as from `ingest`.
    """
    generation = parts.registry.active_generation()
    if generation:
        generation.check_embedding(parts.embedder.signature)
    known = parts.registry.documents(generation.name, collection) if generation else {}
    listing = discover(folders, parts.settings.ignore)
    _refuse_suddenly_empty(folders, listing, collection, known)
    return make_plan(listing, known, collection)


def ingest(
    folders: Sequence[Path],
    collection: str,
    parts: Ingestion,
    forced: Collection[str] = (),
    allow_deletions: bool = False,
) -> Iterator[Event]:
    """Bring a collection's index in line with its folders.

    Files that have not changed cost their entry in the listing. A file that fails keeps the version indexed before,
    and never stops the run. The caller may stop at any event; the next run goes on.

    Args:
        folders: the collection's documents.
        collection: its name, which is also the access label of its passages.
        parts: registry, vault, embedder, splitter, store and limits.
        forced: paths that are read again in any case.
        allow_deletions: let more than the set share of the collection go, and folders be taken from it.

    Yields:
        The plan, then passages as they are embedded and the outcome of each file as it is done.

    Raises:
        SettingsError: no such folder, or the collection has others.
        IndexUnavailable: the folders are empty though the collection is not, too much would be removed, the index
            was built with another embedding model, or Qdrant cannot be reached.
    """
    listing = discover(folders, parts.settings.ignore)
    generation = current_generation(parts)
    known = parts.registry.documents(generation.name, collection)
    if known and not allow_deletions:
        _refuse_other_folders(folders, collection, parts)
    _refuse_suddenly_empty(folders, listing, collection, known)
    made = make_plan(listing, known, collection, forced)
    if not allow_deletions:
        made.check_deletions(parts.settings.deletion_share)
    yield Planned(plan=made)
    parts.registry.set_collection(collection, [str(folder.resolve()) for folder in folders])
    completed = parts.history.was_completed(collection)
    with parts.history.run(collection, "run") as run:
        for event in _carry_out(made, known, generation, parts, completed):
            if isinstance(event, Outcome):
                run.note(event)
            yield event


def rebuild(parts: Ingestion) -> Iterator[Event]:
    """Build a new generation from all known collections beside the present one, then change over.

    A rebuild that was stopped or killed goes on where it was.

    Raises:
        SettingsError: a collection's folder is gone.
        IndexUnavailable: a folder is empty, or a document that was indexed can no longer be read. In every
            case the present index stays as it is.
    """
    old = parts.registry.active_generation()
    if old is None:
        raise IndexUnavailable("index.nothing", folder="-")
    old_store = parts.open_store(old.name)
    if old_store.exists():
        old_store.count()  # raises where another process has it open: it must not lose its index under way
    collections = parts.registry.collections()
    listings = {name: discover(folders, parts.settings.ignore) for name, folders in collections.items()}
    before = {name: parts.registry.documents(old.name, name) for name in collections}
    for name, folders in collections.items():
        _refuse_suddenly_empty(folders, listings[name], name, before[name])
        make_plan(listings[name], before[name], name).check_deletions(parts.settings.deletion_share)
    generation = _building_generation(parts)
    lost = [
        path
        for name, listing in listings.items()
        for path in before[name]
        if before[name][path].version and path.startswith(tuple(f"{folder}/" for folder in listing.unlisted))
    ]
    for name in collections:
        known = parts.registry.documents(generation.name, name)
        made = make_plan(listings[name], known, name)
        yield Planned(plan=made)
        with parts.history.run(name, "rebuild") as run:
            for event in _carry_out(made, known, generation, parts, completed=False):
                if isinstance(event, Outcome):
                    run.note(event)
                    if event.error and (entry := before[name].get(event.path)) and entry.version:
                        lost.append(event.path)
                yield event
    if lost:
        raise IndexUnavailable("index.not_changed_over", documents=", ".join(lost[:5]), count=len(lost))
    parts.registry.activate(generation.name)
    old_store.drop()


def remove_collection(collection: str, parts: Ingestion) -> int:
    """Take a collection out of the index; its files stay where they are.

    Returns:
        How many documents it had.

    Raises:
        SettingsError: there is none of this name.
    """
    if collection not in parts.registry.collections():
        raise SettingsError("collection.unknown", collection=collection)
    generation = current_generation(parts)
    known = parts.registry.documents(generation.name, collection)
    _writer(collection, generation, {}, parts).remove(list(known))
    if building := parts.registry.building_generation():
        begun = parts.registry.documents(building.name, collection)
        _writer(collection, building, {}, parts).remove(list(begun))
    parts.registry.forget_collection(collection)
    return len(known)


def current_generation(parts: Ingestion) -> Generation:
    """The generation that is searched; the first one is made here.

    Raises:
        IndexUnavailable: it was built with another embedding model or chunking than the settings name.
    """
    generation = parts.registry.active_generation()
    if generation is None:
        generation = _new_generation(parts, "active")
    generation.check_embedding(parts.embedder.signature)
    parts.open_store(generation.name).create(generation.dimension)  # a kill may have come before this
    return generation


def _building_generation(parts: Ingestion) -> Generation:
    """The generation that a rebuild before this one began, if it still fits; else a new one."""
    if stale := parts.registry.building_generation():
        store = parts.open_store(stale.name)
        if stale.embedding == parts.embedder.signature:
            store.create(stale.dimension)
            return stale
        store.drop()
        parts.registry.forget_generation(stale.name)
    return _new_generation(parts, "building")


def _new_generation(parts: Ingestion, state: str) -> Generation:
    dimension = parts.embedder.dimension
    generation = parts.registry.start_generation(parts.embedder.signature, dimension, state)
    parts.open_store(generation.name).create(dimension)
    return generation


def _refuse_other_folders(folders: Sequence[Path], collection: str, parts: Ingestion) -> None:
    before = parts.registry.collections().get(collection, ())
    if missing := set(before) - {folder.resolve() for folder in folders}:
        raise SettingsError("folder.other", collection=collection, before=", ".join(map(str, sorted(missing))))


def _refuse_suddenly_empty(
    folders: Sequence[Path], listing: Listing, collection: str, known: Mapping[str, Known]
) -> None:
    # A mount point whose drive is gone is an empty folder, perhaps with a stray file that is no document.
    prefixes = {folder: f"{folder.resolve().name}/" if len(folders) > 1 else "" for folder in folders}
    for folder, prefix in prefixes.items():
        count = sum(path.startswith(prefix) for path in known)
        if count and not any(file.path.startswith(prefix) and readable(file.path) for file in listing.files):
            raise IndexUnavailable("folder.suddenly_empty", folder=folder, collection=collection, count=count)


def _writer(collection: str, generation: Generation, known: Mapping[str, Known], parts: Ingestion) -> IndexWriter:
    copies = {entry.version: path for path, entry in known.items() if entry.version and entry.pending is None}
    store = parts.open_store(generation.name)
    return IndexWriter(collection, generation, parts.registry, store, parts.embedder, copies)


def _carry_out(
    made: Plan, known: Mapping[str, Known], generation: Generation, parts: Ingestion, completed: bool
) -> Iterator[Event]:
    """Do what the plan says: read in workers, embed and write here, remove at the end.

    Documents are compared with each other when one has changed, or the run before did not come to that.
    """
    writer = _writer(made.collection, generation, known, parts)
    to_read = [change for change in made.changes if change.kind in ("added", "changed", "moved")]
    present = set()  # an archive may have become a folder with the same files, or the other way round
    for event in chain(_settled(made, generation, parts), _read_and_write(to_read, known, writer, parts)):
        if isinstance(event, Outcome):
            present.add(event.path)
        yield event
    gone = [change.path for change in made.changes if change.kind == "deleted" and change.path not in present]
    for path in gone:
        writer.remove([other for other in _with_members(path, known) if other not in present])
        yield Outcome(collection=made.collection, path=path, status="removed")
    if to_read or gone or not completed:
        _mark_superseded(made.collection, generation, writer.store, parts)
        writer.store.flush()


def _settled(made: Plan, generation: Generation, parts: Ingestion) -> Iterator[Outcome]:
    """Outcomes of the files that are not read; what was touched without changing is noted."""
    touched: list[tuple[Known, None]] = []
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
            yield Outcome(**base, status="ignored", error=change.reason)
    parts.registry.put_documents(generation.name, made.collection, touched)


def _read_and_write(
    changes: Sequence[Change], known: Mapping[str, Known], writer: IndexWriter, parts: Ingestion
) -> Iterator[Event]:
    if not changes:
        return
    workers = min(parts.settings.workers or cpu_count() or 1, len(changes))
    collection = writer.collection
    newer = parts.registry.superseded(writer.generation.name, collection)
    preparation = Preparation(collection, known, newer, parts.vault, parts.splitter, parts.settings, workers)
    threads = ThreadPoolExecutor(workers + 1, thread_name_prefix="prepare")
    batch: list[Prepared] = []
    try:
        threads.submit(preparation.warm_up)
        for change, items, must_wait in _in_turn(changes, preparation, threads, workers * _AHEAD + 1):
            for item in items:
                if isinstance(item, Prepared):
                    batch.append(item)
                else:
                    yield _pass_over(item, known, writer, parts)
            writer.remove(_left_containers(change, items, known))
            # While the next file is still being read, the embedder takes what there is.
            if batch and (must_wait or sum(len(document.passages) for document in batch) >= _BATCH):
                yield from _write(batch, known, writer)
                batch = []
    finally:
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


def _with_members(path: str, known: Mapping[str, Known]) -> list[str]:
    """A document and all that it holds, the innermost first."""
    inner = [other for other in known if other.startswith(f"{path}/") and known[other].container]
    return [*sorted(inner, key=len, reverse=True), path]


def _write(batch: Sequence[Prepared], known: Mapping[str, Known], writer: IndexWriter) -> Iterator[Event]:
    embedded: list[int] = []
    writer.write(batch, embedded.append)
    for document in batch:
        if document.moved_from:  # at once: a killed run leaves no document at both places
            writer.remove(_with_members(document.moved_from, known))
    yield Embedded(passages=sum(embedded))
    for document in batch:
        yield Outcome(
            collection=writer.collection,
            path=document.known.path,
            status="moved" if document.moved_from else "indexed",
            passages=len(document.passages),
            seconds=document.seconds,
        )


def _pass_over(item: Passed, known: Mapping[str, Known], writer: IndexWriter, parts: Ingestion) -> Outcome:
    before = known.get(item.path)
    if item.known and item.reason:
        if before and before.pending is not None:  # a killed run had begun to write it
            writer.clean_up(item.path, before.version)
        parts.registry.put_documents(writer.generation.name, writer.collection, [(item.known, None)])
    status = "failed" if item.reason else "unchanged" if item.unchanged else "ignored"
    passages = item.known.passages if item.known and item.unchanged else 0
    return Outcome(
        collection=writer.collection,
        path=item.path,
        status=status,
        passages=passages,
        error=item.reason,
        seconds=item.seconds,
    )


def _left_containers(change: Change, items: Sequence[Prepared | Passed], known: Mapping[str, Known]) -> list[str]:
    """Documents that a mail or archive held before and holds no longer; of a failed one all stay."""
    present = {item.known.path if isinstance(item, Prepared) else item.path for item in items}
    failed = tuple(f"{item.path}/" for item in items if isinstance(item, Passed) and item.reason)
    inner = (path for path in known if path.startswith(f"{change.path}/") and known[path].container)
    return [path for path in inner if path not in present and not path.startswith(failed or ("\0",))]


def _mark_superseded(collection: str, generation: Generation, store: PassageStore, parts: Ingestion) -> None:
    """Note at older versions which document takes their place, wherever that changed."""
    before = parts.registry.superseded(generation.name, collection)
    after = superseded(parts.registry.described(generation.name, collection))
    changed = {path: after.get(path) for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    for path, newer in changed.items():
        store.set_superseded(document_id(collection, path), newer)
    parts.registry.set_superseded(generation.name, collection, changed)
