"""The plan of a run: what it would do with each file, before it does anything."""

import hashlib
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from config.errors import DocumentFailed, IndexUnavailable
from config.private_files import opened_plain
from ingest.db.registry import IndexedDocument
from ingest.partition import PARTITIONERS, STATE
from ingest.sync.discover import FoundFile, Listing
from ingest.sync.source_files import opened_file

Kind = Literal["added", "changed", "moved", "deleted", "unchanged", "failed", "ignored"]
# A file written this shortly before it was read may have been written again without a new time: look inside.
_CLOCK_NS = 2_000_000_000
# Removals up to this number need no leave: whoever tidies up a small folder is not asked.
_FEW = 5
# Reasons that may pass without the file changing.
_PASSING = ("document.unreadable", "document.changing", "document.replaced", "document.needs_program",
            "document.too_slow", "document.too_much_memory", "document.crashed", "document.too_large")  # fmt: skip

_NOT_MEANT = ("document.link_outside", "document.no_regular_file")  # passed over on purpose


class Change(NamedTuple):
    """What a run does with one path."""

    kind: Kind
    path: str
    file: FoundFile | None = None
    known: IndexedDocument | None = None
    moved_from: str | None = None
    reason: DocumentFailed | None = None
    is_forced: bool = False


class Plan(NamedTuple):
    """All changes of a run, in the order they are made: removals last."""

    collection: str
    changes: tuple[Change, ...]
    known: int  # documents of the collection before the run
    seen_ns: int  # when the files were looked at

    @property
    def counts(self) -> dict[Kind, int]:
        """How many of each kind, none left out."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in Kind.__args__}  # type: ignore[attr-defined]

    @property
    def read_otherwise(self) -> int:
        """How many documents are read anew though their files are the same: the readers are others than before."""
        return sum(
            change.kind == "changed" and change.known is not None and change.known.read_by not in ("", STATE)
            for change in self.changes
        )

    def check_deletions(self, share: float) -> None:
        """Make sure that the run does not remove more than a share of the collection.

        Raises:
            IndexUnavailable: it would.
        """
        deleted = self.counts["deleted"]
        if deleted > max(_FEW, share * self.known):
            raise IndexUnavailable("folder.mass_deletion", count=deleted, known=self.known, collection=self.collection)


def make_plan(
    listing: Listing, known: Mapping[str, IndexedDocument], collection: str, forced: Collection[str] = ()
) -> Plan:
    """Compare a folder with the registry.

    Unchanged files cost nothing but their entry in the listing; files with another size or time are read to see
    whether their content changed, and new ones only where a lost document has their size.

    Args:
        listing: of the collection's folders.
        known: its documents by path.
        collection: its name.
        forced: paths that are read again in any case.
    """
    seen_ns = time.time_ns()
    unfinished = set(_unfinished_containers(known))
    changes = [
        _change(file, known.get(file.path), file.path in forced, file.path in unfinished) for file in listing.files
    ]
    for path, reason in listing.unlisted.items():
        changes.append(Change("ignored" if reason.key in _NOT_MEANT else "failed", path, reason=reason))
    gone = list(_gone(listing, known))
    moved = _moved(changes, gone)
    origins = set(moved.values())
    changes = [
        change._replace(kind="moved", moved_from=moved[change.path]) if change.path in moved else change
        for change in changes
    ]
    changes += [Change("deleted", lost.path, known=lost) for lost in gone if lost.path not in origins]
    top_level = sum(document.container is None for document in known.values())
    return Plan(collection=collection, changes=tuple(changes), known=top_level, seen_ns=seen_ns)


def readable(path: str) -> bool:
    """Whether files of this name can be read."""
    return PurePosixPath(path).suffix.lower() in PARTITIONERS


def content_hash(file: FoundFile | Path) -> str:
    """SHA-256 of a file's bytes.

    Args:
        file: of a collection's folder, or in a folder of this program's own.

    Raises:
        OSError: it cannot be read, or is a link.
    """
    opened: AbstractContextManager[BufferedReader]
    opened = opened_file(file.place) if isinstance(file, FoundFile) else opened_plain(file)
    with opened as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _unfinished_containers(known: Mapping[str, IndexedDocument]) -> Iterator[str]:
    """Mails and archives with a document that has to be tried again."""
    for document in known.values():
        container = document.container
        if container and (document.pending is not None or _may_pass(document)):
            while container in known and (outer := known[container].container):
                container = outer
            yield container


def _change(file: FoundFile, known: IndexedDocument | None, forced: bool, unfinished: bool) -> Change:
    if not readable(file.path):
        return Change("ignored", file.path, file)
    if known is None:
        return Change("added", file.path, file)
    kind: Kind = "changed" if known.version else "added"
    was_inside = known.container is not None  # a folder now stands where an archive stood
    if forced or unfinished or was_inside or known.pending is not None or known.read_by != STATE or _may_pass(known):
        return Change(kind, file.path, file, known, is_forced=forced)
    if is_trusted(file, known) or _same_content(file, known):
        if known.reason:
            return Change("failed", file.path, file, known, reason=DocumentFailed.from_reason(known.reason))
        return Change("unchanged", file.path, file, known)
    return Change(kind, file.path, file, known)


def is_trusted(file: FoundFile, known: IndexedDocument) -> bool:
    """Whether the file's size and times alone say that it is unchanged."""
    same = (known.size, known.modified_ns) == (file.size, file.modified_ns)
    return same and known.seen_ns - known.modified_ns > _CLOCK_NS


def _may_pass(known: IndexedDocument) -> bool:
    return bool(known.reason) and known.reason["key"] in _PASSING  # type: ignore[index]


def _same_content(file: FoundFile, known: IndexedDocument) -> bool:
    if known.reason:  # of a failed file the registry keeps the version before
        return (known.size, known.modified_ns) == (file.size, file.modified_ns)
    try:
        return file.size == known.size and content_hash(file) == known.version
    except OSError:
        return False  # it is read once more in its turn, and the reason is said there


def _gone(listing: Listing, known: Mapping[str, IndexedDocument]) -> Iterator[IndexedDocument]:
    """Documents whose file is no longer there, unless their folder could not be looked at."""
    present = {file.path for file in listing.files}
    present |= {path for path, reason in listing.unlisted.items() if reason.key not in _NOT_MEANT}
    unlisted = tuple(f"{path}/" for path in listing.unlisted)
    for path, document in known.items():
        if document.container is None and path not in present and not path.startswith(unlisted or ("\0",)):
            yield document


def _moved(changes: list[Change], gone: list[IndexedDocument]) -> dict[str, str]:
    """Old path of each new file with the content of a lost document of the same format."""
    lost = {(document.size, document.version): document.path for document in gone if document.version}
    sizes = {size for size, _ in lost}
    moved: dict[str, str] = {}
    for change in changes:
        if change.kind != "added" or change.file is None or change.file.size not in sizes:
            continue
        try:
            content = (change.file.size, content_hash(change.file))
        except OSError:
            continue
        if content in lost and PurePosixPath(lost[content]).suffix == PurePosixPath(change.path).suffix:
            moved[change.path] = lost.pop(content)
    return moved
