"""How much one person may ask: so many questions a minute, and so many at the same time."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from chatbot.identity.crowd import Crowd
from config.errors import QuestionRejected


class QuestionLimits:
    """Counts the questions of each person in this process.

    Args:
        a_minute: questions of one person in any minute.
        at_once: questions of one person that are being answered.
        crowd: places that all people share; without it there are as many as are wanted.
    """

    def __init__(self, a_minute: int, at_once: int, crowd: Crowd | None = None) -> None:
        self._crowd = crowd
        self._window, self._at_once = RateLimitItemPerMinute(a_minute), at_once
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._running: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def admitted(self, person: str) -> Iterator[None]:
        """A place for one question of a person, for as long as it is being answered.

        Raises:
            QuestionRejected: the person has too many questions running, or asked too many in the last minute; or too
                many other people ask.
        """
        with self._lock:
            if self._running[person] >= self._at_once:
                raise QuestionRejected("question.at_once", most=self._at_once)
            if not self._limiter.hit(self._window, person):
                raise QuestionRejected("question.too_often", most=self._window.amount)
            self._running[person] += 1
        try:
            with self._crowd.admitted() if self._crowd else nullcontext():
                yield
        finally:
            with self._lock:
                self._running[person] -= 1
                if not self._running[person]:
                    del self._running[person]
