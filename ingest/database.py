"""The SQL database: SQLite in the data directory by default, PostgreSQL by URL; schema by Alembic."""

from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from config.errors import SettingsError

METADATA = MetaData()

generations = Table(
    "generations",
    METADATA,
    Column("name", String(64), primary_key=True),  # also the collection's name in Qdrant
    Column("embedding", String(200), nullable=False),  # embedding model and chunking, as one signature
    Column("dimension", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # building | active
    Column("created", DateTime(timezone=True), nullable=False),
)
collections = Table(
    "collections",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("folders", JSON, nullable=False),
)
documents = Table(
    "documents",
    METADATA,
    Column("generation", String(64), primary_key=True),
    Column("collection", String(200), primary_key=True),
    Column("path", String(1000), primary_key=True),
    Column("version", String(64)),  # SHA-256 of the version that is found; null before the first success
    Column("pending", String(64)),  # version being written, or "" for a document being removed; else null
    Column("container", String(1000)),  # path of the mail or archive that holds the document
    Column("size", BigInteger, nullable=False),
    Column("modified_ns", String(20), nullable=False),  # of the file as last seen, indexed or failed
    Column("seen_ns", String(20), nullable=False),  # when it was read
    Column("passages", Integer, nullable=False),
    Column("read_by", String(16), nullable=False),  # state of the partitioners
    Column("reason", JSON(none_as_null=True)),  # why the last attempt failed: message key and details
    Column("about", JSON(none_as_null=True)),  # metadata
    Column("measures", JSON(none_as_null=True)),  # for the quality report
    Column("superseded_by", String(1000)),
    Index("documents_version", "generation", "version"),
    Index("documents_pending", "generation", "pending"),
)
runs = Table(
    "runs",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("collection", String(200), nullable=False),
    Column("kind", String(16), nullable=False),  # run | rebuild
    Column("state", String(16), nullable=False),  # running | done | stopped | failed
    Column("started", DateTime(timezone=True), nullable=False),
    Column("ended", DateTime(timezone=True)),
    Column("counts", JSON, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("reason", JSON(none_as_null=True)),
)
outcomes = Table(
    "outcomes",
    METADATA,
    Column("run", String(36), primary_key=True),
    Column("collection", String(200), primary_key=True),
    Column("path", String(1000), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("passages", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("reason", JSON(none_as_null=True)),
)
records = Table(
    "records",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("opened", DateTime(timezone=True), nullable=False),
    Column("sealed", DateTime(timezone=True)),
    Column("state", String(16), nullable=False),  # open | answered | refused | interrupted | failed
    Column("question", Text, nullable=False),
    Column("engine", String(16)),
    Column("model", String(200)),
    Column("generation", String(64)),
    Column("body", JSON),  # the whole answer as JSON
)


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
    cursor.close()
