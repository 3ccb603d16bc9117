"""A database that is held, full, stopped or behind another clock: a sentence, nothing acknowledged lost, then on."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from chatbot.audit.verify_chain import verify_chain
from chatbot.jobs.ready import Ready
from chatbot.records import chain, record
from chatbot.records.checkpoints import read_checkpoints, write_checkpoint
from chatbot.records.record import Records
from config.errors import DatabaseUnavailable, DiskFull, IndexUnavailable, SettingsError
from config.sections import AuditSettings
from ingest.db.database import open_database, overwrite_removed
from tests.chatbot.records.filled import ask, asked, open_records
from tests.postgres import start, stop
from tests.small_disk import leave_free, small_disk


def impatient(engine: Engine) -> Engine:
    """With a wait of an instant where another one holds the database, instead of ten seconds."""
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=20"))
    engine.dispose()
    return engine


def no_index() -> Any:
    raise IndexUnavailable("index.nothing", folder="-")


def test_a_database_that_another_program_holds_is_a_sentence_and_goes_on_afterwards(tmp_path: Path) -> None:
    engine, records = open_records(tmp_path)
    impatient(engine)
    kept = [ask(records)]
    other = sqlite3.connect(tmp_path / "records.sqlite", isolation_level=None)

    def held_while(moment: str) -> None:
        if moment == "opening":
            other.execute("BEGIN IMMEDIATE")
        with records.opened(some_question()) as begun:
            other.execute("BEGIN IMMEDIATE")
            begun.end("interrupted")

    for moment in ("opening", "sealing"):
        with pytest.raises(DatabaseUnavailable) as failure:
            held_while(moment)
        assert failure.value.key == "database.held" and failure.value.text("de") != str(failure.value)
        other.execute("ROLLBACK")
        kept.append(ask(records))
    assert all(records.answer(one) for one in kept) and list(verify_chain(engine, {})) == []
    assert records.close_lost(all_are=True) == 1 and list(verify_chain(engine, {})) == []


def some_question() -> record.Asked:
    return asked("Ist die Datenbank frei?")


def test_a_clock_that_goes_back_and_forth_breaks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, records = open_records(tmp_path)
    real, shift = datetime, timedelta()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return real.now(tz) + shift

    for module in (record, chain):
        monkeypatch.setattr(module, "datetime", Clock)
    monkeypatch.setattr("chatbot.records.checkpoints.datetime", Clock)
    kept = []
    for hours in (0, 48, -72, 1, -1, 9000, -9000, 0.001, 0):
        shift = timedelta(hours=hours)
        kept.append(ask(records))
        write_checkpoint(engine, AuditSettings(), tmp_path / "heads.jsonl")
    known = read_checkpoints(tmp_path / "heads.jsonl")
    assert len(known.heads) == 9 and list(known.breaks()) == []
    assert list(verify_chain(engine, known.expected(), times=known.times())) == []
    assert all(records.answer(one) for one in kept)
    with engine.connect() as connection:
        times = [row.at for row in connection.execute(text("SELECT at FROM entries ORDER BY number"))]
    assert times == sorted(times) and times[-1] > real.now(UTC).isoformat()


@pytest.mark.integration
def test_a_disk_that_is_full_at_thirty_points_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 12) as disk:
        engine, records = open_records(disk)
        kept = [ask(records)]
        for point in range(30):
            overwrite_removed(engine, ())  # else there is room in files that are there
            filler = leave_free(disk, point * 12_288)
            for _ in range(200):
                try:
                    kept.append(ask(records))
                except DiskFull as error:
                    assert error.key == "disk.full_database"
                    break
            else:
                pytest.fail("the disk was never full")
            if point % 5 == 0:  # the program may be ended by whoever sees that
                engine.dispose()
                engine, records = open_records(disk)
            assert list(verify_chain(engine, {})) == [], "it can be read while the disk is full"
            filler.unlink()
            records.close_lost(all_are=True)
            assert list(verify_chain(engine, {})) == []
        assert all(records.answer(one) for one in kept) and len(kept) > 30
        engine.dispose()


def stopped_in_the_middle(records: Records, postgres: str, how: str) -> None:
    with records.opened(some_question()) as begun:
        stop(postgres, how)
        begun.end("interrupted")


@pytest.mark.integration
def test_a_server_that_dies_in_the_middle_and_comes_back_is_a_sentence(postgres: str) -> None:
    engine = open_database(postgres)
    records, ready = Records(engine, str, "test"), Ready(no_index, engine, (), clock=iter(range(0, 9000, 100)).__next__)
    kept = [ask(records)]
    try:
        for how in ("immediate", "fast"):
            with pytest.raises(DatabaseUnavailable) as failure:
                stopped_in_the_middle(records, postgres, how)
            assert failure.value.key == "database.away"
            with pytest.raises(DatabaseUnavailable):
                ask(records)
            with pytest.raises(SettingsError) as refused:
                open_database(postgres)
            assert refused.value.key == "database.unavailable" and len(str(refused.value.details["reason"])) > 5
            assert ready.parts()["database"] == "unavailable"
            start(postgres)
            kept.append(ask(records))
            assert ready.parts()["database"] == "ok"
            assert list(verify_chain(engine, {})) == [] and all(records.answer(one) for one in kept)
    finally:
        start(postgres)
        engine.dispose()
