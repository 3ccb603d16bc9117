"""Something that takes long, in the background of the page: one of its kind at a time, its result kept."""

import logging
import threading
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from config.errors import FundstelleError, SettingsError

Result = TypeVar("Result")


class JobState(NamedTuple, Generic[Result]):
    """How a job stands.

    Attributes:
        about: what it was begun for, as the page says it.
        result: when it is done.
        error: why it failed, in a sentence.
        unexpected: whether it failed and only the log knows why.
    """

    running: bool
    about: str
    result: Result | None = None
    error: FundstelleError | None = None
    unexpected: bool = False


class OneJob(Generic[Result]):
    """Runs jobs of a kind one after the other, and remembers the latest."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.state: JobState[Result] | None = None  # None before the first

    def begin(self, about: str, work: Callable[[], Result]) -> None:
        """Start a job; returns at once.

        Args:
            about: what it is for.
            work: that is done in a thread of its own.

        Raises:
            SettingsError: the one before is not done yet.
        """
        with self._lock:
            if self.state and self.state.running:
                raise SettingsError("job.busy")
            self.state = JobState(True, about)
        threading.Thread(target=self._run, args=(about, work), daemon=True, name="job").start()

    def _run(self, about: str, work: Callable[[], Result]) -> None:
        try:
            self.state = JobState(False, about, work())
        except FundstelleError as error:
            self.state = JobState(False, about, error=error)
        except Exception:  # the admin reads a sentence, the operator the trace
            logging.getLogger(__name__).exception("a job failed")
            self.state = JobState(False, about, unexpected=True)
