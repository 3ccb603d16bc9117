"""Which process does something, so that one that died in the middle is noticed."""

import os
import platform
from contextlib import suppress
from functools import cache
from pathlib import Path


@cache
def this_process() -> str:
    """Place, process number, and when the process began, as one word."""
    return f"{_place()}:{os.getpid()}:{_began(os.getpid())}"


def is_gone(process: str) -> bool:
    """Whether a process of this place has ended; of other places nothing is known."""
    place, number, began = process.rsplit(":", 2)
    # The name alone is how earlier versions wrote it.
    return place in (_place(), platform.node()) and _began(int(number)) != began


def host_of(process: str) -> str:
    """Name of the machine or container that a process runs on."""
    return process.rsplit(":", 2)[0].partition("/")[0]


def number_of(process: str) -> str:
    """Number of a process on its machine."""
    return process.rsplit(":", 2)[1]


@cache
def _place() -> str:
    """Where process numbers mean the same: two containers may have one name, each counts by itself."""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()[:8]
        return f"{platform.node()[:60]}/{boot}.{Path('/proc/self/ns/pid').stat().st_ino}"
    return platform.node()


def _began(number: int) -> str:
    # Field 22 of /proc/PID/stat; numbers are given out anew, the time of the start tells whose this is.
    with suppress(OSError, IndexError):
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] in "ZX" else fields[19]  # a zombie does nothing any more
    with suppress(OSError):
        os.kill(number, 0)
        return "-"
    return ""
