"""What the program keeps is nobody else's to read: questions, hashes, passages lie in files of the data directory.

New files are closed by the process's umask, whoever writes them: SQLite its `-wal` and `-shm`, the engine of the index
its segments, an export its table. What an earlier program, a backup or a copy left open is closed at the start.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISLNK, S_ISREG

from config.errors import SettingsError

_GROUP, _OTHERS = 0o070, 0o007


def close_new_files() -> None:
    """From here on files and folders of this process, and of those it starts, are for its own account only."""
    os.umask(_GROUP | _OTHERS)


def keep_private(folder: Path) -> None:
    """Close a folder and all below it to other accounts; what links at its top lead to is closed, too.

    Of what belongs to another account the group may keep its access: that may be how this one got it.

    Args:
        folder: the data directory; where it is missing it will be made closed.

    Raises:
        SettingsError: other accounts can read something there, and this one may not change that.
    """
    own = os.geteuid()
    for place, stat in _all_below(folder):
        mode = S_IMODE(stat.st_mode)
        open_to = mode & (_OTHERS if own not in (0, stat.st_uid) else _GROUP | _OTHERS)
        if not open_to:
            continue
        try:
            os.chmod(place, mode & ~open_to)
        except FileNotFoundError:  # gone meanwhile
            continue
        except OSError as error:
            raise SettingsError("data.open_to_others", path=place, mode=f"{mode:03o}") from error


@contextmanager
def opened_plain(file: Path) -> Iterator[BufferedReader]:
    """The bytes of a file in a folder of the program's own, where a link or a device has no business.

    Raises:
        OSError: it is one, or cannot be read.
    """
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        if not S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no regular file", str(file))
        yield opened


def _all_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The folder, and each file and folder below it that is no link; a folder before what is in it."""
    try:
        yield str(folder), folder.stat()
    except FileNotFoundError:
        return
    for entry in _entries(str(folder)):
        stat = entry.stat(follow_symlinks=False)
        if S_ISLNK(stat.st_mode):  # the index or the vault on another disk
            try:
                yield from _inside(os.path.realpath(entry.path), os.stat(entry.path))
            except OSError:  # it leads nowhere
                continue
        else:
            yield from _inside(entry.path, stat)


def _inside(path: str, stat: os.stat_result) -> Iterator[tuple[str, os.stat_result]]:
    if S_ISLNK(stat.st_mode):
        return
    yield path, stat
    if not S_ISDIR(stat.st_mode):
        return
    for entry in _entries(path):
        try:
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        yield from _inside(entry.path, found)


def _entries(path: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except PermissionError as error:
        raise SettingsError("data.unreadable", path=path) from error
