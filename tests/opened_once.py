"""What each test of a process would make anew and alike is made once: the loaded models, the empty database."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Engine, inspect

from chatbot.judge.cross_encoder import CrossEncoder
from ingest.db.database import upgrade
from ingest.embedding.e5_onnx import E5Encoder


@contextmanager
def opened_once() -> Iterator[None]:
    """Within the block models are loaded once, and new SQLite databases are copies of one that was migrated."""
    migrated = sqlite3.connect(":memory:", check_same_thread=False)

    def upgraded(engine: Engine) -> None:
        if engine.dialect.name != "sqlite" or inspect(engine).get_table_names():
            return upgrade(engine)
        with engine.connect() as connection:
            new = connection.connection.driver_connection
            if not migrated.execute("SELECT 1 FROM sqlite_master").fetchone():
                upgrade(engine)
                new.backup(migrated)
            else:
                migrated.backup(new)

    with (
        patch("ingest.embedding.embedded.E5Encoder", _encoder),
        patch("chatbot.judge.opener.CrossEncoder", cache(CrossEncoder)),
        patch("ingest.db.database.upgrade", upgraded),
    ):
        yield
    migrated.close()


def _encoder(file: Path, threads: int) -> E5Encoder:
    return _encoder_of(file, os.stat(file).st_mtime_ns, threads)


@cache
def _encoder_of(file: Path, _changed: int, threads: int) -> E5Encoder:
    return E5Encoder(file, threads)
