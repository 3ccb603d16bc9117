"""Answers while they are written: each in a thread of its own, whoever watches, and to its end, whoever has left."""

import asyncio
import threading
from collections.abc import AsyncIterator, Generator
from concurrent.futures import ThreadPoolExecutor

from chatbot.web.chat.conversation import Exchange

_AT_ONCE = 8  # answers written at the same time; the embedded model takes them one after the other


class RunningAnswer:
    """An answer that is being written.

    Args:
        first: what there is to see before anything is known of it.

    Attributes:
        latest: what there is of it now.
    """

    def __init__(self, first: Exchange) -> None:
        self.latest = first
        self._lock = threading.Lock()
        self._stopped = self._ended = False
        self._watching: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    @property
    def is_stopped(self) -> bool:
        """Whether somebody has stopped it; the step that it is in may still be going on."""
        return self._stopped

    def stop(self) -> None:
        """Let it end with what there is, as soon as the step that it is in has ended."""
        self._stopped = True
        self._tell()

    def write(self, updates: Generator[Exchange, None, None]) -> None:
        """Go through the updates, until they end or somebody stops it; closing them ends the answer's record.

        Args:
            updates: as they come; each takes its time.
        """
        try:
            for exchange in updates:
                if self._stopped:
                    break
                self.latest = exchange
                self._tell()
        finally:
            updates.close()
            self._ended = True
            self._tell()

    async def watched(self) -> AsyncIterator[Exchange]:
        """What there is of it, each time that this has changed, until it ends or is stopped; who looks away stops
        nothing."""
        own = (asyncio.get_running_loop(), changed := asyncio.Event())
        with self._lock:
            self._watching.add(own)
        shown = None
        try:
            while not self._stopped:
                changed.clear()
                ended, now = self._ended, self.latest
                if now is not shown:
                    yield (shown := now)
                if ended:
                    return
                await changed.wait()
        finally:
            with self._lock:
                self._watching.discard(own)

    def _tell(self) -> None:
        with self._lock:
            watching = tuple(self._watching)
        for loop, changed in watching:
            if not loop.is_closed():
                loop.call_soon_threadsafe(changed.set)


class RunningAnswers:
    """All answers that are being written, and the browser's tab that each was asked in.

    Gradio's own `cancels` sometimes leaves an error over the page, and says nothing to the answer; and it ends what a
    page that is closed was waiting for.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="answer")
        self._running: set[RunningAnswer] = set()
        self._tabs: dict[str, RunningAnswer] = {}

    def begin(self, tab: str, first: Exchange) -> RunningAnswer | None:
        """A new answer in a tab, or None while the tab waits for another one.

        Args:
            tab: its name.
            first: what there is to see before anything is known of it.
        """
        if tab in self._tabs:
            return None
        return self._tabs.setdefault(tab, RunningAnswer(first))

    def write(self, answer: RunningAnswer, updates: Generator[Exchange, None, None]) -> None:
        """Write an answer in the background."""

        def written() -> None:
            try:
                answer.write(updates)
            finally:
                self._running.discard(answer)

        self._running.add(answer)
        self._threads.submit(written)

    def leave(self, tab: str) -> None:
        """The tab waits no more for its answer, which goes on."""
        self._tabs.pop(tab, None)

    def is_awaited(self, tab: str, answer: RunningAnswer) -> bool:
        return self._tabs.get(tab) is answer

    def stop(self, tab: str) -> None:
        """Stop the answer that a tab waits for."""
        if answer := self._tabs.get(tab):
            answer.stop()

    def of_record(self, record: str) -> RunningAnswer | None:
        """The answer that is being written into a record; None where it does not run in this process."""
        return next((one for one in tuple(self._running) if one.latest.record == record), None)

    def stop_all(self) -> None:
        for answer in tuple(self._running):
            answer.stop()
