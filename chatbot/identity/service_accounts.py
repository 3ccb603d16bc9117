"""Accounts of programs: with roles and groups as people have them, and without a password."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, select, update

from chatbot.identity import Role, SignedIn
from chatbot.identity.names import SERVICE, plain_groups, service_name
from chatbot.identity.tables import service_accounts
from config.errors import SignInRefused


class ServiceAccounts:
    """Reads and writes the accounts of programs.

    Args:
        engine: from `ingest.db.database.open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, name: str, roles: Iterable[Role], groups: Iterable[str]) -> str:
        """Make an account, or give one other roles and groups; returns its whole name.

        Args:
            name: with or without `service:` in front.
            roles: at least one.
            groups: that the policy speaks of.

        Raises:
            SignInRefused: it is no name that an account can have.
        """
        whole = service_name(name)
        values = {"roles": sorted(set(roles)), "groups": list(plain_groups(groups))}
        with self._engine.begin() as connection:
            chosen = update(service_accounts).where(service_accounts.c.name == whole)
            if not connection.execute(chosen.values(values)).rowcount:
                row = {"name": whole, "created": datetime.now(UTC), **values}
                connection.execute(service_accounts.insert(), row)
        return whole

    def get(self, name: str) -> SignedIn | None:
        """The program as a request knows it; None where there is none of this name."""
        if not name.startswith(SERVICE):
            return None
        with self._engine.connect() as connection:
            row = connection.execute(select(service_accounts).where(service_accounts.c.name == name)).one_or_none()
        return _signed_in(row) if row else None

    def all(self) -> list[SignedIn]:
        """Every program, by name."""
        chosen = select(service_accounts).order_by(service_accounts.c.name)
        with self._engine.connect() as connection:
            return [_signed_in(row) for row in connection.execute(chosen)]

    def require(self, name: str) -> SignedIn:
        """As `get`, by the name with or without `service:` in front.

        Raises:
            SignInRefused: there is none of this name.
        """
        if found := self.get(service_name(name)):
            return found
        raise SignInRefused("account.missing", name=name)


def _signed_in(row: Any) -> SignedIn:
    return SignedIn(name=row.name, groups=tuple(row.groups), roles=frozenset(row.roles))
