"""A full disk ends runs with a sentence, and nothing else."""

import errno
import os
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from sqlalchemy import text

from chatbot.bootstrap import Services, bootstrap
from chatbot.web.admin.overview import space_text
from config.errors import DiskFull
from config.free_space import Room
from config.settings import Settings
from ingest.db.database import open_database
from ingest.sync.carry_out import Planned
from ingest.sync.discover import discover
from ingest.sync.pipeline import ingest
from ingest.sync.snapshot import take_snapshot

ROOT = Path(__file__).parents[2]
Disk = namedtuple("Disk", ["f_bavail", "f_frsize"])


def test_the_floor_is_free_space_of_the_folders_disk_though_it_is_not_there_yet(tmp_path: Path) -> None:
    room = Room(tmp_path / "not" / "there", 1)
    assert room.free() > 1 and room.check() is None
    with pytest.raises(DiskFull) as failure:
        room.check(10**9)
    assert failure.value.details["folder"] == room.folder and failure.value.exit_code == 8


def test_a_full_disk_is_not_blamed_on_the_file_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("x")
    (file,) = discover([tmp_path / "docs"], ()).files
    real = Path.open

    class Full:
        def __enter__(self) -> "Full":
            raise OSError(errno.ENOSPC, "No space left on device")

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(
        Path, "open", lambda self, mode="r", *a, **k: Full() if mode == "wb" else real(self, mode, *a, **k)
    )
    with pytest.raises(DiskFull):
        take_snapshot(file, tmp_path, 1)


def test_a_full_database_is_a_sentence_about_space(tmp_path: Path) -> None:
    """SQLite itself says that it is full: it may have no more pages."""
    engine = open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE t (x BLOB)"))
        connection.execute(text("PRAGMA max_page_count = 1"))
        with pytest.raises(DiskFull) as failure:
            connection.execute(text("INSERT INTO t VALUES (zeroblob(10000000))"))
    assert failure.value.key == "disk.full_database"


def test_admins_see_the_free_space_before_it_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(tmp_path, 500)
    for megabytes, words in ((100_000, "100,000 MB free"), (1_500, "running out")):
        monkeypatch.setattr(os, "statvfs", lambda _, free=megabytes: Disk(free, 1_000_000))
        assert words in space_text(room, "en")


@pytest.mark.integration
def test_a_run_ends_with_a_sentence_and_what_was_indexed_is_found(
    tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text("# Werk\n\nDie Presse steht in Halle 2.")
    with bootstrap(Settings(data_dir=tmp_path / "data", models_dir=models_dir)) as services:
        list(ingest([folder], "c", services.ingestion()))
        (folder / "b.md").write_text("# Werk\n\nDie Säge steht in Halle 3.")
        events = ingest([folder], "c", services.ingestion())
        assert isinstance(next(events), Planned)
        monkeypatch.setattr(os, "statvfs", lambda _: Disk(100, 1_000_000))  # somebody fills the disk meanwhile
        with pytest.raises(DiskFull):
            list(events)
        assert found(services) == 1
        with pytest.raises(DiskFull):
            list(ingest([folder], "c", services.ingestion()))
        assert services.history.runs("c")[0].reason == {
            "key": "disk.full", "folder": str(tmp_path / "data"), "free": "100", "floor": "500",
        }  # fmt: skip
        monkeypatch.undo()
        list(ingest([folder], "c", services.ingestion()))
        assert found(services) == 2


def found(services: Services) -> int:
    return services.open_store(services.generation().name).count()


@pytest.mark.integration
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_that_is_really_full_ends_no_process(tmp_path: Path) -> None:
    """The engine was ended by SIGBUS, when it wrote and when it opened what it had written."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        ended = [
            subprocess.run(
                [sys.executable, "-c", WRITE_UNTIL_FULL, str(disk)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            for _ in range(2)
        ]
    finally:
        subprocess.run(["umount", str(disk)], check=False)
    assert [(one.returncode, one.stdout.split()[-2:]) for one in ended] == [
        (0, ["refused", "read"]),
        (0, ["refused"]),
    ], ended[0].stderr + ended[1].stderr


WRITE_UNTIL_FULL = """
import random, sys
from pathlib import Path
from uuid import uuid4
from qdrant_client import models
from config.errors import DiskFull
from config.free_space import Room
from ingest.index.edge import EdgeClient
disk = Path(sys.argv[1])
client = EdgeClient(disk / "index", Room(disk, 200))
try:
    if not client.collection_exists("g"):
        vectors = {"v": models.VectorParams(size=384, distance=models.Distance.COSINE)}
        client.create_collection("g", vectors, {})
    while True:
        vector = {"v": [random.random() for _ in range(384)]}
        points = [models.PointStruct(id=str(uuid4()), vector=vector, payload={"t": "x" * 2000}) for _ in range(100)]
        client.upsert("g", points)
except DiskFull:
    print("refused")
with (disk / "junk").open("ab") as junk:
    try:
        while junk.write(b"x" * 100_000):
            junk.flush()
    except OSError:
        pass
try:
    assert client.count("g").count > 0
    print("read")
except DiskFull:
    pass
"""
