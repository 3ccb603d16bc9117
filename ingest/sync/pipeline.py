"""Folder -> elements -> passages -> Qdrant. The only code that writes the index."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from config.access import label
from config.errors import IndexUnavailable, SettingsError
from config.policy import is_fit_name
from ingest.db.registry import Generation, IndexedDocument
from ingest.db.runs import Outcome
from ingest.sync.carry_out import Event, IngestServices, Planned, carry_out, index_writer
from ingest.sync.discover import Listing, discover, folder_prefixes
from ingest.sync.plan import Plan, make_plan, readable


def plan(folders: Sequence[Path], collection: str, parts: IngestServices, allow_deletions: bool = False) -> Plan:
    """What a run would do; nothing is changed.

    Raises:
        SettingsError: no such folder, the collection has others, or it cannot have this name.
        IndexUnavailable: as from `ingest`.
    """
    refuse_unclear_name(collection, parts.registry.collections())
    generation = parts.registry.active_generation()
    if generation:
        generation.check_embedding(parts.embedder.signature)
    known = parts.registry.documents(generation.name, collection) if generation else {}
    if known and not allow_deletions:
        _refuse_other_folders(folders, collection, parts)
    listing = discover(folders, parts.settings.ignore)
    _refuse_suddenly_empty(folders, listing, collection, known)
    return make_plan(listing, known, collection)


def ingest(
    folders: Sequence[Path],
    collection: str,
    parts: IngestServices,
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
        SettingsError: no such folder, the collection has others, or it cannot have this name.
        IndexUnavailable: the folders are empty though the collection is not, too much would be removed, the index
            was built with another embedding model, or Qdrant cannot be reached.
    """
    refuse_unclear_name(collection, parts.registry.collections())
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
        for event in carry_out(made, known, generation, parts, completed):
            if isinstance(event, Outcome):
                run.note(event)
            yield event


def rebuild(parts: IngestServices) -> Iterator[Event]:
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
            for event in carry_out(made, known, generation, parts, completed=False):
                if isinstance(event, Outcome):
                    run.note(event)
                    if event.error and (entry := before[name].get(event.path)) and entry.version:
                        lost.append(event.path)
                yield event
    if lost:
        raise IndexUnavailable("index.not_changed_over", documents=", ".join(lost[:5]), count=len(lost))
    parts.registry.activate(generation.name)
    old_store.drop()


def remove_collection(collection: str, parts: IngestServices) -> int:
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
    index_writer(collection, generation, {}, parts).remove(list(known))
    if building := parts.registry.building_generation():
        begun = parts.registry.documents(building.name, collection)
        index_writer(collection, building, {}, parts).remove(list(begun))
    parts.registry.forget_collection(collection)
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


def current_generation(parts: IngestServices) -> Generation:
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


def _building_generation(parts: IngestServices) -> Generation:
    """The generation that a rebuild before this one began, if it still fits; else a new one."""
    if stale := parts.registry.building_generation():
        store = parts.open_store(stale.name)
        if stale.embedding == parts.embedder.signature:
            store.create(stale.dimension)
            return stale
        store.drop()
        parts.registry.forget_generation(stale.name)
    return _new_generation(parts, "building")


def _new_generation(parts: IngestServices, state: str) -> Generation:
    dimension = parts.embedder.dimension
    generation = parts.registry.start_generation(parts.embedder.signature, dimension, state)
    parts.open_store(generation.name).create(dimension)
    return generation


def _refuse_other_folders(folders: Sequence[Path], collection: str, parts: IngestServices) -> None:
    before = parts.registry.collections().get(collection, ())
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
