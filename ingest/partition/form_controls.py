"""Controls of Microsoft's forms, as Word and LibreOffice embed them in documents: what they show ([MS-OFORMS], 2.2).

A control is a mask of the properties that it has, then their values, each at a multiple of its size, then its texts.
"""

import io
import struct
from typing import NamedTuple

from ingest.partition.tick_boxes import tick_box

_STREAM = "contents"  # of a control that is a compound file
_GUID = 16  # bytes of the class before a control that is none
_MARK = b"\x00\x02"  # version of a control
_COMPRESSED = 0x80000000  # a byte a letter
_BOXES = (4, 5, 6)  # styles that are ticked: check boxes, options and switches
_LABEL, _BUTTON = "978c9e23", "d7053240"  # beginnings of the classes that have a caption alone
_MORPH = "8bd21d"  # of text boxes, lists, boxes to tick


class _Property(NamedTuple):
    """A value by its bit in the mask and its bytes; of a text these say how long it is."""

    bit: int
    size: int
    name: str = ""


_OF_MORPH = tuple(
    _Property(*one)
    for one in (
        (0, 4), (1, 4), (2, 4), (3, 4), (4, 1), (5, 1), (6, 1, "style"), (7, 1), (9, 2), (10, 4), (11, 2), (12, 2),
        (13, 2), (14, 2), (15, 2), (16, 1), (17, 1), (18, 1), (20, 1), (21, 1), (22, 4, "value"), (23, 4, "caption"),
        (24, 4), (25, 4), (26, 4), (27, 2), (28, 2), (29, 2), (32, 4),
    )
)  # fmt: skip
_OF_LABEL = tuple(
    _Property(*one) for one in ((0, 4), (1, 4), (2, 4), (3, 4, "caption"), (4, 4), (6, 1), (7, 4), (8, 2), (9, 2),
                                (10, 2), (11, 2), (12, 2))
)  # fmt: skip
_OF_BUTTON = tuple(
    _Property(*one) for one in ((0, 4), (1, 4), (2, 4), (3, 4, "caption"), (4, 4), (6, 1), (7, 2), (8, 2), (10, 2))
)
_SIZE_OF_MORPH = 8  # bit of the width and height, which stand before the texts there, and behind them elsewhere


def control_text(kind: str, content: bytes) -> str | None:
    """What a control shows; None where that cannot be told, as of other makers' controls.

    Args:
        kind: class of the control, as the document writes it.
        content: that it keeps.
    """
    kind = kind.strip("{}").lower()
    data = _stream(content)
    if data is None:
        return None
    try:
        if kind.startswith(_MORPH):
            return _morph(data)
        if kind.startswith((_LABEL, _BUTTON)):
            return _captioned(data, _OF_LABEL if kind.startswith(_LABEL) else _OF_BUTTON)
    except struct.error:
        return None
    return None


def _stream(content: bytes) -> bytes | None:
    import olefile

    if olefile.isOleFile(data=content):
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            content = file.openstream(_STREAM).read() if file.exists(_STREAM) else b""
    elif content[:2] != _MARK:
        content = content[_GUID:]
    return content if content[:2] == _MARK else None


def _morph(data: bytes) -> str:
    mask = struct.unpack_from("<Q", data, 4)[0]
    values, at = _values(data, 12, mask, _OF_MORPH)
    at += 8 if mask >> _SIZE_OF_MORPH & 1 else 0
    value, at = _said(data, at, values.get("value", 0))
    caption, _ = _said(data, at, values.get("caption", 0))
    if values.get("style") in _BOXES:
        return f"{tick_box(value == '1')} {caption}".strip()
    return value or caption


def _captioned(data: bytes, properties: tuple[_Property, ...]) -> str:
    values, at = _values(data, 8, struct.unpack_from("<I", data, 4)[0], properties)
    return _said(data, at, values.get("caption", 0))[0]


def _values(data: bytes, start: int, mask: int, properties: tuple[_Property, ...]) -> tuple[dict[str, int], int]:
    """The values that count, by their names, and where the texts begin."""
    found: dict[str, int] = {}
    at = 0  # multiples are counted from the first value
    for one in (one for one in properties if mask >> one.bit & 1):
        at += -at % one.size
        if one.name:
            found[one.name] = int.from_bytes(data[start + at : start + at + one.size], "little")
        at += one.size
    return found, start + at + -at % 4


def _said(data: bytes, at: int, count: int) -> tuple[str, int]:
    size = count & ~_COMPRESSED
    letters = data[at : at + size]
    text = letters.decode("cp1252" if count & _COMPRESSED else "utf-16-le", "replace")
    return text, at + size + -size % 4
