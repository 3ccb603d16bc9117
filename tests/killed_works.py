"""The pieces of work that are killed, each with what has to hold afterwards."""

import os
import random
import tarfile
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from chatbot.backup.contents import FORM
from chatbot.backup.keys import ClosingKey, OpeningKey
from chatbot.backup.make import back_up
from chatbot.backup.restore import check_backup, restore
from chatbot.bootstrap import restored
from chatbot.records import removals
from chatbot.records.retention import apply, needed_versions
from chatbot.records.tables import records
from config.errors import SettingsError
from config.free_space import Room
from ingest.db.database import open_database
from ingest.documents import document_id
from ingest.sync.pipeline import ingest, rebuild, remove_collection
from tests.chatbot.records.company import ask
from tests.chatbot.records.filled import ask as leave_record
from tests.killing import Say, Work, points, whole

DOCUMENTS = 10
BEFORE = Path(__file__).parent / "data" / "before_rooms" / "data.tar.xz"
QUESTION = "Wie viel wiegt die Anlage 3?"


def write(folder: Path, name: str, number: int) -> None:
    folder.mkdir(exist_ok=True)
    parts = [
        f"## Teil {part}\n\nDie Anlage {number} wiegt {number * 17 + part} kg und steht in Halle {part}."
        for part in range(4)
    ]
    (folder / f"{name}.md").write_text("\n\n".join([f"# Blatt {name}", *parts]) + "\n")


class FirstIndex(Work):
    """A folder is indexed for the first time."""

    def prepare(self) -> None:
        for number in range(DOCUMENTS):
            write(self.folder / "docs", f"blatt{number}", number)

    def work(self, say: Say) -> None:
        with self.opened() as services:
            list(ingest([self.folder / "docs"], "c", services.ingestion(), allow_deletions=True))

    def check(self, said: list[str]) -> None:
        with self.opened() as services:
            whole(services)
        self.work(print)
        with self.opened() as services:
            whole(services)
            known = services.registry.documents(services.generation().name, "c")
            files = {file.name: sha256(file.read_bytes()).hexdigest() for file in (self.folder / "docs").glob("*.md")}
            assert {path: entry.version for path, entry in known.items()} == files
            assert all(points(services).values())


class Change(FirstIndex):
    """Files are written anew, added, moved and removed."""

    grows = True

    def prepare(self) -> None:
        super().prepare()
        super().work(print)

    def change(self, chance: random.Random) -> None:
        docs = self.folder / "docs"
        for _ in range(4):
            files = sorted(docs.glob("*.md"))
            chosen = chance.choice(files)
            match chance.randrange(4):
                case 0:
                    write(docs, f"neu{chance.randrange(9999)}", chance.randrange(999))
                case 1 if len(files) > 6:
                    chosen.unlink()
                case 2:
                    chosen.rename(docs / f"verschoben{chance.randrange(9999)}.md")
                case _:
                    write(docs, chosen.stem, chance.randrange(999))


class Rebuild(FirstIndex):
    """The whole index is built anew."""

    def prepare(self) -> None:
        super().prepare()
        super().work(print)

    def work(self, say: Say) -> None:
        with self.opened() as services:
            list(rebuild(services.ingestion()))

    def check(self, said: list[str]) -> None:
        with self.opened() as services:
            whole(services)
            found = points(services)
            assert len(found) == DOCUMENTS and all(found.values())
        self.work(print)
        with self.opened() as services:
            assert points(services) == found and services.registry.building_generation() is None
            folders = {place.name for place in (self.settings.data_dir / "index").iterdir() if place.is_dir()}
            assert folders == {services.generation().name}, "an index that nothing needs any more is left"


class Remove(FirstIndex):
    """One of two collections is taken out of the index."""

    def prepare(self) -> None:
        super().prepare()
        super().work(print)
        for number in range(DOCUMENTS):
            write(self.folder / "other", f"anderes{number}", number)
        with self.opened() as services:
            list(ingest([self.folder / "other"], "d", services.ingestion()))

    def work(self, say: Say) -> None:
        with self.opened() as services:
            remove_collection("d", services.ingestion())

    def check(self, said: list[str]) -> None:
        with self.opened() as services:
            whole(services)
            if "d" in services.registry.collections():
                remove_collection("d", services.ingestion())
            found = points(services)
            assert len(found) == DOCUMENTS and all(name.startswith("c/") for name in found)
            store = services.open_store(services.generation().name)
            assert not [p for n in range(DOCUMENTS) for p in store.vectors_of(document_id("d", f"anderes{n}.md"))]


class Answers(FirstIndex):
    """Questions are answered; each one that was is acknowledged to whoever asked."""

    grows = True

    def prepare(self) -> None:
        super().prepare()
        super().work(print)

    def work(self, say: Say) -> None:
        with self.opened() as services:
            for _ in range(8):
                say(ask(services, QUESTION).record)

    def check(self, said: list[str]) -> None:
        with self.opened() as services:
            services.records.records.close_lost()
            whole(services)
            assert all(services.records.records.answer(record) for record in said), "an answer that was given is lost"
            with services.database.connect() as connection:
                states = set(connection.execute(select(records.c.state)).scalars())
            assert states <= {"answered", "refused", "lost", "interrupted"}, states


class Retention(Work):
    """Records and versions whose time has passed are removed."""

    later = datetime.now(UTC) + timedelta(days=30)

    def prepare(self) -> None:
        with self.opened() as services:
            for number in range(60):
                leave_record(services.records.records, f"Frage {number}?")
        for number in range(20):
            version = f"{number:02x}" * 32
            place = self.settings.data_dir / "vault" / version[:2] / version
            place.mkdir(parents=True)
            (place / "original.md").write_text("x")
            (place / "unused").touch()
            os.utime(place / "unused", (time.time() - 9e5, time.time() - 9e5))

    def work(self, say: Say) -> None:
        removals._AT_ONCE = 5  # so that there are many moments between two transactions
        with self.opened() as services:
            apply(services.database, services.vault, services.drawings.cache, 10, self.later)

    def check(self, said: list[str]) -> None:
        with self.opened() as services:
            whole(services)
            with services.database.connect() as connection:
                needed = needed_versions(connection)
            left = services.records.records.count()
            assert (left > 0) == bool(needed)
        self.work(print)
        with self.opened() as services:
            whole(services)
            assert services.records.records.count() == 0 and list(services.vault.versions()) == []


class Migration(Work):
    """A database of an earlier version is brought up to date."""

    def prepare(self) -> None:
        with tarfile.open(BEFORE) as archive:
            archive.extractall(self.folder, filter="data")

    def work(self, say: Say) -> None:
        open_database(self.settings.database_url).dispose()

    def check(self, said: list[str]) -> None:
        with self.opened() as services:
            known = services.records.held_checkpoints()
            assert len(known.heads) == 1
            whole(services)
            assert services.records.records.count() >= 2


class Backup(Retention):
    """Everything is written into one encrypted file."""

    def prepare(self) -> None:
        super().prepare()
        (self.folder / "key").write_text(str(_new_identity()))

    def work(self, say: Say) -> None:
        with self.opened() as services:
            back_up(self.folder / "b", ClosingKey(recipients=(_identity(self.folder).to_public(),)), services.backup())

    def check(self, said: list[str]) -> None:
        key = OpeningKey(identities=(_identity(self.folder),))
        if (self.folder / "b").exists():
            assert check_backup(self.folder / "b", key, Room(self.folder, 0))[0].form == FORM
            (self.folder / "b").unlink()
        self.work(print)
        check_backup(self.folder / "b", key, Room(self.folder, 0))
        assert not (self.settings.data_dir / "backing-up").exists()
        assert not (self.folder / "b.unfinished").exists()


class Restore(FirstIndex):
    """A backup takes the place of what is there."""

    def prepare(self) -> None:
        super().prepare()
        super().work(print)
        (self.folder / "key").write_text(str(_new_identity()))
        with self.opened() as services:
            for number in range(3):
                leave_record(services.records.records, f"Gesichert {number}?")
            key = ClosingKey(recipients=(_identity(self.folder).to_public(),))
            back_up(self.folder / "b", key, services.backup())
            for number in range(4):
                leave_record(services.records.records, f"Danach {number}?")

    def work(self, say: Say) -> None:
        key = OpeningKey(identities=(_identity(self.folder),))
        restore(self.folder / "b", key, self.settings, True, restored, "en")
        say("restored")

    def check(self, said: list[str]) -> None:
        try:
            with self.opened() as services:
                whole(services)
                assert len(points(services)) == DOCUMENTS
                expected = (3,) if said else (3, 7)
                assert services.records.records.count() in expected, "neither as before nor restored"
        except SettingsError as error:
            assert error.key == "restore.unfinished" and not said
            self.work(print)
            with self.opened() as services:
                whole(services)
                assert services.records.records.count() == 3 and len(points(services)) == DOCUMENTS
        names = {one.name for one in self.settings.data_dir.iterdir()}
        assert not names & {"restore-unfinished"}


def _new_identity() -> object:
    from pyrage.x25519 import Identity

    return Identity.generate()


def _identity(folder: Path):  # type: ignore[no-untyped-def]
    from pyrage.x25519 import Identity

    return Identity.from_str((folder / "key").read_text())
