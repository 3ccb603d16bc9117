"""Tables of PDFs by the lines drawn on the page: every value stands behind the heads of its column."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from ingest.documents import Element
from ingest.partition import partition

GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
LINES = [("LINEBELOW", (0, 1), (-1, -1), 0.5, colors.grey), ("LINEBELOW", (1, 0), (2, 0), 0.5, colors.grey)]
STYLE = getSampleStyleSheet()["BodyText"]


def read(file: Path, *tables: Table) -> list[Element]:
    before = Paragraph("Die folgenden Werte gelten ab dem ersten Januar.", STYLE)
    SimpleDocTemplate(str(file), pagesize=A4).build([before, *tables])
    return [element for element in partition(file).elements if element.kind == "table"]


def lines_of(elements: list[Element]) -> list[str]:
    return [line for element in elements for line in element.text.split("\n")]


@pytest.mark.parametrize("style", [GRID, LINES])
def test_merged_heads_name_all_their_columns(style: list[tuple[object, ...]], tmp_path: Path) -> None:
    rows = [["Teil", "Preis je Stück", "", "Frist"], ["", "ab 10", "ab 50", ""], ["Welle A", "3,10", "2,80", "4 Tage"],
            ["Nabe B", "4,20", "3,90", "9 Tage"], ["Ring C", "5,30", "4,70", "2 Tage"]]  # fmt: skip
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1))]
    (table,) = read(tmp_path / "a.pdf", Table(rows, style=TableStyle([*style, *spans])))
    assert "Teil: Nabe B; Preis je Stück › ab 10: 4,20; Preis je Stück › ab 50: 3,90; Frist: 9 Tage" in lines_of(
        [table]
    )
    placed = {word: table.text[word.start : word.end] for word in table.words}
    assert "3,90" in placed.values()


def test_a_table_over_two_pages_keeps_its_head(tmp_path: Path) -> None:
    rows = [["Regal", "Menge"], *([f"R{number}", f"{number * 7} Stück"] for number in range(60))]
    found = lines_of(read(tmp_path / "a.pdf", Table(rows, style=TableStyle(GRID))))
    assert found == [f"Regal: R{number}; Menge: {number * 7} Stück" for number in range(60)]


def test_narrow_cells_beside_each_other_do_not_melt(tmp_path: Path) -> None:
    rows = [["Name", "Mo", "Di", "Mi"], ["Eva Lenz", "F", "N", "S"], ["Jan Voss", "S", "F", "N"]]
    found = lines_of(read(tmp_path / "a.pdf", Table(rows, colWidths=[60, 26, 26, 26], style=TableStyle(GRID))))
    assert found == ["Name: Eva Lenz; Mo: F; Di: N; Mi: S", "Name: Jan Voss; Mo: S; Di: F; Mi: N"]


def test_a_cell_of_several_lines_is_one_value(tmp_path: Path) -> None:
    text = Paragraph("Die Halle wird an jedem Werktag bis spätestens zwanzig Uhr gereinigt.", STYLE)
    rows = [["Ort", "Regel", "Wer"], ["Halle 2", text, "Ada"], ["Büro", "freitags", "Bo"]]
    found = lines_of(read(tmp_path / "a.pdf", Table(rows, colWidths=[60, 120, 40], style=TableStyle(GRID))))
    said = "Die Halle wird an jedem Werktag bis spätestens zwanzig Uhr gereinigt."
    assert found[0] == f"Ort: Halle 2; Regel: {said}; Wer: Ada"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(columns=st.integers(3, 5), height=st.integers(2, 6))
def test_every_value_stands_behind_its_head(columns: int, height: int, tmp_path: Path) -> None:
    heads = ["Ort", "Tag", "Zeit", "Art", "Menge"][:columns]
    body = [[f"Wert {10 * row + column}" for column in range(columns)] for row in range(height)]
    found = lines_of(read(tmp_path / "a.pdf", Table([heads, *body], style=TableStyle(GRID))))
    expected = ["; ".join(f"{head}: {value}" for head, value in zip(heads, row, strict=True)) for row in body]
    assert found == expected


def test_a_frame_around_prose_is_no_table(tmp_path: Path) -> None:
    box = Table([[Paragraph("Ein Hinweis in einem Rahmen steht für sich.", STYLE)]], style=TableStyle(GRID))
    assert read(tmp_path / "a.pdf", box) == []


def test_a_table_without_outer_lines_has_all_its_columns(tmp_path: Path) -> None:
    rows = [["Artikel", "Menge", "Preis"], ["Schraube", "100", "5 EUR"], ["Mutter", "200", "3 EUR"]]
    lines = [("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black)]
    found = lines_of(read(tmp_path / "a.pdf", Table(rows, style=TableStyle(lines))))
    assert found == ["Artikel: Schraube; Menge: 100; Preis: 5 EUR", "Artikel: Mutter; Menge: 200; Preis: 3 EUR"]


def test_a_title_over_a_table_that_goes_on_is_no_head(tmp_path: Path) -> None:
    rows = [["Preisliste", ""], ["Regal", "Menge"], *([f"R{number}", f"{number * 7} Stück"] for number in range(60))]
    style = TableStyle([*GRID, ("SPAN", (0, 0), (1, 0))])
    found = lines_of(read(tmp_path / "a.pdf", Table(rows, style=style)))
    assert found == ["Preisliste", *(f"Regal: R{number}; Menge: {number * 7} Stück" for number in range(60))]


def test_lines_over_some_columns_part_the_rows_of_a_group(tmp_path: Path) -> None:
    rows = [["Gewerk", "Leistung", "Satz", "Frist"], ["Dach", "Ziegel decken", "58,00 €", "6 Tage"],
            ["", "Rinne setzen", "31,50 €", "2 Tage"], ["Putz", "Grundierung", "9,80 €", "1 Tag"],
            ["", "Oberputz", "22,40 €", "3 Tage"], ["", "Sockel", "17,10 €", "2 Tage"]]  # fmt: skip
    whole = [("LINEBELOW", (0, row), (-1, row), 0.5, colors.black) for row in (0, 2, 5)]
    parts = [("LINEBELOW", (1, row), (-1, row), 0.5, colors.black) for row in (1, 3, 4)]
    groups = [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (0, 5)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table = Table(rows, colWidths=[70, 150, 70, 70], style=TableStyle([*whole, *parts, *groups]))
    found = lines_of(read(tmp_path / "a.pdf", table))
    assert found[1] == "Gewerk: Dach; Leistung: Rinne setzen; Satz: 31,50 €; Frist: 2 Tage"
    assert found[-1] == "Gewerk: Putz; Leistung: Sockel; Satz: 17,10 €; Frist: 2 Tage"


def drawn_row(canvas: Canvas, top: float, cells: Sequence[str], height: float = 20) -> None:
    """A row of cells with lines around them; lines of a cell are parted by a break."""
    canvas.rect(50, 800 - top - height, 420, height)
    for column, text in enumerate(cells):
        canvas.line(50 + 140 * column, 800 - top, 50 + 140 * column, 800 - top - height)
        for number, line in enumerate(text.split("\n")):
            canvas.drawString(54 + 140 * column, 788 - top - 12 * number, line)


@pytest.mark.parametrize(
    ("rest", "is_whole"),
    [(("", "und doppelt gesichert", ""), True), (("", "", "4 h"), False), (("B 9", "prüfen", ""), False)],
    ids=["words in one column", "a number", "another row"],
)
def test_a_row_that_a_page_break_cuts_is_whole(tmp_path: Path, rest: tuple[str, ...], is_whole: bool) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    drawn_row(canvas, 40, ("Tor", "Arbeit", "Dauer"))
    for number in range(30):
        drawn_row(canvas, 60 + 20 * number, (f"A {number}", "geölt", f"{number + 1} h"))
    drawn_row(canvas, 660, ("B 8", "Feder getauscht,", "3 h"))
    canvas.showPage()
    drawn_row(canvas, 40, rest)
    drawn_row(canvas, 60, ("C 1", "gestrichen", "5 h"))
    canvas.save()
    found = lines_of([one for one in partition(tmp_path / "a.pdf").elements if one.kind == "table"])
    said = "Feder getauscht, und doppelt gesichert" if is_whole else "Feder getauscht,"
    assert f"Tor: B 8; Arbeit: {said}; Dauer: 3 h" in found
    assert found[-1] == "Tor: C 1; Arbeit: gestrichen; Dauer: 5 h"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("Schlagbohrma\nschine", "Schlagbohrmaschine"),
        ("mit\nHandgriff", "mit Handgriff"),
        ("sehr laut\nund heiß", "sehr laut und heiß"),
        ("Winde\nneu", "Winde neu"),
    ],
    ids=["a word wider than its cell", "short", "several words", "a word that fits"],
)
def test_a_word_that_is_wider_than_its_cell_is_whole(tmp_path: Path, lines: str, said: str) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for number, (name, device) in enumerate([("Inventar", "Gerät"), ("I 7", lines), ("I 8", "Säge")]):
        top = 60 + 30 * number
        canvas.rect(50, 770 - top, 140, 30)
        canvas.line(115, 800 - top, 115, 770 - top)
        canvas.drawString(54, 788 - top, name)
        for at, line in enumerate(device.split("\n")):
            canvas.drawString(119, 788 - top - 13 * at, line)
    canvas.save()
    found = lines_of([one for one in partition(tmp_path / "a.pdf").elements if one.cells is None])
    assert f"Inventar: I 7; Gerät: {said}" in found
