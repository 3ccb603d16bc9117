"""Follow-ups and wishes over the real index, in quote mode and with an engine."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from chatbot.answering.pipeline import answer
from chatbot.bootstrap import Services, bootstrap
from chatbot.domain import Answer, Finished, Turn, Understood
from config.settings import Settings
from tests.fakes.engine import ScriptedEngine as Engine

pytestmark = pytest.mark.integration

SWEDEN = Turn(question="Wie hoch ist die Verpflegungspauschale in Schweden?", answer="66,00 EUR")
LEAVE = Turn(question="Wie viele Urlaubstage habe ich im ersten Jahr?", answer="28 Tage")


@pytest.fixture(scope="module")
def services(indexed_dir: Path, models_dir: Path) -> Iterator[Services]:
    """The product in quote mode over the indexed examples."""
    with bootstrap(Settings(data_dir=indexed_dir, models_dir=models_dir, answer={"engine": "quote"})) as services:
        yield services


def ask(services: Services, question: str, history: Sequence[Turn], engines: Sequence[object] = ()) -> Answer:
    parts = services.answering()
    if engines:
        parts = parts._replace(engines=(*engines, *services.engines), document=lambda *_: ())  # type: ignore[arg-type]
    *_, last = answer(question, history, services.people.local_person(), parts)
    assert isinstance(last, Finished)
    return last.answer


def cited(given: Answer) -> str:
    return " ".join(c.quote for statement in given.statements for c in statement.citations)


def test_another_country_is_never_answered_by_the_row_of_the_one_before(services: Services) -> None:
    given = ask(services, "Und in Spanien?", [SWEDEN])
    assert given.standalone_question == "Wie hoch ist die Verpflegungspauschale in Spanien?"
    assert "Schweden" not in cited(given)


def test_a_follow_up_is_completed_and_shown(services: Services) -> None:
    events = list(answer("Und im zweiten Jahr?", [LEAVE], services.people.local_person(), services.answering()))
    assert events[0] == Understood(standalone_question="Wie viele Urlaubstage habe ich im zweiten Jahr?")
    assert isinstance(events[-1], Finished) and "29 Arbeitstage" in cited(events[-1].answer)


def test_a_pronoun_stands_for_the_same_person_over_several_turns(services: Services) -> None:
    first = Turn(
        question="Wer leitet die Instandhaltung?", answer="Abteilung: Instandhaltung; Leitung: Holger Brinkmann"
    )
    second = ask(services, "Welche Durchwahl hat er?", [first])
    assert second.standalone_question == "Welche Durchwahl hat Holger Brinkmann?"
    history = [first, Turn(question=second.standalone_question, answer=second.statements[0].text)]
    assert ask(services, "Wer vertritt ihn?", history).standalone_question == "Wer vertritt Holger Brinkmann?"


def test_a_correction_whose_words_no_evidence_has_is_no_answer(services: Services) -> None:
    given = ask(services, "nein, ich meine die NW-970", [Turn(question="Was kostet die NW-400 Basis?", answer="…")])
    assert given.standalone_question == "Was kostet die NW-970 Basis?"
    assert not given.answerable


def test_a_model_is_asked_only_where_the_documents_do_not_tell(services: Services) -> None:
    asked = Engine('{"answerable": false}', fails=False)
    assert ask(services, "Und im zweiten Jahr?", [LEAVE], [asked]).standalone_question == (
        "Wie viele Urlaubstage habe ich im zweiten Jahr?"
    )
    unclear = ask(services, "Und in der Elternzeit?", [LEAVE], [asked])
    assert unclear.standalone_question == "Wie viele Urlaubstage gibt es im zweiten Jahr?"  # what the engine says


def test_a_model_that_drops_a_number_of_the_question_is_not_followed(services: Services) -> None:
    asked = Engine('{"answerable": false}', fails=False)
    given = ask(services, "Und im siebten Monat der Elternzeit?", [LEAVE], [asked])
    assert "siebten" in given.standalone_question


def test_where_it_stands_gives_the_answer_with_its_sources_again(services: Services) -> None:
    first = ask(services, LEAVE.question, [])
    again = ask(services, "Wo steht das?", [LEAVE])
    assert cited(again) == cited(first) != ""


def test_more_of_an_answer_is_more_of_its_passage(services: Services) -> None:
    first, more = ask(services, LEAVE.question, []), ask(services, "mehr Details bitte", [LEAVE])
    assert len(more.statements) > len(first.statements)
    assert {c.source for s in more.statements for c in s.citations} >= {first.statements[0].citations[0].source}
    assert all(statement.verdict == "quoted" or statement.computation for statement in more.statements)


def test_another_form_needs_a_model_and_it_is_said(services: Services) -> None:
    given = ask(services, "Auf Englisch bitte", [LEAVE])
    assert given.standalone_question == LEAVE.question
    assert any("Sprachmodell" in notice or "language model" in notice for notice in given.notices)
