"""Finding, reading and following up records: over a vault and an index that change after the answers."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from chatbot.audit.compare_versions import Surrounded, counterpart, difference, pieces_within
from chatbot.audit.find import Query, find
from chatbot.audit.read import read_record
from chatbot.audit.sample import sample
from chatbot.records.tables import records
from config.access import ALL
from config.errors import RecordMissing
from tests.chatbot.records.filled import TEXT, ask, open_records, version_of

TODAY = datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), {"urlaub", "reise", "kran"}),
        (Query(people=("Ada",)), {"urlaub", "kran"}),
        (Query(group="Werk Nord"), {"urlaub", "reise", "kran"}),
        (Query(group="Werk"), set()),
        (Query(collection="c", document="Reise"), {"reise"}),
        (Query(document="100%"), set()),
        (Query(version=version_of()[:10]), {"urlaub", "reise", "kran"}),
        (Query(version="0" * 10), set()),
        (Query(text="KRAN wieviel"), {"kran"}),
        (Query(text="29 arbeitstage"), {"urlaub", "reise", "kran"}),
        (Query(text="%"), set()),
        (Query(verdict="supported", state="answered", engine="quote"), {"urlaub", "reise", "kran"}),
        (Query(verdict="unsupported"), set()),
        (Query(state="refused"), set()),
        (Query(feedback="wrong"), {"reise"}),
        (Query(review="accepted"), {"kran"}),
        (Query(review="none"), {"urlaub", "reise"}),
        (Query(model="gemma"), set()),
        (Query(replays="none"), {"urlaub", "reise", "kran"}),
        (Query(replays="only"), set()),
        (Query(since=TODAY - timedelta(1), until=TODAY + timedelta(1)), {"urlaub", "reise", "kran"}),
        (Query(until=TODAY - timedelta(2)), set()),
    ],
)
def test_records_are_found_by_what_is_known_of_them(query: Query, expected: set[str], tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ids = {
        ask(written, "Wieviel Urlaub?"): "urlaub",
        ask(written, "Was kostet die Reise?", "Bob", "Reise.pdf"): "reise",
        ask(written, "Wieviel hebt der Kran?"): "kran",
    }
    names = {name: identity for identity, name in ids.items()}
    written.give_feedback(names["reise"], "Bob", "helpful")
    written.give_feedback(names["reise"], "Bob", "wrong", "falscher Betrag")
    written.review(names["kran"], "Carla", "accepted")
    found = find(engine, query, ALL, 10)
    assert {ids[line.id] for line in found.lines} == expected and found.count == len(expected)
    assert found.reviewed == len(expected & {"kran"})
    assert all(line.question.endswith("?") for line in found.lines)


def test_lists_come_in_pages_newest_first(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ids = [ask(written, f"Frage {number}?") for number in range(5)]
    shown = [line.id for offset in (0, 2, 4) for line in find(engine, Query(), ALL, 2, offset).lines]
    assert shown == ids[::-1]


def test_a_sample_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ids = [ask(written, f"Frage {number}?") for number in range(20)]
    drawn = [[line.id for line in sample(engine, Query(), ALL, 5, seed).lines] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(set(drawn[0])) == 5 and set(drawn[0]) <= set(ids)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    identity = ask(written)
    written.give_feedback(identity, "Ada", "wrong", "Es sind 30.")
    written.review(identity, "Carla", "objected", "stimmt")
    written.review(identity, "Carla", "accepted", "doch nicht")
    record = read_record(engine, identity, ALL)
    assert record.asked and record.asked.question == "Wie viele Urlaubstage?" and record.asked.groups == ("Werk Nord",)
    assert record.opened.clearance == ("c",)
    assert record.sealed and record.sealed.found[0].bm25 == 1.5 and record.sealed.citations[0].end == len(TEXT)
    assert record.said and record.said.answer and record.said.answer.statements[0].text == TEXT
    assert [(o.value, o.text) for o in record.feedback] == [("wrong", "Es sind 30.")]
    assert [o.value for o in record.reviews] == ["objected", "accepted"], "the first one stays"
    assert [link.kind for link in record.links] == ["opened", "sealed", "feedback", "review", "review"]
    with pytest.raises(RecordMissing):
        read_record(engine, "none", ALL)


@given(st.text("abc ä.\n", max_size=60), st.text("abc ä.\n", max_size=60))
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "gone") == new


def test_a_passage_is_found_again_in_the_text_of_today() -> None:
    before = "\n".join(f"Absatz {n} regelt die Wartung der Anlage {n}." for n in range(40))
    text = f"{before}\nIm zweiten Jahr sind es 30 Arbeitstage.\n{before}"
    assert "30 Arbeitstage" in counterpart(TEXT, text)
    assert ("gone", "29") in difference(TEXT, counterpart(TEXT, text)) or any(
        piece.kind == "gone" and "29" in piece.text for piece in difference(TEXT, counterpart(TEXT, text))
    )
    assert counterpart(TEXT, "Ganz anderes") == ""
    assert counterpart(TEXT, "") == ""


def test_what_stood_around_a_passage_is_no_difference() -> None:
    """Sentences before and after stand in both versions; only what the passage itself says is compared."""
    around = [f"Absatz {n} regelt die Wartung der Anlage {n}." for n in range(6)]
    old = Surrounded(" ".join(around[:3]) + " ", TEXT, " " + " ".join(around[3:]))
    new = " ".join([*around[:3], TEXT.replace("29", "30"), *around[3:], "Ganz neu ist dieser Satz."])
    pieces = pieces_within(
        old, difference(old.before + old.text + old.after, counterpart(old.before + old.text + old.after, new))
    )
    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [("gone", "29"), ("new", "30")]


def test_rare_words_find_a_passage_among_many_common_ones() -> None:
    text = (
        "Im Jahr sind es die. " * 200 + "Im zweiten Jahr sind es jetzt 30 Arbeitstage. " + "Im Jahr sind es die. " * 200
    )
    assert "30 Arbeitstage" in counterpart(TEXT, text)


def test_times_of_both_databases_compare(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    identity = ask(written)
    shown = datetime(2026, 3, 31, 23, 30).astimezone()
    with engine.begin() as connection:
        connection.execute(update(records).values(opened=shown.astimezone(UTC)))
    day = shown.date()
    assert [line.id for line in find(engine, Query(since=day, until=day), ALL, 5).lines] == [identity]
    assert find(engine, Query(since=day + timedelta(1)), ALL, 5).count == 0


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Kiritimati"])
def test_the_ends_of_the_calendar_find_what_lies_between(
    zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, written = open_records(tmp_path)
    ask(written, "Wieviel Urlaub?")
    try:
        with monkeypatch.context() as patched:
            patched.setenv("TZ", zone)
            time.tzset()
            assert find(engine, Query(since=date.min, until=date.max), ALL, 10).count == 1
            assert find(engine, Query(until=date.min), ALL, 10).count == 0
            assert find(engine, Query(since=date.max), ALL, 10).count == 0
            assert find(engine, Query(until=date.max - timedelta(1)), ALL, 10).count == 1
    finally:
        time.tzset()
