"""Sizes in PDFs, and raised and lowered signs, which change the number they stand at and are no digits of it."""

from contextlib import closing
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from ingest.partition.layout import lay_out_pages
from ingest.partition.page import Page
from ingest.partition.pdf_runs import page_runs

# Text, and by how much of its size a part stands over its line.
Part = tuple[str, float]


def read(file: Path, parts: list[Part], font: str = "Helvetica", size: float = 11, small: float = 6.5) -> str:
    canvas = Canvas(str(file), pagesize=A5)
    line = canvas.beginText(40, 500)
    for text, rise in parts:
        line.setFont(font, small if rise else size)
        line.setRise(rise * size)
        line.textOut(text)
    canvas.drawText(line)
    canvas.drawString(40, 480, "Die nächste Zeile folgt.")
    canvas.save()
    with closing(PdfDocument(file)) as document:
        return lay_out_pages([Page(*page_runs(page, number)) for number, page in enumerate(document, 1)])[0].text


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([("Je Werk 12", 0), ("1", 0.4), (" Tage Urlaub.", 0)], "Je Werk 12¹ Tage Urlaub."),
        ([("Die Halle hat 850 m", 0), ("2", 0.4), (" Fläche.", 0)], "Die Halle hat 850 m² Fläche."),
        ([("Es sind 5·10", 0), ("-4", 0.4), (" mol.", 0)], "Es sind 5·10⁻⁴ mol."),
        ([("CO", 0), ("2", -0.2), (" und H", 0), ("2", -0.2), ("O.", 0)], "CO₂ und H₂O."),
        ([("Zulage von 45", 0), ("3)", 0.35), (" Euro.", 0)], "Zulage von 45³⁾ Euro."),
        ([("Der 1", 0), ("st", 0.4), (" floor.", 0)], "Der 1st floor."),
        ([("Preis: 19", 0), ("99", 0.4), (" Euro.", 0)], "Preis: 19⁹⁹ Euro."),
        ([("Last in kN/m", 0), ("2", 0.4), (", Lager 3", 0)], "Last in kN/m², Lager 3"),
        ([("Am Rand 7 Tage.", 0)], "Am Rand 7 Tage."),
    ],
)
@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
def test_a_raised_sign_is_no_digit_of_the_number(tmp_path: Path, parts: list[Part], sentence: str, font: str) -> None:
    assert read(tmp_path / "a.pdf", parts, font).removesuffix(" Die nächste Zeile folgt.") == sentence


def test_smaller_text_on_the_line_is_not_raised(tmp_path: Path) -> None:
    """A change of size alone, and a large first letter, raise nothing."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A5)
    line = canvas.beginText(40, 500)
    for text, size in (("Umsatz 20", 12), ("24 netto", 8)):
        line.setFont("Helvetica", size)
        line.textOut(text)
    canvas.drawText(line)
    initial = canvas.beginText(40, 400)
    initial.setFont("Helvetica", 20)
    initial.textOut("I")
    initial.setFont("Helvetica", 10)
    initial.setRise(9)
    initial.textOut("n 14 Tagen ist das Werk zu.")
    canvas.drawText(initial)
    canvas.save()
    with closing(PdfDocument(tmp_path / "a.pdf")) as document:
        elements = lay_out_pages([Page(*page_runs(page, 1)) for page in document])
    text = " ".join(element.text for element in elements)
    assert "2024 netto" in text
    assert "14 Tagen" in text


@pytest.mark.parametrize("scale", [1, 8, 12, 40])
def test_text_that_is_drawn_larger_than_written_reads_the_same(tmp_path: Path, scale: int) -> None:
    """Programs for print write everything in size 1 and scale it by the matrix of the text."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A5)
    for y, line, size in (
        (520, "Werkordnung", 18),
        (490, "Die Halle 3 ist ab 6 Uhr", 12),
        (476, "für alle offen.", 12),
    ):
        text = canvas.beginText()
        text.setFont("Helvetica", size / scale)
        text.setTextTransform(scale, 0, 0, scale, 40, y)
        text.textOut(line)
        canvas.drawText(text)
    canvas.save()
    with closing(PdfDocument(tmp_path / "a.pdf")) as document:
        elements = lay_out_pages([Page(*page_runs(page, 1)) for page in document])
    assert [(e.kind, e.text) for e in elements] == [
        ("title", "Werkordnung"),
        ("paragraph", "Die Halle 3 ist ab 6 Uhr für alle offen."),
    ]
