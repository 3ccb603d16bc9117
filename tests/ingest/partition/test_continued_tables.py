"""Tables of PDFs that go on over the next page, with their head once, repeated, or none of theirs."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Table

from ingest.documents import Element
from ingest.partition import partition
from ingest.partition.layout import lay_out_pages
from ingest.partition.page import Page
from ingest.partition.pdf_runs import page_runs

TABLES = {
    "words": [["Ort", "Leitung", "Sparte"], *([f"Werk {'ABCDEF'[n % 6]}", "Frau Kern", "Guss"] for n in range(60))],
    "machines": [["Anlage", "Halle", "Baujahr"], *([f"Presse P{n}", f"H{n % 7}", f"{1980 + n}"] for n in range(70))],
    "prices": [["Artikel", "Preis", "Lager", "Menge"],
               *([f"Bolzen M{n}", f"{n},40 Euro", "Nord", f"{n * 7} St."] for n in range(1, 80))],
    "people": [["Name", "Vertretung", "Ruf"], *([f"Frau Kern {n}", f"Herr Alt {n}", f"{300 + n}"] for n in range(60))],
}  # fmt: skip


def read(file: Path, *parts: Any, page_numbers: bool = False) -> list[Element]:
    def number(canvas: Any, _: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(190, 20, f"Seite {canvas.getPageNumber()}")

    template = SimpleDocTemplate(str(file), pagesize=A5, topMargin=60, bottomMargin=60)
    template.build(list(parts), **({"onFirstPage": number, "onLaterPages": number} if page_numbers else {}))
    with closing(PdfDocument(file)) as document:
        return lay_out_pages([Page(*page_runs(page, number)) for number, page in enumerate(document, 1)])


def lines(rows: list[list[str]]) -> list[str]:
    return ["; ".join(f"{name}: {cell}" for name, cell in zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.mark.parametrize("align", ["LEFT", "RIGHT", "CENTER"])
@pytest.mark.parametrize("repeated", [0, 1])
@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_the_head_of_its_table(tmp_path: Path, name: str, repeated: int, align: str) -> None:
    rows = TABLES[name]
    table = Table(rows, repeatRows=repeated, colWidths=90, style=[("ALIGN", (1, 0), (-1, -1), align)])
    elements = read(tmp_path / "a.pdf", table, page_numbers=True)
    found = [line for element in elements if element.kind == "table" for line in element.text.split("\n")]
    assert found == lines(rows)
    for element in elements:
        assert {word.page for word in element.words} <= {element.page}


def test_another_table_on_the_next_page_keeps_its_own_head(tmp_path: Path) -> None:
    first, second = (
        TABLES["machines"][:12],
        [["Ort", "Sparte", "Umsatz"], ["Ulm", "Guss", "33"], ["Bonn", "Lack", "41"]],
    )
    elements = read(tmp_path / "a.pdf", Table(first, colWidths=90), PageBreak(), Table(second, colWidths=90))
    found = [line for element in elements for line in element.text.split("\n")]
    assert found == lines(first) + lines(second)


def test_a_table_of_other_columns_is_another_table(tmp_path: Path) -> None:
    first, second = TABLES["machines"][:12], [["A7", "88", "4"], ["A9", "99", "5"], ["B1", "11", "6"]]
    other = Table(second, colWidths=[70, 40, 110])
    elements = read(tmp_path / "a.pdf", Table(first, colWidths=90), PageBreak(), other)
    assert not [e for e in elements if e.page == 2 and "Anlage" in e.text]


def test_a_bold_first_column_is_no_head(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("VeraBd", "VeraBd.ttf"))
    rows = TABLES["machines"]
    table = Table(rows, colWidths=90, style=[("FONTNAME", (0, 0), (0, -1), "VeraBd")])
    elements = read(tmp_path / "a.pdf", table)
    assert [line for e in elements for line in e.text.split("\n")] == lines(rows)


def test_a_bold_head_is_a_head_of_its_own(tmp_path: Path) -> None:
    first, second = TABLES["machines"][:12], [["Typ 1", "Typ 2", "Typ 3"], ["44", "55", "66"], ["77", "88", "99"]]
    pdfmetrics.registerFont(TTFont("VeraBd", "VeraBd.ttf"))
    bold = Table(second, colWidths=90, style=[("FONTNAME", (0, 0), (-1, 0), "VeraBd")])
    elements = read(tmp_path / "a.pdf", Table(first, colWidths=90), PageBreak(), bold)
    assert [line for e in elements if e.page == 2 for line in e.text.split("\n")] == lines(second)


def test_the_same_form_on_each_page_is_a_form_each_time(tmp_path: Path) -> None:
    things = [("Säge", "bestanden"), ("Bohrer", "durchgefallen"), ("Fräse", "bestanden")]
    parts: list[Flowable] = []
    for thing, result in things:
        rows = [["Gerät", thing], ["Nr.", str(len(thing))], ["Ergebnis", result]]
        parts += [Table(rows, colWidths=[120, 200], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]), PageBreak()]
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build(parts)
    lines = [line for one in partition(tmp_path / "a.pdf").elements for line in one.text.split("\n")]
    assert lines == [line for thing, result in things for line in (
        f"Gerät: {thing}", f"Nr.: {len(thing)}", f"Ergebnis: {result}")]  # fmt: skip


def test_another_table_on_the_next_page_has_its_own_head(tmp_path: Path) -> None:
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    upper = Table(
        [["Zimmer", "Gast", "Nächte"], ["11", "Adam", "2"], ["12", "Bode", "3"]], colWidths=[80] * 3, style=grid
    )
    lower = Table([["Zimmer", "Mangel", "Seit"], ["14", "Lampe", "5. Mai"]], colWidths=[80] * 3, style=grid)
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([upper, PageBreak(), lower])
    lines = [line for one in partition(tmp_path / "a.pdf").elements for line in one.text.split("\n")]
    assert lines[-1] == "Zimmer: 14; Mangel: Lampe; Seit: 5. Mai"


@pytest.mark.parametrize("has_mark", [True, False])
def test_notes_below_a_table_do_not_end_it(tmp_path: Path, has_mark: bool) -> None:
    """A note is told by its mark in the table; else lines below are text, and what follows has no head."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A5)
    mark = "²" if has_mark else ""
    pages = [[["Weg", f"Maut{mark}", "Dauer"], ["Pass", "12 EUR", "2 h"]], [["Tunnel", "9 EUR", "1 h"]]]
    for number, rows in enumerate(pages):
        table = Table(rows, colWidths=[90, 90, 90], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
        table.wrapOn(canvas, 300, 300)
        table.drawOn(canvas, 60, 400)
        if not number:
            canvas.drawString(60, 380, "2 Ohne Anhänger, mit Steuer.")
        canvas.showPage()
    canvas.save()
    lines = [line for one in partition(tmp_path / "a.pdf").elements for line in one.text.split("\n")]
    assert lines[-1] == ("Weg: Tunnel; Maut²: 9 EUR; Dauer: 1 h" if has_mark else "Tunnel; 9 EUR; 1 h")
