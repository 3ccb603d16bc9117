"""Folder -> elements -> passages -> Qdrant. The only code that writes the index."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from config.access import label
from config.errors import IndexUnavailable, SettingsError
from config.policy import is_fit_name
from ingest.db.leases import Lease
from ingest.db.registry import IndexedDocument
from ingest.db.runs import Outcome
from ingest.sync.carry_out import Event, IngestServices, Planned, carry_out, index_writer
from ingest.sync.discover import Listing, discover, folder_prefixes
from ingest.sync.generations import current_generation, drop_retired, generation_to_build
from ingest.sync.plan import Plan, make_plan, readable


def plan(folders: Sequence[Path], collection: str, services: IngestServices, allow_deletions: bool = False) -> Plan:
    """What a run would do; nothing is changed.

    Raises:
        SettingsError: no such folder, the collection has others, or it cannot have this name.
        IndexUnavailable: as from `ingest`.
    """
    refuse_unclear_name(collection, services.registry.collections())
    generation = services.registry.active_generation()
    if generation:
        generation.check_embedding(services.embedder.signature)
    known = services.registry.documents(generation.name, collection) if generation else {}
    if known and not allow_deletions:
        _refuse_other_folders(folders, collection, services)
    listing = discover(folders, services.settings.ignore)
    _refuse_suddenly_empty(folders, listing, collection, known)
    return make_plan(listing, known, collection)


def ingest(
    folders: Sequence[Path],
    collection: str,
    services: IngestServices,
    forced: Collection[str] = (),
    allow_deletions: bool = False,
) -> Iterator[Event]:
    """Bring a collection's index in line with its folders.

    Files that have not changed cost their entry in the listing. A file that fails keeps the version indexed before,
    and never stops the run. The caller may stop at any event; the next run goes on.

    Args:
        folders: the collection's documents.
        collection: its name, which is also the access label of its passages.
        services: registry, vault, embedder, splitter, store and limits.
        forced: paths that are read again in any case.
        allow_deletions: let more than the set share of the collection go, and folders be taken from it.

    Yields:
        The plan, then passages as they are embedded and the outcome of each file as it is done.

    Raises:
        SettingsError: no such folder, the collection has others, or it cannot have this name.
        IndexUnavailable: the folders are empty though the collection is not, too much would be removed, the index
            was built with another embedding model, Qdrant cannot be reached, or another process is at the collection.
        DiskFull: less than the floor is free; what is done stays done.
    """
    refuse_unclear_name(collection, services.registry.collections())
    services.vault.room.check()
    with _lease_for(collection, services) as lease:
        yield from _ingest(folders, collection, services, forced, allow_deletions, lease)


def _lease_for(collection: str, services: IngestServices) -> AbstractContextManager[Lease]:
    """Of the collection; the first run has the whole index, since it makes it."""
    return services.leases.held("index", collection if services.registry.active_generation() else "")


def _ingest(
    folders: Sequence[Path],
    collection: str,
    services: IngestServices,
    forced: Collection[str],
    allow_deletions: bool,
    lease: Lease,
) -> Iterator[Event]:
    listing = discover(folders, services.settings.ignore)
    drop_retired(services)
    generation = current_generation(services)
    known = services.registry.documents(generation.name, collection)
    if known and not allow_deletions:
        _refuse_other_folders(folders, collection, services)
    _refuse_suddenly_empty(folders, listing, collection, known)
    made = make_plan(listing, known, collection, forced)
    if not allow_deletions:
        made.check_deletions(services.settings.deletion_share)
    yield Planned(plan=made)
    services.registry.set_collection(collection, [str(folder.resolve()) for folder in folders])
    completed = services.history.was_completed(collection)
    with services.history.run(collection, "run") as run:
        for event in carry_out(made, known, generation, services, completed):
            lease.check()
            if isinstance(event, Outcome):
                run.note(event)
            yield event


def rebuild(services: IngestServices) -> Iterator[Event]:
    """Build a new generation from all known collections beside the present one, then change over.

    A rebuild that was stopped or killed goes on where it was.

    Raises:
        SettingsError: a collection's folder is gone.
        IndexUnavailable: a folder is empty, a document that was indexed can no longer be read, or another process is
            at the index. In every case the present index stays as it is.
        DiskFull: less than the floor is free; the next rebuild goes on.
    """
    with services.leases.held("index") as lease:
        yield from _rebuild(services, lease)


def _rebuild(services: IngestServices, lease: Lease) -> Iterator[Event]:
    old = services.registry.active_generation()
    if old is None:
        raise IndexUnavailable("index.nothing", folder="-")
    services.vault.room.check()
    drop_retired(services)
    old_store = services.open_store(old.name)
    if old_store.exists():
        old_store.count()  # raises where another process has it open: it must not lose its index under way
    collections = services.registry.collections()
    listings = {name: discover(folders, services.settings.ignore) for name, folders in collections.items()}
    before = {name: services.registry.documents(old.name, name) for name in collections}
    for name, folders in collections.items():
        _refuse_suddenly_empty(folders, listings[name], name, before[name])
        make_plan(listings[name], before[name], name).check_deletions(services.settings.deletion_share)
    generation = generation_to_build(services)
    lost = [
        path
        for name, listing in listings.items()
        for path in before[name]
        if before[name][path].version and path.startswith(tuple(f"{folder}/" for folder in listing.unlisted))
    ]
    for name in collections:
        known = services.registry.documents(generation.name, name)
        made = make_plan(listings[name], known, name)
        yield Planned(plan=made)
        with services.history.run(name, "rebuild") as run:
            for event in carry_out(made, known, generation, services, completed=False):
                lease.check()
                if isinstance(event, Outcome):
                    run.note(event)
                    if event.error and (entry := before[name].get(event.path)) and entry.version:
                        lost.append(event.path)
                yield event
    if lost:
        raise IndexUnavailable("index.not_changed_over", documents=", ".join(lost[:5]), count=len(lost))
    lease.check()
    services.registry.activate(generation.name)
    drop_retired(services)


def remove_collection(collection: str, services: IngestServices) -> int:
    """Take a collection out of the index; its files stay where they are.

    Returns:
        How many documents it had.

    Raises:
        SettingsError: there is none of this name.
        IndexUnavailable: another process is at the collection.
    """
    if collection not in services.registry.collections():
        raise SettingsError("collection.unknown", collection=collection)
    with _lease_for(collection, services):
        generation = current_generation(services)
        known = services.registry.documents(generation.name, collection)
        index_writer(collection, generation, {}, services).remove(list(known))
        if building := services.registry.building_generation():
            begun = services.registry.documents(building.name, collection)
            index_writer(collection, building, {}, services).remove(list(begun))
        services.registry.forget_collection(collection)
    return len(known)


def refuse_unclear_name(collection: str, others: Iterable[str]) -> None:
    """Refuse a name for which the policy's rules for another collection, or for a folder of one, would count.

    Args:
        collection: its name.
        others: names of the collections so far.

    Raises:
        SettingsError: the name is not fit, or only spelled otherwise than that of another collection.
    """
    if not is_fit_name(collection):
        raise SettingsError("collection.bad_name", collection=repr(collection))
    for known in others:
        if known != collection and label(known) == label(collection):
            raise SettingsError("collection.other_spelling", collection=collection, known=known)


def _refuse_other_folders(folders: Sequence[Path], collection: str, services: IngestServices) -> None:
    before = services.registry.collections().get(collection, ())
    if missing := set(before) - {folder.resolve() for folder in folders}:
        raise SettingsError("folder.other", collection=collection, before=", ".join(map(str, sorted(missing))))


def _refuse_suddenly_empty(
    folders: Sequence[Path], listing: Listing, collection: str, known: Mapping[str, IndexedDocument]
) -> None:
    # A mount point whose drive is gone is an empty folder, perhaps with a stray file that is no document.
    for folder, prefix in zip(folders, folder_prefixes(folders), strict=True):
        count = sum(path.startswith(prefix) for path in known)
        if count and not any(file.path.startswith(prefix) and readable(file.path) for file in listing.files):
            raise IndexUnavailable("folder.suddenly_empty", folder=folder, collection=collection, count=count)
