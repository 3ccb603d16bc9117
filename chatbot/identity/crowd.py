"""How many questions of all people are answered at a time; others wait in turn, or hear how long it takes."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

from config.errors import QuestionRejected

_FIRST_GUESS_S = 2.0  # that an answer takes
_WEIGHT = 0.2  # of the latest answer in the mean


class Crowd:
    """Places for questions, given in the order in which they came.

    Args:
        at_once: questions that are being answered.
        longest_wait: seconds; whoever would have to wait longer is asked to come again.
        most_waiting: questions; each one that waits holds a thread.
        clock: seconds.
    """

    def __init__(
        self,
        at_once: int,
        longest_wait: float = 15.0,
        most_waiting: int = 16,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._at_once, self._longest, self._most_waiting, self._clock = at_once, longest_wait, most_waiting, clock
        self._running, self._mean = 0, _FIRST_GUESS_S
        self._line: deque[object] = deque()
        self._changed = Condition()

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """A place for one question, for as long as it is being answered.

        Raises:
            QuestionRejected: it would have to wait too long; says about how long.
        """
        self._enter()
        began = self._clock()
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._mean += _WEIGHT * (self._clock() - began - self._mean)
                self._changed.notify_all()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._line)

    def _enter(self) -> None:
        ticket = object()
        with self._changed:
            expected = self._expected_wait()
            if expected and (expected > self._longest or len(self._line) >= self._most_waiting):
                raise QuestionRejected("question.busy", seconds=math.ceil(expected))
            self._line.append(ticket)
            try:
                is_turn = self._changed.wait_for(lambda: self._is_turn(ticket), timeout=2 * self._longest)
                if not is_turn:
                    raise QuestionRejected("question.busy", seconds=math.ceil(max(self._expected_wait(), 1)))
                self._running += 1
            finally:
                self._line.remove(ticket)
                self._changed.notify_all()

    def _is_turn(self, ticket: object) -> bool:
        return self._running < self._at_once and self._line[0] is ticket

    def _expected_wait(self) -> float:
        """Seconds until there is a place for one more, as answers have taken of late; 0 where there is one."""
        ahead = self._running + len(self._line) - self._at_once + 1
        return ahead * self._mean / self._at_once if ahead > 0 else 0.0
