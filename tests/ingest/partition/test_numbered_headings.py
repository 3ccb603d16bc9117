"""Clauses of contracts and laws are headings, though they are set as their text is."""

from pathlib import Path

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from ingest.partition import extract

LINES = (
    "Mietvertrag über Lagerräume",
    "§ 1 Mietgegenstand",
    "Vermietet wird die Halle 4 mit 900 Quadratmetern.",
    "§ 2a Mietzins und Nebenkosten",
    "Der Mietzins beträgt 4.500 Euro im Monat. § 5 Abs. 2 bleibt unberührt.",
    "§ 7 Abs. 1 Satz 2 gilt entsprechend.",
    "Artikel 3 Kündigung",
    "§ 8 Schlussbestimmungen ............ 12",
    "Die Frist beträgt drei Monate.",
)


def test_only_clauses_with_a_name_are_headings(tmp_path: Path) -> None:
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([Paragraph(line, style) for line in LINES])
    extraction = extract(tmp_path / "a.pdf")
    titles = [extraction.text[part.start : part.end] for part in extraction.parts if part.kind == "title"]
    assert titles == ["§ 1 Mietgegenstand", "§ 2a Mietzins und Nebenkosten", "Artikel 3 Kündigung"]
    assert extraction.title == "", "a clause is no title of the document"
