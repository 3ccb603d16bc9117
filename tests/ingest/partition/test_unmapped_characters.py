"""PDFs with a font that does not say which characters it draws: the page is read from its picture."""

from contextlib import closing
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.partition import lay_out, partition
from ingest.partition.pdf_runs import page_runs
from ingest.partition.pdf_text import UNKNOWN

LINES = [
    "Die Löschgeräte prüft jährlich die Firma Grün aus Düren.",
    "Größere Schäden meldet die Werkstatt über das Büro.",
    "Für Überführungen gilt die übliche Gebühr von 40 Euro.",
    "Die Höhe der Prämie erklärt Frau Krämer am Donnerstag.",
]


def make(file: Path, lines: list[str]) -> Path:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    canvas = Canvas(str(file), pagesize=A5)
    canvas.setFont("Vera", 11)
    for number, line in enumerate(lines):
        canvas.drawString(30, 500 - 16 * number, line)
    canvas.save()
    file.write_bytes(file.read_bytes().replace(b"/ToUnicode", b"/ToUnicodX"))
    return file


def words(file: Path) -> list[str]:
    with closing(PdfDocument(file)) as document, closing(document[0]) as page:
        return [word for run in page_runs(page, 1)[0] for word, _ in run.words]


def test_a_character_without_a_meaning_is_marked(tmp_path: Path) -> None:
    assert words(make(tmp_path / "a.pdf", LINES))[1:3] == [f"L{UNKNOWN}schger{UNKNOWN}te", f"pr{UNKNOWN}ft"]


@pytest.mark.integration
def test_such_a_page_is_read_from_its_picture(tmp_path: Path) -> None:
    text = lay_out(partition(make(tmp_path / "a.pdf", LINES))).text
    found = [line for line in LINES if line in text]
    assert len(found) >= 3, text
    assert UNKNOWN not in text


def test_the_mark_of_a_list_makes_no_picture_of_a_page(tmp_path: Path) -> None:
    """A unit test may start no other program, so reading this page with one would fail."""
    lines = [
        "• Zuerst den Strom am Kasten im Hof abstellen und warten.",
        "• Danach die Klappe mit dem Griff heben.",
    ] * 3
    found = partition(make(tmp_path / "a.pdf", lines))
    assert "Zuerst den Strom am Kasten" in lay_out(found).text
