"""Locks between processes of this machine, on files: the system lets go of them however a process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.errors import SettingsError


@contextmanager
def shared(file: Path) -> Iterator[None]:
    """Hold a lock beside others who hold it so, and wait for one who holds it alone.

    Args:
        file: that stands for the lock; made where it is missing.

    Raises:
        SettingsError: the file cannot be made.
    """
    with _locked(file, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(file: Path, wait: bool = True) -> Iterator[None]:
    """Hold a lock while nobody else does.

    Args:
        file: as for `shared`.
        wait: for others to let go.

    Raises:
        SettingsError: the file cannot be made.
        BlockingIOError: others hold it, and there is no waiting.
    """
    with _locked(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB)):
        yield


@contextmanager
def _locked(file: Path, how: int) -> Iterator[None]:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise SettingsError("data.unwritable", path=file.parent, reason=error.strerror or error) from error
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
