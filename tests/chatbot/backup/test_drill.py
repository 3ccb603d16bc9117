"""The whole drill: backed up under load, destroyed, brought back elsewhere, asked; also with servers."""

import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from chatbot.bootstrap import Services, bootstrap
from chatbot.records.tables import chain_head
from config.sections import DatabaseSettings
from config.settings import Settings
from ingest.db.copies import is_empty
from ingest.db.database import database_address, open_database
from ingest.db.metadata import METADATA
from ingest.documents import document_id
from ingest.index.snapshots import ServerSnapshots
from tests.chatbot.backup.house import (
    IDENTITY,
    backed_up,
    breaks,
    brought_back,
    elsewhere,
    head,
    house,
    leave_record,
)
from tests.chatbot.records.company import RATE, ask, index, settings_of, write_documents
from tests.command import FUNDSTELLE

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[3]
LOAD = """
import sys, threading
from itertools import count
from pathlib import Path
from chatbot.bootstrap import bootstrap
from tests.chatbot.records.company import RATE, LEAVE, ask, index, settings_of
from config import environment
environment.prepare()
folder = Path(sys.argv[1])
with bootstrap(settings_of(folder, Path(sys.argv[2]))) as services:
    def go_on_asking():
        for number in count():
            print("asked", ask(services, RATE if number % 2 else LEAVE).record, flush=True)
    threading.Thread(target=go_on_asking, daemon=True).start()
    for number in count():
        for which in range(3):
            text = f"# Blatt {which}\\n\\nDie Anlage {which} wiegt {number * 17} kg. Halle {number} ist ihr Ort.\\n"
            (folder / "docs" / f"blatt{which}.md").write_text(text * 3)
        (folder / "docs" / f"neu{number}.md").write_text(f"Nummer {number} ist neu.\\n")
        (folder / "docs" / f"neu{number - 3}.md").unlink(missing_ok=True)
        index(services, folder / "docs")
        print("indexed", number, flush=True)
"""


def run(*command: str | Path, settings: Settings) -> str:
    own = {"FUNDSTELLE_DATA_DIR": str(settings.data_dir), "FUNDSTELLE_MODELS_DIR": str(settings.model_folder)}
    variables = {**os.environ, **own, "FUNDSTELLE_ANSWER__ENGINE": "quote", "LANG": "en"}
    done = subprocess.run([FUNDSTELLE, *command], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Load:
    """A program that asks and indexes until it is killed; remembers what it said."""

    def __init__(self, folder: Path, models_dir: Path) -> None:
        self.said: list[tuple[float, str, str]] = []
        command = [sys.executable, "-c", LOAD, str(folder), str(models_dir)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            what, value = line.split()
            self.said.append((time.monotonic(), what, value))

    def values(self, what: str, before: float) -> list[str]:
        return [value for at, kind, value in list(self.said) if kind == what and at < before]

    def wait_for_more(self, count: int) -> None:
        """Until so many more runs and questions have ended."""
        before = {what: len(self.values(what, time.monotonic())) for what in ("asked", "indexed")}
        while any(len(self.values(what, time.monotonic())) < had + count for what, had in before.items()):
            assert self.process.poll() is None
            time.sleep(0.02)


def test_backed_up_under_load_destroyed_and_brought_back_elsewhere(tmp_path: Path, models_dir: Path) -> None:
    settings, documents = settings_of(tmp_path, models_dir), write_documents(tmp_path)
    (tmp_path / "identity").write_text(str(IDENTITY))
    with bootstrap(settings) as services:
        index(services, documents)
        before = ask(services, RATE)
        head(services)
    load = Load(tmp_path, models_dir)
    try:
        load.wait_for_more(1)
        began = time.monotonic()
        run("backup", tmp_path / "b", "--recipient", str(IDENTITY.to_public()), settings=settings)
        load.wait_for_more(1)  # it went on meanwhile and goes on afterwards
        with_heads = (settings.data_dir / "heads.jsonl").read_bytes()
    finally:
        load.process.send_signal(signal.SIGKILL)
        load.process.wait()
    acknowledged = load.values("asked", began)
    assert acknowledged
    shutil.rmtree(settings.data_dir)
    there = elsewhere(settings, tmp_path / "elsewhere")
    said = run("restore", tmp_path / "b", "--identity", tmp_path / "identity", settings=there)
    assert "all passages hold" in said
    with bootstrap(there) as services:
        assert services.records.checkpoints_file.read_bytes().startswith(with_heads)
        assert breaks(services) == []
        kept = {name: services.records.records.answer(name) for name in [before.record, *acknowledged]}
        assert all(kept.values()), "no question that was answered before the backup is lost"
        again = ask(services, RATE)
        assert [one.text for one in again.statements] == [one.text for one in before.statements]
        assert again.statements[0].citations[0].quote == before.statements[0].citations[0].quote
        index(services, documents)  # and the next run brings it up to date
        assert every_document_is_whole(services) >= 6


def every_document_is_whole(services: Services) -> int:
    name = services.generation().name
    known = services.registry.documents(name, "c")
    store = services.open_store(name)
    for path, entry in known.items():
        found = [
            passage.number for passage in store.passages_of(document_id("c", path), services.registry.everything())
        ]
        assert found == list(range(entry.passages)) and entry.pending is None, path
    return len(known)


@pytest.fixture
def on_postgres(postgres: str) -> Iterator[DatabaseSettings]:
    """A database of its own on the real server."""
    name = f"d{time.monotonic_ns()}"
    server = open_database(postgres).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = database_address(postgres).set(database=name, drivername="postgresql")
    yield DatabaseSettings(url=url.render_as_string(hide_password=False))  # type: ignore[arg-type]
    server.dispose()


def test_a_postgresql_database_is_backed_up_and_brought_back(on_postgres: DatabaseSettings, tmp_path: Path) -> None:
    settings = house(tmp_path).model_copy(update={"database": on_postgres})
    (settings.data_dir / "heads.jsonl").unlink()  # of the database that the house had before
    with bootstrap(settings) as services:
        for number in range(3):
            leave_record(services, f"Auf PostgreSQL {number}?")
    made = backed_up(settings, tmp_path / "b")
    assert made.header.database == "postgresql"
    with bootstrap(settings) as services:
        leave_record(services, "Nach der Sicherung?")
        lost = head(services)
        with services.database.begin() as connection:  # made by a newer program, and in nobody's way
            connection.execute(text("CREATE TABLE of_another (x int)"))
            connection.execute(text("INSERT INTO of_another VALUES (1)"))
    with pytest.raises(Exception, match="--replace"):
        brought_back(tmp_path / "b", elsewhere(settings, tmp_path / "new"))
    done = brought_back(tmp_path / "b", settings, replace=True)
    assert done.restore.known == lost.number
    with bootstrap(settings) as services:
        assert breaks(services) == [] and services.records.records.count() == 3
        leave_record(services, "Danach?")
        assert breaks(services) == []
        with services.database.begin() as connection:
            assert connection.execute(text("SELECT x FROM of_another")).scalar() == 1
            for table in METADATA.sorted_tables:
                if table is not chain_head:
                    connection.execute(table.delete())
    assert is_empty(database_address(settings.database_url))
    assert brought_back(tmp_path / "b", elsewhere(settings, tmp_path / "new")).faults == ()


def test_postgresql_programs_that_fail_say_why(tmp_path: Path) -> None:
    from config.errors import SettingsError
    from ingest.db.copies import put_back

    url = make_url("postgresql+psycopg://nobody:geheim@127.0.0.1:9/x")
    with pytest.raises(SettingsError) as failure:
        put_back(url, tmp_path / "x")
    assert "geheim" not in str(failure.value) and "127.0.0.1:9" in str(failure.value)


class FakeQdrant(http.server.BaseHTTPRequestHandler):
    """The routes of a Qdrant server's snapshots, in their documented form; no server can be had where tests run."""

    asked: list[tuple[str, str, str]] = []  # noqa: RUF012 - of one test
    content = b"snapshot " * 100_000

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        self._answer({"result": {"name": "s-1.snapshot"}} if length == 0 else {"result": self.content in body})

    def do_GET(self) -> None:
        self._answer(self.content)

    def do_DELETE(self) -> None:
        self._answer({"result": True})

    def _answer(self, value: Any) -> None:
        self.asked.append((self.command, self.path, self.headers.get("api-key", "")))
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None: ...


def test_a_qdrant_server_makes_and_takes_snapshots(tmp_path: Path) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), FakeQdrant) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        snapshots = ServerSnapshots(f"http://127.0.0.1:{server.server_port}/", "hush")
        taken = snapshots.take("g")
        snapshots.fetch("g", taken, tmp_path / "s")
        snapshots.put_back("g", tmp_path / "s")
        server.shutdown()
    assert (tmp_path / "s").read_bytes() == FakeQdrant.content
    place = "/collections/g/snapshots"
    assert FakeQdrant.asked == [
        ("POST", f"{place}?wait=true", "hush"),
        ("GET", f"{place}/s-1.snapshot", "hush"),
        ("DELETE", f"{place}/s-1.snapshot?wait=true", "hush"),
        ("POST", f"{place}/upload?wait=true&priority=snapshot", "hush"),
    ]
