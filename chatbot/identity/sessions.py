"""Sessions on the server: the browser holds a random token, the database only its digest."""

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, select, update

from chatbot.identity import Role, SignedIn
from chatbot.identity.accounts import Accounts
from chatbot.identity.digests import digest
from chatbot.identity.tables import accounts, sessions
from config.errors import SignInRefused
from ingest.db.clock import utc

RolesOf = Callable[[str, Iterable[str]], frozenset[Role]]  # of a name and its groups
_NOTED_EVERY = timedelta(minutes=1)


class Sessions:
    """Opens, reads and ends sessions.

    Args:
        engine: from `ingest.db.database.open_database`.
        accounts: whose people sign in.
        idle: after which an unused session ends.
        longest: after which any session ends.
        roles_of: where an identity provider vouches for people; then sessions of accounts do not count, and without
            it those of the provider do not.
    """

    def __init__(
        self,
        engine: Engine,
        accounts: Accounts,
        idle: timedelta,
        longest: timedelta,
        roles_of: RolesOf | None = None,
    ) -> None:
        self._engine, self._accounts, self._idle, self._longest = engine, accounts, idle, longest
        self._roles_of = roles_of

    def open(self, name: str, groups: Iterable[str] | None = None, proof: str = "") -> str:
        """A new session of a person who has just signed in; returns its token, which is never one that was there.

        Args:
            name: of the person.
            groups: that the identity provider named; none for an account, whose groups are kept with it.
            proof: of the password with which the person has signed in, where it was one.

        Raises:
            SignInRefused: the password has been changed since it was checked.
        """
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        kept = None if groups is None else list(groups)
        row = {"token": digest(token), "account": name, "opened": now, "seen": now, "groups": kept}
        with self._engine.begin() as connection:
            if proof:
                # Whoever changes the password waits for this, and then ends the session with the others.
                chosen = select(accounts.c.password).where(accounts.c.name == name).with_for_update()
                if digest(connection.execute(chosen).scalar() or "") != proof:
                    raise SignInRefused("sign_in.wrong")
            connection.execute(delete(sessions).where(sessions.c.opened < now - self._longest))
            connection.execute(sessions.insert(), row)
        return token

    def person(self, token: str, is_use: bool = True) -> SignedIn | None:
        """The person of a session, with the roles of now; None where it has ended.

        Args:
            token: that the browser holds.
            is_use: whether the session is in use by that, so that it does not end.

        Raises:
            SettingsError: roles follow from the policy, which cannot be read.
        """
        if not token:
            return None
        now = datetime.now(UTC)
        with self._engine.connect() as connection:
            row = connection.execute(select(sessions).where(sessions.c.token == digest(token))).one_or_none()
        if row is None:
            return None
        seen, opened = utc(row.seen), utc(row.opened)
        person = self._person(row)
        if now - seen > self._idle or now - opened > self._longest or person is None:
            self.end(token)
            return None
        if is_use and now - seen > _NOTED_EVERY:
            with self._engine.begin() as connection:
                connection.execute(update(sessions).where(sessions.c.token == row.token).values(seen=now))
        return person

    def _person(self, row: Any) -> SignedIn | None:
        if self._roles_of is not None:
            if row.groups is None:
                return None
            groups = tuple(row.groups)
            return SignedIn(name=row.account, groups=groups, roles=self._roles_of(row.account, groups))
        account = self._accounts.get(row.account) if row.groups is None else None
        return None if account is None or account.disabled else account.signed_in()

    def end(self, token: str) -> None:
        """Sign out."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.token == digest(token)))
