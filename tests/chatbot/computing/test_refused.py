"""Kinds of questions over tables that look easy and are not: nothing is stated, for a wrong number is the worst."""

from datetime import date
from pathlib import Path

import pytest

from chatbot.computing.many import is_one_of_several
from chatbot.computing.read_question import read_question
from tests.chatbot.computing.asked_tables import TODAY, Rows, computed, sheet

STAFF: Rows = (
    ("Nr.", "Name", "Standort", "Abteilung", "Vertrag", "Gehalt", "Eintritt", "Schulung"),
    ("M1", "Kurz, Ali", "Essen", "Montage", "befristet", 2900, date(2021, 4, 1), "ja"),
    ("M2", "Sommer, Ada", "Halle", "Montage", "unbefristet", 3100, date(2019, 8, 15), "nein"),
    ("M3", "Rabe, Tim", "Essen", "Vertrieb", "gekündigt", 3300, date(2026, 2, 1), "ja"),
    ("M4", "Fischer, Eva", "Leer", "Vertrieb", "befristet", 3300, date(2026, 7, 1), "ja"),
)
ORDERS: Rows = (
    ("Auftrag", "Kunde", "Wert", "Datum", "Status", "Rabatt", "Bemerkung"),
    ("A1", "Ritter", 900, date(2026, 10, 1), "offen", "5 %", "noch nicht geprüft, Lieferung freitags an Halle 1"),
    ("A2", "Ritter", 2500, date(2026, 10, 12), "bezahlt", "3 %", "geprüft und ohne Mangel an den Kunden gegangen"),
    ("A3", "Unna", 1200, date(2026, 11, 29), "offen", "5 %", "wegen Urlaub verschoben auf die nächste Woche"),
    ("A4", "Harlow", 400, "unbefristet", "storniert", "0 %", "Kunde wünscht Abholung mit eigenem Fahrzeug"),
)
SALES: Rows = (
    ("Standort", "Produkt", "Umsatz"),
    ("Soest", "Rollen", 250.0),
    ("Gera", "Rollen", 125.0),
    ("Gera gesamt", None, 125.0),
    ("Grand total", None, 375.0),
)

OF_STAFF = [
    "Wie viele Mitarbeiter sind arbeitsunfähig?",
    "Wie viele Mitarbeiter kommen heute?",
    "Wie viele Mitarbeiter haben wir noch?",
    "Wie viele Mitarbeiter haben wir ja?",
    "Wie viele befristete Mitarbeiter sind gekündigt?",
    "Wie viele Mitarbeiter in Essen oder im Vertrieb?",
    "Wie viele Mitarbeiter sitzen außer in Essen?",
    "Wie viele Mitarbeiter sitzen nicht in Essen?",
    "Wie viele Mitarbeiter gehen leer aus?",
    "Wie viele Mitarbeiter gehen essen?",
    "Wie viele Mitarbeiter sind im Sommer eingetreten?",
    "Wie viele Fischer haben wir?",
    "Wie viele Mitarbeiter wurden 2026 eingestellt?",
    "Wer ist der älteste Mitarbeiter?",
    "Wann wurde Rabe geboren?",
    "Wer ist der teuerste Mitarbeiter?",
    "Was kostet Rabe?",
    "Wie lange ist Rabe da?",
    "Welche Mitarbeiter sind statt in Essen in Halle?",
]
OF_ORDERS = [
    "Wie viele Kunden haben wir?",
    "Welcher Kunde hat den höchsten Wert?",
    "Wie viele Aufträge gab es am 29.11.2026?",
    "Wie viele Aufträge gab es im 10/2026?",
    "Wie viele Aufträge gab es bis zum 12.10.2026?",
    "Wie viele Aufträge gab es vor dem 12.10.2026?",  # one has no date
    "Welche Kunden haben mehr als 1 Auftrag?",
    "Wie viele Aufträge gab es seit 2026?",
    "Welche Aufträge sind geprüft?",
    "Welche Aufträge gehen an Halle 1?",
    "Wie hoch ist der Rabatt insgesamt?",
    "Wie viele Aufträge sind offen und bezahlt und nicht storniert?",
    "Welche Aufträge haben einen Wert unter -5?",
]


@pytest.mark.parametrize("question", OF_STAFF)
def test_of_people(tmp_path: Path, question: str) -> None:
    assert computed(question, sheet(tmp_path, STAFF, "Mitarbeiter.xlsx", "0")) is None


@pytest.mark.parametrize("question", OF_ORDERS)
def test_of_orders(tmp_path: Path, question: str) -> None:
    assert computed(question, sheet(tmp_path, ORDERS, "Auftraege.xlsx", "0")) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wie hoch ist der Umsatz insgesamt?", "Summe von „Umsatz“ über 2 Zeilen: 375."),
        ("Wie hoch ist der Umsatz in Gera insgesamt?", "Summe von „Umsatz“ über 1 Zeilen mit Standort: Gera: 125."),
        ("Welcher Standort hat den höchsten Umsatz?", "Größter Wert von „Umsatz“ in 2 Zeilen: Soest – 250."),
    ],
)
def test_rows_of_totals_take_no_part(tmp_path: Path, question: str, said: str) -> None:
    found = computed(question, sheet(tmp_path, SALES, "Umsatz.xlsx", "0"))
    assert found and found.statement.text == said


@pytest.mark.parametrize(
    ("question", "count"),
    [("Which customers have a revenue over 500,000 EUR?", 1), ("Which customers have a revenue over 500 EUR?", 3)],
)
def test_a_number_is_read_in_the_language_of_its_question(tmp_path: Path, question: str, count: int) -> None:
    rows = (("Customer", "City", "Revenue"), ("Harlow", "York", 700000), ("Unna", "Ulm", 9000), ("Delta", "Rome", 1000))
    found = computed(question, sheet(tmp_path, rows, "Customers.xlsx", '#,##0 "EUR"'))
    assert found and found.statement.computation and found.statement.computation.result == str(count)


@pytest.mark.parametrize(
    ("question", "discount"),
    [("Rabatt bei 30 Stück?", "7 %"), ("Rabatt ab 51 Stück?", "9 %"), ("Rabatt bei mehr als 50 Stück?", None)],
)
def test_a_bound_is_not_looked_up_as_if_it_were_the_number(tmp_path: Path, question: str, discount: str | None) -> None:
    (tmp_path / "Rabatt.md").write_text(
        "# Staffel\n\n| Menge | Rabatt |\n|---|---|\n"
        "| ab 11 Stück | 5 % |\n| ab 26 Stück | 7 % |\n| ab 51 Stück | 9 % |\n"
    )
    found = computed(question, tmp_path / "Rabatt.md")
    assert (found.statement.text.rpartition(": ")[2].rstrip(".") if found else None) == discount


BOATS: Rows = (
    ("Boot", "Liegeplatz", "Betreuer", "Geprüft bis", "Miete", "Zustand"),
    ("Möwe", "Steg 1", "Marten", date(2027, 5, 1), 90, "gut"),
    ("Lachs", "Steg 1, Box 4", "Martens", date(2026, 8, 1), 140, "gut"),
    ("Otter", "Steg 2", "Winter", date(2027, 3, 1), 75, "storniert"),
    ("Reiher", "Steg 2", "Winter", date(2027, 9, 1), 110, "gut"),
)
OF_BOATS = [
    "Welche Boote liegen in Steg 1?",  # one lies in a box of it
    "Welches Boot muss als nächstes geprüft werden?",  # one is overdue
    "Wann wurde der Lachs geprüft?",
    "Ist die Möwe das billigste Boot?",
    "Welches ist das billigste und welches das teuerste Boot?",
    "Was kosten die meisten Boote?",
    "Um wie viel höher ist die Miete bei Winter?",
    "Wie viel Prozent der Boote liegen in Steg 2?",
    "Wie viele Bootsfahrer haben wir?",
    "Wie viele Stege gibt es?",
    "Welche Boote sind vor 3 Tagen geprüft worden?",
    "Wer hat die höchste Miete?",
    "Wie hoch ist die Miete insgesamt?",  # one is cancelled
    "Welche Miete hat Martin?",
]


@pytest.mark.parametrize("question", OF_BOATS)
def test_of_things(tmp_path: Path, question: str) -> None:
    assert computed(question, sheet(tmp_path, BOATS, "Boote.xlsx", "0")) is None


PARTS: dict[str, tuple[Rows, str]] = {
    "net, tax and gross": (
        (("Leistung", "Betrag"), ("Anfahrt", 50), ("Montage", 150), ("Nettobetrag", 200), ("MwSt.", 38)),
        "Wie hoch ist der Betrag insgesamt?",
    ),
    "a total that does not say so": (
        (("Filiale", "Umsatz"), ("Ost", 120), ("West", 80), ("Gruppe", 200)),
        "Wie hoch ist der Umsatz insgesamt?",
    ),
    "currencies in a column of their own": (
        (("Auftrag", "Währung", "Betrag"), ("A1", "EUR", 120), ("A2", "USD", 80), ("A3", "EUR", 30)),
        "Wie hoch ist der Betrag insgesamt?",
    ),
    "planned beside what was": (
        (("Filiale", "Art", "Umsatz"), ("Ost", "Plan", 120), ("Ost", "Ist", 80), ("West", "Plan", 31)),
        "Wie hoch ist der Umsatz insgesamt?",
    ),
    "readings of meters": (
        (("Zähler", "Ort", "Zählerstand (kWh)"), ("Z1", "Halle 1", 1200), ("Z2", "Halle 2", 800)),
        "Wie hoch ist der Zählerstand insgesamt?",
    ),
    "steps of a price list": (
        (("Menge", "Preis"), ("ab 10 Stück", 4), ("ab 50 Stück", 3), ("ab 200 Stück", 2)),
        "Was ist der durchschnittliche Preis?",
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_rows_that_are_no_equals_are_not_put_together(tmp_path: Path, name: str) -> None:
    rows, question = PARTS[name]
    assert computed(question, sheet(tmp_path, rows, "Tabelle.xlsx", "0")) is None


def test_what_is_next_is_told_where_nothing_is_overdue(tmp_path: Path) -> None:
    rows = (("Gerät", "Prüfung fällig"), ("Waage", date(2027, 3, 1)), ("Presse", date(2027, 1, 7)))
    found = computed("Wann ist die nächste Prüfung fällig?", sheet(tmp_path, rows, "Geraete.xlsx"))
    assert found and "Presse – 07.01.2027" in found.statement.text


def test_what_is_struck_out_takes_no_part(tmp_path: Path) -> None:
    file = tmp_path / "Werkzeuge.md"
    file.write_text(
        "| Werkzeug | Preis |\n|---|---|\n| Axt | 12 € |\n| ~~Säge~~ | ~~10 €~~ |\n| Beil | ~~9 €~~ 8 € |\n"
    )
    found = computed("Was kosten die Werkzeuge insgesamt?", file)
    assert found and found.statement.text == "Summe von „Preis“ über 2 Zeilen: 20 €."


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Wer kann Blechteile liefern?", True),  # two can
        ("Was liefert Kowal?", False),
        ("Welche Firma sitzt in Gera?", True),
        ("Welche Firma in Gera liefert Rohre?", False),
    ],
)
def test_a_row_that_nothing_singles_out_is_one_of_several(question: str, several: bool) -> None:
    rows = [["Kowal", "Gera", "Rohre"], ["Tischler", "Gera", "Blechteile"], ["Press Nord", "Ulm", "Blechteile"]]
    best = {"Wer kann Blechteile liefern?": 1}.get(question, 0)
    others = [row for number, row in enumerate(rows) if number != best]
    assert is_one_of_several(read_question(question, TODAY), rows[best], others) is several


@pytest.mark.parametrize(
    "question", ["Wie viel Urlaub habe ich im zweiten Jahr?", "Wie viel Urlaub habe ich im 7. Jahr?"]
)
def test_a_number_singles_a_row_out_by_its_range(question: str) -> None:
    rows = [["1. Jahr", "28"], ["2. Jahr", "29"], ["3. bis 9. Jahr", "30"]]
    asked, best = read_question(question, TODAY), 1 if "zweiten" in question else 2
    assert not is_one_of_several(asked, rows[best], [row for row in rows if row is not rows[best]])
