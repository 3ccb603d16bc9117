"""The second factor: a code of an app (TOTP, RFC 6238), for the roles that the settings name.

The secret is kept encrypted, a code counts once, and tries are limited as those of passwords are. For who has lost the
app there are recovery codes, each good once.
"""

import logging
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from chatbot.identity import Role
from chatbot.identity.digests import digest
from chatbot.identity.one_time_codes import matching_step, new_secret, plain_code, set_up_address
from chatbot.identity.sealed import Sealing
from chatbot.identity.tables import recovery_codes, second_factors, sessions
from config.access import plain_account
from config.errors import SignInRefused
from ingest.db.clock import utc

_RECOVERY_CODES = 10
_WRONG_ONES = 5  # before no code is checked for a while
_LOCKED = timedelta(minutes=1)  # doubled by each wrong code after that
_LONGEST_LOCK = timedelta(hours=1)
_log = logging.getLogger(__name__)


class SetUp(NamedTuple):
    """What an app needs to make codes.

    Attributes:
        secret: in Base32, for who types it.
        address: the same with name and issuer, for who scans it (otpauth://).
    """

    secret: str
    address: str


class SecondFactors:
    """Sets up, checks and resets second factors.

    Args:
        engine: from `ingest.db.database.open_database`.
        sealing: encrypts the secrets.
        roles: whose people need one.
        issuer: as the app shows where the code is for.
        now: the time.
    """

    def __init__(
        self,
        engine: Engine,
        sealing: Sealing,
        roles: Iterable[Role],
        issuer: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine, self._sealing, self._roles, self._issuer = engine, sealing, frozenset(roles), issuer
        self._now = now

    def is_needed(self, roles: Iterable[Role]) -> bool:
        """Whether somebody of these roles has to show one."""
        return not self._roles.isdisjoint(roles)

    def is_set_up(self, name: str) -> bool:
        """Whether a person has one."""
        row = self._row(name)
        return row is not None and row.confirmed is not None

    def set_up_since(self) -> dict[str, datetime]:
        """Since when each person has one, by name."""
        chosen = select(second_factors.c.account, second_factors.c.confirmed)
        with self._engine.connect() as connection:
            rows = connection.execute(chosen.where(second_factors.c.confirmed.is_not(None)))
            return {row.account: utc(row.confirmed) for row in rows}

    def begin(self, name: str) -> SetUp:
        """The secret that a person's app is to take; the same until the app has proved that it has it.

        Raises:
            SignInRefused: the person has a second factor already.
        """
        account = plain_account(name)
        row = self._row(account)
        if row is not None and row.confirmed is not None:
            raise SignInRefused("factor.there")
        if row is None:
            values = {"account": account, "secret": self._sealing.seal(new_secret(), account), "step": 0, "failures": 0}
            with suppress(IntegrityError), self._engine.begin() as connection:  # another page was faster
                connection.execute(insert(second_factors), values)
            row = self._row(account)
        secret = self._sealing.open(row.secret, account)
        return SetUp(secret, set_up_address(secret, account, self._issuer))

    def confirm(self, name: str, code: str) -> tuple[str, ...]:
        """Let the second factor count from now on, since the app shows the right code; returns the recovery codes.

        Raises:
            SignInRefused: the code is wrong, or there were too many wrong ones.
        """
        account = plain_account(name)
        row = self._row(account)
        if row is None or row.confirmed is not None:
            raise SignInRefused("factor.there" if row else "factor.none")
        self._check_code(account, code)
        chosen = update(second_factors).where(second_factors.c.account == account)
        with self._engine.begin() as connection:
            connection.execute(chosen.values(confirmed=self._now()))
            codes = _fresh_codes(connection, account)
        _log.warning("second factor set up: %s", account)
        return codes

    def check(self, name: str, code: str) -> None:
        """Let a person in whose app shows this code, or who has this recovery code.

        Raises:
            SignInRefused: it is wrong, was used already, or there were too many wrong ones.
        """
        account = plain_account(name)
        if not self.is_set_up(account):
            raise SignInRefused("factor.none")
        self._check_code(account, code)

    def new_recovery_codes(self, name: str, code: str) -> tuple[str, ...]:
        """Other recovery codes; those of before count no more.

        Raises:
            SignInRefused: as `check`.
        """
        self.check(name, code)
        with self._engine.begin() as connection:
            return _fresh_codes(connection, plain_account(name))

    def recovery_codes_left(self, name: str) -> int:
        chosen = select(func.count()).where(recovery_codes.c.account == plain_account(name))
        with self._engine.connect() as connection:
            return connection.execute(chosen).scalar_one()

    def reset(self, name: str, by: str) -> None:
        """Take a person's second factor away, and sign the person out; the next sign-in sets up a new one.

        Args:
            name: of the person.
            by: who does it, for the log.

        Raises:
            SignInRefused: the person has none.
        """
        account = plain_account(name)
        with self._engine.begin() as connection:
            connection.execute(delete(recovery_codes).where(recovery_codes.c.account == account))
            gone = connection.execute(delete(second_factors).where(second_factors.c.account == account)).rowcount
            connection.execute(delete(sessions).where(sessions.c.account == account))
        if not gone:
            raise SignInRefused("factor.missing", name=name)
        _log.warning("second factor reset: %s, by %s", account, by)

    def _check_code(self, account: str, code: str) -> None:
        typed = plain_code(code)
        row = self._count_try(account)
        if _is_recovery(typed):
            self._use_recovery_code(account, typed)
            return
        step = matching_step(self._sealing.open(row.secret, account), typed, self._now())
        newer = (second_factors.c.account == account) & (second_factors.c.step < (step or 0))
        with self._engine.begin() as connection:
            # Whoever looked over a shoulder cannot use the same code once more (RFC 6238, section 5.2).
            used = update(second_factors).where(newer).values(step=step, failures=0, locked_until=None)
            if step is None or not connection.execute(used).rowcount:
                raise SignInRefused("factor.wrong")

    def _use_recovery_code(self, account: str, typed: str) -> None:
        mine = (recovery_codes.c.account == account) & (recovery_codes.c.code == digest(typed))
        with self._engine.begin() as connection:
            if not connection.execute(delete(recovery_codes).where(mine)).rowcount:
                raise SignInRefused("factor.wrong")
            good = update(second_factors).where(second_factors.c.account == account)
            connection.execute(good.values(failures=0, locked_until=None))
        _log.warning("recovery code used: %s", account)

    def _count_try(self, account: str) -> Any:
        """Count a try before it is checked, so that many at once are many.

        Raises:
            SignInRefused: there were too many wrong ones, or there is nothing to try.
        """
        chosen = update(second_factors).where(second_factors.c.account == account)
        with self._engine.begin() as connection:
            connection.execute(chosen.values(failures=second_factors.c.failures + 1))
            row = connection.execute(select(second_factors).where(second_factors.c.account == account)).one_or_none()
            if row is None:
                raise SignInRefused("factor.none")
            over = row.failures - _WRONG_ONES
            if over <= 0:
                return row
            locked = row.locked_until is not None and utc(row.locked_until) > self._now()
            if not locked:
                lasts = min(_LOCKED * 2 ** min(over - 1, 10), _LONGEST_LOCK)
                connection.execute(chosen.values(locked_until=self._now() + lasts))
        if locked:
            raise SignInRefused("factor.locked")
        return row

    def _row(self, name: str) -> Any:
        chosen = select(second_factors).where(second_factors.c.account == plain_account(name))
        with self._engine.connect() as connection:
            return connection.execute(chosen).one_or_none()


def forget_factor(connection: Connection, account: str) -> None:
    """Forget the second factor of an account that is removed.

    Args:
        connection: in a transaction.
        account: its name, as it is kept.
    """
    for table in (recovery_codes, second_factors):
        connection.execute(delete(table).where(table.c.account == account))


def _fresh_codes(connection: Connection, account: str) -> tuple[str, ...]:
    codes = tuple("-".join(secrets.token_hex(2) for _ in range(5)) for _ in range(_RECOVERY_CODES))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.account == account))
    # Of 80 random bits a plain digest tells nothing.
    rows = [{"account": account, "code": digest(plain_code(code))} for code in codes]
    connection.execute(recovery_codes.insert(), rows)
    return codes


def _is_recovery(typed: str) -> bool:
    return len(typed) == 20
