"""Specks of a scan do not spoil its words, and writing that OCR passes over is told."""

import shutil
from pathlib import Path

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.partition import extract
from ingest.partition.picture_ink import despeckled, is_specked, unread_share
from ingest.partition.runs import Box

LINES = ["Prüfer: Ute Kern", "Soll 6 bar, Ist 5,9 bar", "Kunde: Stadtwerke Ulm", "Temperatur 86 °C, in Ordnung"]
SIZE = (1654, 1000)
FONT = ImageFont.load_default(40)


def page() -> tuple[Image.Image, list[Box]]:
    """A page of writing, and the boxes of its words."""
    picture, boxes = Image.new("L", SIZE, 255), list[Box]()
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(LINES):
        left = 120.0
        for word in line.split():
            place = (left, 100.0 + 90 * number)
            pen.text(place, word, fill=0, font=FONT)
            boxes.append(pen.textbbox(place, word, font=FONT))
            left = boxes[-1][2] + 14
    return picture, boxes


def specked(picture: Image.Image, share: float = 0.004) -> Image.Image:
    grey = numpy.asarray(picture).copy()
    grey[numpy.random.default_rng(3).random(grey.shape) < share] = 0
    return Image.fromarray(grey)


def test_writing_that_is_in_no_word_counts_as_unread() -> None:
    picture, boxes = page()
    assert unread_share(picture, boxes) == 0.0
    half = unread_share(picture, boxes[: len(boxes) // 2])
    assert 0.3 < half < 0.7 and unread_share(picture, []) == 1.0


def test_dots_specks_a_dark_field_and_a_short_sign_are_no_writing() -> None:
    picture, boxes = page()
    pen = ImageDraw.Draw(picture)
    for left in range(120, 1500, 12):  # a dotted line
        pen.ellipse((left, 560, left + 5, 565), fill=0)
    pen.rectangle((120, 620, 900, 900), fill=60)
    pen.text((1300, 700), "JK", fill=0, font=FONT)
    assert unread_share(specked(picture, 0.002), boxes) == 0.0


def test_specks_are_told_from_letters() -> None:
    picture, _ = page()
    dirty = specked(picture)
    assert not is_specked(picture, despeckled(picture)) and is_specked(dirty, despeckled(dirty))


@pytest.mark.integration
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract")
def test_a_specked_scan_is_read_as_its_clean_copy_is(tmp_path: Path) -> None:
    picture, _ = page()
    specked(picture, 0.006).save(tmp_path / "scan.png")
    read = extract(tmp_path / "scan.png")
    assert all(words in read.text for words in ("Ute Kern", "Stadtwerke Ulm", "5,9 bar"))
    assert read.partly_read_pages == ()


@pytest.mark.integration
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract")
def test_a_page_that_was_read_in_part_is_named(tmp_path: Path) -> None:
    picture, _ = page()
    pen = ImageDraw.Draw(picture)
    for number in range(5):  # what no OCR reads: signs without meaning, as large as letters
        for left in range(120, 1500, 46):
            top = 520 + 70 * number
            pen.line((left, top, left + 30, top + 36), fill=0, width=6)
            pen.arc((left, top, left + 34, top + 36), 30, 250, fill=0, width=6)
    picture.save(tmp_path / "scan.png")
    assert extract(tmp_path / "scan.png").partly_read_pages == (1,)
