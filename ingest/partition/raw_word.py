"""What is written in Word's binary files, by the table of their pieces (MS-DOC, 2.4.1)."""

import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from ingest.partition.art_records import HEAD, drawn_words, records
from ingest.partition.eq_fields import shown_equation
from ingest.partition.raw_parts import PAGE_NUMBER, Raw, without_page_number

_MOST_BYTES = 200_000_000  # of a stream
# The file's information block: places of its version, of flags, of counts of characters, and of the table of pieces.
_VERSION, _FLAGS, _COUNTS, _PIECES = 0x02, 0x0A, 0x4C, 0x01A2
_DRAWINGS = 0x022A  # place and size of the drawings in the stream of tables
_SILENT_FIELD = re.compile("\x13([^\x13\x14\x15]*)\x15")  # without a result
_FIRST_VERSION = 0xC1  # of Word 97
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
# What follows each other in the text: body, footnotes, headers and footers, macros, comments, endnotes, text boxes.
_STORIES, _MARGINS = 8, (2, 7)
_CHANGES = 1  # of formats, before the table of pieces
_IN_BYTES = 0x40000000  # a piece has a byte a character, not two
_BEGIN, _SEPARATE, _END = "\x13\x14\x15"  # of fields
_SIGNS = str.maketrans({sign: "\n" for sign in "\x02\x05\x07\x0b\x0c\x0e\r"} | {"\x1e": "-", "\x1f": None})
_PAGES = (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])  # what instructions begin with


def word_document(path: Path) -> Raw | None:
    """Text of a file with its notes, comments, boxes and margins; None of an encrypted one, and of those before 97.

    Args:
        path: of the file.
    """
    import olefile

    with olefile.OleFileIO(str(path)) as file:
        streams = _streams(file)
    if streams is None:
        return None
    main, table = streams
    text = "".join(_pieces(main, table))
    lines = [*_drawn(main, table)]
    start = 0
    for story, count in enumerate(struct.unpack_from(f"<{_STORIES}i", main, _COUNTS)):
        said = _without_fields(text[start : start + count]).translate(_SIGNS).split("\n")
        if story in _MARGINS:  # each section has its own
            said = list(dict.fromkeys(map(without_page_number, said)))
        lines += said
        start += count
    return Raw(lines, [])


def beside_text(file: Any) -> list[str]:
    """Words that are drawn, and equations that are fields without a result: programs that convert a file drop both.

    Args:
        file: of olefile.
    """
    streams = _streams(file)
    if streams is None:
        return []
    return [*_equations("".join(_pieces(*streams))), *_drawn(*streams)]


def _streams(file: Any) -> tuple[bytes, bytes] | None:
    """The streams of the text and of its tables; None of an encrypted file, and of those before 97."""
    main = file.openstream("WordDocument").read(_MOST_BYTES)
    flags = struct.unpack_from("<H", main, _FLAGS)[0]
    if flags & _ENCRYPTED or struct.unpack_from("<H", main, _VERSION)[0] < _FIRST_VERSION:
        return None
    return main, file.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read(_MOST_BYTES)


def _drawn(main: bytes, table: bytes) -> Iterator[str]:
    """Words that shapes draw: those in the group of all drawings, then in the drawing of each part of the text."""
    start, size = struct.unpack_from("<II", main, _DRAWINGS)
    content = table[start : start + size]
    for group in records(content, most=1):
        at = HEAD + len(group.content)
        while at + 1 + HEAD <= len(content):  # before each stands a byte that says whose it is
            for drawing in records(content[at + 1 :], most=1):
                yield from drawn_words(drawing.content)
                at += 1 + HEAD + len(drawing.content)


def _equations(text: str) -> Iterator[str]:
    for field in _SILENT_FIELD.findall(text):
        if said := shown_equation(field):
            yield said


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    """The text piece by piece: one that is saved fast has them in any order."""
    at = struct.unpack_from("<I", main, _PIECES)[0]
    while table[at] == _CHANGES:
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    count = (struct.unpack_from("<I", table, at + 1)[0] - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    descriptors = at + 5 + 4 * (count + 1)
    for number, (first, last) in enumerate(pairwise(places)):
        place = struct.unpack_from("<I", table, descriptors + 8 * number + 2)[0]
        if place & _IN_BYTES:
            start = (place & ~_IN_BYTES) // 2
            yield main[start : start + last - first].decode("cp1252", "replace")
        else:
            yield main[place : place + 2 * (last - first)].decode("utf-16-le", "replace")


def _without_fields(text: str) -> str:
    """A text in which fields say what they show, without their instructions; numbers of pages are only marked."""
    kept: list[str] = []
    instructions: list[str] = []  # of the fields that are open
    shows: list[bool] = []  # whether these are at a result that counts
    for char in text:
        if char == _BEGIN:
            instructions.append("")
            shows.append(False)
        elif char == _SEPARATE and shows:
            shows[-1] = instructions[-1].upper().split()[:1] not in _PAGES
            kept += [] if shows[-1] else [PAGE_NUMBER]
        elif char == _END and shows:
            kept.append(shown_equation(instructions[-1]) or "" if not shows[-1] else "")
            instructions.pop()
            shows.pop()
        elif all(shows):
            kept.append(char)
        else:
            instructions[-1] += char
    return "".join(kept)
