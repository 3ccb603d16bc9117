"""Tables without lines on a page: names of groups, further lines of cells, and tables right below each other."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.partition import partition

Line = Sequence[tuple[float, str]]  # places from the left and words


def read(file: Path, lines: Sequence[tuple[float, Line]], size: float = 10) -> list[str]:
    """Lines of what is read of a page on which words stand at given heights and places."""
    canvas = Canvas(str(file), pagesize=(595, 842))
    for down, words in lines:
        canvas.setFont("Helvetica", size)
        for left, word in words:
            canvas.drawString(left, 780 - down, word)
    canvas.save()
    return [line for element in partition(file).elements for line in element.text.split("\n")]


def set_out(rows: Sequence[Sequence[str]], places: Sequence[float], step: float = 18) -> list[tuple[float, Line]]:
    """Rows below each other; a row with one cell stands at the first place."""
    return [(step * at, [(x, word) for x, word in zip(places, row, strict=False) if word])
            for at, row in enumerate(rows)]  # fmt: skip


@pytest.mark.parametrize("step", [16, 26])
def test_a_group_is_named_within_its_table(tmp_path: Path, step: float) -> None:
    rows = [
        ["Vessel", "Berth", "Draught", "Crew"], ["North quay"],
        ["Aurora", "B4", "6.2 m", "14"],
        ["Petrel", "B7", "4.8 m", "9"], ["South quay"],
        ["Lapwing", "C1", "5.5 m", "11"], ["Dunlin", "C2", "5.1 m", "8"],
    ]  # fmt: skip
    found = read(tmp_path / "a.pdf", set_out(rows, (60, 180, 280, 380), step))
    assert found == [
        "North quay",
        "Vessel: Aurora; Berth: B4; Draught: 6.2 m; Crew: 14",
        "Vessel: Petrel; Berth: B7; Draught: 4.8 m; Crew: 9",
        "South quay",
        "Vessel: Lapwing; Berth: C1; Draught: 5.5 m; Crew: 11",
        "Vessel: Dunlin; Berth: C2; Draught: 5.1 m; Crew: 8",
    ]


def test_a_row_whose_other_cells_are_empty_does_not_end_its_table(tmp_path: Path) -> None:
    rows = [
        ["Beet", "Kultur", "Reihen", "Ernte"], ["Ost 1", "Lauch", "12", "9"], ["Ost 2"], ["Ost 3", "Rettich", "7", "6"],
        ["Ost 4", "Mangold", "5", "8"],
    ]  # fmt: skip
    found = read(tmp_path / "a.pdf", set_out(rows, (60, 180, 280, 380)))
    assert found[0] == "Beet: Ost 1; Kultur: Lauch; Reihen: 12; Ernte: 9"
    assert found[-2:] == [
        "Beet: Ost 3; Kultur: Rettich; Reihen: 7; Ernte: 6",
        "Beet: Ost 4; Kultur: Mangold; Reihen: 5; Ernte: 8",
    ]


@pytest.mark.parametrize("gap", [12, 18])  # to the further line; rows stand 18 apart
def test_a_cell_of_two_lines_stays_in_its_row(tmp_path: Path, gap: float) -> None:
    lines: list[tuple[float, Line]] = [
        (0, [(60, "No."), (100, "Work"), (300, "Hours"), (400, "Rate")]),
        (18, [(60, "1"), (100, "Rewiring of the pump"), (300, "4"), (400, "61.00")]),
        (18 + gap, [(100, "house and its lighting")]),
        (36 + gap, [(60, "2"), (100, "Testing"), (300, "2"), (400, "58.00")]),
        (54 + gap, [(60, "3"), (100, "Report"), (300, "1"), (400, "58.00")]),
    ]
    assert read(tmp_path / "a.pdf", lines) == [
        "No.: 1; Work: Rewiring of the pump house and its lighting; Hours: 4; Rate: 61.00",
        "No.: 2; Work: Testing; Hours: 2; Rate: 58.00",
        "No.: 3; Work: Report; Hours: 1; Rate: 58.00",
    ]


def test_sums_below_a_table_are_rows_of_their_own(tmp_path: Path) -> None:
    rows = [["Pos.", "Ware", "Menge", "Betrag"], ["1", "Garn", "8", "72,00"], ["2", "Nadeln", "3", "9,60"]]
    lines = [*set_out(rows, (60, 120, 300, 400)), (54, [(300, "Summe"), (400, "81,60")])]
    found = read(tmp_path / "a.pdf", lines)
    assert found[:2] == [
        "Pos.: 1; Ware: Garn; Menge: 8; Betrag: 72,00",
        "Pos.: 2; Ware: Nadeln; Menge: 3; Betrag: 9,60",
    ]
    assert "Summe" in found[2] and "81,60" in found[2]


@pytest.mark.parametrize("second", [(60, 180, 280), (70, 220, 330)])
def test_tables_below_each_other_have_their_own_heads(tmp_path: Path, second: tuple[float, ...]) -> None:
    upper = [["Sorte", "Preis", "Gebinde"], ["Pils", "1,20 EUR", "0,5 l"], ["Bock", "1,65 EUR", "0,33 l"]]
    lower = [["Fahrer", "Tour", "Ladung"], ["Ebner", "Süd", "40 Kisten"], ["Voss", "West", "25 Kisten"]]
    lines = [*set_out(upper, (60, 180, 280)), *((down + 90, words) for down, words in set_out(lower, second))]
    assert read(tmp_path / "a.pdf", lines) == [
        "Sorte: Pils; Preis: 1,20 EUR; Gebinde: 0,5 l",
        "Sorte: Bock; Preis: 1,65 EUR; Gebinde: 0,33 l",
        "Fahrer: Ebner; Tour: Süd; Ladung: 40 Kisten",
        "Fahrer: Voss; Tour: West; Ladung: 25 Kisten",
    ]


def test_a_sentence_between_two_tables_is_no_row(tmp_path: Path) -> None:
    upper = [["Sorte", "Preis", "Gebinde"], ["Pils", "1,20 EUR", "0,5 l"], ["Bock", "1,65 EUR", "0,33 l"]]
    lines: list[tuple[float, Line]] = [*set_out(upper, (60, 180, 280)), (54, [(60, "Alle Preise gelten ab Hof.")])]
    lines += [(down + 72, words) for down, words in set_out([["Anna", "Kasse", "14 Uhr"], ["Ben", "Lager", "9 Uhr"]],
                                                            (60, 180, 280))]  # fmt: skip
    assert "Alle Preise gelten ab Hof." in read(tmp_path / "a.pdf", lines)


def test_what_stands_beside_an_address_is_no_value_of_it(tmp_path: Path) -> None:
    lines: list[tuple[float, Line]] = [
        (0, [(60, "Hofladen Lindenau"), (360, "Telefon: 03644 12 55")]),
        (16, [(60, "Am Hang 3"), (360, "Datum: 4. Mai 2031")]),
        (32, [(60, "99510 Lindenau"), (360, "Kunde: 2207")]),
    ]
    assert read(tmp_path / "a.pdf", lines) == [
        "Hofladen Lindenau Am Hang 3 99510 Lindenau",
        "Telefon: 03644 12 55 Datum: 4. Mai 2031 Kunde: 2207",
    ]


def test_marks_that_are_drawn_behind_all_texts_stand_before_theirs(tmp_path: Path) -> None:
    texts = ["Schale prüfen", "Gewicht notieren", "Kiste schließen"]
    lines: list[tuple[float, Line]] = [(20 * at, [(90, text)]) for at, text in enumerate(texts)]
    lines += [(20 * at, [(70, f"{at + 1}.")]) for at in range(3)]
    assert read(tmp_path / "a.pdf", lines) == ["1. Schale prüfen", "2. Gewicht notieren", "3. Kiste schließen"]


@pytest.mark.parametrize("left", [60, 190], ids=["at the margin", "below the value"])
def test_the_value_of_a_field_goes_on_in_the_next_line(tmp_path: Path, left: float) -> None:
    lines: list[tuple[float, Line]] = [
        (0, [(60, "Bauherr:"), (190, "Genossenschaft Am Wehr eG, Uferstraße 3, Fürth")]),
        (25, [(60, "Planung:"), (190, "Büro Lindner und Partner mbB, Zum Alten Speicher 18,")]),
        (38, [(left, "Neustadt an der Aisch")]),
        (63, [(60, "Baubeginn:"), (190, "3. März 2027")]),
        (88, [(60, "Dauer:"), (190, "14 Monate")]),
    ]
    assert read(tmp_path / "a.pdf", lines) == [
        "Bauherr: Genossenschaft Am Wehr eG, Uferstraße 3, Fürth",
        "Planung: Büro Lindner und Partner mbB, Zum Alten Speicher 18, Neustadt an der Aisch",
        "Baubeginn: 3. März 2027",
        "Dauer: 14 Monate",
    ]


def test_the_last_value_of_a_form_goes_on_and_text_below_it_does_not(tmp_path: Path) -> None:
    fields = [("Ort:", "Forsthaus"), ("Leitung:", "I. Kranz"), ("Gäste:", "A. Ott, B. Ude,")]
    form = set_out(fields, (60, 190), 22)
    wrapped = read(tmp_path / "a.pdf", [*form, (57, [(60, "C. Voss")]), (100, [(60, "Beginn um neun Uhr.")])])
    assert wrapped[2:] == ["Gäste: A. Ott, B. Ude, C. Voss", "Beginn um neun Uhr."]
    apart = read(tmp_path / "b.pdf", [*form, (66, [(60, "Beginn um neun Uhr.")]), (110, [(60, "Ende offen.")])])
    assert apart[2:4] == ["Gäste: A. Ott, B. Ude,", "Beginn um neun Uhr."]


@pytest.mark.parametrize("heads", [("Lieferumfang", "Maße"), ()])
def test_a_list_beside_a_table_is_no_column_of_it(tmp_path: Path, heads: tuple[str, ...]) -> None:
    items = ["• Grundgerät mit Haube", "• zwei Schlüssel", "• Anleitung"]
    rows = [("Höhe", "870 mm"), ("Breite", "410 mm"), ("Tiefe", "395 mm"), ("Gewicht", "38 kg")]
    lines: list[tuple[float, Line]] = [(0, list(zip((60, 310), heads, strict=True)))] if heads else []
    lines += [(18 + 16 * at, [(60, item)]) for at, item in enumerate(items)]
    lines += [(18 + 16 * at, [(310, name), (420, value)]) for at, (name, value) in enumerate(rows)]
    found = read(tmp_path / "a.pdf", lines)
    assert found == [*heads[:1], *items, *heads[1:], *(f"{name}: {value}" for name, value in rows)]


def test_items_in_a_column_of_prose_stay_in_it(tmp_path: Path) -> None:
    left = ["Zum Umzug gehören", "• Kartons packen", "• Schilder kleben", "• Pläne prüfen", "und vieles mehr."]
    right = [
        "Die Halle wird ab Mai",
        "neu gestrichen, danach",
        "ziehen alle Maschinen",
        "an ihren neuen Platz,",
        "spätestens im Juni.",
    ]
    lines: list[tuple[float, Line]] = [(14 * at, [(60, text)]) for at, text in enumerate(left)]
    lines += [(14 * at, [(320, text)]) for at, text in enumerate(right)]
    found = " ".join(read(tmp_path / "a.pdf", lines))
    assert " ".join(right) in found and "• Kartons packen • Schilder kleben • Pläne prüfen" in found
