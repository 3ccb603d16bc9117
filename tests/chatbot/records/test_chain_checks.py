"""What a page says of the chain without walking it."""

from pathlib import Path

import pytest
from sqlalchemy import update

from chatbot.records.chain_checks import holds_still, last_check, note_check
from chatbot.records.checkpoints import checkpoint_of
from chatbot.records.tables import entries
from tests.chatbot.records.filled import ask, open_records


def test_a_check_is_kept_with_its_time_and_its_outcome(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    file = tmp_path / "chain-check.json"
    assert last_check(file) is None
    note_check(file, head := checkpoint_of(engine), 0)
    assert (check := last_check(file)) and check.at.isoformat() == head.at and holds_still(engine, check)
    ask(written)
    note_check(file, head := checkpoint_of(engine), 3)
    assert (check := last_check(file)) and (check.number, check.faults) == (head.number, 3)
    assert [one.name for one in tmp_path.glob("chain-check*")] == [file.name]


def test_a_chain_that_was_written_anew_since_does_not_hold(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ask(written)
    note_check(file := tmp_path / "check.json", checkpoint_of(engine), 0)
    ask(written)
    check = last_check(file)
    assert check and holds_still(engine, check), "what was added since is no change"
    with engine.begin() as connection:
        connection.execute(update(entries).where(entries.c.number == check.number).values(hash="0" * 64))
    assert not holds_still(engine, check)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"at": "2099-01-01T00:00:00+00:00", "number": 1, "hash": "", "faults": 0}']
)
def test_a_file_that_says_nothing_of_use_is_no_check(text: str, tmp_path: Path) -> None:
    (file := tmp_path / "check.json").write_text(text)
    assert last_check(file) is None


def test_where_it_cannot_be_written_the_check_before_stays(tmp_path: Path) -> None:
    engine, _ = open_records(tmp_path)
    note_check(tmp_path / "missing" / "check.json", checkpoint_of(engine), 0)
    assert last_check(tmp_path / "missing" / "check.json") is None
