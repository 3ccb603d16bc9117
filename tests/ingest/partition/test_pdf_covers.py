"""What lies under a bar, has its ground's colour, or is in a layer that is off is not seen; a marker hides nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.colors import Color, HexColor, black, darkblue, white, yellow
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Extraction
from ingest.partition import partition
from ingest.partition.completeness import checked

SEEN = "Der Vertrag läuft zwei Jahre."
SECRET = "Der Partner heißt Nordwerk."
Draw = Callable[[Canvas], None]


def read(file: Path, draw: Draw, rotation: int = 0) -> Extraction:
    canvas = Canvas(str(file), pagesize=(595, 842))
    canvas.setPageRotation(rotation)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 560, SEEN)
    draw(canvas)
    canvas.save()
    return checked(file, partition(file))


def write(canvas: Canvas, text: str = SECRET, colour: object = black, place: tuple[float, float] = (60, 500)) -> None:
    canvas.setFillColor(colour)
    canvas.drawString(*place, text)


def bar(canvas: Canvas, colour: object = black, box: tuple[float, float, float, float] = (55, 495, 300, 16)) -> None:
    canvas.setFillColor(colour)
    canvas.rect(*box, fill=1, stroke=0)


def under_bar(canvas: Canvas) -> None:
    write(canvas)
    bar(canvas)


def under_paper(canvas: Canvas) -> None:
    write(canvas)
    bar(canvas, white)


def under_bar_with_words(canvas: Canvas) -> None:
    under_bar(canvas)
    write(canvas, SEEN, white, (70, 500))


def under_picture(canvas: Canvas) -> None:
    write(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (300, 20), (20, 20, 20))), 50, 492, 300, 20)


def on_own_colour(canvas: Canvas) -> None:
    bar(canvas, HexColor(0x223355))
    write(canvas, colour=HexColor(0x203050))


def yellow_on_yellow(canvas: Canvas) -> None:
    bar(canvas, yellow)
    write(canvas, colour=yellow)


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize(
    "draw", [under_bar, under_paper, under_picture, on_own_colour, yellow_on_yellow], ids=lambda draw: draw.__name__
)
def test_what_is_covered_is_not_seen(tmp_path: Path, draw: Draw, rotation: int) -> None:
    extraction = read(tmp_path / "a.pdf", draw, rotation)
    assert extraction.text == SEEN
    assert [(one.why, one.text) for one in extraction.unseen] == [("hidden", SECRET)]
    assert extraction.completeness and extraction.completeness.share == 1


def test_words_on_a_bar_are_seen_and_those_below_are_not(tmp_path: Path) -> None:
    extraction = read(tmp_path / "a.pdf", under_bar_with_words)
    assert extraction.text.split("\n\n") == [SEEN, SEEN]
    assert [one.text for one in extraction.unseen] == [SECRET]


def test_of_a_line_only_what_is_below_the_bar_is_hidden(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, "Gehalt von Frau Ihde: 4.870 Euro im Monat")
        start = 60 + canvas.stringWidth("Gehalt von Frau Ihde: ", "Helvetica", 11)
        width = canvas.stringWidth("4.870 Euro", "Helvetica", 11)
        bar(canvas, box=(start - 1, 496, width + 2, 13))

    extraction = read(tmp_path / "a.pdf", draw)
    assert "4.870" not in extraction.text
    assert "Gehalt von Frau Ihde:" in extraction.text and "im Monat" in extraction.text
    assert [one.text for one in extraction.unseen] == ["4.870 Euro"]


def marked(canvas: Canvas) -> None:
    write(canvas)
    bar(canvas, Color(1, 1, 0, alpha=0.4))


def marked_before(canvas: Canvas) -> None:
    bar(canvas, yellow)
    write(canvas)


def underlined(canvas: Canvas) -> None:
    write(canvas)
    bar(canvas, box=(60, 497.5, 150, 1.2))


def framed(canvas: Canvas) -> None:
    write(canvas)
    canvas.rect(50, 490, 300, 30, fill=0)


def nearly_own_colour(canvas: Canvas) -> None:
    bar(canvas, HexColor(0xDDDDDD))
    write(canvas, colour=HexColor(0x999999))


def beside_bar(canvas: Canvas) -> None:
    write(canvas)
    bar(canvas, box=(260, 495, 200, 16))


def on_other_bar(canvas: Canvas) -> None:
    bar(canvas, darkblue)
    write(canvas, colour=white)


def half_below(canvas: Canvas) -> None:
    write(canvas)
    bar(canvas, box=(55, 488, 300, 14))


@pytest.mark.parametrize(
    "draw",
    [marked, marked_before, underlined, framed, nearly_own_colour, beside_bar, on_other_bar, half_below],
    ids=lambda draw: draw.__name__,
)
def test_what_is_left_to_be_read_is_seen(tmp_path: Path, draw: Draw) -> None:
    extraction = read(tmp_path / "a.pdf", draw)
    assert extraction.text.split("\n\n") == [SEEN, SECRET]
    assert extraction.unseen == ()


def made_by_hand(content: bytes, more: bytes = b"", page: bytes = b"", catalog: bytes = b"") -> bytes:
    """A PDF of one page with two layers, of which the first is off."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        b"/Properties<</L1 6 0 R/L2 7 0 R>>/XObject<</Fm0 8 0 R>>>>" + page + b">>",
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/OCG/Name(Entwurf)>>",
        b"<</Type/OCG/Name(Druck)>>",
        more or b"null",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


OFF = b"/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]/Order[6 0 R 7 0 R]>>>>"
SAID = b"BT /F1 12 Tf 50 %d Td (%s) Tj ET "


def test_layers_that_are_off_are_not_seen_and_others_are(tmp_path: Path) -> None:
    """The same place has a German and an English layer, as in drawings for several countries."""
    both = (
        b"/OC /L1 BDC " + SAID % (600, b"Thickness 8 mm") + b"EMC /OC /L2 BDC " + SAID % (600, b"Dicke 8 mm") + b"EMC "
    )
    form = SAID % (500, "Entwurf, nicht gültig".encode("cp1252"))
    drawn = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 6 0 R/Resources<</Font<</F1 5 0 R>>>>"
    drawn += b"/Length %d>>stream\n" % len(form) + form + b"\nendstream"
    file = tmp_path / "a.pdf"
    file.write_bytes(made_by_hand(SAID % (700, b"Teil 7") + both + b"/Fm0 Do", drawn, catalog=OFF))
    extraction = checked(file, partition(file))
    assert extraction.text.split("\n\n") == ["Teil 7", "Dicke 8 mm"]
    unseen = " ".join(one.text for one in extraction.unseen)
    assert "Thickness 8 mm" in unseen and "Entwurf, nicht gültig" in unseen
    assert extraction.completeness and extraction.completeness.share == 1


def test_a_square_of_the_tools_for_comments_hides_and_a_marker_does_not(tmp_path: Path) -> None:
    square = b"<</Type/Annot/Subtype/Square/Rect[45 590 300 615]/IC[0 0 0]/C[0 0 0]/F 4/AP<</N 8 0 R>>>>"
    marker = (
        b"<</Type/Annot/Subtype/Highlight/Rect[45 490 300 515]/QuadPoints[45 515 300 515 45 490 300 490]/C[1 1 0]/F 4>>"
    )
    black_box = b"0 0 0 rg 0 0 255 25 re f"
    drawn = b"<</Type/XObject/Subtype/Form/BBox[0 0 255 25]/Length %d>>stream\n" % len(black_box) + black_box
    file = tmp_path / "a.pdf"
    content = SAID % (700, b"Teil 7") + SAID % (598, b"Geheim 1") + SAID % (498, b"Wichtig 2")
    file.write_bytes(made_by_hand(content, drawn + b"\nendstream", b"/Annots[" + square + marker + b"]"))
    extraction = checked(file, partition(file))
    assert extraction.text.split("\n\n") == ["Teil 7", "Wichtig 2"]
    assert [one.text for one in extraction.unseen] == ["Geheim 1"]
