"""A copy of a file as it was at one moment, though others may write to it."""

import hashlib
import os
import time
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from config.errors import DocumentFailed
from config.free_space import Room
from ingest.sync.discover import FoundFile
from ingest.sync.source_files import Replaced, opened_file

_TRIES = 3  # to read a file that is being written


class Stat(NamedTuple):
    """Size in bytes and time of change of a file."""

    size: int
    modified_ns: int


def take_snapshot(file: FoundFile, folder: Path, most_megabytes: int) -> tuple[Path, str, Stat]:
    """Copy a file, and make sure that nobody wrote to it meanwhile.

    Args:
        file: as it was found.
        folder: for the copy.
        most_megabytes: that a file may have.

    Returns:
        The copy, the SHA-256 of its bytes, and what the disk said of the file.

    Raises:
        DiskFull: there is no room for the copy.
        DocumentFailed: it is too large, cannot be read, does not come to rest, or is not what was found any more.
    """
    snapshot = folder / f"{PurePosixPath(file.path).stem[:80]}{PurePosixPath(file.path).suffix}"
    for attempt in range(_TRIES):
        time.sleep(0.5 * attempt)
        try:
            with opened_file(file.place) as source:
                before = os.fstat(source.fileno())
                if before.st_size > most_megabytes * 1_000_000:
                    raise DocumentFailed("document.too_large", document=file.path, most=f"{most_megabytes} MB")
                digest = hashlib.sha256()
                with snapshot.open("wb") as target:
                    while chunk := source.read(1 << 20):
                        digest.update(chunk)
                        target.write(chunk)
                after = os.fstat(source.fileno())
        except Replaced as error:
            raise DocumentFailed("document.replaced", document=file.path) from error
        except OSError as error:
            full = Room(folder, 0).failed(error)
            raise full or DocumentFailed("document.unreadable", document=file.path) from error
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return snapshot, digest.hexdigest(), Stat(before.st_size, before.st_mtime_ns)
    raise DocumentFailed("document.changing", document=file.path)
