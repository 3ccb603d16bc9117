"""Questions over tables are worked out, every operand cited; where anything is uncertain nothing is stated."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.computing.caveats import has_sums
from chatbot.computing.recompute import agrees
from chatbot.domain import Computation
from tests.chatbot.computing.asked_tables import TOOLS, Rows, computed, passages_of, sheet, table_of

SAID = {
    "Wie viele Werkzeuge gibt es in Halle 2?": "Gezählt: 2 von 5 Zeilen mit Halle: Halle 2.",
    "wieviele werkzeuge kosten mehr als 200 euro": "Gezählt: 3 von 5 Zeilen mit Preis über 200 €.",
    "Welche Werkzeuge stehen in Halle 1?": "2 von 5 Zeilen mit Halle: Halle 1: Bohrhammer; Stichsäge.",
    "Was ist das teuerste Werkzeug?": "Größter Wert von „Preis“ in 5 Zeilen: Tauchsäge – 449,00 €.",
    "Welches Werkzeug ist am leichtesten?": (
        "Kleinster Wert von „Gewicht in kg“ in 5 Zeilen: Winkelschleifer – 2,5; Stichsäge – 2,5."
    ),
    "Was kosten die Werkzeuge in Halle 2 insgesamt?": ("Summe von „Preis“ über 2 Zeilen mit Halle: Halle 2: 528,90 €."),
    "Durchschnittlicher Preis der Werkzeuge?": "Durchschnitt von „Preis“ über 5 Zeilen: 263,47 €.",
    "Was kostet die Kettensäge?": "Kettensäge – Preis: 399,00 €.",
    "Wie schwer ist der Bohrhammer?": "Bohrhammer – Gewicht in kg: 6.",
    "Um wie viel Euro ist die Tauchsäge teurer als die Stichsäge?": (
        "Unterschied bei „Preis“: 359,05 € (Stichsäge – 89,95 €; Tauchsäge – 449,00 €)."
    ),
    "Nenne die zwei teuersten Werkzeuge": (
        "Größter Wert von „Preis“ in 5 Zeilen: Tauchsäge – 449,00 €; Kettensäge – 399,00 €."
    ),
}


@pytest.mark.parametrize(("question", "said"), SAID.items())
def test_a_question_is_worked_out(tmp_path: Path, question: str, said: str) -> None:
    found = computed(question, sheet(tmp_path))
    assert found and found.statement.text == said
    assert found.statement.verdict == "computed" and agrees(found.statement, found.sources)


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Werkzeuge in Halle 2 sind verliehen?",  # a condition that the table does not know
        "Wie viele Werkzeuge gibt es nicht in Halle 2?",
        "Wie viele Werkzeuge gibt es in Halle 7?",
        "Wie viele Mitarbeiter arbeiten in Halle 2?",
        "Was kostet die Heckenschere?",
        "Wer hat den Bohrhammer zuletzt repariert?",
        "Wie oft muss der Bohrhammer geprüft werden?",
        "Wie lange darf man Überstunden machen?",
        "Wie viele Werkzeuge haben Zustand A?",
        "Wie viele Werkzeuge sind in Halle A?",
        "Was ist das teuerste Werkzeug nach Gewicht?",
    ],
)
def test_what_the_table_does_not_say_is_not_stated(tmp_path: Path, question: str) -> None:
    assert computed(question, sheet(tmp_path)) is None


def test_a_letter_beside_its_head_is_a_value(tmp_path: Path) -> None:
    rows = (("Firma", "Bewertung"), ("Jäkel", "A"), ("Nordstern", "B"), ("Flöter", "A"), ("Brüggen", "C"))
    file = sheet(tmp_path, rows, "Lieferanten.xlsx")
    found = computed("Wie viele Lieferanten haben Bewertung A?", file)
    assert found and found.statement.text == "Gezählt: 2 von 4 Zeilen mit Bewertung: A."
    assert computed("Wie viele Lieferanten haben die Bewertung D?", file) is None


STAFF: Rows = (
    ("Name", "Department", "Days"),
    ("Ada Lenz", "IT", 12),
    ("Jan Voss", "IT", 9),
    ("Eva Kurz", "Sales", 4),
    ("Tim Berg", "HR", 7),
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many names are in IT?", "Gezählt: 2 von 4 Zeilen mit Department: IT."),
        ("How many names are in it?", None),
        ("How many names are there in the HR department in total?", "Gezählt: 1 von 4 Zeilen mit Department: HR."),
        ("How many names are in QM?", None),
    ],
)
def test_a_word_that_is_passed_over_is_no_value_of_the_table(tmp_path: Path, question: str, said: str | None) -> None:
    found = computed(question, sheet(tmp_path, STAFF, "Staff.xlsx", "0"))
    assert (found.statement.text if found else None) == said


def test_every_operand_is_cited_by_its_cells(tmp_path: Path) -> None:
    found = computed("Was kosten die Werkzeuge in Halle 2 insgesamt?", sheet(tmp_path))
    assert found and [citation.cells for citation in found.statement.citations] == ["A3:E4"]
    assert [line.split("; ")[0] for line in found.statement.citations[0].quote.split("\n")] == [
        "Werkzeug: Winkelschleifer",
        "Werkzeug: Kettensäge",
    ]


def test_mixed_currencies_and_empty_cells_are_not_added(tmp_path: Path) -> None:
    mixed = sheet(tmp_path, (("Posten", "Ort", "Betrag"), ("A", "Ulm", "10,00 EUR"), ("B", "Ulm", "20,00 USD"),
                             ("C", "Bonn", "5,00 EUR")), "Betraege.xlsx")  # fmt: skip
    assert computed("Summe der Beträge in Ulm?", mixed) is None
    empty = sheet(tmp_path, (*TOOLS, ("Fräse", "Halle 2", None, 9, date(2027, 1, 1))), "Werkzeuge2.xlsx")
    assert computed("Was kosten die Werkzeuge in Halle 2 insgesamt?", empty) is None


def test_the_row_of_totals_is_no_operand(tmp_path: Path) -> None:
    rows = (*TOOLS, ("Summe", None, 1317.35, None, None))
    found = computed("Was kosten alle Werkzeuge zusammen?", sheet(tmp_path, rows))
    assert found and "über 5 Zeilen: 1.317,35 €" in found.statement.text


def test_two_tables_that_differ_give_no_answer_and_copies_one(tmp_path: Path) -> None:
    one, copy = sheet(tmp_path), sheet(tmp_path, name="Werkzeugliste_Kopie.xlsx")
    other = sheet(tmp_path, (*TOOLS[:-1], ("Tauchsäge", "Halle 2", 5, 5, date(2027, 1, 1))), "Werkzeugliste_alt.xlsx")
    question = "Wie viele Werkzeuge gibt es in Halle 2?"
    assert computed(question, one, other) is None
    assert computed(question, one, copy) is not None


@pytest.mark.parametrize(
    ("question", "days"),
    [("Wie viele Urlaubstage gibt es im 12. Jahr?", "31"), ("Urlaubstage im zweiten Jahr?", "29"),
     ("Wie viele Urlaubstage sind es nach 25 Jahren?", "33")],
)  # fmt: skip
def test_a_number_falls_into_the_range_that_a_row_names(tmp_path: Path, question: str, days: str) -> None:
    (tmp_path / "Urlaub.md").write_text(
        "# Urlaub\n\n| Betriebszugehörigkeit | Urlaubstage |\n|---|---|\n| 1. bis 3. Jahr | 29 |\n"
        "| 4. bis 9. Jahr | 30 |\n| 10. bis 19. Jahr | 31 |\n| ab dem 20. Jahr | 33 |\n"
    )
    found = computed(question, tmp_path / "Urlaub.md")
    assert found and found.statement.text.endswith(f"Urlaubstage: {days}.")


AMOUNTS = st.lists(st.decimals(0, 100_000, places=2, allow_nan=False), min_size=2, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(AMOUNTS, st.sampled_from(["sum", "mean"]))
def test_sums_and_means_are_exact_and_done_again_from_the_words(
    tmp_path: Path, amounts: list[Decimal], operation: str
) -> None:
    rows = (("Posten", "Ort", "Kosten"), *((f"Posten {chr(65 + at)}", "Ulm", float(a)) for at, a in enumerate(amounts)))
    question = {"sum": "Was kosten alle Posten insgesamt?", "mean": "Wie hoch sind die Kosten im Durchschnitt?"}[
        operation
    ]
    found = computed(question, sheet(tmp_path, rows, "Kosten.xlsx"))
    exact = sum(amounts) / (1 if operation == "sum" else len(amounts))
    if found is None:  # one amount is the sum of others, as a total is
        table = table_of(tmp_path / "Kosten.xlsx")
        assert has_sums(table, table.rows)
        return
    assert found.statement.computation
    assert abs(Decimal(found.statement.computation.result) - exact) <= Decimal("0.005")


def test_a_result_that_the_cited_rows_do_not_give_is_not_confirmed(tmp_path: Path) -> None:
    found = computed("Was kosten die Werkzeuge in Halle 2 insgesamt?", sheet(tmp_path))
    assert found
    wrong = Computation(operation="sum", column="Preis", result="529.90")
    assert not agrees(found.statement.model_copy(update={"computation": wrong}), found.sources)
    fewer = found.statement.citations[0].model_copy(update={"quote": found.statement.citations[0].quote.split("\n")[0]})
    assert not agrees(found.statement.model_copy(update={"citations": (fewer,)}), found.sources)


def test_a_table_over_many_passages_is_one(tmp_path: Path) -> None:
    rows = (
        ("Nummer", "Firma", "Ort"),
        *((f"L{n:03}", f"Firma {n} GmbH", "Ulm" if n % 3 else "Bonn") for n in range(90)),
    )
    file = sheet(tmp_path, rows, "Lieferanten.xlsx")
    assert len(passages_of(file)) > 5
    found = computed("Wie viele Firmen sitzen in Bonn?", file)
    assert found and found.statement.text == "Gezählt: 30 von 90 Zeilen mit Ort: Bonn."


FUEL: Rows = (
    ("Beleg", "Datum", "Kennzeichen", "Liter", "Ort"),
    ("T1", date(2026, 7, 3), "KS-A 1", 40, "Kassel"),
    ("T2", date(2026, 8, 9), "KS-B 2", 55, "Ulm"),
    ("T3", date(2026, 10, 2), "KS-A 1", 38, "Kassel"),
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wie oft wurde im 3. Quartal 2026 in Kassel getankt?", "Gezählt: 1"),
        ("Wie oft wurde 2026 in Kassel getankt?", "Gezählt: 2"),
        ("Wie oft wurde im Juli und August in Kassel getankt?", "Gezählt: 1"),
        ("Wie oft wurde in Kassel getankt?", "Gezählt: 2"),
    ],
)
def test_rows_of_a_period_are_those_whose_day_lies_in_it(tmp_path: Path, question: str, said: str) -> None:
    found = computed(question, sheet(tmp_path, FUEL, "Tankbelege_Fuhrpark.xlsx", "0"))
    assert found and found.statement.text.startswith(said)


@pytest.mark.parametrize(
    "question",
    [
        "Wie oft wurde 2025 in Kassel getankt?",  # none, or not listed
        "Wie oft wurde in Kassel gewaschen?",
        "Wie oft wurde im Juli und Oktober in Kassel getankt?",
        "Wie oft wurde in Kassel storniert?",
        "Wie oft wird in Kassel gebremst?",
    ],
)
def test_what_the_table_does_not_say_is_not_counted(tmp_path: Path, question: str) -> None:
    assert computed(question, sheet(tmp_path, FUEL, "Tankbelege_Fuhrpark.xlsx", "0")) is None


def test_beside_row_and_column_a_verb_says_no_more(tmp_path: Path) -> None:
    rows = (("Firma", "Zahlungsziel (Tage)", "Status"), ("Oltmanns", 60, "aktiv"), ("Kugel Nord", 30, "gesperrt"))
    file = sheet(tmp_path, rows, "Lieferanten.xlsx", "0")
    found = computed("Welches Zahlungsziel haben wir mit Oltmanns vereinbart?", file)
    assert found and found.statement.text == "Oltmanns – Zahlungsziel (Tage): 60."
    assert computed("Welches Zahlungsziel haben wir mit Oltmanns gesperrt?", file) is None
    assert computed("Welches Zahlungsziel hat Oltmanns laut Vertrag?", file) is None
