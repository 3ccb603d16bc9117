"""A scan is read upright and level, however it was laid, and its words are marked where they are in the scan."""

from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from ingest.documents import Extraction
from ingest.partition import extract
from ingest.partition.picture_turns import Turn, skew

LINES = [
    "Der Kran in Halle drei wird jeden Montag gewartet.",
    "Die Wartung dauert etwa vierzig Minuten und wird notiert.",
    "Fehler meldet der Meister der Leitung am selben Tag.",
    "Bis zur Reparatur bleibt der Kran gesperrt.",
]
ROWS = [("Kran", "Tragkraft", "Meister"), ("Nord", "3200 kg", "Weber"), ("Tor", "1500 kg", "Ihde")]


def page(with_table: bool = True) -> Image.Image:
    picture = Image.new("L", (1654, 1200), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(34)
    for number, line in enumerate(LINES):
        pen.text((120, 100 + 60 * number), line, fill=0, font=font)
    for row, cells in enumerate(ROWS if with_table else ()):
        for column, text in enumerate(cells):
            box = (120 + 420 * column, 480 + 90 * row, 540 + 420 * column, 570 + 90 * row)
            pen.rectangle(box, outline=0, width=3)
            pen.text((box[0] + 20, box[1] + 24), text, fill=0, font=font)
    return picture


def laid(way: str) -> Image.Image:
    match way:
        case "upside down":
            return page().transpose(Image.Transpose.ROTATE_180)
        case "on its left":
            return page().transpose(Image.Transpose.ROTATE_90)
        case "on its right":
            return page().transpose(Image.Transpose.ROTATE_270)
        case _:
            return page().rotate(float(way), Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def read(picture: Image.Image, file: Path, **options: Any) -> Extraction:
    picture.save(file, **options)
    return extract(file)


def assert_whole(extraction: Extraction) -> None:
    text = " ".join(extraction.text.split())
    assert all(line in text for line in LINES)
    for kran, load, person in ROWS[1:]:
        assert f"Kran: {kran}; Tragkraft: {load}; Meister: {person}" in extraction.text


@pytest.mark.integration
@pytest.mark.parametrize("way", ["1.3", "-0.8", "2.4", "upside down", "on its left", "on its right"])
def test_a_scan_is_read_however_it_was_laid(tmp_path: Path, way: str) -> None:
    picture = laid(way)
    extraction = read(picture, tmp_path / "a.png")
    assert_whole(extraction)
    grey = numpy.asarray(picture)
    for word in extraction.words:
        left, top, right, bottom = (round(side) for side in word[3:])
        assert 0 <= left < right <= picture.width and 0 <= top < bottom <= picture.height
        assert (grey[top:bottom, left:right] < 128).any(), extraction.text[word.start : word.end]


@pytest.mark.integration
def test_a_photograph_is_held_as_its_camera_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right
    assert_whole(read(page().transpose(Image.Transpose.ROTATE_90), tmp_path / "a.jpg", exif=exif, quality=90))


@pytest.mark.integration
@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_is_paper(tmp_path: Path, mode: str) -> None:
    ink = page().point(lambda grey: 255 - grey)
    picture = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    picture.putalpha(ink)
    assert_whole(read(picture.convert(mode), tmp_path / "a.png"))


@pytest.mark.parametrize("angle", [-3.0, -1.1, 0.0, 0.6, 2.2])
def test_the_angle_of_a_page_is_told(angle: float) -> None:
    turned = page(with_table=False).rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert skew(turned) == pytest.approx(-angle, abs=0.2)


def test_an_empty_page_is_level() -> None:
    assert skew(Image.new("L", (800, 600), 255)) == 0.0


@given(
    st.integers(0, 3),
    st.floats(-4, 4),
    st.tuples(st.floats(0, 500), st.floats(0, 700)),
)
def test_turning_back_finds_the_place(quarters: int, angle: float, point: tuple[float, float]) -> None:
    """A spot drawn on a page stands, turned back, where it was drawn."""
    width, height = 600, 800
    spot = Image.new("L", (width, height), 255)
    x, y = (round(value) + 40 for value in point)
    ImageDraw.Draw(spot).rectangle((x - 4, y - 4, x + 4, y + 4), fill=0)
    ways = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    way = ways[quarters]
    turned = (spot if way is None else spot.transpose(way)).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    rows, columns = numpy.nonzero(numpy.asarray(turned) < 128)
    box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    left, top, right, bottom = Turn(quarters, angle, width, height).back(tuple(map(float, box)))  # type: ignore[arg-type]
    assert abs((left + right) / 2 - x - 0.5) < 2 and abs((top + bottom) / 2 - y - 0.5) < 2
