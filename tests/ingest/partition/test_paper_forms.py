"""Letters and forms made for paper: addresses beside data, boxes that are drawn, clauses with numbers apart."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.partition import partition


def page(file: Path, words: Sequence[tuple[float, float, str]]) -> Canvas:
    """A page with words at places from the left and from the top."""
    canvas = Canvas(str(file), pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    for left, down, text in words:
        canvas.drawString(left, 800 - down, text)
    return canvas


def lines(canvas: Canvas, file: Path) -> list[str]:
    canvas.save()
    return [line for element in partition(file).elements for line in element.text.split("\n")]


@pytest.mark.parametrize("title", ["Auftragsbestätigung", "Credit note"])
@pytest.mark.parametrize("above", [28, 30, 44])
def test_data_above_an_address_and_beside_a_title_are_a_form(tmp_path: Path, title: str, above: float) -> None:
    address = ["Sägewerk Brandl OHG", "Am Mühlbach 3", "94032 Passau"]
    data = [("Nummer:", "AB-7714"), ("Datum:", "02.10.2026"), ("Kunde:", "20 117"), ("Blatt:", "1 von 2")]
    words = [(55, 60 + above + 12 * at, text) for at, text in enumerate(address)]
    words += [
        (left, 60 + 12 * at, text) for at, pair in enumerate(data) for left, text in zip((350, 440), pair, strict=True)
    ]
    rows = [("Pos.", "Ware", "Anzahl", "ME"), ("1", "Bohlen 40 mm", "25", "lfm"), ("2", "Latten", "60", "Stk")]
    words += [
        (left, 200 + 14 * at, text)
        for at, row in enumerate(rows)
        for left, text in zip((55, 95, 380, 460), row, strict=True)
    ]
    words += [(55 + 150 * at, 290, text) for at, text in enumerate(("Gewicht: 310 kg", "Pakete: 4"))]
    canvas = page(tmp_path / "a.pdf", words)
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(55, 740, title)
    found = lines(canvas, tmp_path / "a.pdf")
    assert {title, "Sägewerk Brandl OHG Am Mühlbach 3 94032 Passau"} < set(found)
    at = found.index("Nummer: AB-7714")
    assert found[at : at + 4] == [f"{name} {value}" for name, value in data]
    assert "Pos.: 1; Ware: Bohlen 40 mm; Anzahl: 25; ME: lfm" in found
    assert {"Gewicht: 310 kg", "Pakete: 4"} < set(found)


@pytest.mark.parametrize("step", [14, 15])
def test_the_data_beside_an_address_are_a_form_by_themselves(tmp_path: Path, step: float) -> None:
    address = ["Gärtnerei Holm KG", "Herrn Jens Petersen", "Deichweg 11", "25842 Langenhorn"]
    data = [("Gutschrift", "GS-3091"), ("vom", "17.08.2026"), ("Debitor", "70 455"), ("Zeichen", "mb/or")]
    words = [(60, 60 + 14 * at, text) for at, text in enumerate(address)]
    for at, (name, value) in enumerate(data):
        words += [(330, 60 + step * at, name), (430, 60 + step * at, value)]
    found = lines(page(file := tmp_path / "a.pdf", [*words, (60, 160, "Wir schreiben Ihnen gut:")]), file)
    assert found[0] == "Gärtnerei Holm KG Herrn Jens Petersen Deichweg 11 25842 Langenhorn"
    assert found[1:5] == [f"{name}: {value}" for name, value in data]


def test_a_column_of_towns_stays_one_of_its_table(tmp_path: Path) -> None:
    rows = [("Ort", "Leitung", "Ruf"), ("24103 Kiel", "Ahrens", "0431 55"), ("23552 Lübeck", "Böge", "0451 62"),
            ("24937 Flensburg", "Clasen", "0461 71")]  # fmt: skip
    words = [(60 + 150 * at, 60 + 18 * row, text) for row, cells in enumerate(rows) for at, text in enumerate(cells)]
    assert "Ort: 23552 Lübeck; Leitung: Böge; Ruf: 0451 62" in lines(page(file := tmp_path / "a.pdf", words), file)


DRAWN = ("strokes", "letter", "filled")


def box(canvas: Canvas, left: float, down: float, how: str) -> None:
    low = 798 - down
    canvas.rect(left, low, 10, 10)
    if how == "strokes":
        canvas.line(left + 1, low + 1, left + 9, low + 9)
        canvas.line(left + 1, low + 9, left + 9, low + 1)
    elif how == "letter":
        canvas.drawString(left + 1.5, low + 1.5, "x")
    elif how == "filled":
        canvas.rect(left + 2, low + 2, 6, 6, fill=1)


@pytest.mark.parametrize("how", DRAWN)
def test_a_drawn_box_is_ticked_however_it_is_marked(tmp_path: Path, how: str) -> None:
    topics = ["Gehörschutz", "Hubwagen", "Augendusche"]
    canvas = page(file := tmp_path / "a.pdf", [(80, 60 + 20 * at, topic) for at, topic in enumerate(topics)])
    for at, mark in enumerate(("", how, "")):
        box(canvas, 60, 60 + 20 * at, mark)
    assert lines(canvas, file) == ["☐ Gehörschutz", "☒ Hubwagen", "☐ Augendusche"]


def test_boxes_behind_questions_have_no_head(tmp_path: Path) -> None:
    asked = ["Leckage sichtbar?", "Ventil dicht?", "Anzeige klar?"]
    answers = [("strokes", ""), ("", "letter"), ("", "filled")]
    words = [(left, 60 + 22 * at, text) for at, question in enumerate(asked)
             for left, text in ((60, question), (320, "ja"), (420, "nein"))]  # fmt: skip
    canvas = page(file := tmp_path / "a.pdf", words)
    for at, marks in enumerate(answers):
        for left, mark in zip((304, 404), marks, strict=True):
            box(canvas, left, 60 + 22 * at, mark)
    assert lines(canvas, file) == [
        "Leckage sichtbar?: ☒ ja ☐ nein", "Ventil dicht?: ☐ ja ☒ nein", "Anzeige klar?: ☐ ja ☒ nein",
    ]  # fmt: skip


def test_boxes_that_hold_letters_are_no_boxes_to_tick(tmp_path: Path) -> None:
    canvas = page(file := tmp_path / "a.pdf", [(60, 40, "Kennung")])
    for at, letter in enumerate("QX7"):
        canvas.rect(60 + 20 * at, 720, 12, 12)
        canvas.drawString(63 + 20 * at, 723, letter)
    assert "☐" not in "".join(read := lines(canvas, file)) and "Q" in "".join(read)


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [
        (["§ 11", "§ 12"], ["Wettbewerb", "Nebentätigkeit"]),
        (["3.1", "3.2"], ["Der Mieter lüftet täglich.", "Haustiere sind zu melden."]),
        (["IV.", "IV.1"], ["Beschaffung", "Angebote"]),
    ],
)
def test_a_number_that_stands_apart_belongs_to_its_clause(
    tmp_path: Path, numbers: Sequence[str], texts: Sequence[str]
) -> None:
    words = [(left, 60 + 40 * at, text) for at, pair in enumerate(zip(numbers, texts, strict=True))
             for left, text in zip((60, 100), pair, strict=True)]  # fmt: skip
    found = lines(page(file := tmp_path / "a.pdf", words), file)
    assert found == [f"{number} {text}" for number, text in zip(numbers, texts, strict=True)]


def test_measures_beside_names_are_no_numbers_of_clauses(tmp_path: Path) -> None:
    rows = [("Menge", "Stoff", "Lager"), ("0.5", "Gips", "A"), ("2.8", "Kalk", "A"), ("7.4", "Sand", "B")]
    words = [(60 + 60 * at, 60 + 18 * row, text) for row, cells in enumerate(rows) for at, text in enumerate(cells)]
    assert "Menge: 2.8; Stoff: Kalk; Lager: A" in lines(page(file := tmp_path / "a.pdf", words), file)


PARTS = [("7", "Keilriemen", "18,40"), ("12", "Spannrolle", "33,10"), ("15", "Dichtung", "2,75")]


def test_a_number_right_before_a_text_is_a_cell_where_a_head_says_so(tmp_path: Path) -> None:
    canvas = page(file := tmp_path / "a.pdf", [(50, 84, "Nr"), (99, 84, "Teil"), (374, 84, "Preis")])
    for at, (number, text, price) in enumerate(PARTS):
        canvas.drawRightString(96, 700 - 16 * at, number)
        canvas.drawString(99, 700 - 16 * at, text)
        canvas.drawRightString(400, 700 - 16 * at, price)
    assert lines(canvas, file) == [f"Nr: {number}; Teil: {text}; Preis: {price}" for number, text, price in PARTS]


@pytest.mark.parametrize(("before", "over", "under", "behind"), ["Blech 5 8 Zoll".split(), "nur 3 4 voll".split()])
def test_a_fraction_may_begin_a_word(tmp_path: Path, before: str, over: str, under: str, behind: str) -> None:
    canvas = page(file := tmp_path / "a.pdf", [])
    text = canvas.beginText(60, 700)
    for size, rise, piece in ((11, 0, f"{before} "), (7, 4, over), (11, 0, "/"), (7, -2, under), (11, 0, f" {behind}")):
        text.setFont("Helvetica", size)
        text.setRise(rise)
        text.textOut(piece)
    canvas.drawText(text)
    (found,) = lines(canvas, file)
    raised, lowered = "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(over)], "₀₁₂₃₄₅₆₇₈₉"[int(under)]
    assert found == f"{before} {raised}/{lowered} {behind}"


def test_a_small_name_within_a_box_is_the_name_of_what_is_filled_in(tmp_path: Path) -> None:
    fields = [("Besteller", "Labor Nord"), ("Stelle", "6120"), ("Bis wann", "14.08.2026"), ("Menge", "12 Kanister"),
              ("Stoff", "Isopropanol"), ("Wohin", "Tor 4")]  # fmt: skip
    canvas = page(file := tmp_path / "a.pdf", [(60, 30, "Anforderung an das Lager")])
    for at, (name, value) in enumerate(fields):
        left, low = 60 + 150 * (at % 3), 700 - 40 * (at // 3)
        canvas.rect(left, low, 150, 40)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(left + 4, low + 29, name)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(left + 4, low + 10, value)
    assert lines(canvas, file)[1:] == [f"{name}: {value}" for name, value in fields]


def test_a_table_with_a_smaller_head_stays_one(tmp_path: Path) -> None:
    rows = [("Stoff", "Menge"), ("Azeton", "3 l"), ("Ether", "1 l"), ("Xylol", "2 l")]
    canvas = page(file := tmp_path / "a.pdf", [])
    for row, cells in enumerate(rows):
        canvas.setFont("Helvetica", 10 if row else 8)
        for column, text in enumerate(cells):
            canvas.rect(60 + 120 * column, 700 - 20 * row, 120, 20)
            canvas.drawString(64 + 120 * column, 706 - 20 * row, text)
    assert "Stoff: Ether; Menge: 1 l" in lines(canvas, file)


@pytest.mark.parametrize("named", [True, False])
def test_letters_in_boxes_are_words(tmp_path: Path, named: bool) -> None:
    canvas = page(file := tmp_path / "a.pdf", [(60, 60, "Kontoinhaber")] if named else [])
    canvas.setFont("Courier", 13)
    for at, letter in enumerate("OLE HANSEN"):
        canvas.rect(60 + 18 * at, 715, 18, 20)
        canvas.drawString(65 + 18 * at, 720, letter.strip())
    assert lines(canvas, file) == (["Kontoinhaber: OLE HANSEN"] if named else ["OLE HANSEN"])


FIELDS = [
    ("Antragsteller", "Ilse Wohlfahrt"), ("Pers.-Nr.", "30 118"), ("Abteilung", "Gießerei"),
    ("von", "04.08.2027"), ("bis", "22.08.2027"), ("Tage", "14"),
]  # fmt: skip


@pytest.mark.parametrize("is_below", [True, False])
def test_small_names_over_values_name_them(tmp_path: Path, is_below: bool) -> None:
    below = [(60, 300, "Der Antrag ist vier Wochen vorher abzugeben."), (60, 312, "Er gilt, wenn nichts gesagt wird.")]
    canvas = page(file := tmp_path / "a.pdf", below)
    for number, (name, value) in enumerate(FIELDS):
        left, down = 60 + 170 * (number % 3), 60 + 50 * (number // 3)
        for size, text, gap in sorted([(6, name, 0), (10, value, 12)], reverse=not is_below):
            canvas.setFont("Helvetica", size)
            canvas.drawString(left, 800 - down - gap, text)
    found = lines(canvas, file)
    assert {f"{name}: {value}" for name, value in FIELDS} == {line for line in found if ": " in line}


def test_small_lines_over_paragraphs_are_no_names(tmp_path: Path) -> None:
    canvas = page(file := tmp_path / "a.pdf", [])
    for number in range(4):
        canvas.setFont("Helvetica", 6)
        canvas.drawString(60, 800 - 70 * number, f"Rubrik {'ABCD'[number]}")
        canvas.setFont("Helvetica", 10)
        for line, text in enumerate(("Die Werkstatt öffnet wieder am Montag,", "sobald der Boden trocken ist.")):
            canvas.drawString(60, 788 - 70 * number - 12 * line, text)
    assert not any(": " in line for line in lines(canvas, file))
