"""Times of the database: SQLite gives them back without a zone, all of them are UTC."""

from datetime import UTC, datetime

from sqlalchemy import Connection

_SECONDS = {
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())",
}


def utc(moment: datetime) -> datetime:
    """A time that was read from the database, with its zone, whichever database it comes from."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def database_seconds(connection: Connection) -> float:
    """Seconds since 1970 by the clock of the database, the only one that all its processes share.

    Args:
        connection: to it.
    """
    return float(connection.exec_driver_sql(_SECONDS[connection.dialect.name]).scalar_one())
