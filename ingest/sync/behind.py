"""Work that goes on in another thread while the next of its kind is being prepared."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


class OneBehind:
    """Does one thing at a time, in the order in which they were given, and none after one that failed."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="behind")
        self._last: Future[None] | None = None

    def do(self, work: Callable[..., None], *given: Any) -> Future[None]:
        """Wait for what was given before, then begin this.

        Raises:
            Exception: what the work before it raised.
        """
        self.wait()
        self._last = self._thread.submit(work, *given)
        return self._last

    def wait(self) -> None:
        """Until nothing is under way.

        Raises:
            Exception: what the last work raised.
        """
        if self._last is not None:
            self._last.result()

    def close(self) -> None:
        """Let what is under way come to its end."""
        self._thread.shutdown(wait=True)
