"""From a file to passages: snapshot, partitioning in a worker, metadata, splitting. Runs beside the embedding."""

import logging
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from config.access import labels_of
from config.errors import DiskFull, DocumentFailed
from config.sections import IngestSettings
from ingest.db.registry import DocumentMetadata, IndexedDocument
from ingest.documents import Extraction, Member, Metadata, Passage
from ingest.index.passages import Source, cut_passages, search_text
from ingest.index.sparse import SparseVector, passage_vector
from ingest.partition import CONTAINERS, STATE
from ingest.quality.fingerprint import fingerprint
from ingest.quality.measures import measure
from ingest.quality.metadata import metadata
from ingest.sync.budget import Budget
from ingest.sync.discover import LONGEST_PATH, FoundFile
from ingest.sync.plan import Change, content_hash, readable
from ingest.sync.snapshot import Stat, take_snapshot
from ingest.sync.worker import Read
from ingest.sync.worker_pool import WorkerPool
from ingest.text.words import detect_language
from ingest.vault import Vault

if TYPE_CHECKING:
    from llama_index.core.node_parser import NodeParser

_LAST_SECOND = 253_402_300_799  # of the year 9999


class Prepared(NamedTuple):
    """A document ready to be embedded and written."""

    known: IndexedDocument  # as it will be registered
    passages: tuple[Passage, ...]
    sparse: tuple[SparseVector, ...]
    document_metadata: DocumentMetadata
    seconds: float
    moved_from: str | None = None
    replaces: str | None = None  # its own path, where a version of it is indexed


class Passed(NamedTuple):
    """A document that is not written: failed with its reason, unchanged inside its container, or no document."""

    path: str
    reason: DocumentFailed | None = None
    known: IndexedDocument | None = None  # what is registered of a failure
    unchanged: bool = False
    seconds: float = 0.0


class _Job(NamedTuple):
    file: Path
    path: str
    container: str | None
    version: str
    stat: Stat
    seen_ns: int
    moved_from: str | None
    forced: bool


class Preparation:
    """Prepares files of one collection; every call may run in a thread of its own.

    Args:
        collection: name and access label of the documents.
        known: what the registry has, by path.
        newer: documents that take an older one's place, by its path.
        vault: keeps bytes and extractions.
        splitter: gives the node parser.
        settings: limits.
        workers: how many files are read at once.
    """

    def __init__(
        self,
        collection: str,
        known: Mapping[str, IndexedDocument],
        newer: Mapping[str, Sequence[str]],
        vault: Vault,
        splitter: "Callable[[], NodeParser]",
        settings: IngestSettings,
        workers: int,
    ) -> None:
        self._collection, self._known, self._newer = collection, known, newer
        self._vault, self._splitter, self._settings = vault, splitter, settings
        self._workers = WorkerPool(settings, workers)
        self._containers = {document.container for document in known.values() if document.container}
        self._stopped = False

    def warm_up(self) -> None:
        """Load the libraries of this process while the first worker loads its own."""
        self._splitter()
        fingerprint("warm")

    def prepare(self, change: Change) -> list[Prepared | Passed]:
        """Prepare one file and all that it contains.

        Args:
            change: of a plan, with a file that is there.
        """
        file = change.file
        assert file is not None  # noqa: S101 - only removals have none
        with tempfile.TemporaryDirectory(prefix="fundstelle-") as folder:
            try:
                seen = time.time_ns()
                snapshot, version, stat = take_snapshot(file, Path(folder), self._settings.file_megabytes)
                job = _Job(snapshot, file.path, None, version, stat, seen, change.moved_from, change.is_forced)
                return list(self._documents(job, 0, Budget(file.path)))
            except DocumentFailed as error:
                return [self._failed(file.path, _stat(file), None, error, 0.0)]
            except DiskFull:  # of no file's making, and the next one would fail as well
                raise
            except Exception as error:  # whatever one file does, the others are read
                logging.getLogger(__name__).exception("reading %s failed", file.path)
                reason = f"{type(error).__name__}: {error}"[:200]
                failed = DocumentFailed("document.damaged", document=file.path, reason=reason)
                return [self._failed(file.path, _stat(file), None, failed, 0.0)]

    def stop(self) -> None:
        """End all processes, and begin no other."""
        self._stopped = True
        self._workers.stop()

    def _documents(self, job: _Job, depth: int, budget: Budget) -> Iterator[Prepared | Passed]:
        if self._stopped:
            raise Stopped
        started = time.perf_counter()
        try:
            read = self._read(job)
            if read.members:
                budget.spend(read.members, depth)
            yield self._prepared(job, read.extraction, started)
        except DocumentFailed as error:
            yield self._failed(job.path, job.stat, job.container, error, time.perf_counter() - started)
            return
        for member in read.members:
            yield from self._member(member, job, depth, budget)

    def _member(self, member: Member, job: _Job, depth: int, budget: Budget) -> Iterator[Prepared | Passed]:
        path = f"{job.path}/{member.name}"
        if member.reason or member.file is None:
            reason = DocumentFailed.from_reason(member.reason or {})
            yield self._failed(path, Stat(0, job.stat.modified_ns), job.path, reason, 0.0)
            return
        stat = Stat(member.file.lstat().st_size, job.stat.modified_ns)
        if not readable(path):
            yield Passed(path)
            return
        if len(path) > LONGEST_PATH:
            error = DocumentFailed("document.name_too_long", document=path[:200], most=LONGEST_PATH)
            yield Passed(path, error)
            return
        if path in budget.paths:  # a zip may hold `b.zip/c.txt`, and `b.zip` a `c.txt`
            yield Passed(f"{path} (2)", DocumentFailed("document.same_name", document=path))
            return
        budget.paths.add(path)
        version, known = content_hash(member.file), self._known.get(path)
        is_same = (
            known
            and (known.version, known.container) == (version, job.path)
            and known.pending is None
            and known.read_by == STATE
            and not job.forced
        )
        holds = PurePosixPath(path).suffix.lower() in CONTAINERS or path in self._containers
        if known and is_same and not known.reason and not holds:
            yield Passed(path, known=known, unchanged=True)
            return
        yield from self._documents(job._replace(file=member.file, path=path, container=job.path, version=version,
                                                stat=stat, moved_from=None), depth + 1, budget)  # fmt: skip

    def _read(self, job: _Job) -> Read:
        suffix = job.file.suffix.lower()
        if (
            not job.forced
            and suffix not in CONTAINERS
            and (kept := self._vault.made_before(job.version, suffix, STATE))
            and not kept.has_members
        ):
            self._vault.needed(job.version)
            return Read(kept, ())
        with self._workers.borrowed() as worker:
            try:
                read = worker.read(job.file)
            except DocumentFailed as error:
                if error.details.get("document") == job.file.name:
                    error = DocumentFailed(error.key, **{**error.details, "document": job.path})
                raise error from None
        self._vault.keep(job.version, job.file, read.extraction)
        return read

    def _prepared(self, job: _Job, extraction: Extraction, started: float) -> Prepared:
        modified = _moment(job.stat.modified_ns)
        language = detect_language(extraction.text)
        about = metadata(extraction, job.path, modified, language) if extraction.text else Metadata()
        source = Source(
            collection=self._collection,
            path=job.path,
            version=job.version,
            modified=modified,
            labels=labels_of(self._collection, job.path),
            container=job.container,
            about=about,
            newer=tuple(self._newer.get(job.path, ())),
        )
        passages = tuple(cut_passages(extraction, source, self._splitter()))
        sparse = tuple(passage_vector(search_text(passage), passage.language) for passage in passages)
        document_metadata = DocumentMetadata(about=about, measures=measure(extraction, passages) if passages else None)
        known = IndexedDocument(
            path=job.path,
            version=job.version,
            container=job.container,
            size=job.stat.size,
            modified_ns=job.stat.modified_ns,
            seen_ns=job.seen_ns,
            passages=len(passages),
            read_by=STATE,
        )
        before = self._known.get(job.path)
        replaces = job.path if before and before.version else None
        return Prepared(
            known, passages, sparse, document_metadata, time.perf_counter() - started, job.moved_from, replaces
        )

    def _failed(self, path: str, stat: Stat, container: str | None, error: DocumentFailed, seconds: float) -> Passed:
        """A failure, registered beside the version that was found before."""
        before = self._known.get(path) or IndexedDocument(path=path, container=container)
        state = {"size": stat.size, "modified_ns": stat.modified_ns, "seen_ns": time.time_ns(), "read_by": STATE}
        known = before.model_copy(update={**state, "reason": error.reason(), "pending": None})
        return Passed(path, error, known, seconds=seconds)


class Stopped(BaseException):
    """The run was stopped; what was being read is read again by the next one."""


def _stat(file: FoundFile) -> Stat:
    return Stat(file.size, file.modified_ns)


def _moment(ns: int) -> datetime:
    """A file's time; disks keep years that no calendar has."""
    return datetime.fromtimestamp(min(max(ns / 1e9, 0), _LAST_SECOND), UTC)
