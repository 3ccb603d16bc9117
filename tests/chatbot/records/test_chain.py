"""The chain of records: every change behind the program's back is found and named, every kept rule is not."""

import multiprocessing
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, insert, select, update

from chatbot.audit.read import read_record
from chatbot.audit.verify_chain import ChainProgress, verify_chain
from chatbot.domain import Turn
from chatbot.records.chain import START, Entry, Personal, append, canonical, digest, seal
from chatbot.records.checkpoints import checkpoint_of, read_checkpoints, write_checkpoint
from chatbot.records.erasure import WITH_WORDS, erase
from chatbot.records.record import Records
from chatbot.records.removals import Removals
from chatbot.records.retention import apply
from chatbot.records.schema import Sealed, SealedPersonal
from chatbot.records.tables import chain_head, early_records, entries, personal, record_documents, records
from chatbot.rendering.drawing_cache import DrawingCache
from config.access import ALL
from config.errors import RecordMissing
from config.sections import AuditSettings
from ingest.db.database import overwrite_removed
from ingest.vault import Vault
from tests.chatbot.records.filled import ask, asked, open_records, some_id


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Engine, list[str]]:
    engine, written = open_records(tmp_path)
    return engine, [ask(written, f"Frage {number}?") for number in range(6)]


def faults(engine: Engine, heads: dict[int, str] | None = None) -> list[tuple[int, str]]:
    return [(found.number, found.fault) for found in verify_chain(engine, heads or {})]


def test_what_was_written_is_whole(filled: tuple[Engine, list[str]]) -> None:
    engine, _ = filled
    head = checkpoint_of(engine)
    assert head.number == 12
    assert faults(engine, {head.number: head.hash}) == []


def test_anyone_can_check_the_chain_with_a_few_lines(filled: tuple[Engine, list[str]]) -> None:
    """What the README says of the form of the chain, in other words than the program's."""
    import hashlib
    import json

    engine, _ = filled
    previous = START
    with engine.connect() as connection:
        for row in connection.execute(select(entries).order_by(entries.c.number)):
            link = {name: getattr(row, name) for name in Entry._fields}
            text = json.dumps(link, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert row.previous == previous
            assert row.hash == hashlib.sha256(text.encode()).hexdigest()
            assert row.content == hashlib.sha256(row.body.encode()).hexdigest()
            previous = row.hash


def edit_body(connection: Connection) -> None:
    body = connection.execute(select(entries.c.body).where(entries.c.number == 4)).scalar_one()
    changed = body.replace('"answered"', '"refused"')
    connection.execute(update(entries).where(entries.c.number == 4).values(body=changed))


def edit_body_and_digest(connection: Connection) -> None:
    edit_body(connection)
    body = connection.execute(select(entries.c.body).where(entries.c.number == 4)).scalar_one()
    connection.execute(update(entries).where(entries.c.number == 4).values(content=digest(body)))


def edit_body_digest_and_hash(connection: Connection) -> None:
    edit_body_and_digest(connection)
    row = connection.execute(select(entries).where(entries.c.number == 4)).one()
    entry = Entry(*(getattr(row, name) for name in Entry._fields))
    connection.execute(update(entries).where(entries.c.number == 4).values(hash=entry.hash()))


def edit_time(connection: Connection) -> None:
    connection.execute(update(entries).where(entries.c.number == 4).values(at="2020-01-01T00:00:00+00:00"))


def edit_words(connection: Connection) -> None:
    said = connection.execute(select(personal.c.body).where(personal.c.number == 4)).scalar_one()
    connection.execute(update(personal).where(personal.c.number == 4).values(body=said.replace("29", "30")))


def edit_words_and_key(connection: Connection) -> None:
    edit_words(connection)
    connection.execute(update(personal).where(personal.c.number == 4).values(key="0" * 64))


def remove_words(connection: Connection) -> None:
    connection.execute(delete(personal).where(personal.c.number == 4))


def remove_body(connection: Connection) -> None:
    connection.execute(update(entries).where(entries.c.number == 4).values(body=None))


def delete_entry(connection: Connection) -> None:
    connection.execute(delete(entries).where(entries.c.number == 4))


def delete_and_close_the_gap(connection: Connection) -> None:
    delete_entry(connection)
    for number in range(5, 13):
        connection.execute(update(entries).where(entries.c.number == number).values(number=number - 1))


def insert_entry(connection: Connection) -> None:
    for number in range(12, 3, -1):
        connection.execute(update(entries).where(entries.c.number == number).values(number=number + 1))
    row = connection.execute(select(entries).where(entries.c.number == 3)).one()
    forged = Entry(4, "opened", some_id(), row.at, row.content, "", row.hash)
    connection.execute(insert(entries).values(**forged._asdict(), body=row.body, hash=forged.hash()))


def swap_entries(connection: Connection) -> None:
    for old, new in ((4, 99), (6, 4), (99, 6)):
        connection.execute(update(entries).where(entries.c.number == old).values(number=new))


def cut_the_tail(connection: Connection) -> None:
    connection.execute(delete(entries).where(entries.c.number > 10))


def cut_the_tail_and_the_head(connection: Connection) -> None:
    cut_the_tail(connection)
    last = connection.execute(select(entries.c.hash).where(entries.c.number == 10)).scalar_one()
    connection.execute(update(chain_head).values(number=10, hash=last))


def edit_the_search(connection: Connection) -> None:
    connection.execute(update(records).values(state="refused"))


def another_name_in_the_search(connection: Connection) -> None:
    connection.execute(update(records).values(person="Bob"))


def hide_from_the_search(connection: Connection) -> None:
    connection.execute(delete(records))


def hide_a_document(connection: Connection) -> None:
    connection.execute(delete(record_documents))


def a_record_nobody_opened(connection: Connection) -> None:
    row = dict(connection.execute(select(records)).first()._mapping)  # type: ignore[union-attr]
    connection.execute(insert(records).values(**row | {"id": some_id()}))


def number_beyond_json(connection: Connection) -> None:
    connection.execute(update(entries).where(entries.c.number == 12).values(number=2**60))


def unreadable_key(connection: Connection) -> None:
    connection.execute(update(personal).where(personal.c.number == 4).values(key="zz"))


def unreadable_words(connection: Connection) -> None:
    connection.execute(update(personal).where(personal.c.number == 4).values(body="{}"))


def no_head_at_all(connection: Connection) -> None:
    connection.execute(delete(chain_head))


def words_of_another(connection: Connection) -> None:
    connection.execute(update(personal).where(personal.c.number == 4).values(person="Bob"))


def words_nobody_said(connection: Connection) -> None:
    connection.execute(insert(personal).values(number=99, record="x", person="Ada", key="00", body="{}"))


def another_review_in_the_search(connection: Connection) -> None:
    connection.execute(update(records).values(review="accepted"))


def another_time_in_the_search(connection: Connection) -> None:
    connection.execute(update(records).values(opened=datetime(2020, 1, 1, tzinfo=UTC)))


def other_words_in_the_search(connection: Connection) -> None:
    connection.execute(update(records).values(words="x"))


def out_of_the_statistics(connection: Connection) -> None:
    connection.execute(update(records).values(replays="x"))


def a_citation_nobody_made(connection: Connection) -> None:
    row = dict(connection.execute(select(record_documents)).first()._mapping)  # type: ignore[union-attr]
    connection.execute(insert(record_documents).values(**row | {"record": some_id()}))


def sealed_twice(connection: Connection) -> None:
    record = connection.execute(select(entries.c.record).where(entries.c.number == 12)).scalar_one()
    append(connection, "opened", record, datetime.now(UTC), {})
    append(connection, "sealed", record, datetime.now(UTC), {"state": "refused"})


def false_notice_of_retention(connection: Connection) -> None:
    """Whoever can write to the database removes a record and notes an end of retention that has not come."""
    now = datetime.now(UTC)
    removed = {"entries": [[1, 2]], "records": 1, "before": (now - timedelta(days=30)).isoformat()}
    append(connection, "expired", "", now, removed)
    connection.execute(update(entries).where(entries.c.number < 3).values(body=None))


def notice_about_one_entry(connection: Connection) -> None:
    """Only the answer goes, by a retention that nobody has set, and the search says something else of it."""
    removed = {"entries": [[2, 2]], "records": 1, "before": "2020-01-01T00:00:00+00:00"}
    append(connection, "expired", "", datetime.now(UTC), removed)
    connection.execute(update(entries).where(entries.c.number == 2).values(body=None))
    connection.execute(delete(personal).where(personal.c.number == 2))
    connection.execute(update(records).values(refusal="none", statements=9))


def notice_of_today_dated_years_ago(connection: Connection) -> None:
    forged_notice(connection, datetime(2020, 1, 1, tzinfo=UTC))


def notice_without_a_retention(connection: Connection) -> None:
    forged_notice(connection, datetime.now(UTC))


def notice_shorter_than_the_retention(connection: Connection) -> None:
    append(connection, "retention", "", datetime.now(UTC), {"days": 365})
    forged_notice(connection, datetime.now(UTC))


def notice_after_a_claim_to_be_old(connection: Connection) -> None:
    """The note with which an update begins comes first in a chain, or never."""
    append(connection, "retention", "", datetime.now(UTC), {"days": 0})
    append(connection, "retention", "", datetime.now(UTC), {"days": None})
    forged_notice(connection, datetime.now(UTC))


def forged_notice(connection: Connection, before: datetime) -> None:
    """A whole record goes as if its retention had passed."""
    gone = select(entries.c.record).where(entries.c.number == 1).scalar_subquery()
    for table in (records.c.id, personal.c.record, record_documents.c.record):
        connection.execute(delete(table.table).where(table == gone))
    removed = {"entries": [[1, 2]], "records": 1, "before": before.isoformat()}
    append(connection, "expired", "", datetime.now(UTC), removed)
    connection.execute(update(entries).where(entries.c.number < 3).values(body=None))


def notice_about_a_notice(connection: Connection) -> None:
    append(connection, "retention", "", datetime.now(UTC), {"days": 365})
    removed = {"entries": [[13, 13]], "records": 1, "before": "2020-01-01T00:00:00+00:00"}
    append(connection, "expired", "", datetime.now(UTC), removed)
    connection.execute(update(entries).where(entries.c.number == 13).values(body=None))


def erased_before_it_was_said(connection: Connection) -> None:
    append(connection, "erased", "", datetime.now(UTC), {"entries": [[1, 99]], "records": 1, "before": ""})
    record = connection.execute(select(entries.c.record).where(entries.c.number == 11)).scalar_one()
    append(connection, "feedback", record, datetime.now(UTC), {"value": "wrong"}, Personal("Ada", "{}"))
    connection.execute(delete(personal).where(personal.c.number == 14))


def answer_erased_without_its_question(connection: Connection) -> None:
    append(connection, "erased", "", datetime.now(UTC), {"entries": [[4, 4]], "records": 1, "before": ""})
    connection.execute(delete(personal).where(personal.c.number == 4))
    second = connection.execute(select(entries.c.record).where(entries.c.number == 4)).scalar_one()
    connection.execute(update(records).where(records.c.id == second).values(words=""))


def dated_before_the_one_before(connection: Connection) -> None:
    connection.execute(update(chain_head).values(at=""))
    append(connection, "retention", "", datetime(2020, 1, 1, tzinfo=UTC), {"days": 0})


def dated_in_another_form(connection: Connection) -> None:
    """A text that comes later and a time that comes earlier."""
    connection.execute(update(chain_head).values(at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}.999999+14:00"))
    append(connection, "retention", "", datetime(2020, 1, 1, tzinfo=UTC), {"days": 0})


def edited_notice(connection: Connection) -> None:
    append(connection, "erased", "", datetime.now(UTC), {"entries": [[1, 1]], "records": 1, "before": ""})
    body = '{"before":"","entries":[[1,12]],"records":9}'
    connection.execute(update(entries).where(entries.c.number == 13).values(body=body))


@pytest.mark.parametrize(
    ("tamper", "first"),
    [
        (edit_body, (4, "body")),
        (edit_body_and_digest, (4, "edited")),
        (edit_body_digest_and_hash, (5, "link")),
        (edit_time, (4, "edited")),
        (edit_words, (4, "personal")),
        (edit_words_and_key, (4, "personal")),
        (remove_words, (4, "personal")),
        (remove_body, (4, "body")),
        (delete_entry, (5, "missing")),
        (delete_and_close_the_gap, (4, "edited")),
        (insert_entry, (4, "personal")),
        (number_beyond_json, (2**60, "missing")),
        (unreadable_key, (4, "personal")),
        (unreadable_words, (4, "personal")),
        (no_head_at_all, (12, "head")),
        (words_of_another, (3, "personal")),
        (words_nobody_said, (99, "personal")),
        (another_review_in_the_search, (1, "search")),
        (another_time_in_the_search, (1, "search")),
        (other_words_in_the_search, (1, "search")),
        (out_of_the_statistics, (1, "search")),
        (a_citation_nobody_made, (0, "search")),
        (sealed_twice, (14, "twice")),
        (false_notice_of_retention, (1, "body")),
        (edited_notice, (13, "body")),
        (notice_about_one_entry, (2, "body")),
        (notice_of_today_dated_years_ago, (1, "body")),
        (notice_without_a_retention, (1, "body")),
        (notice_shorter_than_the_retention, (1, "body")),
        (notice_after_a_claim_to_be_old, (1, "body")),
        (notice_about_a_notice, (13, "body")),
        (erased_before_it_was_said, (14, "personal")),
        (answer_erased_without_its_question, (3, "personal")),
        (dated_before_the_one_before, (13, "time")),
        (dated_in_another_form, (13, "time")),
        (swap_entries, (4, "edited")),
        (cut_the_tail, (10, "cut")),
        (cut_the_tail_and_the_head, (10, "cut")),
        (edit_the_search, (1, "search")),
        (another_name_in_the_search, (1, "search")),
        (hide_from_the_search, (1, "search")),
        (hide_a_document, (1, "search")),
        (a_record_nobody_opened, (0, "search")),
    ],
)
def test_every_change_is_found_and_named(
    tamper: Callable[[Connection], None], first: tuple[int, str], filled: tuple[Engine, list[str]]
) -> None:
    engine, _ = filled
    head = checkpoint_of(engine)
    with engine.begin() as connection:
        tamper(connection)
    assert faults(engine, {head.number: head.hash})[0] == first


def test_a_chain_written_anew_differs_from_the_heads(tmp_path: Path, filled: tuple[Engine, list[str]]) -> None:
    engine, _ = filled
    head = checkpoint_of(engine)
    (tmp_path / "anew").mkdir()
    other, written = open_records(tmp_path / "anew")
    for number in range(6):
        ask(written, f"Frage {number}?")
    assert faults(other) == []
    assert faults(other, {head.number: head.hash}) == [(12, "head")]


def test_a_person_is_erased_and_the_chain_stays_whole(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    mine = ask(written, "Darf ich bei Krankheit meines Kindes fehlen?", "Ada Lovelace")
    other = ask(written, "Wie viele Urlaubstage?", "Bob")
    written.give_feedback(mine, "Ada Lovelace", "wrong", "Das betrifft mein Kind.")
    written.review(other, "Carla", "accepted", "geprüft")
    again = asked("Darf ich bei Krankheit meines Kindes fehlen?", "Carla").model_copy(update={"replays": mine})
    with written.opened(again):
        pass
    assert erase(engine, ["Ada Lovelace"]) == 2, "her own, and the one that repeats her question"
    assert faults(engine) == []
    assert written.answer(mine) is None and written.answer(other) is not None
    assert written.state(mine) == "answered", "that something was answered stays"
    engine.dispose()
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("records.sqlite*"))
    assert b"Urlaubstage" in raw
    for word in ("Lovelace", "Krankheit meines Kindes", "mein Kind"):
        assert word.encode() not in raw, "not even in pages that the database has freed"
    assert erase(engine, ["Ada Lovelace"]) == 0


def test_what_is_sealed_after_an_erasure_says_nothing_of_the_person(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    with written.opened(asked("Darf ich wegen meines Kindes fehlen?", "Ada")) as record:
        record.transcript.standalone = "Darf ich wegen meines Kindes fehlen?"
        assert erase(engine, ["Ada"]) == 1
    assert read_record(engine, record.id, ALL).said is None
    with engine.connect() as connection:
        assert connection.execute(select(records.c.words)).scalars().all() == [""]
    assert faults(engine) == []
    turn = Turn(question="Darf ich wegen meines Kindes fehlen?", answer="Ja.", record=record.id)
    assert written.still_known([turn], asked("?", "Ada").person) == []


def test_what_went_wrong_is_chained_without_its_words(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    with pytest.raises(ValueError, match="Kind"), written.opened(asked("Frage?")) as record:
        raise ValueError("Das Kind von Ada")
    read = read_record(engine, record.id, ALL)
    assert read.sealed and read.sealed.error == "ValueError"
    assert read.said and read.said.error == "Das Kind von Ada"


def test_a_record_is_sealed_once(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    with written.opened(asked("Frage?")) as record:
        written.close(record.id, "Ada", "Frage?", Sealed(state="lost", program="x"), SealedPersonal())
        with pytest.raises(RecordMissing):
            record.end("interrupted")
    assert faults(engine) == []


def test_a_walk_takes_no_harm_from_answers_meanwhile(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    for number in range(5):
        ask(written, f"Frage {number}?")

    def meanwhile(_: ChainProgress) -> None:
        ask(written)
        erase(engine, ["Ada"])

    assert list(verify_chain(engine, {}, meanwhile)) == []
    assert faults(engine) == []


def test_erasing_leaves_nothing_in_the_log_of_the_database(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ask(written, "Darf ich bei Krankheit meines Kindes fehlen?")
    with engine.connect() as other:  # as a page that is being served
        other.execute(select(records.c.id)).all()
        other.rollback()
        erase(engine, ["Ada"])
        assert overwrite_removed(engine, WITH_WORDS)
        raw = b"".join(file.read_bytes() for file in tmp_path.glob("records.sqlite*"))
        assert b"meines Kindes" not in raw


def test_early_records_go_with_the_one_person_they_are_of(tmp_path: Path) -> None:
    engine, _ = open_records(tmp_path)
    with engine.begin() as connection:
        early = {"id": "1", "opened": datetime.now(UTC), "state": "answered", "question": "Früher?", "body": None}
        connection.execute(insert(early_records).values(**early))
    erase(engine, ["Ada"])
    with engine.connect() as connection:
        assert connection.execute(select(early_records.c.id)).scalars().all() == ["1"]
    erase(engine, ["local"])
    with engine.connect() as connection:
        assert connection.execute(select(early_records.c.id)).scalars().all() == []


@pytest.mark.integration
def test_open_records_of_dead_processes_are_closed(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    process = multiprocessing.get_context("spawn").Process(target=die_in_the_middle, args=(tmp_path,))
    process.start()
    process.join()
    with written.opened(asked("noch offen?")) as mine:
        assert written.close_lost() == 1
        assert written.state(mine.id) == "open"
        with engine.connect() as connection:
            states = connection.execute(select(records.c.state, records.c.words)).all()
        assert ("lost", "stirbt?") in [(row.state, row.words.strip()) for row in states]
    assert faults(engine) == []


def die_in_the_middle(folder: Path) -> None:
    import os

    _, written = open_records(folder)
    with written.opened(asked("Stirbt?")):
        os._exit(9)


WRITERS, EACH = 8, int(os.environ.get("EACH", "80"))


@pytest.mark.slow
@pytest.mark.integration
def test_eight_writers_keep_one_chain(tmp_path: Path) -> None:
    engine, _ = open_records(tmp_path)
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_many, args=(tmp_path, EACH)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert checkpoint_of(engine).number == 2 * WRITERS * EACH
    assert faults(engine) == []


def write_many(folder: Path, count: int) -> None:
    _, written = open_records(folder)
    for number in range(count):
        ask(written, f"Frage {number}?")


@given(st.text(max_size=200), st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_seal_fits_one_text_and_one_key(text: str, key: bytes, other: bytes) -> None:
    text = text.encode("utf-8", "replace").decode()
    sealed = seal(key.hex(), text)
    assert sealed == seal(key.hex(), text)
    assert sealed != seal(key.hex(), text + " ")
    assert key == other or sealed != seal(other.hex(), text)


SIMPLE = st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), st.floats(-1e9, 1e9), st.booleans(), st.none(), st.text("aä€"))


@settings(max_examples=200)
@given(st.dictionaries(st.text("abcäöü€", max_size=8), SIMPLE))
def test_canonical_json_is_that_of_the_standard(value: dict[str, object]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items()))) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value", [1e-7, 1e21, 5e-05, 1e16, 0.1 + 0.2, -0.0, 18.0, 2**53 - 1, '\u001f\b"\\/ü€\U0001f600']
)
def test_numbers_and_signs_are_written_as_the_standard_says(value: object) -> None:
    assert canonical({"x": [value]}) == rfc8785.dumps({"x": [value]})


@pytest.mark.parametrize("value", [2**53, float("nan"), float("inf"), "\ud800"])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical({"x": value})


def test_a_removed_answer_leaves_no_row_that_says_something_else(filled: tuple[Engine, list[str]]) -> None:
    engine, _ = filled
    with engine.begin() as connection:
        notice_about_one_entry(connection)
    assert (1, "search") in faults(engine), "and not only the entry"


def test_a_removal_is_good_by_the_retention_of_its_time(tmp_path: Path) -> None:
    """It was 30 days then; that it is a year now, or none at all, does not make it false."""

    engine, _ = open_records(tmp_path)
    days = [30]
    written = Records(engine, str, "test 1", retention=lambda: days[0])
    old = ask(written)
    now = datetime.now(UTC)
    assert apply(
        engine, Vault(tmp_path / "vault"), DrawingCache(tmp_path / "drawn"), 30, now + timedelta(days=31)
    ).records == (old,)
    for later in (365, 0):
        days[0] = later
        ask(written)
        ask(written)
    assert faults(engine) == []
    with engine.connect() as connection:
        shown = [(note.kind, note.days) for note in Removals(connection).shown()]
    assert shown == [("kept_days", 30), ("expired", 0), ("kept_days", 365), ("kept_for_good", 0)]


def test_where_the_clock_was_set_back_times_stand_still(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:

    engine, _ = open_records(tmp_path)
    ahead = datetime.now(UTC) + timedelta(hours=2)
    with engine.begin() as connection:
        append(connection, "retention", "", ahead, {"days": 0})
    record = ask(Records(engine, str, "test 1"))
    assert faults(engine) == [] and "clock is behind" in caplog.text
    assert read_record(engine, record, ALL).at == ahead


def test_no_entry_is_dated_before_a_head_that_was_written_out(tmp_path: Path) -> None:

    engine, written = open_records(tmp_path)
    ask(written)
    file = tmp_path / "heads.jsonl"
    head = write_checkpoint(engine, AuditSettings(), file)
    with engine.begin() as connection:  # by a clock that was set back
        append(connection, "retention", "", datetime(2020, 1, 1, tzinfo=UTC), {"days": 0})
    times = read_checkpoints(file).times()
    assert times == {2: head.at} and list(verify_chain(engine, {}, times=times)) == []
    with engine.begin() as connection:  # by somebody who writes to the database
        at = connection.execute(select(entries.c.at).where(entries.c.number == 2)).scalar_one()
        connection.execute(update(chain_head).values(at=at))
        connection.execute(delete(entries).where(entries.c.number == 3))
        connection.execute(update(chain_head).values(number=2, hash=head.hash))
        append(connection, "retention", "", datetime.fromisoformat(at), {"days": 0})
    assert [(one.number, one.fault) for one in verify_chain(engine, {}, times=times)] == [(3, "time")]
