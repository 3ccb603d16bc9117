"""Runs in the background of the page: one at a time, with its progress for everyone to see, and stoppable."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from chatbot.jobs.chosen_schedule import ChosenSchedule
from chatbot.jobs.progress import Progress
from chatbot.jobs.schedule import due
from config.errors import FundstelleError, SettingsError
from ingest.db.leases import Lease, Leases
from ingest.db.registry import Registry
from ingest.sync import pipeline
from ingest.sync.carry_out import Event, IngestServices

Kind = Literal["run", "all", "rebuild", "remove"]
_AGAIN_S = 2.0
_LOOK_S = 5.0
_CLOSES_S = 3.0  # what a run has not finished then is done again by the next one


class RunState(NamedTuple):
    """How the latest run stands.

    Attributes:
        running: whether it is under way.
        progress: so far.
        kind: of one collection, of all of them, a rebuild, or a removal.
        collection: that it is about; empty for all.
        started: when it began.
        error: why it ended early.
        stopped: whether somebody stopped it.
        unexpected: whether it failed and only the log knows why.
    """

    running: bool
    progress: Progress
    kind: Kind = "run"
    collection: str = ""
    started: datetime = datetime.min.replace(tzinfo=UTC)
    error: FundstelleError | None = None
    stopped: bool = False
    unexpected: bool = False


class _Over:
    """Set when something has happened in this process, or another process follows the schedule.

    Args:
        event: set when the page ends, or when the schedule is another one.
        lease: of the schedule.
    """

    def __init__(self, event: threading.Event, lease: Lease) -> None:
        self._event, self._lease = event, lease

    def is_set(self) -> bool:
        return self._event.is_set() or not self._lease.is_held()

    def wait(self, timeout: float) -> bool:
        """Wait for it, at most so many seconds."""
        end = time.monotonic() + timeout
        while not self.is_set() and (left := end - time.monotonic()) > 0:
            self._event.wait(min(left, _LOOK_S))
        return self.is_set()


class BackgroundRuns:
    """Starts runs and follows them.

    Args:
        ingestion: what writes the index.
        registry: of the collections.
        schedule: says when collections are brought up to date.
        leases: say which process follows the schedule.
    """

    def __init__(
        self, ingestion: Callable[[], IngestServices], registry: Registry, schedule: ChosenSchedule, leases: Leases
    ) -> None:
        self._ingestion, self._registry, self._schedule, self._leases = ingestion, registry, schedule, leases
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._closed = threading.Event()
        self._changed = threading.Event()  # the schedule is another one, or the page ends
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
        self._begin("run", collection, lambda _: pipeline.ingest(folders, collection, services, again, allow_deletions))

    def start_all(self) -> None:
        """Bring all collections up to date, one after the other; one that cannot be is named, and passed over.

        Raises:
            SettingsError: a run is under way.
        """
        services = self._ingestion()
        self._begin("all", "", lambda progress: self._each(services, progress))

    def rebuild(self) -> None:
        """Build the whole index anew.

        Raises:
            SettingsError: a run is under way.
        """
        services = self._ingestion()
        self._begin("rebuild", "", lambda _: pipeline.rebuild(services))

    def remove(self, collection: str) -> None:
        """Take a collection out of the index.

        Raises:
            SettingsError: a run is under way, or there is none of this name.
        """
        if collection not in self._registry.collections():
            raise SettingsError("collection.unknown", collection=collection)
        services = self._ingestion()
        self._begin("remove", collection, lambda progress: _removed(collection, services, progress))

    def stop(self) -> None:
        """Let the run end at its next event; what is done stays done."""
        self._stop.set()

    def close(self) -> None:
        """Stop everything, for the end of the page."""
        self._closed.set()
        self._changed.set()
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=_CLOSES_S)

    def follow_schedule(self) -> None:
        """Start runs when folders change or the time has come, as the schedule says; returns at once."""
        threading.Thread(target=self._scheduled, daemon=True, name="schedule").start()

    def schedule_changed(self) -> None:
        """Look at the schedule anew."""
        self._changed.set()

    def _scheduled(self) -> None:
        for lease in self._leases.duty("schedule", self._closed):
            self._follow(lease)

    def _follow(self, lease: Lease) -> None:
        over = _Over(self._closed, lease)
        while not over.is_set():
            self._changed.clear()
            try:
                wanted = self._schedule.get()
                if wanted.watch or wanted.every_minutes:
                    collections, minutes = self._registry.collections, wanted.every_minutes or None
                    for name in due(collections, wanted.watch, minutes, _Over(self._changed, lease)):
                        self._run_scheduled(name, over)
                elif not self._closed.is_set():
                    self._changed.wait()
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

    def _each(self, services: IngestServices, progress: Progress) -> Iterator[Event]:
        for name, folders in self._registry.collections().items():
            try:
                yield from pipeline.ingest(folders, name, services)
            except FundstelleError as error:
                progress.troubles.append((name, error))

    def _begin(self, kind: Kind, collection: str, events: Callable[[Progress], Iterator[Event]]) -> None:
        with self._lock:
            if self._closed.is_set() or (self.state and self.state.running):
                raise SettingsError("run.busy")
            self._stop.clear()
            self.state = RunState(True, Progress(), kind, collection, datetime.now(UTC))
            self._thread = threading.Thread(target=self._run, args=(self.state, events), daemon=True, name="run")
            self._thread.start()

    def _run(self, begun: RunState, events: Callable[[Progress], Iterator[Event]]) -> None:
        ended = begun._replace(running=False)
        try:
            running = events(begun.progress)
            for event in running:
                begun.progress.update(event)
                if self._stop.is_set():
                    running.close()  # type: ignore[attr-defined]
                    break
            self.state = ended._replace(stopped=self._stop.is_set())
        except FundstelleError as error:
            self.state = ended._replace(error=error)
        except Exception:  # the admin reads a sentence, the operator the trace
            logging.getLogger(__name__).exception("a run failed")
            self.state = ended._replace(unexpected=True)


def _removed(collection: str, services: IngestServices, progress: Progress) -> Iterator[Event]:
    progress.counts["removed"] = pipeline.remove_collection(collection, services)
    yield from ()
