"""Workers: processes that read files, each stopped and replaced when a file hangs, crashes or bloats it.

Why no pool of a library: multiprocessing's and pebble's limit a job as a whole, but a scan of 500 pages may take
an hour while a file that hangs shall cost two minutes; and they leave behind what the process had started.
"""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from config.errors import DocumentFailed
from config.private_files import opened_plain
from config.sections import IngestSettings
from ingest.documents import Extraction, Member

_RETIRES_AFTER = 300  # files; what parsers leak goes with the process


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
        self._process: subprocess.Popen[bytes] | None = None
        self._pending = b""
        self._done = 0

    def read(self, file: Path) -> Read:
        """Partition a file in the process.

        Args:
            file: in a folder of its own; members are unpacked beside it.

        Raises:
            DocumentFailed: for any reason at all; the next call finds a healthy process.
        """
        was_used = self._done > 0
        try:
            return self._read(file)
        except _OutOfMemory as error:
            self.stop()
            if was_used:  # perhaps the files before this one had used it up
                return self.read(file)
            limit = self._settings.worker_megabytes
            raise DocumentFailed("document.too_much_memory", document=file.name, most=limit) from error

    def stop(self) -> None:
        """End the process and everything that it started."""
        process, self._process, self._pending, self._done = self._process, None, b"", 0
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def _read(self, file: Path) -> Read:
        result = file.with_name(f"{file.name}.extraction.json")
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - asked for below
        try:
            process.stdin.write(json.dumps({"file": str(file), "result": str(result)}).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            self._crashed(file)
        while (answer := self._next_answer(process, file))["state"] == "progress":
            pass
        self._done += 1
        if answer["state"] == "out of memory":
            raise _OutOfMemory
        if self._done >= _RETIRES_AFTER:
            self.stop()
        if answer["state"] == "failed":
            raise DocumentFailed.from_reason(answer["reason"])
        with opened_plain(result) as read:
            extraction = Extraction.model_validate_json(read.read())
        return Read(extraction, tuple(own_members(file, answer["members"])))

    def _next_answer(self, process: "subprocess.Popen[bytes]", file: Path) -> dict[str, Any]:
        assert process.stdout is not None  # noqa: S101 - asked for below
        seconds = self._settings.file_seconds
        while b"\n" not in self._pending:
            ready, _, _ = select.select([process.stdout], [], [], seconds)
            if not ready:
                self.stop()
                raise DocumentFailed("document.too_slow", document=file.name, seconds=seconds)
            piece = os.read(process.stdout.fileno(), 1 << 16)
            if not piece:
                self._crashed(file)
            self._pending += piece
        line, _, self._pending = self._pending.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _crashed(self, file: Path) -> None:
        code = self._process.wait() if self._process else 0
        self.stop()
        cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        most = self._settings.worker_megabytes
        raise DocumentFailed("document.crashed", document=file.name, cause=cause, most=most)

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingest.sync.worker_process", str(self._settings.worker_megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._process


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


class _OutOfMemory(Exception):
    """The process ran into its limit and says so itself."""
