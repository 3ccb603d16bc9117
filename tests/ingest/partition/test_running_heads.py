"""Headers and footers are said once; headings and cells of tables that stand where they do stay what they are."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from ingest.documents import Extraction
from ingest.partition import partition
from ingest.partition.completeness import checked

PAGES = 5


def read(file: Path) -> Extraction:
    return checked(file, partition(file))


def pages(file: Path, top: str, size: float = 10, body: str = "Der Text der Seite {n} steht hier.") -> Extraction:
    canvas = Canvas(str(file), pagesize=(595, 842))
    for number in range(1, PAGES + 1):
        canvas.setFont("Helvetica", size)
        canvas.drawString(60, 810, top.format(n=number, square=number**2))
        canvas.setFont("Helvetica", 10)
        for line in range(4):
            canvas.drawString(60, 700 - 20 * line, body.format(n=number))
        canvas.showPage()
    canvas.save()
    return read(file)


@pytest.mark.parametrize(
    "top", ["Handbuch Kran Nord", "Handbuch Kran Nord, Seite {n} von 5", "Stand 3. Mai 2026, Blatt {n}"]
)
def test_a_header_is_said_once(tmp_path: Path, top: str) -> None:
    extraction = pages(tmp_path / "a.pdf", top)
    assert [part.kind for part in extraction.parts].count("margin") == 1
    assert extraction.text.count(top.split(",")[0].split("{")[0]) == 1


@pytest.mark.parametrize(("top", "size"), [("Abschnitt {square}", 10), ("{n} Zweck", 16)])
def test_headings_that_differ_in_their_numbers_are_all_read(tmp_path: Path, top: str, size: float) -> None:
    extraction = pages(tmp_path / "a.pdf", top, size)
    assert all(top.format(n=number, square=number**2) in extraction.text for number in range(1, PAGES + 1))


@pytest.mark.parametrize("top", ["Rezeptur {n}", "Lieferschein {n} Nord", "Bay {n}: Dispatch"])
def test_headings_that_count_the_pages_are_all_read(tmp_path: Path, top: str) -> None:
    """One of each stands on each page, as large as the text: no word says that its number is the page's."""
    extraction = pages(tmp_path / "a.pdf", top)
    assert all(top.format(n=number) in extraction.text for number in range(1, PAGES + 1))


@pytest.mark.parametrize("top", ["Auftrag 30518", "Policy HR-220 / Rev. 4", "RV 2031-77 | {n}", "{n}"])
def test_the_number_of_a_document_in_its_header_is_read(tmp_path: Path, top: str) -> None:
    extraction = pages(tmp_path / "a.pdf", top)
    said = [extraction.text[part.start : part.end] for part in extraction.parts if part.kind == "margin"]
    assert said == ([] if top == "{n}" else [top.format(n=1)])
    assert extraction.completeness and extraction.completeness.share > 0.99


def test_pages_behind_the_first_have_a_head_of_their_own(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    for number in range(1, 4):
        canvas.drawString(60, 810, "Hofladen Lindenau" if number == 1 else f"Unser Zeichen 31/7 · Seite {number} von 3")
        canvas.drawString(60, 600, "Der Hof liegt am Hang, und")
        canvas.showPage()
    canvas.save()
    assert read(tmp_path / "a.pdf").text.count("Unser Zeichen") == 1


def test_what_both_of_two_pages_begin_with_is_said_once(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    for body in ("Der Hof liegt am Hang.", "Die Scheune steht im Tal."):
        canvas.drawString(60, 810, "Gut Lindenau · Hofordnung")
        canvas.drawString(60, 600, body)
        canvas.showPage()
    canvas.save()
    extraction = read(tmp_path / "a.pdf")
    assert extraction.text.count("Hofordnung") == 1
    assert extraction.completeness and extraction.completeness.share == 1


@pytest.mark.parametrize("is_ruled", [True, False])
def test_cells_at_the_edge_of_pages_are_read(tmp_path: Path, is_ruled: bool) -> None:
    """The last rows of a long table stand where footers do, and differ in their figures alone."""
    rows = [["Teil", "Bestand", "Einheit", "Wert"]]
    rows += [[f"T-{number}", str(7 * number), "Stück", f"{number},50 EUR"] for number in range(1, 200)]
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if is_ruled else []
    file = tmp_path / "a.pdf"
    SimpleDocTemplate(str(file), pagesize=(595, 842), topMargin=20, bottomMargin=20).build(
        [Table(rows, style=style, repeatRows=1)], canvasmaker=Canvas
    )
    extraction = read(file)
    lines = extraction.text.split("\n")
    for number in range(1, 200):
        assert f"Teil: T-{number}; Bestand: {7 * number}; Einheit: Stück; Wert: {number},50 EUR" in lines
    assert extraction.completeness and extraction.completeness.share == 1


@pytest.mark.parametrize("above", ["Anlage {letter} im Keller", ""])
def test_a_sentence_that_pages_have_in_common_stays_in_their_text(tmp_path: Path, above: str) -> None:
    """Pages with narrow margins begin alike, and no gap parts what they begin with from what follows."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    for letter, pressure in (("A", "3 bar"), ("B", "5 bar"), ("C", "8 bar")):
        said = [above.format(letter=letter), "Vor dem Öffnen den Strom abschalten.", f"Der Druck liegt bei {pressure}."]
        for at, line in enumerate(line for line in said if line):
            canvas.drawString(40, 815 - 13 * at, line)
        canvas.showPage()
    canvas.save()
    extraction = read(tmp_path / "a.pdf")
    assert extraction.text.count("Vor dem Öffnen den Strom abschalten.") == 3


@pytest.mark.parametrize("foot", ["Seite {n} von 4", "Blatt {n}"])
def test_numbers_of_pages_are_not_missed(tmp_path: Path, foot: str) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    for number in range(1, 5):
        canvas.drawString(60, 600, "Der Hof liegt am Hang.")
        canvas.drawString(60, 30, "Hofordnung Rev. 7")
        canvas.drawString(300, 30, f"Tag {number * number}: Ernte")
        canvas.drawString(480, 30, foot.format(n=number))
        canvas.showPage()
    canvas.save()
    extraction = read(tmp_path / "a.pdf")
    assert extraction.text.count("Hofordnung Rev. 7") == 1
    assert extraction.completeness and extraction.completeness.share == 1
