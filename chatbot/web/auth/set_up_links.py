"""Whether a one-time link to set a password still works, before anybody chooses one in vain."""

from datetime import UTC, datetime

from sqlalchemy import Engine, select

from chatbot.identity.digests import digest
from chatbot.identity.tables import setup_links
from config.errors import SignInRefused
from ingest.db.clock import utc


def check_link(engine: Engine, token: str) -> None:
    """Make sure that a link can be used; an unknown one is as one that was used.

    Args:
        engine: from `ingest.db.database.open_database`.
        token: of the link.

    Raises:
        SignInRefused: the link was used, has expired, or never was.
    """
    with engine.connect() as connection:
        expires = connection.execute(select(setup_links.c.expires).where(setup_links.c.token == digest(token))).scalar()
    if expires is None or utc(expires) < datetime.now(UTC):
        raise SignInRefused("link.used")
