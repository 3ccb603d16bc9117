"""Questions that a stranger found answered wrongly, asked of other tables: small words are names, limits and times."""

from datetime import date
from pathlib import Path

import pytest

from tests.chatbot.computing.asked_tables import Rows, computed, sheet

BOOTHS: Rows = (
    ("Stand", "Firma", "Betreuer", "Halle", "Miete (€)", "Status", "Abnahme"),
    ("S1", "Total Optik", "Lange, Eva", "Nord", 400, "belegt", date(2026, 12, 4)),
    ("S2", "Brandt", "Alle, Jan", "Nord", 250, "frei", date(2027, 1, 9)),
    ("S3", "Mittelwert KG", "Lange, Eva", "Süd", 900, "belegt", date(2027, 2, 3)),
    ("S4", "Kurz", "Orth, Pia", "Süd", 320, "frei", date(2027, 3, 8)),
)
OF_BOOTHS = {
    "Wie viele Stände haben wir?": "Gezählt: 4 von 4 Zeilen.",
    "Wie hoch ist die Miete insgesamt?": "Summe von „Miete (€)“ über 4 Zeilen: 1.870.",
    "Wie viele Stände sind frei?": "Gezählt: 2 von 4 Zeilen mit Status: frei.",
    "Wie viele Stände von Lange sind frei?": None,
    "Wie viele Stände hat Alle frei?": None,
    "Wie viele Stände habe ich frei?": None,
    "Wie viele meiner Stände sind frei?": None,
    "Wie viele Stände sind lange frei?": None,
    "Wie viele Stände sind zu viel belegt?": None,
    "Welche Betreuer sind belegt?": None,
    "Welche Betreuer haben nur freie Stände?": None,
    "Stand 1.10.2026: wie viele Stände sind frei?": None,
    "Wie hoch soll die Miete von S1 sein?": None,
    "Wie hoch war die alte Miete von S1?": None,
    "Wie ist der Status von S1 morgen?": None,
    "Wie hoch ist die Miete von S1?": "S1 Total Optik – Miete (€): 400.",
}


@pytest.mark.parametrize(("question", "said"), OF_BOOTHS.items())
def test_of_booths(tmp_path: Path, question: str, said: str | None) -> None:
    found = computed(question, sheet(tmp_path, BOOTHS, "Stände.xlsx", "0"))
    assert (found.statement.text if found else None) == said


def test_a_total_with_words_like_any_other_row_leaves_the_table_alone(tmp_path: Path) -> None:
    rows = (("Posten", "Ort", "Betrag"), ("Miete", "Ulm", 10), ("Strom", "Ulm", 15), ("Summe", "Ulm", 25))
    assert computed("Wie hoch ist der Betrag insgesamt?", sheet(tmp_path, rows, "Kosten.xlsx", "0")) is None


def test_a_verb_that_is_a_status_is_not_passed_over(tmp_path: Path) -> None:
    rows = (
        ("Anlage", "Halle", "Status"),
        ("Presse", "Nord", "steht"),
        ("Säge", "Nord", "läuft"),
        ("Ofen", "Süd", "läuft"),
    )
    file = sheet(tmp_path, rows, "Anlagen.xlsx")
    assert computed("Wie viele Anlagen stehen in Nord?", file) is None
    found = computed("Wie viele Anlagen sind in Nord?", file)
    assert found and found.statement.text == "Gezählt: 2 von 3 Zeilen mit Halle: Nord."
