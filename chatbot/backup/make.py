"""Makes a backup while all else goes on: the index is kept still while it is copied, the database seen as it was then.

The heads of the chain are read before all else, the vault last: so no head is newer than the database, and what the
database names is in the vault. Nothing stands under the name of the backup before it is whole.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal, NamedTuple

from sqlalchemy import Connection, select

from chatbot.backup.archive import ArchiveWriter, written_archive
from chatbot.backup.closed_file import closing
from chatbot.backup.contents import (
    DATABASE,
    FORM,
    FOUND_ANEW,
    HEADS,
    INDEX,
    KEYS,
    REPORTS,
    SETTINGS,
    SNAPSHOT,
    VAULT,
    Header,
)
from chatbot.backup.keys import ClosingKey
from chatbot.backup.parts import BackupServices
from chatbot.backup.place import ASIDE, sync_folder
from chatbot.records.chain import timestamp
from chatbot.records.retention import needed_versions
from chatbot.records.tables import chain_head
from config.errors import SettingsError
from config.file_locks import alone
from config.free_space import Room
from ingest.db.copies import PinnedDatabase, pinned
from ingest.db.tables import generations
from ingest.index.snapshots import embedded_files

_OF_A_VERSION = ("original", "extraction", "unused")  # all else is being written
_VARIABLES = "FUNDSTELLE_"


class Made(NamedTuple):
    """A backup that was made.

    Attributes:
        header: what it says of itself.
        files: in it.
        size: bytes of the file.
        missing: versions that the database names and the vault had not.
    """

    header: Header
    files: int
    size: int
    missing: tuple[str, ...]


def back_up(target: Path, key: ClosingKey, services: BackupServices) -> Made:
    """Write everything that cannot be made again into one encrypted file.

    Args:
        target: the file; there must be none of this name.
        key: that it is closed with.
        services: what is backed up.

    Raises:
        SettingsError: the file is there, or cannot be written; or a program of PostgreSQL's failed.
        IndexUnavailable: the index is not there, or the server cannot be reached.
        DiskFull: there is too little room, for the file or for what lies beside it meanwhile.
    """
    services.room.check(services.room.floor + _megabytes(services.settings.data_dir / "fundstelle.sqlite"))
    heads = _content(services.checkpoints_file)
    with (
        _beside(services.settings.data_dir) as aside,
        _unfinished(target) as (file, room),
        closing(file, key, room) as stream,
    ):
        header, files, missing = _write(stream, heads, aside, services)
    return Made(header, files, target.stat().st_size, missing)


def _write(
    stream: IO[bytes], heads: bytes, aside: Path, services: BackupServices
) -> tuple[Header, int, tuple[str, ...]]:
    with ExitStack() as still:
        still.enter_context(services.hold.still())
        # What the database says from here on is in the index, which nobody writes to.
        with pinned(services.database) as database:
            header = _header(database, services)
            with written_archive(stream, header) as archive:
                taken = _add_index(archive, header, services)
                still.close()
                if taken and services.snapshots:
                    services.snapshots.fetch(header.generation, taken, aside / "index")
                    archive.add_file(SNAPSHOT, aside / "index")
                database.write(aside / "database")
                archive.add_file(DATABASE, aside / "database")
                missing = _add_vault(archive, services.settings.data_dir / "vault", database.connection)
                archive.add_bytes(HEADS, heads)
                for name, content in _kept_files(services):
                    archive.add_bytes(name, content)
                count = len(archive.members)
            return header, count, missing


def _header(database: PinnedDatabase, services: BackupServices) -> Header:
    connection = database.connection
    active = select(generations.c.name).where(generations.c.state == "active")
    generation = connection.execute(active).scalar() or ""
    head = connection.execute(select(chain_head)).one()
    index: Literal["embedded", "server"] = "server" if services.snapshots else "embedded"
    return Header(
        form=FORM,
        program=services.program,
        taken=timestamp(datetime.now(UTC)),
        database=database.kind,
        schema_revision=database.schema,
        generation=generation,
        index=index if generation else "none",
        number=head.number,
        hash=head.hash,
        at=head.at,
    )


def _add_index(archive: ArchiveWriter, header: Header, services: BackupServices) -> str:
    """Add the index where it is embedded; of a server have a snapshot made, whose name comes back."""
    if header.index == "none":
        return ""
    if services.snapshots:
        return services.snapshots.take(header.generation)
    for name, file in embedded_files(services.settings, header.generation):
        archive.add_file(f"{INDEX}{header.generation}/{name}", file)
    return ""


def _add_vault(archive: ArchiveWriter, folder: Path, connection: Connection) -> tuple[str, ...]:
    """Add every version; returns those that the database names and that are not there."""
    there = set()
    for place in sorted(folder.glob("??/*")):
        for file in sorted(place.iterdir()) if place.is_dir() else ():
            if file.name.startswith(_OF_A_VERSION):
                with suppress(FileNotFoundError):  # a version that nothing needs may go meanwhile
                    archive.add_file(f"{VAULT}{file.relative_to(folder).as_posix()}", file)
                    there.add(place.name)
    return tuple(sorted(needed_versions(connection) - there))


def _kept_files(services: BackupServices) -> Iterator[tuple[str, bytes]]:
    settings = services.settings
    folder = settings.data_dir
    reports = sorted((folder / REPORTS).rglob("*")) if (folder / REPORTS).is_dir() else []
    for file in [*(folder / name for name in (*KEYS, *FOUND_ANEW)), *reports]:
        if file.is_file():
            yield file.relative_to(folder).as_posix(), _content(file)
    for chosen in (services.settings_file, settings.policy):
        if chosen:
            yield f"{SETTINGS}{chosen.name}", _content(chosen)
    variables = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith(_VARIABLES))
    yield f"{SETTINGS}variables.txt", "".join(f"{line}\n" for line in variables).encode()


def _megabytes(file: Path) -> int:
    """That a copy of the database takes beside it, until it is in the backup."""
    return file.stat().st_size // 1_000_000 if file.exists() else 0


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise SettingsError("backup.unreadable", file=file, reason=error.strerror or error) from error


@contextmanager
def _beside(data_dir: Path) -> Iterator[Path]:
    """A folder for what has to be written down before it is encrypted: where it is kept already, not beside the target.

    Raises:
        SettingsError: another backup is being made.
    """
    aside = data_dir / ASIDE
    try:
        with alone(data_dir / "backup.lock", wait=False):
            shutil.rmtree(aside, ignore_errors=True)  # of one that was killed
            aside.mkdir(mode=0o700)
            try:
                yield aside
            finally:
                shutil.rmtree(aside, ignore_errors=True)
    except BlockingIOError as error:
        raise SettingsError("backup.busy") from error


@contextmanager
def _unfinished(target: Path) -> Iterator[tuple[IO[bytes], Room]]:
    """A file beside the target, which gets its name when it is whole and on the disk; else nothing is left of it."""
    room, file = Room(target.parent, 0), target.with_name(f"{target.name}.unfinished")
    if target.exists():
        raise SettingsError("backup.exists", file=target)
    try:
        with file.open("wb") as opened:
            yield opened, room
            opened.flush()
            os.fsync(opened.fileno())
        file.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        reason = error.strerror or error
        raise room.failed(error) or SettingsError(
            "backup.unfinished", file=error.filename or target, reason=reason
        ) from error
    finally:
        file.unlink(missing_ok=True)
