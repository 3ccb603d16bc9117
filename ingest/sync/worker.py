"""Workers: processes that read files, each stopped and replaced when a file hangs, crashes or bloats it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from config.errors import DocumentFailed
from config.private_files import opened_plain
from config.sections import IngestSettings
from ingest.documents import Extraction, Member
from ingest.sync.bounded_process import BoundedProcess, JobFailed

_RETIRES_AFTER = 300  # files


class Read(NamedTuple):
    """A file's text and its members."""

    extraction: Extraction
    members: tuple[Member, ...]


class Worker:
    """One process that reads one file at a time.

    Args:
        settings: memory and time a file may take.
    """

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings
        self._process = BoundedProcess(
            "ingest.sync.worker_process", settings.worker_megabytes, settings.file_seconds, _RETIRES_AFTER
        )

    def read(self, file: Path) -> Read:
        """Partition a file in the process.

        Args:
            file: in a folder of its own; members are unpacked beside it.

        Raises:
            DocumentFailed: for any reason at all; the next call finds a healthy process.
        """
        result = file.with_name(f"{file.name}.extraction.json")
        try:
            answer = self._process.ask({"file": str(file), "result": str(result)})
        except JobFailed as error:
            raise self._failure(file.name, error) from error
        if answer["state"] == "failed":
            raise DocumentFailed.from_reason(answer["reason"])
        with opened_plain(result) as read:
            extraction = Extraction.model_validate_json(read.read())
        return Read(extraction, tuple(own_members(file, answer["members"])))

    def stop(self) -> None:
        """End the process and everything that it started."""
        self._process.stop()

    def _failure(self, name: str, error: JobFailed) -> DocumentFailed:
        settings = self._settings
        if error.why == "too_slow":
            return DocumentFailed("document.too_slow", document=name, seconds=settings.file_seconds)
        if error.why == "too_much_memory":
            return DocumentFailed("document.too_much_memory", document=name, most=settings.worker_megabytes)
        return DocumentFailed("document.crashed", document=name, cause=error.cause, most=settings.worker_megabytes)


def own_members(container: Path, members: Iterable[Any]) -> Iterator[Member]:
    """What a process says that it has unpacked: a file it broke on may have taught it to name others.

    Args:
        container: that was read.
        members: as it names them.

    Raises:
        DocumentFailed: one is no file in the folder beside the container.
    """
    folder = container.with_name(f"{container.name}.members")
    for member in map(Member.model_validate, members):
        if member.file is not None and (
            member.file.parent != folder or folder.is_symlink() or not S_ISREG(member.file.lstat().st_mode)
        ):
            raise DocumentFailed("archive.unsafe_name", document=member.name, container=container.name)
        yield member
