"""Whether the program can answer now: index, database and engines, each by itself."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, Literal, TypeVar

from sqlalchemy import Engine as Database
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from chatbot.llm.engine import Engine
from config.errors import FundstelleError, IndexUnavailable
from ingest.index.services import IndexServices

State = Literal["ok", "empty", "unavailable"]
Told = TypeVar("Told")
_KEPT_S = 2.0  # so that who asks all the time costs little
_KEPT_ENGINES_S = 15.0


class _Kept(Generic[Told]):
    """What was told a moment ago; while one asks anew, the others hear what is known."""

    def __init__(self, ask: Callable[[], Told], seconds: float, clock: Callable[[], float]) -> None:
        self._ask, self._seconds, self._clock = ask, seconds, clock
        self._lock = threading.Lock()
        self._known: tuple[float, Told] | None = None

    def get(self) -> Told:
        known = self._known
        if known is not None and self._clock() - known[0] <= self._seconds:
            return known[1]
        if not self._lock.acquire(blocking=known is None):  # a part that does not answer must hold up one alone
            return known[1]  # type: ignore[index]
        try:
            if self._known is known:
                self._known = self._clock(), self._ask()
            return self._known[1]  # type: ignore[index]
        finally:
            self._lock.release()


class Ready:
    """Asks each part, and remembers for a moment what it said.

    Args:
        index: that is searched.
        database: of records and registry.
        engines: in the order they are tried; quotes are always the last.
        clock: seconds.
    """

    def __init__(
        self,
        index: Callable[[], IndexServices],
        database: Database,
        engines: Sequence[Engine],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._index, self._database, self._engines = index, database, engines
        self._parts = _Kept(self._ask_parts, _KEPT_S, clock)
        self._works = _Kept(self._ask_engines, _KEPT_ENGINES_S, clock)

    def parts(self) -> dict[str, State]:
        """State of database and index; an index that is still empty stands in nobody's way."""
        return self._parts.get()

    def engines(self) -> dict[str, bool]:
        """Whether each engine can answer. One that cannot stands in nobody's way: then the documents are quoted."""
        return self._works.get()

    def _ask_parts(self) -> dict[str, State]:
        return {"database": self._ask_database(), "index": self._ask_index()}

    def _ask_engines(self) -> dict[str, bool]:
        return {str(engine.name): _works(engine) for engine in self._engines}

    def _ask_database(self) -> State:
        try:
            with self._database.connect() as connection:
                connection.execute(text("SELECT 1"))
        except (FundstelleError, SQLAlchemyError) as error:
            logging.getLogger(__name__).warning("the database does not answer: %s", type(error).__name__)
            return "unavailable"
        return "ok"

    def _ask_index(self) -> State:
        try:
            index = self._index()
            store = index.open_store(index.generation().name)
            if not store.exists():
                return "unavailable"
            store.count()
        except IndexUnavailable as error:
            if error.key == "index.nothing":
                return "empty"
            logging.getLogger(__name__).warning("the index does not answer: %s", error.key)
            return "unavailable"
        except (FundstelleError, SQLAlchemyError) as error:
            logging.getLogger(__name__).warning("the index does not answer: %s", type(error).__name__)
            return "unavailable"
        return "ok"


def _works(engine: Engine) -> bool:
    try:
        engine.prepare()
    except FundstelleError:
        return False
    return True
