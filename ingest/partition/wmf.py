"""Text in the metafiles of older programs, which keep charts, formulas and clip art in them ([MS-WMF], 2.3)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from ingest.partition.drawn_words import DrawnText, aligned
from ingest.partition.font_charsets import SYMBOLS, encoding_of

_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_HEADERS = (b"\1\0\t\0", b"\2\0\t\0")  # kept in memory or on disk, with a header of nine words
_PLACEABLE_BYTES, _HEADER_BYTES = 22, 18
_MOST_RECORDS = 1_000_000
_TEXT, _PLACED_TEXT, _MOVE, _ALIGN, _SELECT, _DELETE = 0x0521, 0x0A32, 0x0214, 0x012E, 0x012D, 0x01F0
_SAVE, _RESTORE, _FONT = 0x001E, 0x0127, 0x02FB
_CREATES = (0x02FA, _FONT, 0x02FC, 0x01F9, 0x0142, 0x06FF, 0x00F7)  # pens, fonts, brushes, regions, palettes
_PICTURES = {0x0F43: 22, 0x0B41: 20}  # stretched bitmaps, and where each begins
_HAS_BOX, _GLYPHS = 0x6, 0x10  # options of a text
_FROM_CURRENT = 0x01  # bit of the alignment
_USUAL_SIZE = 12.0


class _Font(NamedTuple):
    size: float = _USUAL_SIZE
    charset: int = 0


class _State(NamedTuple):
    """What holds until it is changed, and can be saved."""

    font: _Font = _Font()
    align: int = 0
    place: tuple[int, int] = (0, 0)


def is_wmf(content: bytes) -> bool:
    """Whether bytes are a metafile of older programs."""
    return content[:4] == _PLACEABLE or content[:4] in _HEADERS


def wmf_texts(content: bytes) -> Iterator[DrawnText]:
    """Texts of a metafile in the order in which they are drawn.

    Args:
        content: bytes of the file.
    """
    state, saved = _State(), list[_State]()
    objects: list[_Font | None] = []  # None where one was deleted
    for kind, data in _records(content):
        if kind in (_TEXT, _PLACED_TEXT):
            letters, x, y = _placed_text(data) if kind == _PLACED_TEXT else _plain_text(data)
            if letters and state.font.charset != SYMBOLS:
                text = letters.decode(encoding_of(state.font.charset), "replace")
                left, top = state.place if state.align & _FROM_CURRENT else (x, y)
                yield aligned(text, left, top, state.font.size, state.align)
        elif kind in _CREATES:
            made = _Font(abs(struct.unpack_from("<h", data)[0]) or _USUAL_SIZE, data[13]) if kind == _FONT else _Font()
            _keep(objects, made._replace(charset=made.charset if kind == _FONT else -1))
        elif kind == _DELETE and (number := struct.unpack_from("<H", data)[0]) < len(objects):
            objects[number] = None
        elif kind == _SAVE:
            saved.append(state)
        elif kind == _RESTORE and saved:
            state = saved.pop()
        else:
            state = _changed(state, kind, data, objects)


def _keep(objects: list[_Font | None], made: _Font) -> None:
    """An object takes the first place that is free."""
    if None in objects:
        objects[objects.index(None)] = made
    else:
        objects.append(made)


def _changed(state: _State, kind: int, data: bytes, objects: list[_Font | None]) -> _State:
    if kind == _SELECT and (number := struct.unpack_from("<H", data)[0]) < len(objects):
        chosen = objects[number]
        return state._replace(font=chosen) if chosen is not None and chosen.charset >= 0 else state
    if kind == _ALIGN:
        return state._replace(align=struct.unpack_from("<H", data)[0])
    if kind == _MOVE:
        y, x = struct.unpack_from("<hh", data)
        return state._replace(place=(x, y))
    return state


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEADER_BYTES + (_PLACEABLE_BYTES if content[:4] == _PLACEABLE else 0)
    for _ in range(_MOST_RECORDS):
        if at + 6 > len(content):
            return
        words, kind = struct.unpack_from("<IH", content, at)
        if words < 3:
            return
        data = content[at + 6 : at + 2 * words]
        yield kind, data + bytes(max(0, 20 - len(data)))
        at += 2 * words


def _plain_text(data: bytes) -> tuple[bytes, int, int]:
    count = struct.unpack_from("<H", data)[0]
    end = 2 + count + count % 2
    y, x = struct.unpack_from("<hh", data, end) if end + 4 <= len(data) else (0, 0)
    return data[2 : 2 + count], x, y


def _placed_text(data: bytes) -> tuple[bytes, int, int]:
    y, x, count, options = struct.unpack_from("<hhHH", data)
    start = 16 if options & _HAS_BOX else 8
    return (b"" if options & _GLYPHS else data[start : start + count]), x, y


def wmf_pictures(content: bytes) -> Iterator[bytes]:
    """Bitmaps in a metafile, each with its head before it, as files with the suffix dib are.

    Args:
        content: bytes of the file.
    """
    for kind, data in _records(content):
        if kind in _PICTURES:
            yield data[_PICTURES[kind] :]
