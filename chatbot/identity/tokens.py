"""Tokens by which other programs come in: with scopes, an end, and so many questions a day; kept as digests only."""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Any, Literal

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import IntegrityError

from chatbot.identity.digests import digest
from chatbot.identity.names import LONGEST, plain_groups
from chatbot.identity.tables import access_tokens, token_days
from config.errors import AccessRefused, QuestionRejected, SignInRefused
from ingest.db.clock import utc
from ingest.documents import Frozen

Scope = Literal["ask", "documents", "ingest", "records", "metrics"]
SCOPES: tuple[Scope, ...] = ("ask", "documents", "ingest", "records", "metrics")
PREFIX = "fst_"  # so that a search for secrets that lie about finds it
LONGEST_DAYS = 366
_NOTED_EVERY = timedelta(minutes=1)
_COUNTS_KEPT = timedelta(days=31)


class Token(Frozen):
    """A token without its secret.

    Attributes:
        id: by which people name it.
        owner: person or service account that it speaks for.
        groups: of a person for whom an identity provider or a proxy vouches on the page; None for all others.
        a_day: questions that may be asked with it on a day of UTC.
        note: what it is for.
        used: the last time, to the minute.
    """

    id: str
    owner: str
    groups: tuple[str, ...] | None
    scopes: tuple[Scope, ...]
    a_day: int
    note: str
    created: datetime
    expires: datetime
    revoked: datetime | None
    used: datetime | None

    def counts(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked is None and now < self.expires


class Tokens:
    """Makes, finds and revokes tokens.

    Args:
        engine: from `ingest.db.database.open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self,
        owner: str,
        scopes: Iterable[Scope],
        days: int,
        a_day: int,
        note: str = "",
        groups: Iterable[str] | None = None,
    ) -> tuple[Token, str]:
        """Make a token; returns it, and the secret, which is kept nowhere.

        Args:
            owner: person or service account.
            scopes: what it is for, at least one.
            days: after which it ends.
            a_day: questions that may be asked with it on a day.
            note: what it is for, in a few words.
            groups: of a person for whom others vouch.

        Raises:
            SignInRefused: there is no scope, or the note is too long.
        """
        chosen = [scope for scope in SCOPES if scope in set(scopes)]
        if not chosen:
            raise SignInRefused("token.no_scope", scopes=", ".join(SCOPES))
        if len(note) > LONGEST:
            raise SignInRefused("token.long_note", most=LONGEST)
        secret, now = PREFIX + secrets.token_urlsafe(32), datetime.now(UTC)
        row = {
            "id": secrets.token_hex(4), "digest": digest(secret), "owner": owner, "scopes": chosen, "a_day": a_day,
            "groups": None if groups is None else list(plain_groups(groups)), "note": note, "created": now,
            "expires": now + timedelta(days=days), "revoked": None, "used": None,
        }  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(access_tokens.insert(), row)
        return Token.model_validate({name: row[name] for name in Token.model_fields}), secret

    def all(self) -> list[Token]:
        """Every token, newest first; those that have ended, too."""
        with self._engine.connect() as connection:
            return [
                _token(row)
                for row in connection.execute(select(access_tokens).order_by(access_tokens.c.created.desc()))
            ]

    def revoke(self, identity: str) -> Token:
        """Let a token open nothing from now on.

        Raises:
            SignInRefused: there is none of this id.
        """
        chosen = update(access_tokens).where(access_tokens.c.id == identity, access_tokens.c.revoked.is_(None))
        with self._engine.begin() as connection:
            connection.execute(chosen.values(revoked=datetime.now(UTC)))
            row = connection.execute(select(access_tokens).where(access_tokens.c.id == identity)).one_or_none()
        if row is None:
            raise SignInRefused("token.missing", id=identity)
        return _token(row)

    def find(self, secret: str) -> Token | None:
        """The token of a secret; None where there is none, it has ended or was revoked."""
        # Found by its digest: how long that takes tells nothing of the secrets that there are.
        wanted, now = digest(secret), datetime.now(UTC)
        with self._engine.connect() as connection:
            row = connection.execute(select(access_tokens).where(access_tokens.c.digest == wanted)).one_or_none()
        if row is None or not compare_digest(row.digest, wanted):
            return None
        token = _token(row)
        if not token.counts(now):
            return None
        if token.used is None or now - token.used > _NOTED_EVERY:
            with self._engine.begin() as connection:
                connection.execute(update(access_tokens).where(access_tokens.c.id == token.id).values(used=now))
        return token

    def spend(self, token: Token) -> None:
        """Count a question.

        Raises:
            QuestionRejected: as many as it may have were asked with it today.
            AccessRefused: it was revoked meanwhile.
        """
        now = datetime.now(UTC)
        day = now.date().isoformat()
        today = (token_days.c.token == token.id) & (token_days.c.day == day)
        room = update(token_days).where(today, token_days.c.questions < token.a_day)
        with self._engine.begin() as connection:
            row = connection.execute(select(access_tokens).where(access_tokens.c.id == token.id)).one_or_none()
            if row is None or not _token(row).counts(now):
                raise AccessRefused("token.invalid")
            if connection.execute(room.values(questions=token_days.c.questions + 1)).rowcount:
                return
            if connection.execute(select(token_days.c.day).where(today)).first():
                raise QuestionRejected("token.spent", most=token.a_day)
        try:
            with self._engine.begin() as connection:
                oldest = (now - _COUNTS_KEPT).date().isoformat()
                connection.execute(delete(token_days).where(token_days.c.day < oldest))
                connection.execute(token_days.insert(), {"token": token.id, "day": day, "questions": 1})
        except IntegrityError:  # another question was faster
            self.spend(token)

    def spent(self, token: Token) -> int:
        """Questions that were asked with a token today."""
        today = (token_days.c.token == token.id) & (token_days.c.day == datetime.now(UTC).date().isoformat())
        with self._engine.connect() as connection:
            return connection.execute(select(token_days.c.questions).where(today)).scalar() or 0


def _token(row: Any) -> Token:
    values = {name: row._mapping[name] for name in Token.model_fields}
    for name in ("created", "expires", "revoked", "used"):
        values[name] = utc(values[name]) if values[name] else None
    return Token.model_validate(values)
