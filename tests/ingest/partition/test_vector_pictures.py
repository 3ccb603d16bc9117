"""Drawings say their words: metafiles of Windows and SVG, in the order and the lines in which they set them."""

import gzip
import struct

import pytest

from ingest.partition.vector_pictures import drawing


def emf_record(kind: int, data: bytes) -> bytes:
    data += bytes(-len(data) % 4)
    return struct.pack("<II", kind, 8 + len(data)) + data


def emf_text(text: str, left: int, top: int, options: int = 0) -> bytes:
    letters = text.encode("utf-16-le")
    head = bytes(16) + struct.pack("<Iff", 1, 1.0, 1.0)
    return emf_record(84, head + struct.pack("<iiIII", left, top, len(text), 76, options) + bytes(20) + letters)


def emf(*records: bytes) -> bytes:
    header = struct.pack("<II", 1, 88) + bytes(32) + b" EMF" + bytes(44)
    font = emf_record(82, struct.pack("<Ii", 1, -20) + bytes(92)) + emf_record(37, struct.pack("<I", 1))
    return header + font + b"".join(records) + emf_record(14, bytes(12))


def wmf_record(kind: int, data: bytes) -> bytes:
    data += bytes(len(data) % 2)
    return struct.pack("<IH", 3 + len(data) // 2, kind) + data


def wmf(*records: bytes) -> bytes:
    return b"\xd7\xcd\xc6\x9a" + bytes(18) + b"\1\0\t\0" + bytes(14) + b"".join(records) + wmf_record(0, b"")


def wmf_text(text: bytes, left: int, top: int) -> bytes:
    return wmf_record(
        0x0521, struct.pack("<H", len(text)) + text + bytes(len(text) % 2) + struct.pack("<hh", top, left)
    )


def said(content: bytes) -> list[str]:
    found = drawing(content, "bild.emf")
    assert found is not None
    return [element.text for element in found.elements if not element.unseen]


def test_lines_of_a_box_are_one_paragraph_and_boxes_stay_apart() -> None:
    boxes = emf_text("Antrag ", 0, 0), emf_text("prüfen", 5, 22), emf_text("Bescheid", 400, 0)
    assert said(emf(*boxes)) == ["Antrag prüfen", "Bescheid"]


def test_pieces_of_a_line_are_one() -> None:
    assert said(emf(emf_text("Frist: 14", 0, 0), emf_text(" Tage", 99, 0))) == ["Frist: 14 Tage"]


def test_what_is_set_in_rows_is_a_table() -> None:
    rows = [("Ort", "Menge", "Preis"), ("Gera", "12", "3,10"), ("Jena", "7", "2,95")]
    drawn = [emf_text(text, 300 * x, 100 * y) for y, row in enumerate(rows) for x, text in enumerate(row)]
    assert said(emf(*drawn)) == ["Ort: Gera; Menge: 12; Preis: 3,10\nOrt: Jena; Menge: 7; Preis: 2,95"]


def test_letters_that_are_numbers_of_a_font_are_named_and_not_read() -> None:
    found = drawing(emf(emf_text("ABC", 0, 0, options=0x10)), "bild.emf")
    assert found is not None
    assert [(one.text, one.unseen) for one in found.elements] == [("bild.emf", "unread")]


def test_a_drawing_without_text_says_nothing() -> None:
    assert said(emf()) == []


def test_older_metafiles_are_read_in_the_letters_of_their_font() -> None:
    font = wmf_record(0x02FB, struct.pack("<hhhhh", -20, 0, 0, 0, 400) + bytes([0, 0, 0, 204, 0, 0, 0, 0]))
    chosen = wmf_record(0x012D, struct.pack("<H", 0))
    assert said(wmf(font, chosen, wmf_text("Срок".encode("cp1251"), 0, 0))) == ["Срок"]


def test_zipped_drawings_are_read() -> None:
    assert said(gzip.compress(emf(emf_text("Lageplan", 0, 0)))) == ["Lageplan"]


def test_svg_is_read_without_what_it_does_not_show() -> None:
    svg = b"""<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><defs><text>y</text></defs>
        <text x="1">Tor <tspan>3</tspan><tspan x="1" y="9">West</tspan></text></svg>"""
    assert said(svg) == ["Tor 3 West"]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"", b"<html>"])
def test_all_else_is_no_drawing(content: bytes) -> None:
    assert drawing(content, "x") is None


@pytest.mark.parametrize("cut", range(40, 420, 37))
def test_damaged_drawings_raise_nothing(cut: int) -> None:
    whole = emf(emf_text("Antrag", 0, 0), emf_text("Bescheid", 400, 0))
    drawing(whole[:cut] + b"\xff" * 30, "x")
    drawing(wmf(wmf_text(b"Antrag", 0, 0))[:cut] + b"\xff" * 30, "x")
