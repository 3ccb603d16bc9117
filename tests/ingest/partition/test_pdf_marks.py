"""What is put on a PDF page beside its text: lines through words, stamps; and what a clip leaves of its text."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Extraction
from ingest.partition import partition
from ingest.partition.completeness import checked

Draw = Callable[[Canvas], None]
FONT = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>>>>>"


def read(file: Path, draw: Draw, rotation: int = 0) -> Extraction:
    """Read what is drawn upright on a page, which may lie turned in the file."""
    canvas = Canvas(str(file), pagesize=(600, 600), invariant=True)
    canvas.setPageRotation(rotation)
    canvas.translate(300, 300)
    canvas.rotate(rotation)
    canvas.translate(-300, -300)
    canvas.setFont("Helvetica", 12)
    draw(canvas)
    canvas.save()
    return checked(file, partition(file))


def with_annotation(file: Path, annotation: bytes, appearance: bytes = b"") -> Extraction:
    """Read a page with two lines of text and one annotation, whose appearance is object 6."""
    said = b"BT /F1 12 Tf 60 550 Td (Mietvertrag) Tj 0 -50 Td (Frist 30 Tage) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 600]/Contents 4 0 R/Resources 5 0 R/Annots[%s]>>" % annotation,
        b"<</Length %d>>stream\n" % len(said) + said + b"\nendstream",
        FONT,
        b"<</Type/XObject/Subtype/Form/BBox[0 0 200 60]/Resources 5 0 R/Length %d>>stream\n" % len(appearance)
        + appearance + b"\nendstream",
    ]  # fmt: skip
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))
    file.write_bytes(out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + end)
    return checked(file, partition(file))


def cut_by_rectangle(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(60, 390, 48, 30)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(60, 400, "Sichtbar verborgen")


def outside_of_a_circle(canvas: Canvas) -> None:
    canvas.drawString(60, 400, "Sichtbar")
    path = canvas.beginPath()
    path.circle(300, 300, 40)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(60, 200, "verborgen")


def cut_by_form(canvas: Canvas) -> None:
    canvas.beginForm("part", 0, 0, 48, 40)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(0, 10, "Sichtbar verborgen")
    canvas.endForm()
    canvas.translate(60, 300)
    canvas.doForm("part")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("draw", [cut_by_rectangle, outside_of_a_circle, cut_by_form])
def test_what_a_clip_cuts_off_is_not_seen(tmp_path: Path, draw: Draw, rotation: int) -> None:
    extraction = read(tmp_path / "a.pdf", draw, rotation)
    assert extraction.text == "Sichtbar"
    assert [one.text for one in extraction.unseen] == ["verborgen"]
    assert extraction.completeness and extraction.completeness.share == 1


def test_a_clip_as_tight_as_a_line_leaves_it_whole(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(60, 399, 95, 9)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawString(60, 400, "Ganz zu sehen, jg")

    assert read(tmp_path / "a.pdf", draw).text == "Ganz zu sehen, jg"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_line_through_words_strikes_them_out_on_turned_pages_too(tmp_path: Path, rotation: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 500, "Frist 30 Tage")
        canvas.line(60, 504, 134, 504)
        canvas.drawString(60, 400, "Frist 14 Tage")
        canvas.line(60, 398, 134, 398)

    extraction = read(tmp_path / "a.pdf", draw, rotation)
    assert extraction.text == "Frist 14 Tage"
    assert [(one.why, one.text) for one in extraction.unseen] == [("struck", "Frist 30 Tage")]


STRIKE = b"<</Type/Annot/Subtype/StrikeOut/Rect[58 495 140 515]/QuadPoints[58 515 140 515 58 495 140 495]%s>>"


@pytest.mark.parametrize(
    ("flags", "is_struck"), [(b"/F 4", True), (b"", True), (b"/F 2", False), (b"/F 36", False), (b"/F 64", False)]
)
def test_a_comment_strikes_out_only_where_it_is_seen_and_printed(tmp_path: Path, flags: bytes, is_struck: bool) -> None:
    extraction = with_annotation(tmp_path / "a.pdf", STRIKE % flags)
    assert extraction.text.split("\n\n") == ["Mietvertrag", *([] if is_struck else ["Frist 30 Tage"])]
    assert bool(extraction.unseen) == is_struck


STAMP = b"<</Type/Annot/Subtype/%s/Rect[60 300 260 360]/AP<</N 6 0 R>>%s>>"
DRAWN = b"1 0 0 RG 1 1 198 58 re S BT /F1 20 Tf 10 20 Td (%s) Tj ET"


@pytest.mark.parametrize("kind", [b"Stamp", b"FreeText", b"Watermark"])
@pytest.mark.parametrize("words", ["ENTWURF", "UNGÜLTIG ab 1. März", "Freigegeben: E. Lenz"])
def test_the_words_drawn_by_a_stamp_are_a_note(tmp_path: Path, kind: bytes, words: str) -> None:
    drawn = DRAWN % words.encode("cp1252")
    extraction = with_annotation(tmp_path / "a.pdf", STAMP % (kind, b"/F 4"), drawn)
    assert extraction.text.split("\n\n") == ["Mietvertrag", "Frist 30 Tage", words]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (b"/F 4/T(Eva Lenz)", "Eva Lenz: DRAFT"),
        (b"/F 4/T(Eva Lenz)/Contents(Draft)", "Eva Lenz: Draft"),
        (b"/F 4/Contents(until May)", "DRAFT: until May"),
        (b"/F 2", None),
    ],
)
def test_a_stamp_says_who_put_it_there_and_what_is_noted_on_it(
    tmp_path: Path, more: bytes, expected: str | None
) -> None:
    extraction = with_annotation(tmp_path / "a.pdf", STAMP % (b"Stamp", more), DRAWN % b"DRAFT")
    assert extraction.text.split("\n\n") == ["Mietvertrag", "Frist 30 Tage", *([expected] if expected else [])]
