"""A disk that is really small, where the machine lets root mount one."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of so many megabytes for the time of a block.

    Args:
        folder: that it is mounted on; made here.
    """
    folder.mkdir()
    size = f"size={megabytes}m"
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=False).returncode
    ):
        pytest.skip("this machine lets nobody mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def leave_free(disk: Path, size: int) -> Path:
    """Fill a disk but for so many bytes; returns the file that does it."""
    found = os.statvfs(disk)
    filler = disk / "filler"
    with filler.open("wb") as file:
        for _ in range(max(0, found.f_bavail * found.f_frsize - size) // 4096):
            file.write(bytes(4096))
    return filler
