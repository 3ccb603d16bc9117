"""Leases: what only one process may do at a time, over all processes and machines that share the database.

A lease is a row with an end. Its holder moves the end while it works; where it does not, others take the row over. The
clock is the database's. A holder that was killed on this machine is known to be gone, and nobody waits for the end.
After C. Gray and D. Cheriton: Leases, SOSP 1989.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import Engine, and_, delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from config.errors import FundstelleError, IndexUnavailable
from ingest.db.clock import database_seconds
from ingest.db.database import alone
from ingest.db.process import host_of, is_gone, number_of, this_process
from ingest.db.tables import leases

Scope = Literal["index", "schedule", "housekeeping"]
LASTS_S = 30.0
_AGAIN_S = 2.0


class Lease:
    """A lease that this process has taken.

    Args:
        engine: of the database.
        scope: what it is for.
        part: of it; empty for all.
        lasts: seconds that it is good for without being renewed.
    """

    def __init__(self, engine: Engine, scope: Scope, part: str, lasts: float) -> None:
        self._engine, self.scope, self.part, self._lasts = engine, scope, part, lasts
        self._holder = uuid4().hex
        self._renewed = time.monotonic()
        self._lost = threading.Event()
        self._given_back = threading.Event()

    def is_held(self) -> bool:
        """Whether it is still this process's; where it was not renewed in time, the database is asked."""
        if not self._lost.is_set() and time.monotonic() - self._renewed > self._lasts:
            try:
                self._renew()  # this process was stopped, or the database was away
            except (SQLAlchemyError, FundstelleError):
                return False
        return not self._lost.is_set()

    def check(self) -> None:
        """Make sure that it is still held, before the next step.

        Raises:
            IndexUnavailable: another process has taken it over.
        """
        if not self.is_held():
            raise IndexUnavailable("lease.lost")

    def take(self) -> None:
        """Take it, if nobody has it.

        Raises:
            IndexUnavailable: another process has it, or all or part of it.
        """
        with alone(self._engine, leases) as connection:
            now = database_seconds(connection)
            for row in connection.execute(select(leases).where(self._in_the_way())):
                if row.expires > now and not is_gone(row.process):
                    place = {"host": host_of(row.process), "process": number_of(row.process)}
                    raise IndexUnavailable("lease.taken", **place, seconds=round(self._lasts))
            connection.execute(delete(leases).where(self._in_the_way()))
            connection.execute(leases.insert(), self._row(now))
        self._renewed = time.monotonic()

    def keep(self) -> None:
        """Renew it until it is lost or given back."""
        while not self._given_back.wait(self._lasts / 3):
            try:
                self._renew()
            except (SQLAlchemyError, FundstelleError) as error:  # the database may come back before the end
                logging.getLogger(__name__).warning("a lease was not renewed: %s", type(error).__name__)
            if self._lost.is_set():
                return

    def give_back(self) -> None:
        """Let others have it at once."""
        self._given_back.set()
        self._lost.set()
        with self._engine.begin() as connection:
            connection.execute(delete(leases).where(leases.c.holder == self._holder))

    def _renew(self) -> None:
        asked = time.monotonic()
        with self._engine.begin() as connection:
            ends = database_seconds(connection) + self._lasts
            mine = update(leases).where(leases.c.holder == self._holder)
            if not connection.execute(mine.values(expires=ends)).rowcount:
                self._lost.set()
                return
        self._renewed = asked

    def _row(self, now: float) -> dict[str, Any]:
        row = {"scope": self.scope, "part": self.part, "holder": self._holder, "process": this_process()}
        return row | {"expires": now + self._lasts}

    def _in_the_way(self) -> Any:
        """Leases beside which this one cannot be: of the same part; the whole of a scope and each of its parts."""
        of_scope = leases.c.scope == self.scope
        return and_(of_scope, leases.c.part.in_(("", self.part))) if self.part else of_scope


class Leases:
    """Gives leases to this process.

    Args:
        engine: from `ingest.db.database.open_database`.
        lasts: seconds that a lease is good for without being renewed.
    """

    def __init__(self, engine: Engine, lasts: float = LASTS_S) -> None:
        self._engine, self._lasts = engine, lasts

    @contextmanager
    def held(self, scope: Scope, part: str = "") -> Iterator[Lease]:
        """A lease for the length of a block, renewed meanwhile.

        Args:
            scope: what it is for.
            part: such as a collection; without one all parts are meant.

        Raises:
            IndexUnavailable: another process has it.
        """
        lease = Lease(self._engine, scope, part, self._lasts)
        lease.take()
        threading.Thread(target=lease.keep, daemon=True, name=f"lease of {scope}").start()
        try:
            yield lease
        finally:
            try:
                lease.give_back()
            except SQLAlchemyError as error:  # it ends by itself; what the block said counts more
                logging.getLogger(__name__).warning("a lease was not given back: %s", type(error).__name__)

    def duty(self, scope: Scope, ended: threading.Event) -> Iterator[Lease]:
        """Leases of a duty that some process always has: each one when it is free, the next where it was lost.

        Args:
            scope: the duty.
            ended: set when this process has no duties any more.
        """
        while not ended.is_set():
            try:
                with self.held(scope) as lease:
                    yield lease
            except (SQLAlchemyError, FundstelleError) as error:
                if getattr(error, "key", "") != "lease.taken":
                    logging.getLogger(__name__).warning("no lease of %s: %s", scope, type(error).__name__)
            ended.wait(_AGAIN_S)
