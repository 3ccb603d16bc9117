"""How far a run is, worked out from its events; the terminal and the admin page show the same."""

import time
from collections import Counter
from collections.abc import Callable

from config.errors import FundstelleError
from config.messages import Language, message
from ingest.db.runs import Outcome
from ingest.sync.carry_out import Embedded, Event, Planned
from ingest.sync.plan import Plan

_READ = ("added", "changed", "moved")
_NAMED = 200  # files that failed; the history has all


class Progress:
    """Counts of a run under way.

    Args:
        clock: seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._started = clock, clock()
        self.plan: Plan | None = None
        self.counts: Counter[str] = Counter()
        self.passages = 0
        self.files = 0  # that had to be read and are done
        self.latest = ""
        self.failed: list[Outcome] = []  # the first of them, in the order they failed
        self.troubles: list[tuple[str, FundstelleError]] = []  # collections that were passed over, with why

    def update(self, event: Event) -> None:
        """Take in one event."""
        match event:
            case Planned():
                self.plan, self.files = event.plan, 0
                self._started = self._clock()
                self._to_read = {change.path for change in event.plan.changes if change.kind in _READ}
            case Embedded():
                self.passages += event.passages
            case Outcome():
                self.counts[event.status] += 1
                if event.status == "failed" and len(self.failed) < _NAMED:
                    self.failed.append(event)
                self.latest = event.path
                self.files += event.path in self._to_read

    @property
    def total(self) -> int:
        """Files that have to be read."""
        return len(self._to_read) if self.plan else 0

    @property
    def rate(self) -> float:
        """Passages embedded a second."""
        return self.passages / max(self._clock() - self._started, 1e-9)

    @property
    def seconds_left(self) -> float | None:
        """Estimate of what is left; None before the first file is done."""
        if not self.files:
            return None
        return (self._clock() - self._started) / self.files * (self.total - self.files)


def readers_text(plan: Plan, language: Language) -> str:
    """Why documents are read anew whose files did not change; empty where none is.

    Args:
        plan: of a run.
        language: of the reader.
    """
    count = plan.read_otherwise
    return message("plan.read_otherwise", language, count=count) if count else ""


def plan_text(plan: Plan, language: Language) -> str:
    """The plan's counts as a sentence."""
    counts = ", ".join(f"{count} {message(f'plan.{kind}', language)}" for kind, count in plan.counts.items() if count)
    return message("plan.summary", language, collection=plan.collection, counts=counts or "0")
