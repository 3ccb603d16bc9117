"""Numbers in German and English notation are compared by value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.numbers import conflicting_figures, missing_numbers, numbers_in, readings


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Es kostet 1249 Euro.", "Preis netto: 1.249,00 EUR"),
        ("It costs EUR 1,249.00.", "Preis netto: 1.249,00 EUR"),
        ("Die Frist endet am 31. März.", "bis zum 31.3. zu nehmen"),
        ("by 31 March 2026", "2026-03-31"),
        ("Im zweiten Jahr sind es 29 Tage.", "2. Beschäftigungsjahr: 29 Arbeitstage"),
        ("twelve months", "12 Monate"),
        ("0,30 EUR", "0,3 EUR"),
        ("Keine Zahl.", "nichts"),
    ],
)
def test_same_values_are_found(statement: str, evidence: str) -> None:
    assert missing_numbers(statement, evidence) == []


@pytest.mark.parametrize(
    ("statement", "evidence", "missing"),
    [
        ("Es sind 28 Tage.", "29 Tage", ["28"]),
        ("bis 30. April", "bis 31. März", ["30", "april"]),
        ("am 1.4.2026", "am 1.3.2026", ["month 4"]),
        ("nach drei Monaten", "nach zwei Monaten", ["drei"]),
        ("1.249,50 EUR", "1.249,00 EUR", ["1.249,50"]),
    ],
)
def test_other_values_are_missing(statement: str, evidence: str, missing: list[str]) -> None:
    assert missing_numbers(statement, evidence) == missing


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_german_and_english_notation_meet(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert readings(english) & readings(german)


@given(st.text(max_size=200))
def test_a_text_never_misses_its_own_numbers(text: str) -> None:
    assert missing_numbers(text, text) == []
    assert all(numbers_in(text))


@pytest.mark.parametrize(
    ("statement", "evidence", "conflicting"),
    [
        ("650 Wochen", "NW-650; Lieferzeit: 28 Wochen", ["650 woch"]),
        ("28 Wochen", "NW-650; Lieferzeit: 28 Wochen", []),
        ("29 Tage", "2. Jahr: 29 Arbeitstage", []),
        ("EUR 50", "50 EUR per trip", []),
        ("1380 kg", "Gewicht in kg: 1380", []),
        ("8 Nm", "Gewinde: M8; Drehmoment: 27 Nm", ["8 nm"]),
    ],
)
def test_figures_keep_their_unit(statement: str, evidence: str, conflicting: list[str]) -> None:
    assert conflicting_figures(statement, evidence) == conflicting


@pytest.mark.parametrize(
    ("statement", "evidence", "conflict"),
    [
        ("28 Tage", "28 Wochen", True),
        ("120 EUR", "120 USD", True),
        ("30 days", "30 Tage", False),
        ("5 mm", "5 m", False),
    ],
)
def test_a_number_with_another_unit_of_its_kind_conflicts(statement: str, evidence: str, conflict: bool) -> None:
    assert bool(conflicting_figures(statement, evidence)) is conflict


def test_seconds_are_no_ordinal() -> None:
    assert missing_numbers("It restarts after 30 seconds.", "Neustart nach 30 Sekunden") == []
