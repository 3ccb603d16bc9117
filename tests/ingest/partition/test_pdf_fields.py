"""PDF forms: what was filled in is read beside its label, and drawn."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from ingest.partition.layout import lay_out_pages
from ingest.partition.page import Page
from ingest.partition.pdf_fields import with_fields
from ingest.partition.pdf_runs import page_runs
from ingest.partition.pdfium import PDFIUM_LOCK, open_pdf

ROWS = ["Antragsteller:", "Kostenstelle:", "Beginn:", "Bemerkung:"]
Field = dict[str, Any]


def make(file: Path, rows: list[tuple[str, Field]], boxes: Sequence[tuple[str, str, bool]] = ()) -> Path:
    canvas = Canvas(str(file), pagesize=A5)
    canvas.setFont("Helvetica", 10)
    for number, (label, field) in enumerate(rows):
        canvas.drawString(40, 500 - 24 * number, label)
        canvas.acroForm.textfield(name=f"f{number}", x=150, y=496 - 24 * number, width=180, height=16, **field)
    for number, (kind, label, ticked) in enumerate(boxes):
        x, y = 40 + 90 * number, 300
        if kind == "checkbox":
            canvas.acroForm.checkbox(name=f"b{number}", x=x, y=y, size=12, checked=ticked)
        else:
            canvas.acroForm.radio(name="r", value=f"v{number}", x=x, y=y, size=12, selected=ticked)
        canvas.drawString(x + 18, y + 2, label)
    canvas.save()
    return file


def read(file: Path) -> list[str]:
    with PDFIUM_LOCK, open_pdf(file) as pdf, closing(pdf[0]) as page:
        runs, height, *_ = page_runs(page, 1)
        elements = lay_out_pages([Page(with_fields(pdf, page, runs, 1), height)])
    for element in elements:
        assert all(element.text[w.start : w.end].strip() for w in element.words)
    return [line for element in elements for line in element.text.split("\n")]


def test_values_stand_behind_their_labels(tmp_path: Path) -> None:
    values = ["Eva Lenz", "4711", "01.03.2027", "wegen Umzugs nach Ulm"]
    rows = [(label, {"value": value}) for label, value in zip(ROWS, values, strict=True)]
    lines = read(make(tmp_path / "a.pdf", rows))
    assert lines == [f"{label} {value}" for label, value in zip(ROWS, values, strict=True)]


def test_an_empty_field_says_nothing(tmp_path: Path) -> None:
    rows: list[tuple[str, Field]] = [("Name:", {"value": "Jan Voss"}), ("Ort:", {}), ("Tag:", {"value": "Montag"})]
    text = "\n".join(read(make(tmp_path / "a.pdf", rows)))
    assert "Name: Jan Voss" in text and "Tag: Montag" in text
    assert "Ort: Montag" not in text


@pytest.mark.parametrize("kind", ["checkbox", "radio"])
def test_ticked_boxes_are_told_from_empty_ones(tmp_path: Path, kind: str) -> None:
    boxes = [(kind, "bezahlt", False), (kind, "unbezahlt", True), (kind, "offen", False)]
    text = " ".join(read(make(tmp_path / "a.pdf", [], boxes)))
    assert "☐ bezahlt" in text and "☒ unbezahlt" in text and "☐ offen" in text


def test_passwords_and_hidden_fields_are_left_out(tmp_path: Path) -> None:
    rows: list[tuple[str, Field]] = [
        ("Name:", {"value": "Jan Voss"}),
        ("Kennwort:", {"value": "geheim99", "fieldFlags": "password"}),
        ("Intern:", {"value": "versteckt", "annotationFlags": "hidden"}),
    ]
    text = "\n".join(read(make(tmp_path / "a.pdf", rows)))
    assert "Jan Voss" in text
    assert "geheim99" not in text and "versteckt" not in text


def test_what_was_filled_in_is_drawn(tmp_path: Path) -> None:
    def darkness(value: str) -> int:
        with PDFIUM_LOCK, open_pdf(make(tmp_path / "a.pdf", [("Name:", {"value": value})])) as pdf:
            picture = pdf[0].render(scale=1, grayscale=True).to_pil()
        return sum(picture.histogram()[:100])

    assert darkness("MMMMMMMM") > darkness("") + 50
