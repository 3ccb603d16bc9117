"""Samples that stay what they are while they are reviewed, and the way from one record to the next."""

from pathlib import Path

from sqlalchemy import Engine

from chatbot.audit.find import Order, Query, find
from chatbot.audit.sample import moment_of_draw, sample
from chatbot.audit.walk import models, place_among, place_in_list, reviewed
from chatbot.records.record import Records
from config.access import ALL, Clearance
from tests.chatbot.records.filled import ask, asked, open_records


def drawn(engine: Engine, query: Query, seed: int = 4) -> list[str]:
    return [line.id for line in sample(engine, query, ALL, 5, seed).lines]


def questions(written: Records, count: int = 20) -> list[str]:
    return [ask(written, f"Frage {number}?") for number in range(count)]


def test_signing_the_records_of_a_sample_off_draws_no_others(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    questions(written)
    of_now, pinned = Query(review="none"), Query(review="none", as_of=moment_of_draw(engine))
    first = drawn(engine, pinned)
    assert first == drawn(engine, of_now)
    for number, identity in enumerate(first):
        written.review(identity, "Carla", "objected" if number % 2 else "accepted")
        assert drawn(engine, pinned) == first
    assert not set(drawn(engine, of_now)) & set(first), "without the moment they are another sample"


def test_questions_that_are_asked_meanwhile_are_in_no_sample_of_before(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    questions(written, 6)
    with written.opened(asked("läuft noch")) as running:
        pinned = Query(as_of=moment_of_draw(engine))
        first = drawn(engine, pinned)
        assert running.id not in first, "nobody can sign it off yet"
    questions(written, 30)
    assert drawn(engine, pinned) == first and drawn(engine, Query()) != first


def test_a_second_look_at_what_was_in_order_stays_drawn_when_it_is_objected_to(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ids = questions(written, 8)
    for identity in ids[:6]:
        written.review(identity, "Carla", "objected")
        written.review(identity, "Carla", "accepted")
    pinned = Query(review="accepted", as_of=moment_of_draw(engine))
    first = drawn(engine, pinned)
    assert len(first) == 5 and set(first) <= set(ids[:6])
    written.review(first[0], "Dora", "objected")
    assert drawn(engine, pinned) == first and drawn(engine, Query(review="objected")) == [first[0]]


def test_the_way_through_a_list_is_that_of_the_list(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ids = [ask(written, f"Frage {name}?", name) for name in ("Bob", "Ada", "Cem")]
    written.review(ids[0], "Carla", "accepted")
    by_person = Order("person", descending=False)
    for order in (Order(), by_person, Order("review")):
        listed = [line.id for line in find(engine, Query(), ALL, 9, 0, order).lines]
        places = [place_in_list(engine, Query(), ALL, order, one) for one in listed]
        assert [(p.number, p.total, p.reviewed) for p in places if p] == [(1, 3, 1), (2, 3, 1), (3, 3, 1)]
        assert [p.next for p in places if p] == [*listed[1:], ""]
        assert [p.previous for p in places if p] == ["", *listed[:-1]]
    assert [line.person for line in find(engine, Query(), ALL, 9, 0, by_person).lines] == ["Ada", "Bob", "Cem"]
    assert place_in_list(engine, Query(review="none"), ALL, Order(), ids[0]) is None
    assert place_in_list(engine, Query(), Clearance(labels=frozenset({"d"})), Order(), ids[0]) is None
    assert place_among(engine, ids[:2], ids[2]) is None
    assert reviewed(engine, ids) == {ids[0]}


def test_models_are_those_of_records_that_may_be_inspected(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ask(written)
    assert models(engine, ALL) == [] and find(engine, Query(), ALL, 1).by_review == {"": 1}
