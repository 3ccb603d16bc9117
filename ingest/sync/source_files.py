"""Opens what stands in a collection's folders, and never what a link put in its place leads to.

Whoever may write in one folder of a collection could else put a link there while a run goes on, and read under the
labels of that folder what the program may read and he may not. So nothing is opened by its path: each folder on the
way is opened from the one above it, without following links, and has to be what was listed.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A pipe or a device would keep the reader waiting: it is opened without, and refused.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Identity(NamedTuple):
    """What one file or folder is on its disk, whatever its name."""

    device: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> "Identity":
        return cls(found.st_dev, found.st_ino)


class Replaced(OSError):
    """Something else stands where this was listed: a link, a device, or another file or folder."""


class Place(NamedTuple):
    """A file or folder as it was listed.

    Attributes:
        root: the collection's folder, links in its own path resolved.
        parts: names that lead to it from there.
        identities: of the root and of what each of these names led to.
    """

    root: Path
    parts: tuple[str, ...]
    identities: tuple[Identity, ...]

    def below(self, name: str, found: os.stat_result) -> "Place":
        """What was listed in this folder under a name."""
        return Place(self.root, (*self.parts, name), (*self.identities, Identity.of(found)))


def place_of(root: Path, *parts: str) -> Place:
    """A collection's folder itself, or what stands below it now.

    Args:
        root: the folder.
        parts: names that lead on from there.

    Raises:
        OSError: it cannot be looked at.
    """
    place = Place(root, (), (Identity.of(root.stat()),))
    for number, name in enumerate(parts, start=1):
        place = place.below(name, root.joinpath(*parts[:number]).lstat())
    return place


@contextmanager
def opened_folder(place: Place) -> Iterator[int]:
    """A descriptor of a folder.

    Raises:
        Replaced: it is not what was listed any more.
        OSError: it cannot be opened.
    """
    handle = _opened(os.open(place.root, _FOLDER), place.identities[0])
    try:
        for name, identity in zip(place.parts, place.identities[1:], strict=True):
            above, handle = handle, -1
            try:
                handle = _opened(_within(name, above, _FOLDER), identity)
            finally:
                os.close(above)
        yield handle
    finally:
        if handle >= 0:
            os.close(handle)


@contextmanager
def opened_file(place: Place) -> Iterator[BufferedReader]:
    """The bytes of a file.

    Raises:
        Replaced: it is not what was listed any more.
        OSError: it cannot be opened.
    """
    with opened_folder(Place(place.root, place.parts[:-1], place.identities[:-1])) as above:
        handle = _opened(_within(place.parts[-1], above, _FILE), place.identities[-1])
    if not stat.S_ISREG(os.fstat(handle).st_mode):  # disks give the number of a removed file to the next one
        os.close(handle)
        raise Replaced(f"{place.parts[-1]} is no file")
    with os.fdopen(handle, "rb") as file:
        yield file


def _within(name: str, folder: int, flags: int) -> int:
    try:
        return os.open(name, flags, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENXIO):  # a link, no folder any more, a socket
            raise Replaced(f"{name} is not what it was") from error
        raise


def _opened(handle: int, expected: Identity) -> int:
    if Identity.of(os.fstat(handle)) != expected:
        os.close(handle)
        raise Replaced("another file or folder stands there")
    return handle
