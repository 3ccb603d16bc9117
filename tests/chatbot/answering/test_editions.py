"""Yearly editions of one document, and documents that merely carry a year."""

import pytest

from chatbot.answering.editions import other_editions
from tests.chatbot.passages import passage

EDITIONS = ["HR/Urlaubsregelung_2025.md", "HR/Urlaubsregelung_2026.md", "Betriebsvereinbarung_2019.pdf", "Notiz.md"]


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("Wie viele Urlaubstage gibt es 2026?", {1}),
        ("Wie viele Urlaubstage gibt es 2025?", {2}),
        ("Wie viele Urlaubstage gibt es 2027?", {1, 2}),
        ("Wie viele Urlaubstage gibt es 2025 und 2026?", set()),
        ("Wie viele Urlaubstage gibt es?", set()),
    ],
)
def test_a_year_is_asked_of_its_edition(question: str, others: set[int]) -> None:
    passages = list(enumerate((passage("Es gibt 29 Tage.", document=path) for path in EDITIONS), 1))
    assert other_editions(question, passages) == others
