"""PDF forms: what was filled in is read beside its label, and drawn."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Element
from ingest.partition import partition
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


def filled(file: Path, draw: Callable[[Canvas], None]) -> list[Element]:
    canvas = Canvas(str(file), pagesize=A5, invariant=True)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return list(partition(file).elements)


@pytest.mark.parametrize("in_boxes", [True, False])
def test_a_name_over_its_field_is_the_name_of_its_value(tmp_path: Path, in_boxes: bool) -> None:
    pairs = [
        ("Customer", "Harbour Tools"),
        ("Order number", "44-1087"),
        ("Delivered on", "3 May 2027"),
        ("Pieces", "12"),
    ]

    def draw(canvas: Canvas) -> None:
        for number, (name, value) in enumerate(pairs):
            x, y = 40 + 160 * (number % 2), 500 - 40 * (number // 2)
            canvas.drawString(x, y, name)
            canvas.acroForm.textfield(name=name, x=x, y=y - 21, width=140, height=18, value=value)
        if in_boxes:
            canvas.grid([36, 196, 356], [513, 473, 433])

    (element,) = filled(tmp_path / "a.pdf", draw)
    assert (element.kind, element.text.split("\n")) == ("form", [f"{name}: {value}" for name, value in pairs])
    cells = [element.text[cell.start : cell.end] for cell in element.table]
    assert cells == [value for _, value in pairs]
    assert len(element.words) == sum(len(f"{name} {value}".split()) for name, value in pairs)


def test_a_field_without_words_beside_it_has_the_name_that_the_file_says(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(40, 540, "Schadenmeldung der Werkstatt")
        for number, (name, value) in enumerate([("Fahrer", "Jan Voss"), ("Kilometerstand", "84.200")]):
            canvas.acroForm.textfield(
                name=f"f{number}", tooltip=name, x=40, y=480 - 30 * number, width=140, height=18, value=value
            )

    elements = filled(tmp_path / "a.pdf", draw)
    assert [element.text for element in elements] == [
        "Schadenmeldung der Werkstatt", "Fahrer: Jan Voss\nKilometerstand: 84.200"
    ]  # fmt: skip
    assert elements[1].kind == "form"


def test_fields_below_the_head_of_a_column_stay_in_the_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([40, 140, 240, 340], [500, 480, 460, 440])
        for number, head in enumerate(["Istwert", "Sollwert", "Stelle"]):
            canvas.drawString(44 + 100 * number, 486, head)
        for number, (place, value) in enumerate([("Lager A", "38 °C"), ("Lager B", "47 °C")]):
            canvas.acroForm.textfield(name=place, x=42, y=462 - 20 * number, width=96, height=16, value=value)
            canvas.drawString(144, 466 - 20 * number, "40 °C")
            canvas.drawString(244, 466 - 20 * number, place)

    (element,) = filled(tmp_path / "a.pdf", draw)
    assert element.text.split("\n") == [
        "Istwert: 38 °C; Sollwert: 40 °C; Stelle: Lager A", "Istwert: 47 °C; Sollwert: 40 °C; Stelle: Lager B"
    ]  # fmt: skip


def test_a_field_within_a_sentence_or_before_its_unit_is_part_of_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(40, 500, "Die Miete beginnt am")
        canvas.acroForm.textfield(name="a", x=146, y=496, width=60, height=16, value="1. Mai 2027")
        canvas.drawString(212, 500, "und endet ohne Frist.")
        canvas.drawString(40, 440, "Gewicht:")
        canvas.acroForm.textfield(name="b", x=120, y=436, width=40, height=16, value="12")
        canvas.drawString(166, 440, "kg")

    texts = [element.text for element in filled(tmp_path / "a.pdf", draw)]
    assert texts == ["Die Miete beginnt am 1. Mai 2027 und endet ohne Frist.", "Gewicht: 12 kg"]
