"""Workers that are lent to whoever reads a file; no more of them are started than are needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from threading import Lock

from config.sections import IngestSettings
from ingest.sync.worker import Worker

_PATIENCE_S = 4.0  # before another process is started


class WorkerPool:
    """Lends workers to threads.

    Args:
        settings: limits of each worker.
        count: of workers at the most.
    """

    def __init__(self, settings: IngestSettings, count: int) -> None:
        self._lock = Lock()
        self._all = [Worker(settings) for _ in range(count)]
        self._free: LifoQueue[Worker] = LifoQueue()  # that have read before
        self._fresh = list(self._all)

    def stop(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.stop()

    @contextmanager
    def borrowed(self) -> Iterator[Worker]:
        """A worker for one file."""
        worker = self._next()
        try:
            yield worker
        finally:
            self._free.put(worker)

    def _next(self) -> Worker:
        """A worker that is free, or a new one if those at work keep this file waiting.

        A process takes seconds of a core to start, and text files are read in milliseconds: one is often enough.
        """
        with self._lock:
            if len(self._fresh) == len(self._all):
                return self._fresh.pop()
        try:
            return self._free.get(timeout=_PATIENCE_S)
        except Empty:
            with self._lock:
                if self._fresh:
                    return self._fresh.pop()
            return self._free.get()
