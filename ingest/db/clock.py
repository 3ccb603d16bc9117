"""Times of the database: SQLite gives them back without a zone, all of them are UTC."""

from datetime import UTC, datetime


def utc(moment: datetime) -> datetime:
    """A time that was read from the database, with its zone, whichever database it comes from."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
