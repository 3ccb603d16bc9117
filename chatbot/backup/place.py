"""Where a backup is brought back to: prepared beside the data directory's files, then put in their place.

While that is done a file says so, and no command begins but the one that does it again: a data directory is whole, or
plainly unfinished. What was there before goes only when all that is new is in its place.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chatbot.backup.contents import KEYS
from config.errors import SettingsError
from config.file_locks import alone, shared

ASIDE, STAGING, REPLACED = "backing-up", "restoring", "replaced"
_MARK = "restore-unfinished"
_IN_USE = "in-use.lock"
_FOLDERS = ("vault", "index")
_DATABASE = "fundstelle.sqlite"
_FOUND = ("evaluation", "calibration.json", "chain-check.json")  # found out about what is there
_FILES = (*KEYS, "heads.jsonl", "from-backup", *_FOUND)


@contextmanager
def in_use(data_dir: Path) -> Iterator[None]:
    """For as long as a command works with a data directory; no restore begins meanwhile.

    Raises:
        SettingsError: a restore into it was not finished, or is under way.
    """
    with shared(data_dir / _IN_USE):
        if is_unfinished(data_dir):
            raise SettingsError("restore.unfinished", folder=data_dir)
        yield


@contextmanager
def to_itself(data_dir: Path) -> Iterator[None]:
    """For as long as a data directory is restored.

    Raises:
        SettingsError: another program works with it.
    """
    try:
        with alone(data_dir / _IN_USE, wait=False):
            yield
    except BlockingIOError as error:
        raise SettingsError("restore.in_use", folder=data_dir) from error


def is_unfinished(data_dir: Path) -> bool:
    """Whether a restore into a data directory was begun, and not finished."""
    return (data_dir / _MARK).exists()


def holds_nothing(data_dir: Path) -> bool:
    """Whether nothing is in a data directory that a restore would replace, besides the database."""
    kept = (*_FOLDERS, *(name for name in _FILES if name not in _FOUND))
    return not any(_has_content(data_dir / name) for name in kept)


def mark(data_dir: Path) -> None:
    """From here on the data directory is plainly unfinished."""
    with (data_dir / _MARK).open("w") as file:
        file.write("A restore was begun here and has not been finished: run `fundstelle restore` again.\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(data_dir)


def unmark(data_dir: Path) -> None:
    """From here on the data directory is whole."""
    sync_folder(data_dir)
    (data_dir / _MARK).unlink()
    sync_folder(data_dir)


def staging(data_dir: Path) -> Path:
    """An empty folder in which a restore is prepared."""
    folder = data_dir / STAGING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return folder


def put_in_place(data_dir: Path) -> None:
    """Let what was prepared take the place of what is there; the data directory is marked meanwhile.

    Done again after a kill it finds less to move, or other things, and ends in the same state.
    """
    prepared, replaced = data_dir / STAGING, data_dir / REPLACED
    shutil.rmtree(replaced, ignore_errors=True)
    replaced.mkdir(mode=0o700)
    for name in _FOLDERS:
        _move(data_dir / name, replaced / name)
        _move(prepared / name, data_dir / name)
    for name in (f"{_DATABASE}-wal", f"{_DATABASE}-shm"):
        (data_dir / name).unlink(missing_ok=True)
    for name in (_DATABASE, *_FILES):
        if (data_dir / name).is_dir():
            _move(data_dir / name, replaced / name)
        if (prepared / name).exists():
            (prepared / name).replace(data_dir / name)
        elif name != "heads.jsonl":  # what was written out is knowledge, wherever it comes from
            _move(data_dir / name, replaced / name)


def tidy(data_dir: Path) -> None:
    """Remove what a restore has replaced, and what it was prepared in; pictures of pages are drawn anew."""
    for name in (REPLACED, STAGING, "drawings"):
        shutil.rmtree(data_dir / name, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Make sure that names in a folder survive a power loss."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _move(source: Path, target: Path) -> None:
    if source.exists() or source.is_symlink():
        source.rename(target)


def _has_content(place: Path) -> bool:
    return any(place.iterdir()) if place.is_dir() else place.exists()
