"""What a follow-up may stand for, by its form alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.answering.follow_ups.phrases import phrases_of
from chatbot.answering.follow_ups.rewrites import rewrites
from chatbot.domain import Turn

SWEDEN = "Wie hoch ist die Verpflegungspauschale in Schweden?"
CARTRIDGE = "Was kostet die Heizpatrone für die NW-400?"


def texts(before: str, question: str, answer: str = "") -> list[str]:
    return [rewrite.text for rewrite in rewrites(question, [Turn(question=before, answer=answer)])]


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        (SWEDEN, "Und in Spanien?", "Wie hoch ist die Verpflegungspauschale in Spanien?"),
        (CARTRIDGE, "der Temperaturfühler auch", "Was kostet der Temperaturfühler für die NW-400?"),
        (CARTRIDGE, "und für die NW-650?", "Was kostet die Heizpatrone für die NW-650?"),
        ("Wie viel Öl kommt in die NW-400?", "nein, ich meine die NW-650", "Wie viel Öl kommt in die NW-650?"),
        (
            "Was kostet das Parken in Werk Nord?",
            "nicht Werk Nord, sondern Werk Süd",
            "Was kostet das Parken in Werk Süd?",
        ),
        ("Wann schließt die Filiale Ulm Sonntag?", "und am Samstag?", "Wann schließt die Filiale Ulm Samstag?"),
        ("How much is the daily allowance in Sweden?", "and Norway?", "How much is the daily allowance in Norway?"),
        (
            "what does the heating cartridge cost",
            "the temperature sensor too?",
            "what does the temperature sensor cost",
        ),
    ],
)
def test_a_phrase_takes_the_place_of_its_kind(before: str, question: str, meant: str) -> None:
    assert texts(before, question)[0] == meant


def test_a_condition_is_added_where_nothing_is_of_its_kind() -> None:
    asked = "Wie viele Tage im Monat darf ich im Homeoffice arbeiten?"
    assert texts(asked, "und bei Teilzeit?")[0] == f"{asked[:-1]} bei Teilzeit?"


@pytest.mark.parametrize(
    ("before", "answer", "question", "meant"),
    [
        ("Wer leitet die IT?", "Anke Möhrke", "Welche Durchwahl hat sie?", "Welche Durchwahl hat Anke Möhrke?"),
        ("Welche Durchwahl hat Anke Möhrke?", "12", "Wer vertritt sie?", "Wer vertritt Anke Möhrke?"),
        ("Who runs the workshop?", "It is run by Ada Lind.", "how do I reach her", "How do I reach Ada Lind?"),
        ("Wie lange gilt die Parkkarte?", "Zwei Jahre.", "und was kostet die?", "Was kostet die Parkkarte?"),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_whom_or_what_was_named(before: str, answer: str, question: str, meant: str) -> None:
    assert texts(before, question, answer)[0] == meant


def test_the_reader_is_nobody_who_was_named() -> None:
    assert texts("Wer leitet den Einkauf?", "Was empfehlen Sie?", "Leitung: Anke Möhrke") != [
        "Was empfehlen Anke Möhrke?"
    ]


def test_another_property_is_asked_of_the_same_thing() -> None:
    assert "Lieferzeit die Heizpatrone für die NW-400?" in texts(CARTRIDGE, "Lieferzeit?")


def test_the_head_of_a_column_is_no_thing_that_is_asked_about() -> None:
    of_values = [
        rewrite for rewrite in rewrites("Lieferzeit?", [Turn(question=CARTRIDGE, answer="")]) if rewrite.is_of_values
    ]
    assert all("Lieferzeit" in rewrite.said for rewrite in of_values)
    assert of_values


def test_a_whole_question_may_be_a_new_one() -> None:
    asked = "Und wie hoch ist der Zuschuss für den Schreibtisch?"
    assert texts("Gibt es Sonderurlaub bei Umzug?", asked)[0] == "Wie hoch ist der Zuschuss für den Schreibtisch?"


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["de", "en"]))
def test_any_text_is_put_together_without_an_error(before: str, question: str, language: str) -> None:
    for phrase in phrases_of(before, language):
        assert before[phrase.start : phrase.end].endswith(phrase.words[-1])
        assert phrase.start <= phrase.content < phrase.end
    assert len(texts(before, question)) <= 5
