"""Keeps the index still while it is copied: whoever writes to it waits, whoever reads it does not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from config.file_locks import alone, shared


class WriteHold(NamedTuple):
    """Stands between those who write to the index and one who copies it, in whatever processes they are.

    Between two writes the index is as a kill would leave it there, and what a kill leaves the next run mends. So is a
    copy that was made between two writes, together with a database that was read meanwhile.

    Attributes:
        file: that the processes lock.
    """

    file: Path

    @contextmanager
    def writing(self) -> Iterator[None]:
        """For the time of one write; waits for a copy to be finished."""
        with shared(self.file):
            yield

    @contextmanager
    def still(self) -> Iterator[None]:
        """For the time of a copy; waits for writes under way, and those that come after wait for it."""
        with alone(self.file):
            yield
