"""Plain text is read by its lines: paragraphs, lists, columns, and titles only where something marks them."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.partition import extract
from ingest.partition.plain_text import plain_elements


def read(text: str, titled: bool = True) -> list[tuple[str, str]]:
    return [(element.kind, element.text) for element in plain_elements(text, titled)]


def titles(text: str) -> list[tuple[int, str]]:
    return [(one.level, one.text) for one in plain_elements(text, titled=True) if one.kind == "title"]


WRAPPED = """\
Kleine Brände mit dem nächsten Feuerlöscher bekämpfen, wenn das ohne Gefahr
möglich ist. Türen schließen, Aufzug nicht benutzen, Maschinen mit dem Not-
Halt abschalten. Das gilt auch für die Nacht- und Wochenendschicht, ab dem 8.
Oktober zudem für die Räume der Verwaltung im Gebäude C und für die Lieferbe-
dingungen."""


def test_lines_that_were_wrapped_are_one_paragraph() -> None:
    (text,) = [text for _, text in read(WRAPPED)]
    assert text == (
        "Kleine Brände mit dem nächsten Feuerlöscher bekämpfen, wenn das ohne Gefahr möglich ist. Türen schließen, "
        "Aufzug nicht benutzen, Maschinen mit dem Not-Halt abschalten. Das gilt auch für die Nacht- und "
        "Wochenendschicht, ab dem 8. Oktober zudem für die Räume der Verwaltung im Gebäude C und für die "
        "Lieferbedingungen."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nordwerk GmbH\nAm Hafen 12\n20457 Hamburg", "Nordwerk GmbH\nAm Hafen 12\n20457 Hamburg"),
        ("Mit freundlichen Grüßen\nKlaus Meier\ni. A. Einkauf", "Mit freundlichen Grüßen\nKlaus Meier\ni. A. Einkauf"),
        ("Meyer GmbH            Müller AG\nHauptstr. 1           Nebenstr. 5\n50667 Köln            01067 Dresden",
         "Meyer GmbH Müller AG\nHauptstr. 1 Nebenstr. 5\n50667 Köln 01067 Dresden"),
        ("wir kündigen den Vertrag Nr. 4711\nzum 31.12.2024.", "wir kündigen den Vertrag Nr. 4711 zum 31.12.2024."),
        ("ab\n1. März", "ab\n1. März"),
        ("Die Planung wird mit 34 zu\n2 Stimmen angenommen.", "Die Planung wird mit 34 zu 2 Stimmen angenommen."),
        ("2026-03-04 08:12 Pumpe gestartet, Druck im Soll\n2026-03-04 08:13 Ventil klemmt, Druck zu gering",
         "2026-03-04 08:12 Pumpe gestartet, Druck im Soll\n2026-03-04 08:13 Ventil klemmt, Druck zu gering"),
        ("host = 10.0.0.5\nport = 8080", "host = 10.0.0.5\nport = 8080"),
        ("Die Maschine NW-\n400 steht still.", "Die Maschine NW-400 steht still."),
        ("Firma AG | Musterstr. 1 | 50667 Köln\nGeschäftsführer: Dr. X | HRB 123",
         "Firma AG | Musterstr. 1 | 50667 Köln\nGeschäftsführer: Dr. X | HRB 123"),
        ("kontakt@nordwerk.example", "kontakt@nordwerk.example"),
    ],
)  # fmt: skip
def test_lines_that_stand_for_themselves_are_kept(text: str, expected: str) -> None:
    assert read(text) == [("paragraph", expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Rückgabe\n   a) Parkkarte\n   b) Hauskarte\n7. Abrechnung",
         ["1. Rückgabe", "a) Parkkarte", "b) Hauskarte", "7. Abrechnung"]),
        ("- Handschuhe\n  aus Nitril\n  - Größe 8\n- Brille", ["Handschuhe aus Nitril", "Größe 8", "Brille"]),
        ("- 5 °C Mindesttemperatur\n- 12 Stück", ["- 5 °C Mindesttemperatur", "- 12 Stück"]),
        ("* Punkt zwei\n1. Schritt\n2. Schritt", ["Punkt zwei", "1. Schritt", "2. Schritt"]),
        ("• one\n\n  It goes on.\n\n• two", ["one", "It goes on.", "two"]),
        ("(1) The fee is due.\n(2) It is not refunded.", ["(1) The fee is due.", "(2) It is not refunded."]),
        ("[x] done\n[ ] open", ["[x] done", "[ ] open"]),
        ("6) sechs\n7) sieben", ["6) sechs", "7) sieben"]),
        ("a) alle Schlüssel des Hauses, auch die der Nebengebäude\nb) die Codekarte",
         ["a) alle Schlüssel des Hauses, auch die der Nebengebäude", "b) die Codekarte"]),
        ("(c) spare parts kept at the depot\n(d) tools", ["(c) spare parts kept at the depot", "(d) tools"]),
    ],
)  # fmt: skip
def test_items_of_lists_keep_their_numbers(text: str, expected: list[str]) -> None:
    assert read(text) == [("list_item", item) for item in expected]


@pytest.mark.parametrize(
    "text",
    [
        "Die Frist endet nach einer sehr langen Zeit der Prüfung am\n3. Tag des Monats, spätestens aber am Ende.",
        "1. März 2026 ist der Stichtag.",
        "Die Firma\n- wie besprochen -\nliefert am Montag.",
    ],
)
def test_numbers_and_dashes_within_sentences_begin_no_list(text: str) -> None:
    assert [kind for kind, _ in read(text)] == ["paragraph"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan\n====\n\nText.\n\nNotruf\n------\n\nText.", [(0, "Plan"), (1, "Notruf")]),
        ("Firma AG\nPlan\n\n1 Notruf\n========\nText.\n2.1 Brand\n---------\nText.",
         [(1, "1 Notruf"), (2, "2.1 Brand")]),
        ("======\nAnhang\n======\n\nPreise\n------\nAlle netto.", [(0, "Anhang"), (1, "Preise")]),
        ("Vertrag.\n\n1.2 Lieferung\n\nBinnen 3 Tagen.\n\n§ 4 Haftung\n\nNur Vorsatz.",
         [(1, "1.2 Lieferung"), (2, "§ 4 Haftung")]),
        ("LIEFERUNG\n\nDie Ware kommt.\n\nZAHLUNG\nSofort.", [(0, "LIEFERUNG"), (0, "ZAHLUNG")]),
        ("Minutes.\n\n1. Fire drill\n\nIt took place.\n\n2. Stairs\n\nRepaired.",
         [(1, "1. Fire drill"), (1, "2. Stairs")]),
        ("GUIDE\n\n1. INTRODUCTION\n\nRead it.\n\n2. TOOLS\n- a spanner\n- a hammer",
         [(0, "GUIDE"), (1, "1. INTRODUCTION"), (1, "2. TOOLS")]),
    ],
    ids=["underlined", "below a head", "lines around", "numbers of sections", "capitals", "numbers with text between",
         "numbers and capitals"],
)  # fmt: skip
def test_titles_are_what_is_marked_as_such(text: str, expected: list[tuple[int, str]]) -> None:
    assert titles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag,\n\nMenge: 12\n\nJa\n\nMit freundlichen Grüßen\n\nAnna Köhler",
        "wir bestellen:\n\n1. Rohr 20 mm\n\n2. Blech 3 mm\n\nMit freundlichen Grüßen",
        "Erster Absatz.\n-----------\nZweiter Absatz.",
        "Nordwerk GmbH\nNotfallplan\nStand: 10. November 2025\n============================================\n\nText.",
        "ROHR 20 MM\n\n12 STÜCK\n\nAB 3 KW",
        "Artikel  Menge\n--------------\nRohr        12",
    ],
    ids=["short lines", "a loose list", "a line between paragraphs", "a head", "values in capitals", "a table"],
)
def test_short_lines_are_no_titles(text: str) -> None:
    assert titles(text) == []


def test_a_mail_has_no_titles() -> None:
    assert {kind for kind, _ in read("WICHTIG\n\nBitte lesen.\n\nThemen\n======\nKeine.", titled=False)} == {
        "paragraph"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Artikel        Menge   Preis\nRohr              12   1,50\nBlech groß         3  10,00\n"
         "----------------------------\nSumme             15  11,50",
         "Artikel: Rohr; Menge: 12; Preis: 1,50\nArtikel: Blech groß; Menge: 3; Preis: 10,00\n"
         "Artikel: Summe; Menge: 15; Preis: 11,50"),
        ("| Material  |Bezeichnung |  Bestand|\n-----------------------\n| 000010023 |Welle       |  120,000|\n"
         "| 000010024 |Lager       |   15,500|",
         "Material: 000010023; Bezeichnung: Welle; Bestand: 120,000\n"
         "Material: 000010024; Bezeichnung: Lager; Bestand: 15,500"),
        ("Name|Menge|Preis\nApfel|3|1.50\nBirne|4|2.00",
         "Name: Apfel; Menge: 3; Preis: 1.50\nName: Birne; Menge: 4; Preis: 2.00"),
        ("Name\tOrt\tDurchwahl\nKöhler\tUlm\t231\nMeier\tKiel\t232",
         "Name: Köhler; Ort: Ulm; Durchwahl: 231\nName: Meier; Ort: Kiel; Durchwahl: 232"),
        ("        Mo      Di\nFrüh    Abel    Kunz\nSpät            Abel", "Früh; Mo: Abel; Di: Kunz\nSpät; Di: Abel"),
        ("Pos  Bezeichnung          Menge\n1    Bohrmaschine mit         2\n     Akku und Koffer\n"
         "2    Sägeblatt               10",
         "Pos: 1; Bezeichnung: Bohrmaschine mit Akku und Koffer; Menge: 2\nPos: 2; Bezeichnung: Sägeblatt; Menge: 10"),
        ("+-----+-------+\n| Teil| Menge |\n+=====+=======+\n"
         "| Rad | 4     |\n+-----+-------+\n| Achs| 2     |\n+-----+-------+",
         "Teil: Rad; Menge: 4\nTeil: Achs; Menge: 2"),
        ("Item       Price\n---------  -----\nGadget A    1.50\nGadget B    2.50",
         "Item: Gadget A; Price: 1.50\nItem: Gadget B; Price: 2.50"),
    ],
    ids=["columns", "a list of SAP", "bars", "tabs", "a plan of shifts", "a wrapped cell", "a frame", "a ruled head"],
)  # fmt: skip
def test_columns_are_tables(text: str, expected: str) -> None:
    assert read(f"Stand heute:\n\n{text}\n\nEnde.") == [
        ("paragraph", "Stand heute:"),
        ("table", expected),
        ("paragraph", "Ende."),
    ]


def test_names_with_colons_above_their_values_are_a_form() -> None:
    (element,) = plain_elements("Kunde:     Meyer GmbH\nOrt:       Köln", titled=True)
    assert (element.kind, element.text) == ("form", "Kunde: Meyer GmbH\nOrt: Köln")
    assert [element.text[cell.start : cell.end] for cell in element.table] == ["Meyer GmbH", "Köln"]


@pytest.mark.parametrize(
    "text", ["Ort: Köln\nFrist: 3 Tage", "Ort .......... Köln\nFrist ........ 3 Tage", "Ort……… Köln\nFrist …… 3 Tage"]
)
def test_names_before_values_are_a_form(text: str) -> None:
    assert read(text) == [("form", "Ort: Köln\nFrist: 3 Tage")]


def test_dots_before_pages_or_to_write_on_make_no_form() -> None:
    assert read("Einleitung ....... 3\nWartung .......... 7")[0][0] == "paragraph"
    assert read("Name: ..................\nOrt, Datum ........ Unterschrift ........")[0][0] == "paragraph"


COLUMNS = """\
The new weighbridge opens     Parking permits for the north
on 4 June. Lorries above      yard must be renewed by
40 tonnes use gate 2 and      30 June. The office accepts
report to the control room.   applications by fax."""


def test_prose_side_by_side_is_read_column_by_column() -> None:
    assert read(COLUMNS) == [
        (
            "paragraph",
            "The new weighbridge opens on 4 June. Lorries above 40 tonnes use gate 2 and report to the control room.",
        ),
        (
            "paragraph",
            "Parking permits for the north yard must be renewed by 30 June. The office accepts applications by fax.",
        ),
    ]


def test_rows_of_words_are_no_prose_side_by_side() -> None:
    rows = (
        "Pumpe läuft nicht an       Sicherung im Schrank tauschen\nKein Druck am Ausgang      Bitte die Luft ablassen\n"
    )
    rows += "Lautes Geräusch beim Lauf  Lager prüfen und gut fetten"
    assert read(rows)[0][1].startswith("Pumpe läuft nicht an Sicherung im Schrank tauschen")


def test_values_beside_names_without_a_head_stand_under_none() -> None:
    assert read("Druck        400 V\nLeistung     5 kW\nGewicht      120 kg") == [
        ("paragraph", "Druck 400 V\nLeistung 5 kW\nGewicht 120 kg")
    ]


def test_a_signature_is_text_line_by_line() -> None:
    found = read("Ja.\n\n-- \nKlaus Meier\nNordwerk GmbH | Am Hafen 12\nTel. 0221 123", titled=False)
    assert found == [("paragraph", "Ja."), ("paragraph", "Klaus Meier\nNordwerk GmbH | Am Hafen 12\nTel. 0221 123")]


LINES = [
    "Ja.", "Menge: 12", "1. Rohr", "- Blech", "    weiter", "", "", "Rad   4   1,50", "Achse   2   2,50", "Teil | x",
    "=====", "TITEL", "1.2 Lieferung", "ein längerer Satz, der über die Zeile geht, aber nicht sehr weit", "klein",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_no_word_is_lost_whatever_stands_in_a_text(lines: list[str]) -> None:
    found = "\n".join(one.text for one in plain_elements("\n".join(lines), titled=True))
    wanted = {word for line in lines for word in line.split() if any(map(str.isalnum, word))}
    assert {word.strip(".:") for word in wanted} <= {piece.strip(".:;") for piece in found.split()}


@pytest.mark.parametrize("name", ["Notfallplan.txt", "Wartungsprotokoll_Halle2.txt"])
def test_examples_keep_their_titles(name: str) -> None:
    (file,) = (Path(__file__).parents[3] / "examples").rglob(name)
    found = extract(file)
    drawn = file.read_text(encoding="utf-8").split("\n")
    wanted = [line for line, below in pairwise(drawn) if below and set(below) <= set("=-") and len(below) < 70]
    assert [found.text[part.start : part.end] for part in found.parts if part.kind == "title"] == wanted
