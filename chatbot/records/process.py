"""Which process answers a question, so that one that died in the middle is noticed."""

import os
import platform
from contextlib import suppress
from functools import cache
from pathlib import Path


@cache
def this_process() -> str:
    """Host, process number, and when the process began, as one word."""
    return f"{platform.node()}:{os.getpid()}:{_began(os.getpid())}"


def is_gone(process: str) -> bool:
    """Whether a process of this host has ended; of other hosts nothing is known."""
    host, number, began = process.rsplit(":", 2)
    return host == platform.node() and _began(int(number)) != began


def _began(number: int) -> str:
    # Field 22 of /proc/PID/stat; numbers are given out anew, the time of the start tells whose this is.
    with suppress(OSError, IndexError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[19]
    with suppress(OSError):
        os.kill(number, 0)
        return "-"
    return ""
