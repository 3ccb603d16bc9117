"""Whom an identity provider means by a name; it may give the name of who has left to somebody else."""

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import IntegrityError

from chatbot.identity.tables import access_tokens, subjects
from config.access import plain_account
from config.errors import SignInRefused


class Subjects:
    """Keeps the person of each name, from the first sign-in on.

    The subject of an issuer is never given to another (OpenID Connect Core 1.0, section 2); names are, and with them
    would go what the policy allows by name, and the records.

    Args:
        engine: from `ingest.db.database.open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def check(self, name: str, issuer: str, subject: str) -> None:
        """Make sure that a name means the person it has always meant.

        Raises:
            SignInRefused: it has meant somebody else.
        """
        row = {"name": name, "issuer": issuer, "subject": subject}
        try:
            with self._engine.begin() as connection:
                connection.execute(subjects.insert(), row)
            return
        except IntegrityError:
            pass
        with self._engine.connect() as connection:
            known = connection.execute(select(subjects).where(subjects.c.name == name)).one_or_none()
        if known is None or (known.issuer, known.subject) != (issuer, subject):
            raise SignInRefused("oidc.other_person", name=name)

    def release(self, name: str) -> None:
        """Let somebody else have a name; what was made for the one before, tokens of programs, ends.

        Raises:
            SignInRefused: nobody has signed in with it.
        """
        with self._engine.begin() as connection:
            connection.execute(delete(access_tokens).where(access_tokens.c.owner == plain_account(name)))
            if not connection.execute(delete(subjects).where(subjects.c.name == plain_account(name))).rowcount:
                raise SignInRefused("account.missing", name=name)
