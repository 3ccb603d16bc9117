"""No figure is about fewer than five people, and who reads a person's records is told to that person."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import insert, select, update

from chatbot.audit.inspected_by import inspections_report
from chatbot.audit.statistics import FEWEST_PEOPLE, Statistics, statistics
from chatbot.bootstrap import Services, bootstrap
from chatbot.compliance.works_council import works_council_report
from chatbot.domain import LOCAL
from chatbot.records.inspections import How
from chatbot.records.retention import apply
from chatbot.records.tables import inspections, records
from chatbot.rendering.drawing_cache import DrawingCache
from config.access import ALL
from config.logging_changes import changes, data_digest
from config.messages import Language
from config.settings import Settings
from tests.chatbot.records.filled import ask

LANGUAGES: tuple[Language, ...] = get_args(Language)


@pytest.fixture
def house(settings: Settings) -> Iterator[Services]:
    with bootstrap(settings) as services:
        yield services


def ask_long_ago(house: Services, people: dict[int, list[str]]) -> None:
    """Questions of people, by how many weeks ago they asked."""
    template = select(records).where(records.c.id == ask(house.records.records, person=LOCAL))
    with house.database.begin() as connection:
        row = dict(connection.execute(template).mappings().one())
        connection.execute(records.delete())
        now = datetime.now(UTC)
        rows = [
            row | {"id": f"{weeks}-{number}", "person": person, "opened": now - timedelta(weeks=weeks)}
            for weeks, names in people.items()
            for number, person in enumerate(names)
        ]
        connection.execute(insert(records), rows)


def figures(house: Services) -> Statistics:
    return statistics(house.database, ALL, "de")


def totals(found: Statistics) -> list[int]:
    """Of the weeks that are shown."""
    return [week.row.counted.total for week in found.weeks if week.row]


def test_a_week_of_four_people_is_not_shown_and_one_of_five_is(house: Services) -> None:
    five, others = list("abcde"), list("fghij")
    ask_long_ago(house, {1: five, 2: list("abcd"), 3: others, 4: list("fghi")})
    assert totals(figures(house)) == [5, 5], "the two hidden weeks are of eight people"
    assert figures(house).hidden == 2 and figures(house).total == 18


def test_what_is_hidden_cannot_be_worked_out_from_the_total(house: Services) -> None:
    ask_long_ago(house, {1: list("abcdef"), 2: list("abcde"), 3: ["a"]})
    assert totals(figures(house)) == [6], "else the total would tell of the one"


def test_the_total_tells_nothing_of_the_one_who_asked_long_ago(house: Services) -> None:
    ask_long_ago(house, {1: list("abcdef"), 2: list("abcde"), 30: ["a"]})
    assert totals(figures(house)) == [6], "what was before the weeks that are shown counts in the total, too"
    ask_long_ago(house, {1: list("abcdef"), 2: list("abcde"), 30: list("abcde")})
    assert totals(figures(house)) == [5, 6]


def test_a_week_that_is_hidden_looks_like_one_in_which_nobody_asked(house: Services) -> None:
    ask_long_ago(house, {1: list("abcde"), 3: list("abcd"), 4: list("fghi"), 5: list("fghij")})
    assert [week.row is not None for week in figures(house).weeks] == [True, False, False, False, True]


def test_of_few_people_there_is_no_total(house: Services) -> None:
    ask_long_ago(house, {1: list("abcd") * 3})
    found = figures(house)
    assert (found.weeks, found.total, found.reviewed, found.most) == ((), 0, 0, ())


def test_without_accounts_all_are_called_alike_and_nothing_is_hidden(house: Services) -> None:
    ask_long_ago(house, {1: [LOCAL], 2: [LOCAL, LOCAL]})
    assert totals(figures(house)) == [2, 1] and figures(house).total == 3


def test_no_figure_of_any_data_is_about_fewer_than_five_people(house: Services) -> None:
    draw = random.Random(1)
    for _ in range(60):
        people = {week: draw.choices("abcdefghij", k=draw.randint(1, 14)) for week in range(1, draw.randint(2, 7))}
        ask_long_ago(house, people)
        found = figures(house)
        asked = [(len(names), set(names)) for names in people.values()]
        shown = sorted(totals(found))
        possible = [size for size, who in asked if len(who) >= FEWEST_PEOPLE]
        assert all(total in possible for total in shown)
        everybody = set().union(*(who for _, who in asked))
        assert bool(found.total) == (len(everybody) >= FEWEST_PEOPLE)
        rest = list(asked)
        for total in shown:  # of weeks with as many questions those of the fewest people are taken to be hidden
            rest.remove(max((one for one in rest if one[0] == total), key=lambda one: len(one[1])))
        hidden = set().union(*(who for _, who in rest))
        assert not shown or not rest or len(hidden) >= FEWEST_PEOPLE


@pytest.mark.parametrize("how", get_args(How))
def test_a_reading_is_told_to_whoever_asked_and_to_nobody_else(house: Services, how: How) -> None:
    mine, other = ask(house.records.records, person="jana"), ask(house.records.records, person="olga")
    house.records.inspections.note([mine, other, mine], "rita", how)
    house.records.inspections.note([mine], "rita", how)
    (inspection,) = house.records.inspections.of_person(["jana"])
    assert (inspection.record, inspection.reader, inspection.how) == (mine, "rita", how), "once an hour"
    with house.database.begin() as connection:
        connection.execute(update(inspections).values(at=datetime.now(UTC) - timedelta(hours=2)))
    house.records.inspections.note([mine], "rita", how)
    assert len(house.records.inspections.of_person(["jana"])) == 2
    for language in LANGUAGES:
        shown = str(inspections_report(house.records.inspections.of_person(["jana"]), language).model_dump())
        assert "rita" in shown and mine in shown and other not in shown


def test_inspections_go_with_the_record(house: Services, tmp_path: Path) -> None:
    mine = ask(house.records.records, person="jana")
    house.records.inspections.note([mine], "rita", "page")
    apply(house.database, house.vault, DrawingCache(tmp_path / "drawn"), 1, datetime.now(UTC) + timedelta(days=3))
    with house.database.connect() as connection:
        assert connection.execute(select(inspections)).all() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_works_council_s_report_has_the_limit_and_the_changes(house: Services, language: Language) -> None:
    report = works_council_report(house.installation(), language)
    said = str(report.model_dump())
    assert f" {FEWEST_PEOPLE} " in said and changes()[0].text(language)[:40] in said and "inspections" in said


def test_a_change_of_what_is_stored_has_its_notice() -> None:
    assert changes()[0].data == data_digest(), "say in config/logging_changes.toml what changed for people"
