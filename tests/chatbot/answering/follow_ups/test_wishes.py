"""Wishes about the answer before, and questions that are none."""

import pytest

from chatbot.answering.follow_ups.wishes import wish_of


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("Erklär mir das einfacher", "form"),
        ("kürzer bitte", "form"),
        ("in a table please", "form"),
        ("Auf Englisch bitte", "english"),
        ("can you say that in German", "german"),
        ("Mehr Details bitte", "more"),
        ("tell me more about it", "more"),
        ("Wo steht das?", "where"),
        ("aus welcher Richtlinie stammt das", "where"),
    ],
)
def test_a_wish_is_told(message: str, wish: str) -> None:
    assert wish_of(message) == wish


@pytest.mark.parametrize(
    "question",
    [
        "Gibt es mehr Urlaub ab 50?",
        "Wo steht der Feuerlöscher?",
        "Which document explains travel costs?",
        "Ist die Einweisung auf Englisch?",
        "In welchem Dokument steht die Kündigungsfrist?",
        "Wie kurz darf eine Pause sein?",
        "",
    ],
)
def test_a_question_is_none(question: str) -> None:
    assert wish_of(question) is None
