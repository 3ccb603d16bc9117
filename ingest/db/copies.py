"""Copies of the database as it is at one moment, by SQLite's own backup or by PostgreSQL's own programs."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, create_engine, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from config.errors import DiskFull, SettingsError
from ingest.db.database import snapshot
from ingest.db.metadata import METADATA

Kind = Literal["sqlite", "postgresql"]
_VERSIONS = "alembic_version"
_EMPTY_TOO = ("chain_head", _VERSIONS)  # have rows in a database in which nothing has happened
_PROGRAMS = "/usr/lib/postgresql"


class PinnedDatabase:
    """The database as it was when this was made, whatever others write meanwhile.

    Args:
        engine: of the database.
        connection: that sees it so, from `pinned`.
    """

    def __init__(self, engine: Engine, connection: Connection) -> None:
        self._engine, self.connection = engine, connection
        self._exported = ""
        if self.kind == "postgresql":
            self._exported = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar_one())
        self.schema = str(connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalar_one())  # noqa: S608

    @property
    def kind(self) -> Kind:
        return "sqlite" if self._engine.dialect.name == "sqlite" else "postgresql"

    def write(self, target: Path) -> None:
        """Write the database into a file.

        Raises:
            DiskFull: there is no room for it.
            SettingsError: PostgreSQL's programs are missing, or failed.
        """
        if self.kind == "sqlite":
            _copy_sqlite(self.connection, target)
            return
        tables = [f"--table={name}" for name in (*METADATA.tables, _VERSIONS)]
        _run(
            "pg_dump", self._engine.url, f"--snapshot={self._exported}", "--format=custom", f"--file={target}", *tables
        )


@contextmanager
def pinned(engine: Engine) -> Iterator[PinnedDatabase]:
    """Hold on to the database as it is now.

    Args:
        engine: from `open_database`.
    """
    with snapshot(engine) as connection:
        yield PinnedDatabase(engine, connection)


def put_back(url: URL, file: Path) -> None:
    """Replace what a PostgreSQL database holds of this program by what `PinnedDatabase.write` wrote.

    Args:
        url: of the database.
        file: that was written.

    Raises:
        SettingsError: the database cannot be reached, or PostgreSQL's programs are missing, or failed.
    """
    engine = create_engine(url)
    try:
        with engine.begin() as connection:  # a newer program may have made tables that the file does not know
            for name in inspect(connection).get_table_names():
                if name in METADATA.tables or name == _VERSIONS:
                    quoted = connection.dialect.identifier_preparer.quote(name)
                    connection.execute(text(f"DROP TABLE {quoted} CASCADE"))
    except SQLAlchemyError as error:
        raise _failed("DROP TABLE", url, str(error)) from error
    finally:
        engine.dispose()
    _run("pg_restore", url, "--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error", str(file))


def is_empty(url: URL) -> bool:
    """Whether nothing has happened in a database yet; one that cannot be read is not empty.

    Args:
        url: of the database; nothing is changed in it.
    """
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return True
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            there = set(inspect(connection).get_table_names()) - set(_EMPTY_TOO)
            known = [table for name, table in METADATA.tables.items() if name in there]
            return not any(connection.execute(select(table).limit(1)).first() for table in known)
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()


def is_sound(engine: Engine) -> bool:
    """Whether SQLite finds its file whole; of a server it is taken for granted."""
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok")


def _copy_sqlite(connection: Connection, target: Path) -> None:
    source: Any = connection.connection.driver_connection
    try:
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)  # in the transaction that the connection is in: its moment, not a later one
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise DiskFull("disk.full_database") from error
        raise SettingsError("backup.no_copy", where=target, reason=error) from error


def _run(program: str, url: URL, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by its environment, where no other account reads it."""
    plain = url.set(drivername="postgresql", password=None)
    environment = {**os.environ, "PGAPPNAME": "fundstelle", "LC_MESSAGES": "C"}
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    place = _program(program)
    command = [place, "--no-password", f"--dbname={plain.render_as_string(hide_password=False)}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        if "No space left" in done.stderr:
            raise DiskFull("disk.full_database")
        raise _failed(program, url, done.stderr)


def _program(name: str) -> str:
    """PostgreSQL's newest: an older one refuses a newer server, and a newer one takes an older."""
    found = sorted(Path(_PROGRAMS).glob(f"*/bin/{name}"), key=lambda place: float(place.parent.parent.name))
    if place := (str(found[-1]) if found else shutil.which(name)):
        return place
    raise SettingsError("backup.no_program", program=name)


def _failed(program: str, url: URL, said: str) -> SettingsError:
    lines = [line for line in said.splitlines() if line.strip()] or ["-"]
    return SettingsError("backup.program_failed", program=program, where=str(url).split("@")[-1], reason=lines[0][:300])
