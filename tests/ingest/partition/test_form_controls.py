"""Controls of forms show what was put in, by the properties that they keep."""

import struct

import pytest

from ingest.partition.form_controls import control_text

TEXT_BOX = "{8BD21D10-EC42-11CE-9E0D-00AA006002F3}"
LABEL = "{978C9E23-D4B0-11CE-BF2D-00AA003F40D0}"


def padded(text: bytes) -> bytes:
    return text + bytes(-len(text) % 4)


def morph(style: int, value: bytes, caption: bytes, flag: int = 0) -> bytes:
    """A control with its style, size, value and caption, as programs write it."""
    mask = 1 << 6 | 1 << 8 | 1 << 22 | 1 << 23
    values = struct.pack("<B3xII", style, len(value) | flag, len(caption) | flag)
    return b"\0\2" + struct.pack("<HQ", 0, mask) + values + bytes(8) + padded(value) + padded(caption)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (morph(1, "Eva Lenz".encode("utf-16-le"), b""), "Eva Lenz"),
        (morph(1, b"Eva Lenz", b"", 0x80000000), "Eva Lenz"),
        (morph(4, b"1", b"Eilig", 0x80000000), "☒ Eilig"),
        (morph(4, b"0", b"Eilig", 0x80000000), "☐ Eilig"),
        (bytes(16) + morph(1, b"hinter der Klasse", b"", 0x80000000), "hinter der Klasse"),
    ],
)
def test_a_control_shows_its_value(content: bytes, shown: str) -> None:
    assert control_text(TEXT_BOX, content) == shown


def test_a_label_shows_its_caption() -> None:
    caption = "Hinweis".encode("utf-16-le")
    assert control_text(LABEL, b"\0\2" + struct.pack("<HII", 0, 1 << 3, len(caption)) + padded(caption)) == "Hinweis"


@pytest.mark.parametrize("content", [b"", b"\0\2", b"x" * 40])
def test_what_is_no_control_is_not_told(content: bytes) -> None:
    assert control_text(TEXT_BOX, content) is None


def test_controls_of_other_makers_are_not_told() -> None:
    assert control_text("{00000000-0000-0000-0000-000000000000}", morph(1, b"x", b"")) is None
