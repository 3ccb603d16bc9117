"""Folder -> elements -> passages -> Qdrant. The only code that writes the index."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from config.errors import DocumentFailed, FundstelleError, IndexUnavailable, SettingsError
from ingest.discover import Found, discover
from ingest.documents import Extraction, Frozen, Passage, document_id
from ingest.embedding import Embedder
from ingest.partition import PARTITIONERS, extract
from ingest.passages import Source, cut_passages, search_text
from ingest.registry import Generation, Known, Registry
from ingest.sparse import passage_vector
from ingest.store import PassageStore
from ingest.vault import Vault

if TYPE_CHECKING:
    from llama_index.core.node_parser import NodeParser

Status = Literal["indexed", "unchanged", "removed", "failed", "ignored"]


class Outcome(Frozen):
    """What became of one file."""

    path: str
    status: Status
    passages: int = 0
    error: FundstelleError | None = None

    model_config = Frozen.model_config | {"arbitrary_types_allowed": True}


class Ingestion(NamedTuple):
    """The parts an ingestion run works with; built in one place and passed down."""

    registry: Registry
    vault: Vault
    embedder: Embedder
    splitter: "Callable[[], NodeParser]"  # built only when there is something to split
    open_store: Callable[[str], PassageStore]


def ingest(folder: Path, collection: str, parts: Ingestion) -> Iterator[Outcome]:
    """Bring a collection's index in line with its folder.

    Files that have not changed cost a stat. A file that fails keeps the version indexed before, and never
    stops the run.

    Args:
        folder: the collection's documents.
        collection: its name, which is also the access label of its passages.
        parts: registry, vault, embedder, splitter and store.

    Yields:
        The outcome of each file as it is done.

    Raises:
        SettingsError: no such folder, or the collection belongs to another one.
        IndexUnavailable: the folder is empty though the collection is not, the index was built with another
            embedding model, or Qdrant cannot be reached.
    """
    found = list(discover(folder))
    generation = current_generation(parts)
    known = parts.registry.documents(generation.name, collection)
    if known:
        _refuse_other_folder(folder, collection, parts)
    _refuse_suddenly_empty(folder, found, collection, known)
    parts.registry.set_collection(collection, str(folder.resolve()))
    store = parts.open_store(generation.name)
    yield from _bring_in_line(found, known, collection, generation, store, parts)
    store.flush()


def rebuild(parts: Ingestion) -> Iterator[Outcome]:
    """Build a new generation from all known collections beside the present one, then change over.

    Yields:
        The outcome of each file.

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
    if stale := parts.registry.building_generation():
        parts.open_store(stale.name).drop()
        parts.registry.forget_generation(stale.name)
    folders = {name: Path(folder) for name, folder in parts.registry.collections().items()}
    found = {name: list(discover(folder)) for name, folder in folders.items()}
    known = {name: parts.registry.documents(old.name, name) for name in folders}
    for name, folder in folders.items():
        _refuse_suddenly_empty(folder, found[name], name, known[name])
    generation = _new_generation(parts, "building")
    store = parts.open_store(generation.name)
    lost: list[str] = []
    for name in folders:
        for outcome in _bring_in_line(found[name], {}, name, generation, store, parts):
            if outcome.status == "failed" and (before := known[name].get(outcome.path)) and before.version:
                lost.append(outcome.path)
            yield outcome
    store.flush()
    if lost:
        raise IndexUnavailable("index.not_changed_over", documents=", ".join(lost[:5]), count=len(lost))
    parts.registry.activate(generation.name)
    old_store.drop()


def _refuse_other_folder(folder: Path, collection: str, parts: Ingestion) -> None:
    before = parts.registry.collections().get(collection)
    if before and Path(before) != folder.resolve():
        raise SettingsError("folder.other", collection=collection, before=before, folder=folder)


def _refuse_suddenly_empty(folder: Path, found: list[Found], collection: str, known: dict[str, Known]) -> None:
    # A mount point whose drive is gone is an empty folder, perhaps with a stray file that is no document.
    if known and not any(_readable(file) for file in found):
        raise IndexUnavailable("folder.suddenly_empty", folder=folder, collection=collection, count=len(known))


def _readable(file: Found) -> bool:
    return Path(file.path).suffix.lower() in PARTITIONERS


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


def _new_generation(parts: Ingestion, state: str) -> Generation:
    dimension = parts.embedder.dimension
    generation = parts.registry.start_generation(parts.embedder.signature, dimension, state)
    parts.open_store(generation.name).create(dimension)
    return generation


def _bring_in_line(
    found: list[Found],
    known: dict[str, Known],
    collection: str,
    generation: Generation,
    store: PassageStore,
    parts: Ingestion,
) -> Iterator[Outcome]:
    for file in found:
        yield _ingest_file(file, known.get(file.path), collection, generation, store, parts)
    for path in known.keys() - {file.path for file in found}:
        store.delete_document(document_id(collection, path))
        parts.registry.remove_document(generation.name, collection, path)
        yield Outcome(path=path, status="removed")


def _ingest_file(
    file: Found, known: Known | None, collection: str, generation: Generation, store: PassageStore, parts: Ingestion
) -> Outcome:
    if not _readable(file):
        return Outcome(path=file.path, status="ignored")
    if known and (known.size, known.modified_ns) == (file.size, file.modified_ns) and not known.reason:
        return Outcome(path=file.path, status="unchanged", passages=known.passages)
    try:
        content, version = _read(file)
        if known and known.version == version and not known.reason:
            passages = known.passages
        else:
            passages = _index_version(file, content, version, collection, store, parts)
    except DocumentFailed as error:
        kept = known or Known(path=file.path, version=None, size=0, modified_ns=0, passages=0, reason=None)
        reason = {"key": error.key, **{name: str(value) for name, value in error.details.items()}}
        _register(kept.version, kept.passages, reason, file, collection, generation, parts)
        return Outcome(path=file.path, status="failed", error=error)
    _register(version, passages, None, file, collection, generation, parts)
    return Outcome(path=file.path, status="indexed", passages=passages)


def _read(file: Found) -> tuple[bytes, str]:
    try:
        content = file.file.read_bytes()
    except OSError as error:
        raise DocumentFailed("document.unreadable", document=file.path) from error
    return content, hashlib.sha256(content).hexdigest()


def _index_version(
    file: Found, content: bytes, version: str, collection: str, store: PassageStore, parts: Ingestion
) -> int:
    extraction = _extract(file, content)
    passages = _passages(file, extraction, version, collection, parts)
    vectors = parts.embedder.embed_passages([search_text(passage) for passage in passages])
    sparse = [passage_vector(search_text(passage), passage.language) for passage in passages]
    parts.vault.keep(version, file.file.suffix.lower(), content, extraction)
    # The new version is there before the old one goes, and the registry hears of it last: a kill in between
    # leaves work to repeat, never a gap.
    store.write(passages, vectors, sparse)
    store.delete_document(document_id(collection, file.path), keep_version=version)
    store.flush()
    return len(passages)


def _extract(file: Found, content: bytes) -> Extraction:
    # From the bytes that were hashed, not from the file, which may have changed since.
    with tempfile.TemporaryDirectory(prefix="fundstelle-") as folder:
        snapshot = Path(folder) / file.file.name
        snapshot.write_bytes(content)
        return extract(snapshot)


def _passages(file: Found, extraction: Extraction, version: str, collection: str, parts: Ingestion) -> list[Passage]:
    modified = datetime.fromtimestamp(file.modified_ns / 1e9, UTC)
    source = Source(collection=collection, path=file.path, version=version, modified=modified, labels=(collection,))
    return cut_passages(extraction, source, parts.splitter())


def _register(
    version: str | None,
    passages: int,
    reason: dict[str, str] | None,
    file: Found,
    collection: str,
    generation: Generation,
    parts: Ingestion,
) -> None:
    known = Known(
        path=file.path,
        version=version,
        size=file.size,
        modified_ns=file.modified_ns,
        passages=passages,
        reason=reason,
    )
    parts.registry.put_document(generation.name, collection, known)
