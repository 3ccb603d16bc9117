"""How employees really ask: in small letters, by a surname, with verbs; and what of it must stay unanswered."""

from datetime import date
from pathlib import Path

import pytest

from tests.chatbot.computing.asked_tables import Rows, computed, sheet

RENTALS: Rows = (
    ("Geräte-Nr.", "Bezeichnung", "Miete (€)", "Standort", "Status", "Zuständig", "Nächste Prüfung"),
    ("V1", "Radlader 0,8 m³", 168, "Fulda", "vermietet", "Orth, Pia", date(2026, 12, 9)),
    ("V2", "Scherenbühne 8 m", 95, "Kassel", "frei", "Brandt, Olaf", date(2027, 2, 1)),
    ("V3", "Kernbohrgerät DK 200", 61, "Fulda", "in Reparatur", "Orth, Pia", date(2027, 5, 7)),
    ("V4", "Stampfer", 42, "Kassel", "vermietet", "Brandt, Olaf", date(2026, 11, 2)),
    ("V5", "Dumper 3 t", 120, "Gießen", "frei", "Orth, Pia", date(2027, 1, 15)),
)
OF_RENTALS = {
    "wie viele geräte sind vermietet": "Gezählt: 2 von 5 Zeilen mit Status: vermietet.",
    "Wie viele Geräte sind noch frei?": "Gezählt: 2 von 5 Zeilen mit Status: frei.",
    "Wie viele Geräte aus Fulda haben wir?": "Gezählt: 2 von 5 Zeilen mit Standort: Fulda.",
    "Um welche Geräte kümmert sich Pia Orth?": (
        "3 von 5 Zeilen mit Zuständig: Orth, Pia: V1 Radlader 0,8 m³; V3 Kernbohrgerät DK 200; V5 Dumper 3 t."
    ),
    "Für wie viele Geräte ist Brandt zuständig?": "Gezählt: 2 von 5 Zeilen mit Zuständig: Brandt, Olaf.",
    "was kostet die scherenbühne": "V2 Scherenbühne 8 m – Miete (€): 95.",
    "Wie hoch ist die Miete im Mittel über alle Geräte?": "Durchschnitt von „Miete (€)“ über 5 Zeilen: 97,20.",
    "Welches Gerät brachte die höchste Miete?": ("Größter Wert von „Miete (€)“ in 5 Zeilen: V1 Radlader 0,8 m³ – 168."),
    "Wie viel kostet ein Gerät in Fulda?": None,  # each of them, or all
    "Wie viel Miete bringen wir in Fulda ein?": None,  # what is earned is not what one costs
    "Welche Geräte sind vermietet und in Fulda?": (
        "1 von 5 Zeilen mit Standort: Fulda und Status: vermietet: V1 Radlader 0,8 m³."
    ),
    "Welches Gerät wird von heute (29.11.2026) an als nächstes geprüft?": (
        "Ab dem 29.11.2026 am frühesten bei „Nächste Prüfung“ in 4 Zeilen: V1 Radlader 0,8 m³ – 09.12.2026."
    ),
    "Für wie viele Geräte ist Brand zuständig?": None,  # another name
    "Wie viele Geräte sind noch versichert?": None,
    "Wie viele Geräte fehlen in Fulda?": None,
    "Wie viele Geräte gingen nach Fulda?": None,
    "wie viele geräte sind in fulda kaputt": None,
    "Was kostet die Bühne?": None,
    "Wie viele Geräte haben wir noch?": None,
}


@pytest.mark.parametrize(("question", "said"), OF_RENTALS.items())
def test_of_rentals(tmp_path: Path, question: str, said: str | None) -> None:
    found = computed(question, sheet(tmp_path, RENTALS, "Geraeteliste.xlsx", "0"))
    assert (found.statement.text if found else None) == said


VISITS: Rows = (
    ("Nummer", "Patient", "Tierart", "Halterin", "Menge (ml)", "Datum"),
    ("T1", "Bruno", "Hund", "Tietz", 20, date(2026, 9, 3)),
    ("T2", "Minka", "Katze", "Jahn", 5, date(2026, 10, 5)),
    ("T3", "Felix", "Katze", "Tietz", 7, date(2026, 10, 20)),
    ("T4", "Rex", "Hund", "Berger", 30, date(2026, 11, 2)),
)
OF_VISITS = {
    "Wie viele Katzen haben wir?": "Gezählt: 2 von 4 Zeilen mit Tierart: Katze.",
    "Welche Halterinnen haben Katzen?": None,  # of a Katze, not a cat named so
    "Wie viel Milliliter bekam Bruno?": None,
    "Wie viel Menge bei Tietz?": "Summe von „Menge (ml)“ über 2 Zeilen mit Halterin: Tietz: 27.",
    "Wie viele Hasen haben wir?": None,
    "Wie viele Patienten in September und Oktober?": (
        "Gezählt: 3 von 4 Zeilen mit Datum ab 01.09.2026 und Datum bis 31.10.2026."
    ),
}


@pytest.mark.parametrize(("question", "said"), OF_VISITS.items())
def test_of_visits(tmp_path: Path, question: str, said: str | None) -> None:
    found = computed(question, sheet(tmp_path, VISITS, "Patienten.xlsx", "0"))
    assert (found.statement.text if found else None) == said


HOURS: Rows = (
    ("Name", "Mo", "Di", "Mi"),
    ("Gorski, Adam", 8, 7, 6.5),
    ("Demirel, Ayla", 10, 8, 9),
    ("Lang, Uwe", 5, 8, 8),
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Stunden von Adam Gorski am Mittwoch in KW 45?", "Gorski, Adam – Mi: 6,5."),
        ("Stunden von Adam Gorski am Mittwoch in KW 46?", None),
        ("Stunden von Adam Gorski am Freitag in KW 45?", None),
        ("Stunden von Uwe Lange am Mittwoch in KW 45?", None),
    ],
)
def test_days_and_weeks(tmp_path: Path, question: str, said: str | None) -> None:
    found = computed(question, sheet(tmp_path, HOURS, "Stunden_KW45.xlsx", "0"))
    assert (found.statement.text if found else None) == said


ROUTES: Rows = (
    ("Auftrag", "Von", "Nach", "Preis (€)", "Kunde"),
    ("A1", "Bonn", "Ulm", 900, "Reuter"),
    ("A2", "Ulm", "Bonn", 700, "Sand"),
    ("A3", "Bonn", "Trier", 650, "Reuter"),
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wie viele Aufträge in Bonn?", None),  # from there, or to it
        ("Wie viele Aufträge von Bonn?", "Gezählt: 2 von 3 Zeilen mit Von: Bonn."),
        ("Welche Kunden haben Aufträge nach Trier?", "A3 Trier – Kunde: Reuter."),
    ],
)
def test_columns_of_the_same_kind_are_told_apart_by_their_heads(
    tmp_path: Path, question: str, said: str | None
) -> None:
    found = computed(question, sheet(tmp_path, ROUTES, "Auftraege.xlsx", "0"))
    assert (found.statement.text if found else None) == said
