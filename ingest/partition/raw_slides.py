"""What is written in PowerPoint's binary files, by the records that hold their text (MS-PPT, 2.3)."""

import struct
from collections.abc import Iterator
from pathlib import Path

from ingest.partition.art_records import HEAD, SHAPE, Record, records, words_of_shape
from ingest.partition.raw_parts import Raw, without_repeats

_MOST_BYTES = 200_000_000  # of a stream
_STREAM, _USER = "PowerPoint Document", "Current User"
_CHARS, _BYTES = 0x0FA0, 0x0FA8
_DOCUMENT, _SLIDE, _NOTES, _TEXTS = 0x03E8, 0x03EE, 0x03F0, 0x0FF0
_OF_MASTERS = 1  # instance of a list of texts
_ENCRYPTED = 0xF3D1C4DF  # token of the user's record


def slides(path: Path) -> Raw | None:
    """Text of slides and their notes, without that of masters, which slides do not show; None of an encrypted file.

    Args:
        path: of the file.
    """
    import olefile

    with olefile.OleFileIO(str(path)) as file:
        stream = file.openstream(_STREAM).read(_MOST_BYTES)
        user = file.openstream(_USER).read(_MOST_BYTES)
    if struct.unpack_from("<I", user, HEAD + 4)[0] == _ENCRYPTED:
        return None
    pages: list[list[str]] = []
    for place in _places(stream, struct.unpack_from("<I", user, HEAD + 8)[0]):
        for record in records(stream[place:], most=1):
            if record.type in (_DOCUMENT, _SLIDE, _NOTES):
                pages.append([line for text in _texts(record) for line in text.replace("\x0b", "\r").split("\r")])
    return Raw(list(without_repeats(pages)), [])


def _places(stream: bytes, edit: int) -> list[int]:
    """Where the records that are in force begin: each time a file is saved, newer ones may be put behind the others.

    Args:
        stream: of the file.
        edit: place of the newest one.
    """
    places: dict[int, int] = {}
    seen: set[int] = set()
    while edit and edit not in seen:
        seen.add(edit)
        before, directory = struct.unpack_from("<II", stream, edit + HEAD + 8)
        at = directory + HEAD
        end = at + struct.unpack_from("<I", stream, directory + 4)[0]
        while at < end:
            entry = struct.unpack_from("<I", stream, at)[0]
            first, count = entry & 0xFFFFF, entry >> 20
            for number, place in enumerate(struct.unpack_from(f"<{count}I", stream, at + 4)):
                places.setdefault(first + number, place)
            at += 4 + 4 * count
        edit = before
    return list(places.values())


def _texts(record: Record) -> Iterator[str]:
    for inner in records(record.content):
        if inner.type == _CHARS:
            yield inner.content.decode("utf-16-le", "replace")
        elif inner.type == _BYTES:
            yield inner.content.decode("latin-1")
        elif inner.type == SHAPE:
            yield from words_of_shape(inner)
        elif inner.holds_others and not (inner.type == _TEXTS and inner.instance == _OF_MASTERS):
            yield from _texts(inner)
