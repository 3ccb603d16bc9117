"""Tables of a PDF page that stand beside each other or on their side, and heads that run upwards."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from ingest.documents import Extraction
from ingest.partition import partition
from ingest.partition.completeness import checked

Rows = Sequence[Sequence[str]]
HALLS = [["Halle", "Tore"], ["Nord", "4"], ["Süd", "6"], ["West", "2"], ["Ost", "3"]]
MACHINES = [["Maschine", "Leistung"], ["Presse", "30 kW"], ["Säge", "5 kW"], ["Ofen", "80 kW"], ["Kran", "9 kW"]]
SITES = [["Site", "Staff", "Lead"], ["Leeds", "14", "Ann Roe"], ["York", "22", "Jim Fay"], ["Bath", "9", "Sue Orr"]]
PUMPS = [["Pumpe", "Druck", "Menge", "Prüfer"], ["P 1", "4 bar", "20 l/min", "Lenz"],
         ["P 2", "6 bar", "35 l/min", "Voss"], ["P 3", "8 bar", "50 l/min", "Kern"]]  # fmt: skip


def read(canvas: Canvas, file: Path) -> Extraction:
    canvas.save()
    return checked(file, partition(file))


def lines_of(rows: Rows) -> list[str]:
    """What is read of a table with a head."""
    return ["; ".join(f"{head}: {cell}" for head, cell in zip(rows[0], row, strict=True)) for row in rows[1:]]


def beside(file: Path, left: Rows, right: Rows, by_line: bool = False, gap: float = 320) -> list[str]:
    """The texts of two tables without lines beside each other, drawn table by table or line by line."""
    canvas = Canvas(str(file), invariant=True)

    def draw(rows: Rows, number: int, x: float) -> None:
        if number < len(rows):
            canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 10)
            for column, cell in enumerate(rows[number]):
                canvas.drawString(x + column * 70, 740 - 16 * number, cell)

    drawn = [(rows, number, x) for rows, x in ((left, 50), (right, gap)) for number in range(len(rows))]
    for rows, number, x in sorted(drawn, key=lambda one: one[1]) if by_line else drawn:
        draw(rows, number, x)
    return read(canvas, file).text.split("\n\n")


@pytest.mark.parametrize(("left", "right"), [(HALLS, MACHINES), (SITES, MACHINES), (HALLS, SITES)])
def test_tables_drawn_one_behind_the_other_stay_apart(tmp_path: Path, left: Rows, right: Rows) -> None:
    assert beside(tmp_path / "a.pdf", left, right) == ["\n".join(lines_of(rows)) for rows in (left, right)]


@pytest.mark.parametrize("left", [HALLS[:3], [MACHINES[0], *([f"Lager {n}", f"{n} kW"] for n in range(1, 5))]])
def test_tables_drawn_line_by_line_stay_apart_if_one_is_longer_or_their_heads_are_one(
    tmp_path: Path, left: Rows
) -> None:
    expected = ["\n".join(lines_of(rows)) for rows in (left, MACHINES)]
    assert beside(tmp_path / "a.pdf", left, MACHINES, by_line=True) == expected


def test_forms_beside_each_other_above_a_table_stay_apart(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    canvas = Canvas(str(file), invariant=True)
    left = [("Auftrag:", "A-771"), ("Kunde:", "Stadtwerke Ulm"), ("Prüfer:", "Ute Kern")]
    right = [("Datum:", "7.7.2027"), ("Anlage:", "Kessel 2"), ("Halle:", "Nord")]
    for pairs, x in ((left, 50), (right, 330)):
        for number, (name, value) in enumerate(pairs):
            canvas.drawString(x, 780 - 16 * number, name)
            canvas.drawString(x + 90, 780 - 16 * number, value)
    for number, row in enumerate(PUMPS):
        for column, cell in enumerate(row):
            canvas.drawString(50 + 120 * column, 700 - 16 * number, cell)
    forms = ["\n".join(f"{name} {value}" for name, value in pairs) for pairs in (left, right)]
    assert read(canvas, file).text.split("\n\n") == [*forms, "\n".join(lines_of(PUMPS))]


@pytest.mark.parametrize("gap", [190, 400])
def test_a_wide_table_stays_one(tmp_path: Path, gap: float) -> None:
    """Names that are said once for many rows leave cells empty, and columns may stand far apart."""
    names = [["Region", "Stadt"], ["Nord", "Kiel"], ["", ""], ["", ""], ["Süd", "Ulm"], ["", ""], ["", ""]]
    sales = [["Monat", "Umsatz"], *([month, f"{number} T€"] for number, month in enumerate("JFMJFM", 10))]
    rows = [[*left, *right] for left, right in zip(names, sales, strict=True)]
    expected = [
        "; ".join(f"{head}: {cell}" for head, cell in zip(rows[0], row, strict=True) if cell) for row in rows[1:]
    ]
    assert beside(tmp_path / "a.pdf", names, sales, by_line=True, gap=gap) == ["\n".join(expected)]


@pytest.mark.parametrize("has_lines", [True, False])
@pytest.mark.parametrize("angle", [90, -90, 180])
def test_a_table_on_its_side_is_read_as_an_upright_one(tmp_path: Path, angle: int, has_lines: bool) -> None:
    file = tmp_path / "a.pdf"
    canvas = Canvas(str(file), pagesize=(595, 842), invariant=True)
    canvas.drawString(50, 800, "Prüfwerte der Pumpen im Werk Nord.")
    canvas.translate(300, 450)
    canvas.rotate(angle)
    style = [("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")]
    table = Table(PUMPS, colWidths=80, style=style + ([("GRID", (0, 0), (-1, -1), 0.5, colors.black)] * has_lines))
    table.wrapOn(canvas, 500, 500)
    table.drawOn(canvas, -160, -40)
    extraction = read(canvas, file)
    first, *tables = extraction.text.split("\n\n")
    assert first == "Prüfwerte der Pumpen im Werk Nord."
    assert tables == ["\n".join(lines_of(PUMPS))]
    assert extraction.completeness and extraction.completeness.share == 1


def test_words_of_a_table_on_its_side_are_marked_where_the_page_has_them(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    canvas = Canvas(str(file), pagesize=(595, 842), invariant=True)
    canvas.translate(300, 400)
    canvas.rotate(90)
    for number, row in enumerate(PUMPS):
        for column, cell in enumerate(row):
            canvas.drawString(80 * column, -20 * number, cell)
    canvas.save()
    (element,) = partition(file).elements
    word = next(word for word in element.words if element.text[word.start : word.end] == "Kern")
    assert word.page == element.page == 1
    assert 340 < word.left < word.right < 370  # the fourth line, to the right of 300
    assert 842 - 400 - 240 - 35 < word.top < word.bottom < 842 - 400 - 230  # the fourth cell, above 400


@pytest.mark.parametrize("has_lines", [True, False])
@pytest.mark.parametrize("heads", [["Brandschutz", "Erste Hilfe", "Kran"], ["Oil change", "Belt", "Filter"]])
def test_heads_that_run_upwards_name_their_columns(tmp_path: Path, heads: list[str], has_lines: bool) -> None:
    file = tmp_path / "a.pdf"
    canvas = Canvas(str(file), invariant=True)
    rows = [["Eva Lenz", "ja", "nein", "ja"], ["Jan Voss", "nein", "ja", "nein"], ["Ute Kern", "ja", "ja", "offen"]]
    edges = [50, 150, 190, 230, 270]
    canvas.drawString(54, 686, "Name")
    for x, head in zip(edges[1:], heads, strict=False):
        canvas.saveState()
        canvas.translate(x + 16, 686)
        canvas.rotate(90)
        for number, line in enumerate(head.split() if has_lines else [head]):
            canvas.drawString(0, -13 * number, line)
        canvas.restoreState()
    for number, row in enumerate(rows):
        for x, cell in zip(edges, row, strict=False):
            canvas.drawString(x + 4, 665 - 20 * number, cell)
    if has_lines:
        canvas.grid(edges, [780, 680, 660, 640, 620])
    text = read(canvas, file).text
    assert text == "\n".join(lines_of([["Name", *heads], *rows]))
