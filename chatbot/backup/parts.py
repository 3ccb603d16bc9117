"""What is backed up, and where it lies."""

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from chatbot.records.record import Records
from config.free_space import Room
from config.settings import Settings
from ingest.index.hold import WriteHold
from ingest.index.services import IndexServices
from ingest.index.snapshots import ServerSnapshots


class BackupServices(NamedTuple):
    """The parts that a backup is made from; built in one place and passed down.

    Attributes:
        settings: name the data directory, the servers and the policy.
        settings_file: that they came from, None without one.
        database: with the registry and the chain.
        hold: keeps the index still.
        snapshots: of the Qdrant server, None for the embedded index.
        checkpoints_file: with the heads.
        room: of the data directory's disk.
        program: name and version.
    """

    settings: Settings
    settings_file: Path | None
    database: Engine
    hold: WriteHold
    snapshots: ServerSnapshots | None
    checkpoints_file: Path
    room: Room
    program: str


class RestoredServices(NamedTuple):
    """The parts over a data directory that is being restored.

    Attributes:
        database: with the registry and the chain.
        indexed: what reads the index.
        records: opens and seals records.
    """

    database: Engine
    indexed: IndexServices
    records: Records
