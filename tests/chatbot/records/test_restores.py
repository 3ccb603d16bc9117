"""A restore explains the heads of what it has lost, and nothing else."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, delete, select, update

from chatbot.audit.verify_chain import verify_chain
from chatbot.records.chain import append, digest, timestamp
from chatbot.records.checkpoints import Checkpoint, Checkpoints, read_checkpoints, write_checkpoint
from chatbot.records.record import Records
from chatbot.records.removals import Removals
from chatbot.records.restores import note_restore, restores, still_held
from chatbot.records.tables import chain_head, entries
from config.sections import AuditSettings
from ingest.db.database import open_database
from tests.chatbot.records.filled import ask


class Desk(NamedTuple):
    """A database with records, and the file with its heads."""

    engine: Engine
    records: Records
    heads: Path

    def ask(self, count: int = 1) -> None:
        for number in range(count):
            ask(self.records, f"Frage {number}?")

    def head(self) -> Checkpoint:
        return write_checkpoint(self.engine, AuditSettings(), self.heads)

    def known(self) -> Checkpoints:
        return read_checkpoints(self.heads)

    def end(self) -> tuple[int, str, str]:
        with self.engine.connect() as connection:
            row = connection.execute(select(chain_head)).one()
        return row.number, row.hash, row.at

    def breaks(self, known: Checkpoints | None = None) -> list[tuple[int, str]]:
        with self.engine.connect() as connection:
            held = still_held(known or self.known(), restores(connection))
        found = [*held.breaks(), *verify_chain(self.engine, held.expected(), times=held.times())]
        return [(one.number, one.fault) for one in found]


def opened(folder: Path) -> Desk:
    engine = open_database(f"sqlite:///{folder / 'x.sqlite'}")
    return Desk(engine, Records(engine, str, "test"), folder / "heads.jsonl")


@pytest.fixture
def restored(tmp_path: Path) -> Desk:
    """Two answers, a head; the backup; two more answers, a head of them; the restore."""
    (tmp_path / "old").mkdir()
    desk = opened(tmp_path / "old")
    desk.ask(2)
    desk.head()
    taken, (_, _, ended) = timestamp(datetime.now(UTC)), desk.end()
    desk.engine.dispose()
    shutil.copy(tmp_path / "old" / "x.sqlite", tmp_path / "x.sqlite")
    desk.ask(2)
    desk.head()
    desk.engine.dispose()
    shutil.copy(desk.heads, tmp_path / "heads.jsonl")
    after = opened(tmp_path)
    assert after.breaks() == [(4, "cut")], "before it is noted, it is a chain that was cut off"
    note_restore(after.engine, taken, ended, after.known())
    return after


def test_the_gap_is_explained_and_the_chain_goes_on(restored: Desk) -> None:
    assert restored.breaks() == []
    with restored.engine.connect() as connection:
        (noted,) = restores(connection)
        assert noted in Removals(connection).shown()
    assert (noted.number, noted.last, noted.known) == (5, 4, 8)
    restored.ask(3)
    restored.head()
    assert restored.breaks() == [] and len(restored.known().heads) == 3


def test_a_head_from_after_the_restore_has_to_fit(restored: Desk) -> None:
    restored.ask(3)
    late = timestamp(datetime.now(UTC) + timedelta(hours=1))
    forged = Checkpoint(at=late, number=11, hash="f" * 64)
    assert restored.breaks(restored.known()._replace(heads=(*restored.known().heads, forged))) == [(11, "head")]


def test_a_head_from_before_the_backup_has_to_fit(restored: Desk) -> None:
    """Entries of that number were in the backup, or somebody has cut them off before it was made."""
    early = Checkpoint(at="2020-01-01T00:00:00.000000+00:00", number=9, hash="f" * 64)
    assert restored.breaks(restored.known()._replace(heads=(*restored.known().heads, early))) == [(5, "cut")]
    first = restored.known().heads[0]
    other = first.model_copy(update={"hash": "f" * 64})
    assert restored.breaks(restored.known()._replace(heads=(other,))) == [(4, "head")]


def test_what_follows_another_entry_than_it_says_explains_nothing(restored: Desk) -> None:
    with restored.engine.begin() as connection:
        body = json.loads(connection.execute(select(entries.c.body).where(entries.c.number == 5)).scalar_one())
        connection.execute(delete(entries).where(entries.c.number == 5))
        last = connection.execute(select(entries).where(entries.c.number == 4)).one()
        connection.execute(update(chain_head).values(number=4, hash=last.hash))
    for values in ({"number": 3}, {"hash": "0" * 64}):
        with restored.engine.begin() as connection:
            append(connection, "restored", "", datetime.now(UTC), {**body, **values})
        assert any(fault in ("cut", "head") for _, fault in restored.breaks())


def test_a_restore_whose_body_was_changed_explains_nothing(restored: Desk) -> None:
    with restored.engine.begin() as connection:
        connection.execute(update(entries).where(entries.c.number == 5).values(body="{}", content=digest("{}")))
    assert {"edited", "cut"} <= {fault for _, fault in restored.breaks()}


def test_the_entry_is_dated_no_earlier_than_the_newest_head(tmp_path: Path) -> None:
    """The clock of the new machine may be behind; what was written out is lost all the same."""
    desk = opened(tmp_path)
    desk.ask()
    ahead = Checkpoint(at=timestamp(datetime.now(UTC) + timedelta(days=2)), number=9, hash="a" * 64)
    noted = note_restore(desk.engine, ahead.at, desk.end()[2], Checkpoints((ahead,)))
    assert noted.at == ahead.at and noted.explains(ahead)
    desk.ask()
    assert desk.breaks(Checkpoints((ahead,))) == []


def test_two_restores_of_one_backup_explain_each_other(restored: Desk, tmp_path: Path) -> None:
    restored.ask()
    lost = restored.head()
    restored.engine.dispose()
    (tmp_path / "again").mkdir()
    shutil.copy(tmp_path / "old" / "x.sqlite", tmp_path / "again" / "x.sqlite")
    again = opened(tmp_path / "again")
    with again.engine.begin() as connection:  # as it was when the backup was made
        connection.execute(delete(entries).where(entries.c.number > 4))
        last = connection.execute(select(entries).where(entries.c.number == 4)).one()
        connection.execute(update(chain_head).values(number=4, hash=last.hash, at=last.at))
    shutil.copy(restored.heads, again.heads)
    noted = note_restore(again.engine, last.at, last.at, again.known())
    assert noted.known == 8 and lost.number == 7
    with again.engine.connect() as connection:
        held = still_held(again.known(), restores(connection))
    assert [head.number for head in held.heads] == [4]
