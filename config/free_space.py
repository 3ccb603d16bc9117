"""Whether the disk has room: what finds none in the middle of a write may take the whole process with it.

The engine of the index writes into files that are mapped into memory. Where the disk is full, the system ends the
process for that (SIGBUS), the page included. So nothing is begun that writes much while less than a floor is free.
"""

import errno
import os
from pathlib import Path
from typing import NamedTuple

from config.errors import DiskFull

_MB = 1_000_000
_FULL = (errno.ENOSPC, errno.EDQUOT)


class Room(NamedTuple):
    """The space of one folder's disk.

    Attributes:
        folder: that is written to; it need not be there yet.
        floor: megabytes that stay free.
    """

    folder: Path
    floor: int

    def free(self) -> int:
        """Megabytes that are free for this account."""
        place = next(place for place in (self.folder.absolute(), *self.folder.absolute().parents) if place.exists())
        found = os.statvfs(place)
        return found.f_bavail * found.f_frsize // _MB

    def check(self, least: int | None = None) -> None:
        """Make sure that there is room to write.

        Args:
            least: megabytes that have to be free; without it the floor.

        Raises:
            DiskFull: there is less.
        """
        least = self.floor if least is None else least
        free = self.free()
        if free < least:
            raise DiskFull("disk.full", folder=self.folder, free=free, floor=least)

    def failed(self, error: OSError) -> DiskFull | None:
        """What a failed write is called where the disk was full, else nothing."""
        is_full = error.errno in _FULL
        return DiskFull("disk.full", folder=self.folder, free=self.free(), floor=self.floor) if is_full else None
