"""Local accounts: made by an admin on the command line, opened by a one-time link, locked after wrong passwords."""

import secrets
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from chatbot.identity import Role, SignedIn
from chatbot.identity.digests import digest
from chatbot.identity.names import plain_name
from chatbot.identity.passwords import check_password, hash_password, is_right
from chatbot.identity.second_factor import forget_factor
from chatbot.identity.tables import acceptances, access_tokens, accounts, sessions, setup_links
from chatbot.identity.tries import Origin, forget, know_device, note_try, was_right
from chatbot.records.tables import personal, records
from config.access import plain_account
from config.errors import SignInRefused
from ingest.db.clock import utc
from ingest.db.database import alone
from ingest.documents import Frozen

_LINK_LASTS = timedelta(hours=24)

NOWHERE = Origin()


class Account(Frozen):
    """An account without its password."""

    name: str
    groups: tuple[str, ...]
    roles: tuple[Role, ...]
    has_password: bool
    must_change: bool
    locked: bool
    disabled: bool

    def signed_in(self) -> SignedIn:
        """The person behind it."""
        return SignedIn(name=self.name, groups=self.groups, roles=frozenset(self.roles), must_change=self.must_change)


class Accounts:
    """Reads and writes accounts.

    Args:
        engine: from `ingest.db.database.open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self,
        name: str,
        roles: Iterable[Role],
        groups: Iterable[str],
        combine: bool = False,
        recorded_as: Collection[str] = (),
    ) -> str:
        """Make an account; returns the token of its one-time link, by which the person sets a password.

        Args:
            name: that the person signs in with; upper and lower case are the same.
            roles: at least one.
            groups: that the policy speaks of.
            combine: that more than one role is meant.
            recorded_as: what records would call the person; there must be none of these names, since whoever has
                the name may read them. Without any it is not asked.

        Raises:
            SignInRefused: the name is taken or none that an account can have, there are records under it, or roles
                were combined without meaning it.
        """
        name, chosen = _fit(name), _checked(roles, combine)
        row = {
            "name": name, "groups": list(groups), "roles": chosen, "password": "", "must_change": False,
            "failures": 0, "disabled": False, "created": datetime.now(UTC),
        }  # fmt: skip
        if self.get(name):
            raise SignInRefused("account.taken", name=name)
        if recorded_as and self._are_recorded(recorded_as):
            raise SignInRefused("account.has_records", name=name)
        try:
            with self._engine.begin() as connection:
                connection.execute(accounts.insert(), row)
        except IntegrityError as error:  # another one was faster
            raise SignInRefused("account.taken", name=name) from error
        return self.new_link(name)

    def get(self, name: str) -> Account | None:
        with self._engine.connect() as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == plain_account(name))).one_or_none()
        return _account(row) if row else None

    def all(self) -> list[Account]:
        with self._engine.connect() as connection:
            return [_account(row) for row in connection.execute(select(accounts).order_by(accounts.c.name))]

    def count(self) -> int:
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(accounts)).scalar_one()

    def change(
        self,
        name: str,
        roles: Iterable[Role] | None = None,
        groups: Iterable[str] | None = None,
        disabled: bool | None = None,
        must_change: bool | None = None,
        combine: bool = False,
    ) -> None:
        """Change what is given; a disabled account is signed out everywhere, and an enabled one unlocked.

        Raises:
            SignInRefused: there is none of this name, nothing is given, or roles were combined without meaning it.
        """
        values: dict[str, Any] = {}
        if roles is not None:
            values["roles"] = _checked(roles, combine)
        if groups is not None:
            values["groups"] = list(groups)
        if disabled is not None:
            values |= {"disabled": disabled, "failures": 0, "locked_until": None}
        if must_change is not None:
            values["must_change"] = must_change
        if not values and self.get(name):
            raise SignInRefused("account.nothing_to_change", name=name)
        with self._engine.begin() as connection:
            chosen = update(accounts).where(accounts.c.name == plain_account(name))
            if not values or not connection.execute(chosen.values(values)).rowcount:
                raise SignInRefused("account.missing", name=name)
            if disabled is not None:
                forget(connection, plain_account(name), with_devices=disabled)
            if disabled:
                connection.execute(delete(sessions).where(sessions.c.account == plain_account(name)))

    def remove(self, name: str) -> None:
        """Remove an account with its sessions, its second factor, its tokens and the terms of use that it accepted.

        Records stay under its name until they are erased.

        Raises:
            SignInRefused: there is no account of this name.
        """
        with self._engine.begin() as connection:
            forget(connection, plain_account(name), with_devices=True)
            forget_factor(connection, plain_account(name))
            for table in (sessions, setup_links, acceptances):
                connection.execute(delete(table).where(table.c.account == plain_account(name)))
            connection.execute(delete(access_tokens).where(access_tokens.c.owner == plain_account(name)))
            if not connection.execute(delete(accounts).where(accounts.c.name == plain_account(name))).rowcount:
                raise SignInRefused("account.missing", name=name)

    def new_link(self, name: str) -> str:
        """A one-time token by which a person sets a new password; earlier ones stop working.

        Raises:
            SignInRefused: there is no account of this name.
        """
        if self.get(name) is None:
            raise SignInRefused("account.missing", name=name)
        token = secrets.token_urlsafe(32)
        row = {"token": digest(token), "account": plain_account(name), "expires": datetime.now(UTC) + _LINK_LASTS}
        with alone(self._engine, setup_links) as connection:  # of two at once only the later one works
            connection.execute(delete(setup_links).where(setup_links.c.account == plain_account(name)))
            connection.execute(setup_links.insert(), row)
        return token

    def use_link(self, token: str, password: str) -> SignedIn:
        """Set a password by a one-time link; the person is signed out everywhere else.

        Raises:
            SignInRefused: the link was used, has expired, or the password is not good enough.
        """
        now = datetime.now(UTC)
        with self._engine.connect() as connection:
            found = connection.execute(select(setup_links).where(setup_links.c.token == digest(token))).one_or_none()
        if found is None or utc(found.expires) < now:
            raise SignInRefused("link.used")
        check_password(password, found.account)
        with self._engine.begin() as connection:
            if not connection.execute(delete(setup_links).where(setup_links.c.token == digest(token))).rowcount:
                raise SignInRefused("link.used")
            _set_password(connection, found.account, password)
        return self._signed_in(found.account)

    def change_password(self, name: str, old: str, new: str, origin: Origin = NOWHERE) -> SignedIn:
        """Change the own password.

        Raises:
            SignInRefused: the old one is wrong, or the new one not good enough or the same.
        """
        self.sign_in(name, old, origin)
        if old == new:
            raise SignInRefused("password.same")
        check_password(new, name)
        with self._engine.begin() as connection:
            _set_password(connection, plain_account(name), new)
        return self._signed_in(name)

    def sign_in(self, name: str, password: str, origin: Origin = NOWHERE) -> SignedIn:
        """Check a name and a password; wrong ones are counted, and lock the account for a while where they come from.

        Args:
            name: of the account.
            password: as typed.
            origin: of the try.

        Raises:
            SignInRefused: without saying whether there is such an account.
        """
        plain = plain_account(name)
        with self._engine.begin() as connection:
            tried = note_try(connection, plain, origin)
        row = tried.row
        right = is_right(password, row.password if row else "")  # takes as long without an account
        if row is None or not tried.allowed or not right or row.disabled:
            raise SignInRefused("sign_in.wrong")
        with self._engine.begin() as connection:
            was_right(connection, plain, origin, tried)
        return _account(row).signed_in().model_copy(update={"proof": digest(row.password)})

    def know_device(self, name: str) -> str:
        """Know the device of somebody who has just signed in from now on; returns the token that it keeps."""
        with self._engine.begin() as connection:
            return know_device(connection, plain_account(name))

    def _are_recorded(self, names: Collection[str]) -> bool:
        """Whether questions, or remarks to those of others, are recorded under one of these names."""
        columns = (records.c.person, personal.c.person)
        with self._engine.connect() as connection:
            return any(
                connection.execute(select(person).where(person.in_(names)).limit(1)).first() for person in columns
            )

    def _signed_in(self, name: str) -> SignedIn:
        account = self.get(name)
        if account is None:
            raise SignInRefused("account.missing", name=name)
        return account.signed_in()


def _set_password(connection: Connection, account: str, password: str) -> None:
    """Set it, and sign the person out everywhere."""
    values = {"password": hash_password(password), "must_change": False, "failures": 0, "locked_until": None}
    connection.execute(update(accounts).where(accounts.c.name == account).values(values))
    connection.execute(delete(sessions).where(sessions.c.account == account))
    forget(connection, account, with_devices=True)


def _fit(name: str) -> str:
    """The name as it is kept."""
    try:
        return plain_name(name)
    except SignInRefused as error:
        raise SignInRefused("account.bad_name", name=name) from error


def _checked(roles: Iterable[Role], combine: bool) -> list[Role]:
    chosen = sorted(set(roles))
    if not chosen or (len(chosen) > 1 and not combine):
        raise SignInRefused("account.combined", roles=", ".join(chosen))
    return chosen


def _account(row: Any) -> Account:
    locked = row.locked_until is not None and utc(row.locked_until) > datetime.now(UTC)
    return Account(
        name=row.name, groups=tuple(row.groups), roles=tuple(row.roles), has_password=bool(row.password),
        must_change=row.must_change, locked=locked, disabled=row.disabled,
    )  # fmt: skip
