"""Sessions on the server: the browser holds a random token, the database only its digest."""

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, select, update

from chatbot.identity import Role, SignedIn
from chatbot.identity.accounts import Accounts
from chatbot.identity.digests import digest
from chatbot.identity.second_factor import SecondFactors
from chatbot.identity.tables import accounts, sessions
from config.errors import SignInRefused
from ingest.db.clock import utc

RolesOf = Callable[[str, Iterable[str]], frozenset[Role]]  # of a name and its groups
_NOTED_EVERY = timedelta(minutes=1)
_HALF = timedelta(minutes=15)  # that a session lasts whose second factor is missing


class Sessions:
    """Opens, reads and ends sessions.

    Args:
        engine: from `ingest.db.database.open_database`.
        accounts: whose people sign in.
        idle: after which an unused session ends.
        longest: after which any session ends.
        roles_of: where an identity provider vouches for people; then sessions of accounts do not count, and without
            it those of the provider do not.
        factors: second factors of accounts; without any nobody needs one.
    """

    def __init__(
        self,
        engine: Engine,
        accounts: Accounts,
        idle: timedelta,
        longest: timedelta,
        roles_of: RolesOf | None = None,
        factors: SecondFactors | None = None,
    ) -> None:
        self._engine, self._accounts, self._idle, self._longest = engine, accounts, idle, longest
        self._roles_of, self._factors = roles_of, factors

    def open(self, name: str, groups: Iterable[str] | None = None, proof: str = "", proven: bool = False) -> str:
        """A new session of a person who has just signed in; returns its token, which is never one that was there.

        Args:
            name: of the person.
            groups: that the identity provider named; none for an account, whose groups are kept with it.
            proof: of the password with which the person has signed in, where it was one.
            proven: whether it follows on a session that has shown a second factor.

        Raises:
            SignInRefused: the password has been changed since it was checked.
        """
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        kept = None if groups is None else list(groups)
        row = {"token": digest(token), "account": name, "opened": now, "seen": now, "groups": kept, "proven": proven}
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
        longest = _HALF if person is not None and person.factor else self._longest
        if now - seen > self._idle or now - opened > longest or person is None:
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
        if account is None or account.disabled:
            return None
        person = account.signed_in().model_copy(update={"proven": row.proven})
        if self._factors is None or not self._factors.is_needed(person.roles):
            return person
        if not self._factors.is_set_up(person.name):
            return person.model_copy(update={"factor": "set_up", "proven": False})
        return person if row.proven else person.model_copy(update={"factor": "prove"})

    def prove(self, name: str, tokens: Iterable[str]) -> str:
        """A new session instead of one whose person has shown a second factor now; returns its token.

        Args:
            name: of the person.
            tokens: that the browser holds.

        Raises:
            SignInRefused: there is no such session any more.
        """
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        mine = sessions.c.token.in_([digest(one) for one in tokens]) & (sessions.c.account == name)
        with self._engine.begin() as connection:
            # Whoever changes the password waits for this, and then ends the session with the others.
            connection.execute(select(accounts.c.password).where(accounts.c.name == name).with_for_update())
            opened = connection.execute(select(sessions.c.opened).where(mine)).scalars().first()
            if opened is None:
                raise SignInRefused("sign_in.wrong")
            connection.execute(delete(sessions).where(mine))
            row = {"token": digest(token), "account": name, "opened": opened, "seen": now, "proven": True}
            connection.execute(sessions.insert(), row)
        return token

    def end(self, token: str) -> None:
        """Sign out."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.token == digest(token)))
