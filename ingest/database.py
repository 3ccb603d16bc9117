"""The SQL database: SQLite in the data directory by default, PostgreSQL by URL; schema by Alembic."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from config.errors import SettingsError


def open_database(url: str) -> Engine:
    """Connect, and bring the schema up to date.

    Args:
        url: SQLAlchemy's; `postgresql://` is taken to mean the psycopg driver.

    Raises:
        SettingsError: the database cannot be opened or reached.
    """
    where = url.split("@")[-1]  # without a password, whatever else is wrong with it
    try:
        target = make_url(url)
        if target.drivername == "postgresql":
            target = target.set(drivername="postgresql+psycopg")
        if target.database and target.get_backend_name() == "sqlite":
            Path(target.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(target, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _tune_sqlite)
        upgrade(engine)
    except (SQLAlchemyError, ImportError, OSError) as error:
        reason = str(error).strip().splitlines()[0]
        raise SettingsError("database.unavailable", where=where, reason=reason) from error
    return engine


def upgrade(engine: Engine) -> None:
    """Run the migrations that this database has not seen."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _tune_sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # readers beside a writer
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten
    cursor.close()
