"""Questions: what leans on the conversation, what stands on its own, and what each part of a question asks."""

import pytest

from chatbot.answering.question import asked_alone, is_follow_up, joined, parts_of, without_period
from chatbot.answering.quote_engine import QuoteEngine
from chatbot.domain import Turn


@pytest.mark.parametrize(
    "question",
    [
        "Gibt es einen Betriebskindergarten in unserem Werk?",
        "Is there a company kindergarten at our plant?",
        "Are there parking spaces for visitors?",
        "Is it true that the canteen is closed on Fridays?",
        "Ist es erlaubt, auf dem Gelände zu rauchen?",
        "Wann regnet es in Kiel am meisten?",
        "Wer wurde Weltmeister?",
        "Wo ist die Kantine?",
        "Wer leitet die IT in Hamburg?",
        "Können Sie mir sagen, wo die Kantine ist?",
        "Wie lang muss mein Kennwort sein?",
        "Darf ein Mitarbeiter seinen Hund mitbringen?",
        "If the machine stops, how is it restarted?",
        "Wie viele Urlaubstage stehen mir dieses Jahr zu?",
    ],
)
def test_what_stands_on_its_own_is_no_follow_up(question: str) -> None:
    assert not is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        "Genehmigt sie auch meine Dienstreisen ins Ausland?",
        "Does she also approve my business trips abroad?",
        "Who approves that for employees in the Swedish office?",
        "Wie hoch ist sein Budget für das Jahr 2026?",
        "Wie hoch ist ihr Budget für das Jahr 2026?",
        "What is her extension in the new office?",
        "Wie lange ist es gültig?",
        "What does it cost per month?",
        "Wie viele gibt es davon im Werk?",
        "Wie lange?",
        "Im zweiten Jahr?",
        "For spare parts?",
    ],
)
def test_what_refers_back_or_is_unfinished_is_a_follow_up(question: str) -> None:
    assert is_follow_up(question)


@pytest.mark.parametrize("second", ["wie lautet die Notrufnummer?", "wer vertritt Frau Demir?"])
def test_a_short_second_part_is_asked_by_itself(second: str) -> None:
    assert parts_of(f"Wo liegt der Sammelplatz für Halle 2 und {second}")[1] == second


def test_a_second_question_loses_its_and() -> None:
    assert parts_of("Wie lang ist die Probezeit? Und wer verlängert die Frist?")[1] == "wer verlängert die Frist?"


def test_of_a_part_that_keeps_another_in_front_the_end_is_what_it_asks() -> None:
    _, second = parts_of("Wie viele Urlaubstage habe ich und wer genehmigt sie mir?")
    assert asked_alone(second) == "wer genehmigt sie mir?"
    assert asked_alone("Wie viele Urlaubstage habe ich?") == ""


@pytest.mark.parametrize(
    "before", ["Wer leitet den Einkauf?", "Wer leitet den Einkauf", "Wer leitet (heute) den Einkauf?"]
)
def test_a_follow_up_is_one_thing_and_the_question_before_only_in_front(before: str) -> None:
    question = "Wie hoch ist sein Budget?"
    (part,) = parts_of(joined(before, question))
    assert part.startswith("Wer leitet") and asked_alone(part) == question
    assert parts_of("Was kostet das (brutto?)") == ["Was kostet das (brutto?)"]


def test_quote_mode_puts_the_question_before_behind() -> None:
    engine, history = QuoteEngine(), [Turn(question="Wer leitet den Einkauf? Danke", answer="…")]
    assert engine.rewrite("Und wo?", [], "de", []) == "Und wo?"
    assert engine.rewrite("Und wo?", history, "de", []) == "Und wo? (Wer leitet den Einkauf?)"
    assert engine.rewrite("Wie alt ist er?", history, "de", []) == "Wie alt ist er? (Wer leitet den Einkauf?)"


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Welche Zulage gilt in KW 12 im Ausland?", "Welche Zulage gilt in im Ausland?"),
        ("What is due in Q3 2027?", "What is due in ?"),
        ("Wie viele Tage habe ich 2031?", "Wie viele Tage habe ich ?"),
        ("Was gilt über 2000 EUR?", None),
        ("Was fordert die ISO 9001:2015?", None),
        ("Was war am 12.03.2024?", None),
        ("Wann 2024?", None),
        ("Halle 2 oder Halle 3?", None),
    ],
)
def test_the_judge_is_not_asked_about_years_and_weeks(question: str, left: str | None) -> None:
    assert without_period(question) == (left or question)
