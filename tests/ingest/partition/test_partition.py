"""Partitioning: golden outlines of the example documents, boxes that hold their words, files that are broken."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from config.errors import DocumentFailed
from ingest.documents import Extraction
from ingest.partition import PARTITIONERS, extract
from ingest.partition.pdfium import PDFIUM_LOCK, open_pdf
from ingest.partition.table_layout import laid_out
from ingest.partition.table_model import plain_table

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"
GOLDEN = ROOT / "tests" / "data" / "outlines"
FILES = sorted(p for p in EXAMPLES.rglob("*") if p.suffix in PARTITIONERS)


def outline(extraction: Extraction) -> list[str]:
    """Kind, level, page and text of each part: what a change of the partitioner would change."""
    return [
        f"{part.kind} {part.level} {part.page} {part.label}: {extraction.text[part.start : part.end]}"
        for part in extraction.parts
    ]


@pytest.mark.integration
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_outline_is_the_golden_one(file: Path) -> None:
    """After a wanted change: UPDATE_GOLDEN=1 make test, and read the difference."""
    golden = GOLDEN / f"{file.name}.json"
    found = outline(extract(file))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


def test_examples_have_every_format() -> None:
    assert {f.suffix[1:] for f in FILES} == set("pdf docx xlsx csv pptx eml html md txt".split())
    assert len(FILES) >= 14


@pytest.mark.integration
@pytest.mark.parametrize("file", [f for f in FILES if f.suffix == ".pdf"], ids=lambda file: file.name)
def test_each_box_on_the_page_holds_its_word(file: Path) -> None:
    extraction = extract(file)
    wrong = []
    with PDFIUM_LOCK, open_pdf(file) as pdf:
        for number, page in enumerate(pdf, 1):
            text, height = page.get_textpage(), page.get_height()
            for word in extraction.words:
                if word.page == number:
                    box = (word.left - 1, height - word.bottom - 1, word.right + 1, height - word.top + 1)
                    inside = text.get_text_bounded(*box)
                    said = extraction.text[word.start : word.end]
                    if said.replace("-", "") not in "".join(inside.split()).replace("-", "").replace("\ufffe", ""):
                        wrong.append((said, inside, number))
    assert wrong == []
    assert len(extraction.words) > 1000


@pytest.mark.integration
def test_pdf_headings_tables_and_broken_words() -> None:
    extraction = extract(EXAMPLES / "Personal" / "Reisekostenrichtlinie.pdf")
    assert extraction.title == "Reisekostenrichtlinie"
    assert "Fahrzeug: Pkw mit reinem Elektroantrieb; Satz je Kilometer: 0,36 EUR" in extraction.text
    assert "Seite 3 von" not in extraction.text  # running feet are no text
    assert max(part.page or 0 for part in extraction.parts) >= 10


def broken_pdf(path: Path) -> None:
    path.write_bytes((EXAMPLES / "Vertrieb" / "Terms_of_Sale.pdf").read_bytes()[:2000])


def picture_pdf(path: Path) -> None:
    from reportlab.pdfgen import canvas

    sheet = canvas.Canvas(str(path))
    sheet.rect(100, 100, 200, 200, fill=1)
    sheet.showPage()
    sheet.save()


def locked_pdf(path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    sheet = canvas.Canvas(str(path), encrypt=StandardEncryption("geheim", canPrint=0))
    sheet.drawString(100, 100, "Text")
    sheet.save()


def write(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


@pytest.mark.integration
@pytest.mark.parametrize(
    ("name", "make", "key"),
    [
        ("leer.docx", write(b""), "document.empty"),
        ("leer.pdf", write(b""), "document.empty"),
        ("kaputt.pdf", broken_pdf, "document.damaged"),
        ("kein.pdf", write(b"this is no pdf"), "document.damaged"),
        ("bild.pdf", picture_pdf, "document.no_text"),
        ("zu.pdf", locked_pdf, "document.locked"),
        ("kaputt.docx", write(b"PK\x03\x04 nothing"), "document.damaged"),
        ("kein.xlsx", write(b"\x01\x02\x03" * 40), "document.damaged"),
        ("kein.pptx", write(b"\0" * 300), "document.damaged"),
        ("leer.txt", write(b"  \n \n"), "document.no_text"),
        ("leer.html", write(b"<html><body><nav></nav></body></html>"), "document.no_text"),
    ],
)
def test_broken_files_say_what_is_wrong(name: str, make: Callable[[Path], None], key: str, tmp_path: Path) -> None:
    make(tmp_path / name)
    with pytest.raises(DocumentFailed) as failure:
        extract(tmp_path / name)
    assert failure.value.key == key
    assert name in failure.value.text("de") or key == "document.locked"


def test_windows_text_keeps_its_umlauts(tmp_path: Path) -> None:
    (tmp_path / "alt.txt").write_bytes("Die Prüfung der Anlage läuft über drei Tage.".encode("cp1252"))
    assert "Prüfung der Anlage läuft über" in extract(tmp_path / "alt.txt").text


def test_tables_keep_heads_with_cells() -> None:
    def lines(rows: list[list[str]], headed: bool = True) -> list[str]:
        return [line.text for line in laid_out(plain_table(rows, headed))]

    assert lines([["Liste", ""], ["Jahr", "Tage"], ["1", "28"], ["2", ""]]) == ["Liste", "Jahr: 1; Tage: 28", "Jahr: 2"]
    assert lines([["Farbe", "rot"], ["Größe", "9"]], headed=False) == ["Farbe: rot", "Größe: 9"]
    assert lines([["nur", "eine"]]) == ["nur; eine"]
    assert lines([]) == []
