"""Papers say what law they rest on and as of when, and that it is due for a review when it is."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import get_args

import pytest

from chatbot.bootstrap import Services, bootstrap
from chatbot.compliance.about import about_report
from chatbot.compliance.dossier import dossier_report
from chatbot.rendering.report import Paragraph, Report
from config.law import overdue, provision, provisions
from config.messages import Language, message, shown_date
from config.settings import Settings

LANGUAGES: tuple[Language, ...] = get_args(Language)


@pytest.fixture
def house(settings: Settings) -> Iterator[Services]:
    ollama = settings.ollama.model_copy(update={"url": "http://127.0.0.1:9"})
    with bootstrap(settings.model_copy(update={"ollama": ollama})) as services:
        yield services


def warnings(report: Report, language: Language) -> list[str]:
    begins = message("law.overdue", language, since="", names="")[:40]
    return [block.text for block in report.blocks if isinstance(block, Paragraph) and block.text.startswith(begins)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_papers_say_that_the_law_is_due_for_a_review_from_the_day_after(
    house: Services, language: Language
) -> None:
    last = min(one.review for one in provisions())
    person = house.people.local_person()
    for day, said in ((last, False), (last + timedelta(days=1), True)):
        for report in (
            about_report(house.installation(), person, language, day),
            dossier_report(house.installation(), language, day),
        ):
            assert bool(found := warnings(report, language)) == said
            assert not said or shown_date(last, language) in found[0]


def test_every_text_has_its_source_and_a_review_after_it_was_checked() -> None:
    assert len({one.id for one in provisions()}) == len(provisions()) >= 7
    for one in provisions():
        assert one.source.startswith("https://") and one.checked < one.review <= one.checked + timedelta(days=366)
    assert overdue(date(2999, 1, 1)) == provisions() and overdue(date(2000, 1, 1)) == ()


def test_the_dates_are_those_after_the_amendment_of_2026() -> None:
    assert provision("high_risk").applies == (date(2027, 12, 2), date(2028, 8, 2))
    assert provision("article50_2").applies == (date(2026, 8, 2), date(2026, 12, 2))
    assert provision("article4").applies == (date(2025, 2, 2),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documentation_lists_every_text_and_that_no_lawyer_has_checked_it(
    house: Services, language: Language
) -> None:
    said = str(dossier_report(house.installation(), language).model_dump())
    assert message("law.no_lawyer", language) in said
    assert all(one.source in said and one.name(language) in said for one in provisions())
