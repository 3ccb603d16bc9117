"""Sessions on the server: the browser holds a random token, the database only its digest."""

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, select, update

from chatbot.identity import SignedIn
from chatbot.identity.accounts import Accounts, digest
from ingest.clock import utc
from ingest.tables import sessions

_NOTED_EVERY = timedelta(minutes=1)


class Sessions:
    """Opens, reads and ends sessions.

    Args:
        engine: from `ingest.database.open_database`.
        accounts: whose people sign in.
        idle: after which an unused session ends.
        longest: after which any session ends.
    """

    def __init__(self, engine: Engine, accounts: Accounts, idle: timedelta, longest: timedelta) -> None:
        self._engine, self._accounts, self._idle, self._longest = engine, accounts, idle, longest

    def open(self, name: str) -> str:
        """A new session of a person who has just signed in; returns its token, which is never one that was there."""
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        row = {"token": digest(token), "account": name, "opened": now, "seen": now}
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.opened < now - self._longest))
            connection.execute(sessions.insert(), row)
        return token

    def person(self, token: str) -> SignedIn | None:
        """The person of a session, with the roles and groups of now; None where it has ended."""
        if not token:
            return None
        now = datetime.now(UTC)
        with self._engine.connect() as connection:
            row = connection.execute(select(sessions).where(sessions.c.token == digest(token))).one_or_none()
        if row is None:
            return None
        seen, opened = utc(row.seen), utc(row.opened)
        account = self._accounts.get(row.account)
        if now - seen > self._idle or now - opened > self._longest or account is None or account.disabled:
            self.end(token)
            return None
        if now - seen > _NOTED_EVERY:
            with self._engine.begin() as connection:
                connection.execute(update(sessions).where(sessions.c.token == row.token).values(seen=now))
        return account.signed_in()

    def end(self, token: str) -> None:
        """Sign out."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.token == digest(token)))
