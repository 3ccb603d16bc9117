"""Terms of use: each person accepts each version once, and that is recorded."""

import hashlib
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select

from chatbot.identity.tables import acceptances
from config.policy import Terms
from ingest.db.clock import utc
from ingest.documents import Frozen


class Acceptance(Frozen):
    """That a person has accepted a version, and when.

    Attributes:
        text: SHA-256 of the terms in both languages, as they were then.
    """

    account: str
    version: str
    text: str
    at: datetime


class Acceptances:
    """Who has accepted which terms.

    Args:
        engine: from `ingest.db.database.open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def has_accepted(self, name: str, terms: Terms) -> bool:
        """Whether a person has accepted these terms, word for word; without any there is nothing to accept."""
        if not terms.version:
            return True
        chosen = select(acceptances.c.text).where(acceptances.c.account == name, acceptances.c.version == terms.version)
        with self._engine.connect() as connection:
            return connection.execute(chosen).scalar() == _digest(terms)

    def accept(self, name: str, terms: Terms) -> None:
        """Record that a person accepts these terms, now; another text of the same version takes its place."""
        row = {"account": name, "version": terms.version, "text": _digest(terms), "at": datetime.now(UTC)}
        if self.has_accepted(name, terms):
            return
        with self._engine.begin() as connection:
            same = (acceptances.c.account == name) & (acceptances.c.version == terms.version)
            connection.execute(delete(acceptances).where(same))
            connection.execute(acceptances.insert(), row)

    def all(self) -> list[Acceptance]:
        """Every acceptance, oldest first."""
        chosen = select(acceptances).order_by(acceptances.c.at, acceptances.c.account)
        with self._engine.connect() as connection:
            return [
                Acceptance(account=row.account, version=row.version, text=row.text, at=utc(row.at))
                for row in connection.execute(chosen)
            ]


def _digest(terms: Terms) -> str:
    return hashlib.sha256(f"{terms.version}\n{terms.de}\n{terms.en}".encode()).hexdigest()
