"""What admins did on the page: whose rights they changed, what they removed. Nobody gives rights in silence."""

from datetime import UTC, datetime
from typing import Literal, NamedTuple

from sqlalchemy import Engine, select

from chatbot.identity.tables import admin_acts
from ingest.db.clock import utc

ActKind = Literal[
    "account_added", "account_changed", "account_removed", "link_made", "name_released", "service_saved", "token_made",
    "token_revoked", "collection_removed", "rebuilt", "schedule",
]  # fmt: skip
_LONGEST = 400


class Act(NamedTuple):
    """Something that an admin did.

    Attributes:
        at: when.
        person: the admin.
        act: what.
        about: account, token or collection that it was done to, with what was given to it.
    """

    at: datetime
    person: str
    act: ActKind
    about: str


class Acts:
    """Notes and lists what was done.

    Args:
        engine: from `ingest.db.database.open_database`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, person: str, act: ActKind, about: str) -> None:
        """Keep that somebody did something."""
        row = {"at": datetime.now(UTC), "person": person, "act": act, "about": about[:_LONGEST]}
        with self._engine.begin() as connection:
            connection.execute(admin_acts.insert(), row)

    def latest(self, most: int) -> list[Act]:
        """The latest, newest first."""
        columns = [admin_acts.c[name] for name in Act._fields]
        chosen = select(*columns).order_by(admin_acts.c.number.desc()).limit(most)
        with self._engine.connect() as connection:
            return [Act(utc(row.at), row.person, row.act, row.about) for row in connection.execute(chosen)]
