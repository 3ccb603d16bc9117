"""Runs in the background of the page: one at a time, with its progress for everyone to see, and stoppable."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chatbot.jobs.progress import Progress
from chatbot.jobs.schedule import due
from config.errors import FundstelleError, SettingsError
from config.sections import IngestSettings
from ingest.db.leases import Lease, Leases
from ingest.db.registry import Registry
from ingest.sync import pipeline
from ingest.sync.carry_out import Event, IngestServices

_AGAIN_S = 2.0
_LOOK_S = 5.0
_CLOSES_S = 3.0  # what a run has not finished then is done again by the next one


class RunState(NamedTuple):
    """How the latest run stands."""

    running: bool
    progress: Progress
    error: FundstelleError | None = None
    stopped: bool = False
    unexpected: bool = False


class _Over:
    """Set when the page ends, or another process follows the schedule.

    Args:
        closed: set at the end of the page.
        lease: of the schedule.
    """

    def __init__(self, closed: threading.Event, lease: Lease) -> None:
        self._closed, self._lease = closed, lease

    def is_set(self) -> bool:
        return self._closed.is_set() or not self._lease.is_held()

    def wait(self, timeout: float) -> bool:
        """Wait for it, at most so many seconds."""
        end = time.monotonic() + timeout
        while not self.is_set() and (left := end - time.monotonic()) > 0:
            self._closed.wait(min(left, _LOOK_S))
        return self.is_set()


class BackgroundRuns:
    """Starts runs and follows them.

    Args:
        ingestion: what writes the index.
        registry: of the collections.
        settings: say when collections are brought up to date.
        leases: say which process follows the schedule.
    """

    def __init__(
        self, ingestion: Callable[[], IngestServices], registry: Registry, settings: IngestSettings, leases: Leases
    ) -> None:
        self._ingestion, self._registry, self._settings, self._leases = ingestion, registry, settings, leases
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        self.state: RunState | None = None  # None before the first run

    def start(
        self, collection: str, folders: Sequence[Path], again: Sequence[str] = (), allow_deletions: bool = False
    ) -> None:
        """Bring a collection up to date.

        Raises:
            SettingsError: a run is under way.
        """
        services = self._ingestion()
        self._begin(lambda: pipeline.ingest(folders, collection, services, again, allow_deletions))

    def rebuild(self) -> None:
        """Build the whole index anew.

        Raises:
            SettingsError: a run is under way.
        """
        services = self._ingestion()
        self._begin(lambda: pipeline.rebuild(services))

    def stop(self) -> None:
        """Let the run end at its next event; what is done stays done."""
        self._stop.set()

    def close(self) -> None:
        """Stop everything, for the end of the page."""
        self._closed.set()
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=_CLOSES_S)

    def follow_schedule(self) -> None:
        """Start runs when folders change or the time has come, as the settings say; returns at once."""
        if self._settings.watch or self._settings.every_minutes:
            threading.Thread(target=self._scheduled, daemon=True, name="schedule").start()

    def _scheduled(self) -> None:
        for lease in self._leases.duty("schedule", self._closed):
            self._follow(_Over(self._closed, lease))

    def _follow(self, over: "_Over") -> None:
        settings, collections = self._settings, self._registry.collections
        while not over.is_set():
            try:
                for name in due(collections, settings.watch, settings.every_minutes or None, over):
                    self._run_scheduled(name, over)
            except Exception:  # a folder that is gone for a while must not end the schedule
                logging.getLogger(__name__).exception("the schedule was interrupted")
            over.wait(_AGAIN_S)

    def _run_scheduled(self, name: str, over: "_Over") -> None:
        """Wait for the runs that are in the way, here and in other processes, and then for this one."""
        while not over.is_set():
            if (thread := self._thread) and thread.is_alive():
                thread.join()
            folders = self._registry.collections().get(name)
            if folders is None:
                return
            try:
                self.start(name, folders)
            except SettingsError as error:
                if error.key != "run.busy":
                    raise
                continue
            if thread := self._thread:
                thread.join()
            if not self.state or not self.state.error or self.state.error.key != "lease.taken":
                return
            over.wait(_AGAIN_S)

    def _begin(self, events: Callable[[], Iterator[Event]]) -> None:
        with self._lock:
            if self._closed.is_set() or (self.state and self.state.running):
                raise SettingsError("run.busy")
            self._stop.clear()
            self.state = RunState(True, Progress())
            self._thread = threading.Thread(target=self._run, args=(events,), daemon=True, name="run")
            self._thread.start()

    def _run(self, events: Callable[[], Iterator[Event]]) -> None:
        assert self.state is not None  # noqa: S101 - set by the one caller
        progress = self.state.progress
        try:
            running = events()
            for event in running:
                progress.update(event)
                if self._stop.is_set():
                    running.close()  # type: ignore[attr-defined]
                    break
            self.state = RunState(False, progress, stopped=self._stop.is_set())
        except FundstelleError as error:
            self.state = RunState(False, progress, error)
        except Exception:  # the admin reads a sentence, the operator the trace
            logging.getLogger(__name__).exception("a run failed")
            self.state = RunState(False, progress, unexpected=True)
