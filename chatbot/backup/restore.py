"""Brings a backup back: unpacked and compared beside what is there, checked, and only then put in its place."""

import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from chatbot.backup.archive import ArchiveReader
from chatbot.backup.check import faults
from chatbot.backup.closed_file import opening
from chatbot.backup.contents import DATABASE, HEADS, SETTINGS, SNAPSHOT, Contents, Header
from chatbot.backup.keys import OpeningKey
from chatbot.backup.parts import RestoredServices
from chatbot.backup.place import (
    holds_nothing,
    is_unfinished,
    mark,
    put_in_place,
    staging,
    tidy,
    to_itself,
    unmark,
)  # fmt: skip
from chatbot.backup.settle import settle
from chatbot.records.checkpoints import Checkpoints, read_checkpoints
from chatbot.records.restores import Restore, restores, still_held
from config.errors import SettingsError
from config.free_space import Room
from config.messages import Language
from config.settings import Settings
from ingest.db.copies import is_empty, put_back
from ingest.db.database import database_address, knows_schema
from ingest.index.snapshots import ServerSnapshots

# Builds the parts over a data directory that is being restored.
Build = Callable[[Settings], AbstractContextManager[RestoredServices]]


class Restoration(NamedTuple):
    """A restore that was carried out.

    Attributes:
        header: of the backup.
        contents: of the backup.
        restore: as the chain notes it.
        faults: what is not as it has to be, in sentences; it was so when the backup was made.
    """

    header: Header
    contents: Contents
    restore: Restore
    faults: tuple[str, ...]


def check_backup(file: Path, key: OpeningKey, room: Room) -> tuple[Header, Contents]:
    """Read a backup to its end and compare it with its list of contents; nothing is written.

    Raises:
        SettingsError: as from `restore`, about the file alone.
    """
    with opening(file, key) as stream:
        archive = ArchiveReader(stream, file)
        return archive.header, archive.unpack(None, room)


def restore(
    file: Path, key: OpeningKey, settings: Settings, replace: bool, build: Build, language: Language
) -> Restoration:
    """Bring a backup back into the installation that the settings name.

    Args:
        file: the backup.
        key: that opens it.
        settings: of the installation.
        replace: whether what is there may go.
        build: makes the parts over the restored data, before it is in its place.
        language: of what is found.

    Raises:
        SettingsError: something is there, another program works with it, the file is no whole backup for this key
            and these settings, or the database refuses it.
        IndexUnavailable: the Qdrant server refuses it.
        DiskFull: there is too little room; what was there is as it was.
    """
    folder = settings.data_dir
    with to_itself(folder):
        unfinished = is_unfinished(folder)
        if not (replace or unfinished or (holds_nothing(folder) and is_empty(database_address(settings.database_url)))):
            raise SettingsError("restore.not_empty", folder=folder)
        prepared, room = staging(folder), Room(folder, settings.free_megabytes)
        try:
            with opening(file, key) as stream:
                archive = ArchiveReader(stream, file)
                _refuse_other_kind(archive.header, settings, file)
                contents = archive.unpack(prepared, room)
            return _put_back(archive.header, contents, settings, build, language)
        finally:
            shutil.rmtree(prepared, ignore_errors=True)


def _refuse_other_kind(header: Header, settings: Settings, file: Path) -> None:
    if not knows_schema(header.schema_revision):
        raise SettingsError("restore.newer", file=file, program=header.program)
    kind = "sqlite" if settings.database.url is None else database_address(settings.database_url).get_backend_name()
    if header.database != kind:
        raise SettingsError("restore.other_database", there=header.database, here=kind)
    here = "server" if settings.qdrant.url else "embedded"
    if header.index not in (here, "none"):
        raise SettingsError(f"restore.other_index.{here}")


def _put_back(header: Header, contents: Contents, settings: Settings, build: Build, language: Language) -> Restoration:
    folder, prepared = settings.data_dir, settings.data_dir / "restoring"
    _name_settings(prepared)
    heads = _merge_heads(prepared / HEADS, settings.audit.heads or folder / HEADS)
    if header.database == "postgresql" or header.index == "server":
        mark(folder)  # from the first change of a server on
    _put_database(header, prepared, settings)
    if header.index == "server":
        key = settings.qdrant.api_key
        server = ServerSnapshots(settings.qdrant.url or "", key.get_secret_value() if key else "")
        server.put_back(header.generation, prepared / SNAPSHOT)
    aside = settings.model_copy(update={"data_dir": prepared, "models_dir": settings.model_folder})
    with build(aside) as services:
        noted = settle(services.database, services.indexed.registry, services.records, header.taken, header.at, heads)
        with services.database.connect() as connection:
            held = still_held(heads, restores(connection))
        found = faults(services.database, services.indexed, held, language)
    os.sync()
    mark(folder)
    put_in_place(folder)
    os.sync()
    if settings.audit.heads:
        _add_heads(settings.audit.heads, heads)
    unmark(folder)
    tidy(folder)
    return Restoration(header, contents, noted, tuple(found))


def _put_database(header: Header, prepared: Path, settings: Settings) -> None:
    if header.database == "postgresql":
        put_back(database_address(settings.database_url), prepared / DATABASE)
    else:
        (prepared / DATABASE).rename(prepared / "fundstelle.sqlite")


def _name_settings(prepared: Path) -> None:
    """Settings and policy of then are for people to compare: those of this machine hold."""
    if (prepared / SETTINGS).is_dir():
        (prepared / SETTINGS).rename(prepared / "from-backup")


def _merge_heads(prepared: Path, there: Path) -> Checkpoints:
    """Add the heads that are known here to those of the backup; the file here gets them all where it is beside."""
    lines = prepared.read_text(encoding="utf-8", errors="replace").splitlines()
    known = there.read_text(encoding="utf-8", errors="replace").splitlines() if there.is_file() else []
    merged = [*lines, *(line for line in known if line not in set(lines))]
    prepared.write_text("".join(f"{line}\n" for line in merged), encoding="utf-8")
    return read_checkpoints(prepared)


def _add_heads(file: Path, heads: Checkpoints) -> None:
    """Let the file of the settings have the heads that it lacks; it may have gone with its machine."""
    lacking = [head for head in heads.heads if head not in read_checkpoints(file).heads]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as target:
            target.writelines(f"{head.model_dump_json()}\n" for head in lacking)
    except OSError as error:
        raise SettingsError("heads.unwritable", file=file, reason=error.strerror or error) from error
