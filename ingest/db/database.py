"""The SQL database: SQLite in the data directory by default, PostgreSQL by URL; schema by Alembic."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from config.errors import DatabaseUnavailable, DiskFull, FundstelleError, SettingsError

_PG_FULL, _PG_WAITED = "53100", "55P03"  # PostgreSQL's disk_full, lock_not_available
_PG_AWAY = ("08", "57P0", "53300")  # no connection, stopped or starting, too many connections
_MIGRATIONS = 7_463_866_425  # number of the lock under which a schema is changed; any that nobody else takes


def open_database(url: str) -> Engine:
    """Connect, and bring the schema up to date.

    Args:
        url: SQLAlchemy's; `postgresql://` is taken to mean the psycopg driver.

    Raises:
        SettingsError: the database cannot be opened or reached.
        DiskFull: there is no room on its disk.
    """
    where = url.split("@")[-1]  # without a password, whatever else is wrong with it
    try:
        target = database_address(url)
        if target.database and target.get_backend_name() == "sqlite":
            Path(target.database).parent.mkdir(parents=True, exist_ok=True)
        over_the_wire = target.get_backend_name() != "sqlite"
        engine = create_engine(target, pool_pre_ping=over_the_wire, connect_args=_arguments(target))
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "handle_error", _in_words)
        upgrade(engine)
    except (SQLAlchemyError, DatabaseUnavailable, ImportError, OSError) as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        raise SettingsError("database.unavailable", where=where, reason=reason) from error
    return engine


def database_address(url: str) -> URL:
    """Where a database is, with the driver that the program has for it."""
    target = make_url(url)
    return target.set(drivername="postgresql+psycopg") if target.drivername == "postgresql" else target


def knows_schema(revision: str) -> bool:
    """Whether this program can bring a database of a revision up to date: it knows that revision."""
    return revision in {one.revision for one in _scripts().walk_revisions()}


def _scripts() -> Any:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(Path(__file__).with_name("migrations")))


def upgrade(engine: Engine) -> None:
    """Run the migrations that this database has not seen."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.begin() as connection:
        # Of two programs that start at once one migrates, the other finds it done; a kill leaves all or nothing.
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATIONS})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def alone(engine: Engine, table: Table) -> Iterator[Connection]:
    """A transaction beside which no other writes to a table: what it reads stays true until it ends.

    Args:
        engine: from `open_database`.
        table: that is read and written.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"LOCK TABLE {table.name} IN EXCLUSIVE MODE")
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever others write meanwhile.

    Args:
        engine: from `open_database`.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def overwrite_removed(engine: Engine, tables: Iterable[Table]) -> bool:
    """Make sure that what was deleted is not left in files of the database.

    Args:
        engine: from `open_database`.
        tables: that rows were deleted from.

    Returns:
        Whether that was possible; on SQLite it is not while another connection reads.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            return not busy
        connection.exec_driver_sql(f"VACUUM {', '.join(table.name for table in tables)}")
        return True


def _arguments(target: URL) -> dict[str, str]:
    # Days are days of UTC wherever the database server is.
    return {"options": "-c timezone=utc"} if target.get_backend_name() == "postgresql" else {}


def _in_words(context: Any) -> FundstelleError | None:
    """What is raised instead where nothing is wrong with a statement: the disk is full, or the database is away."""
    error = context.original_exception
    lite, server = getattr(error, "sqlite_errorcode", 0) & 0xFF, getattr(error, "sqlstate", None) or ""
    if lite == sqlite3.SQLITE_FULL or server == _PG_FULL:
        return DiskFull("disk.full_database")
    if lite in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or server == _PG_WAITED:
        return DatabaseUnavailable("database.held")
    # A try whether a connection still stands is the pool's own business: it makes another one.
    if not context.is_pre_ping and (context.is_disconnect or _is_away(error, server)):
        return DatabaseUnavailable("database.away")
    return None


def _is_away(error: Exception, state: str) -> bool:
    """Whether a server could not be reached, is starting or stopping, or has no connection left."""
    if state:
        return state.startswith(_PG_AWAY)
    return type(error).__module__.startswith("psycopg") and type(error).__name__ == "OperationalError"


def _tune_sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # readers beside a writer
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten
    cursor.close()
