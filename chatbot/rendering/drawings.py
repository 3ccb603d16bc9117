"""Pictures of pages, drawn by processes within limits, one queue for all; who waits for them holds up nobody else."""

import hashlib
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import LifoQueue
from typing import Any, NamedTuple, TypeVar

from chatbot.rendering.drawing_cache import DrawingCache
from chatbot.rendering.page_image import PageLayout, Wanted
from config.errors import DocumentFailed
from ingest.sync.bounded_process import BoundedProcess, JobFailed

_STATE = "1"  # of how pages are drawn: those of another are drawn anew
_RETIRES_AFTER = 100  # pages
_WORST_KEPT = 500  # pages that are known not to be drawable
_Result = TypeVar("_Result")


class DrawingLimits(NamedTuple):
    """What drawing may cost.

    Attributes:
        processes: that draw at the same time.
        megabytes: of memory, each.
        seconds: that a page may take.
        waiting: pages that may wait; more are refused.
        patience: seconds that a page may wait.
        again: seconds until a page that could not be drawn is tried again.
    """

    processes: int = 2
    megabytes: int = 1024
    seconds: float = 12
    waiting: int = 64
    patience: float = 30
    again: float = 600


class Drawings:
    """Draws pages of the versions in a vault, and keeps the pictures.

    Args:
        vault_folder: where versions are kept.
        cache: keeps pictures.
        limits: on what it may cost.
    """

    def __init__(self, vault_folder: Path, cache: DrawingCache, limits: DrawingLimits | None = None) -> None:
        self._vault_folder, self.cache, self._limits = vault_folder, cache, limits or DrawingLimits()
        self._lock = threading.Lock()
        self._under_way: dict[tuple[str, Wanted], Future[Any]] = {}
        self._failed: OrderedDict[tuple[str, Wanted], tuple[float, DocumentFailed]] = OrderedDict()
        self._threads = ThreadPoolExecutor(self._limits.processes, thread_name_prefix="drawing")
        self._processes: list[BoundedProcess] = []
        self._free: LifoQueue[BoundedProcess] = LifoQueue()
        for _ in range(self._limits.processes):
            process = BoundedProcess(
                "chatbot.rendering.drawing_process", self._limits.megabytes, self._limits.seconds, _RETIRES_AFTER
            )
            self._processes.append(process)
            self._free.put(process)

    def picture(self, wanted: Wanted) -> "Future[bytes | None]":
        """PNG of a page; None where there is no such page. Fails with `DocumentFailed` where it cannot be drawn."""
        return self._submit("picture", wanted, lambda: self._picture(wanted))

    def layout(self, wanted: Wanted) -> "Future[PageLayout | None]":
        """How a page is laid out; None where there is no such page. Fails as `picture` does."""
        return self._submit("layout", wanted, lambda: self._layout(wanted))

    def text(self, wanted: Wanted) -> "Future[tuple[str, ...]]":
        """The beginning of what was read from a page, in lines. Fails as `picture` does."""
        return self._submit("text", wanted, lambda: tuple(self._ask("text", wanted)["lines"]))

    def close(self) -> None:
        """End all processes; what waits is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.interrupt()
        self._threads.shutdown(wait=True)
        for process in self._processes:
            process.stop()

    def _submit(self, kind: str, wanted: Wanted, work: Callable[[], _Result]) -> "Future[_Result]":
        key, now = (kind, wanted), time.monotonic()
        with self._lock:
            if shared := self._under_way.get(key):
                return shared
            if (known := self._failed.get(key)) and known[0] > now:
                return _failed(known[1])
            if len(self._under_way) >= self._limits.waiting + self._limits.processes:
                return _failed(DocumentFailed("drawing.busy"))
            future = self._threads.submit(self._in_time, key, now, work)
            self._under_way[key] = future
        future.add_done_callback(lambda _: self._forget(key))
        return future

    def _in_time(self, key: tuple[str, Wanted], since: float, work: Callable[[], _Result]) -> _Result:
        if time.monotonic() - since > self._limits.patience:
            raise DocumentFailed("drawing.busy")
        try:
            return work()
        except DocumentFailed as error:
            with self._lock:
                self._failed[key] = (time.monotonic() + self._limits.again, error)
                while len(self._failed) > _WORST_KEPT:
                    self._failed.popitem(last=False)
            raise

    def _forget(self, key: tuple[str, Wanted]) -> None:
        with self._lock:
            self._under_way.pop(key, None)

    def _layout(self, wanted: Wanted) -> PageLayout | None:
        found = self._ask("layout", wanted)["layout"]
        if found is None:
            return None
        pages, page, width, height, marks = found
        return PageLayout(pages, page, width, height, tuple((left, top, right, low) for left, top, right, low in marks))

    def _picture(self, wanted: Wanted) -> bytes | None:
        key = hashlib.sha256(repr((_STATE, wanted)).encode()).hexdigest()[:32]
        if (kept := self.cache.get(wanted.version, key)) is not None:
            return kept
        with tempfile.TemporaryDirectory(prefix="fundstelle-") as folder:
            target = Path(folder) / "page.png"
            if not self._ask("picture", wanted, target)["drawn"]:
                return None
            drawn = target.read_bytes()
        self.cache.put(wanted.version, key, drawn)
        return drawn

    def _ask(self, kind: str, wanted: Wanted, target: Path | None = None) -> dict[str, Any]:
        job = {
            "kind": kind,
            "vault": str(self._vault_folder),
            "wanted": wanted._asdict(),
            "result": str(target or ""),
        }
        process = self._free.get()
        try:
            answer = process.ask(job)
        except JobFailed as error:
            limits = self._limits
            raise DocumentFailed(f"drawing.{error.why}", seconds=limits.seconds, most=limits.megabytes) from error
        finally:
            self._free.put(process)
        if answer["state"] == "failed":
            raise DocumentFailed.from_reason(answer["reason"])
        return answer


def _failed(error: DocumentFailed) -> "Future[Any]":
    future: Future[Any] = Future()
    future.set_exception(error)
    return future
