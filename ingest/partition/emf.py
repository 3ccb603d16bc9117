"""Text in enhanced metafiles, in which Office keeps charts, SmartArt and drawings ([MS-EMF], 2.3)."""

import math
import struct
from collections.abc import Iterator
from typing import NamedTuple

from ingest.partition.drawn_words import DrawnText, aligned

_MARK, _MARK_AT = b" EMF", 40
_MOST_RECORDS = 1_000_000
_MOVE, _SAVE, _RESTORE, _SET_TRANSFORM, _TRANSFORM, _SELECT, _DELETE = 27, 33, 34, 35, 36, 37, 40
_ALIGN, _FONT, _TEXT_OF_BYTES, _TEXT, _SMALL_TEXT = 22, 82, 83, 84, 108
_IDENTITY, _LEFT_MULTIPLY, _RIGHT_MULTIPLY = 1, 2, 3
_GLYPHS, _NO_BOX, _SMALL = 0x10, 0x100, 0x200  # options of a text: numbers for letters, no box, letters of one byte
_FROM_CURRENT = 0x01  # bit of the alignment
_PICTURES = {76: 84, 81: 48}  # bitmaps, and where each says its places
_COMMENT, _PLUS_TEXTS = 70, (0x401C, 0x4036)  # in which newer programs draw, and what draws text in it
_USUAL_SIZE = 12.0
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _State(NamedTuple):
    """What holds until it is changed, and can be saved."""

    size: float = _USUAL_SIZE
    align: int = 0
    transform: Matrix = _SAME
    place: tuple[float, float] = (0.0, 0.0)


def is_emf(content: bytes) -> bool:
    """Whether bytes are an enhanced metafile."""
    return content[:4] == b"\1\0\0\0" and content[_MARK_AT : _MARK_AT + 4] == _MARK


def emf_texts(content: bytes) -> Iterator[DrawnText]:
    """Texts of a metafile in the order in which they are drawn; one of glyphs alone has no letters.

    Args:
        content: bytes of the file.
    """
    state, saved, fonts = _State(), list[_State](), dict[int, float]()
    for kind, record in _records(content):
        if kind in (_TEXT, _TEXT_OF_BYTES, _SMALL_TEXT):
            text, point = _small(record) if kind == _SMALL_TEXT else _text(record, kind == _TEXT)
            if text:
                yield _placed(text, point, state)
        elif kind == _FONT:
            number, height = struct.unpack_from("<Ii", record, 8)
            fonts[number] = abs(height) or _USUAL_SIZE
        elif kind == _DELETE:
            fonts.pop(struct.unpack_from("<I", record, 8)[0], None)
        elif kind == _SAVE:
            saved.append(state)
        elif kind == _RESTORE and saved:
            back = struct.unpack_from("<i", record, 8)[0]
            state = saved[back] if -len(saved) <= back < 0 else saved[-1]
            del saved[max(back, -len(saved)) :]
        else:
            state = _changed(state, kind, record, fonts)


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 8 > len(content):
            return
        kind, size = struct.unpack_from("<II", content, at)
        if size < 8:
            return
        record = content[at : at + size]
        # What counts here has this many bytes at least: shorter records are damaged.
        yield kind, record + bytes(max(0, 104 - len(record)))
        at += size


def _changed(state: _State, kind: int, record: bytes, fonts: dict[int, float]) -> _State:
    if kind == _SELECT:
        return state._replace(size=fonts.get(struct.unpack_from("<I", record, 8)[0], state.size))
    if kind == _ALIGN:
        return state._replace(align=struct.unpack_from("<I", record, 8)[0])
    if kind == _MOVE:
        return state._replace(place=struct.unpack_from("<ii", record, 8))
    if kind == _SET_TRANSFORM:
        return state._replace(transform=struct.unpack_from("<6f", record, 8))
    if kind == _TRANSFORM:
        *matrix, mode = struct.unpack_from("<6fI", record, 8)
        own: Matrix = tuple(matrix)  # type: ignore[assignment]
        if mode == _IDENTITY:
            return state._replace(transform=_SAME)
        if mode == _LEFT_MULTIPLY:
            return state._replace(transform=_times(own, state.transform))
        return state._replace(transform=_times(state.transform, own) if mode == _RIGHT_MULTIPLY else own)
    return state


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _text(record: bytes, is_wide: bool) -> tuple[str, tuple[float, float]]:
    left, top, count, start, options = struct.unpack_from("<iiIII", record, 36)
    letters = record[start : start + (2 if is_wide else 1) * count]
    if options & _GLYPHS:
        return "", (left, top)
    return letters.decode("utf-16-le" if is_wide else "cp1252", "replace"), (left, top)


def _small(record: bytes) -> tuple[str, tuple[float, float]]:
    left, top, count, options = struct.unpack_from("<iiII", record, 8)
    start = 36 if options & _NO_BOX else 52
    if options & _GLYPHS:
        return "", (left, top)
    if options & _SMALL:
        return record[start : start + count].decode("cp1252", "replace"), (left, top)
    return record[start : start + 2 * count].decode("utf-16-le", "replace"), (left, top)


def _placed(text: str, point: tuple[float, float], state: _State) -> DrawnText:
    x, y = state.place if state.align & _FROM_CURRENT else point
    a, b, c, d, e, f = state.transform
    size = state.size * (math.hypot(c, d) or 1.0)
    return aligned(text, a * x + c * y + e, b * x + d * y + f, size, state.align)


def emf_pictures(content: bytes) -> Iterator[bytes]:
    """Bitmaps in a metafile, each with its head before it, as files with the suffix dib are.

    Args:
        content: bytes of the file.
    """
    for kind, record in _records(content):
        if kind in _PICTURES:
            head, head_size, bits, size = struct.unpack_from("<IIII", record, _PICTURES[kind])
            if head_size and size:
                yield record[head : head + head_size] + record[bits : bits + size]


def draws_glyphs(content: bytes) -> bool:
    """Whether a metafile draws letters by the numbers that they have in a font, which say nothing without it.

    Args:
        content: bytes of the file.
    """
    return any(
        (kind in (_TEXT, _TEXT_OF_BYTES) and struct.unpack_from("<I", record, 52)[0] & _GLYPHS)
        or (kind == _COMMENT and record[12:16] == b"EMF+" and _draws_plus(record[16:]))
        for kind, record in _records(content)
    )


def _draws_plus(records: bytes) -> bool:
    at = 0
    while at + 12 <= len(records):
        kind, _, size = struct.unpack_from("<HHI", records, at)
        if kind in _PLUS_TEXTS:
            return True
        at += max(size, 12)
    return False
