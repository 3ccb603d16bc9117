"""Files that a PDF carries become documents of their own, as those of a mail."""

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from config.errors import DocumentFailed
from ingest.partition import partition

SENTENCES = ["Diese Mappe hält die Unterlagen des Angebots zusammen."] * 5


def make(file: Path, attachments: list[tuple[str, bytes]]) -> Path:
    plain = file.with_suffix(".plain")
    canvas = Canvas(str(plain), pagesize=A5)
    for number, sentence in enumerate(SENTENCES):
        canvas.drawString(30, 500 - 16 * number, sentence)
    canvas.save()
    document = PdfDocument(plain)
    for name, content in attachments:
        document.new_attachment(name).set_data(content)
    document.save(file)
    document.close()
    return file


def test_attachments_are_members(tmp_path: Path) -> None:
    parts = [("Preise.csv", b"Typ;Preis\nA;3\n"), ("Namen.csv", b"Typ;Name\nB;4\n"), ("../../oben.txt", b"Text")]
    found = partition(make(tmp_path / "a.pdf", parts))
    assert "".join(element.text for element in found.elements).startswith(SENTENCES[0])
    assert sorted(member.name for member in found.members) == [".._.._oben.txt", "Namen.csv", "Preise.csv"]
    contents = sorted(member.file.read_bytes() for member in found.members if member.file)
    assert contents == sorted(content for _, content in parts)
    assert {member.file.parent for member in found.members if member.file} == {tmp_path / "a.pdf.members"}


def test_a_pdf_with_more_attachments_than_anybody_makes_is_refused(tmp_path: Path) -> None:
    parts = [(f"{number}.txt", b"x") for number in range(501)]
    with pytest.raises(DocumentFailed) as refused:
        partition(make(tmp_path / "a.pdf", parts))
    assert refused.value.key == "archive.too_many"
