"""Records in which old Office keeps drawings and slides, one within the other ([MS-ODRAW], 2.2; [MS-PPT], 2.3.1)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

HEAD = 8  # bytes before what a record holds
SHAPE = 0xF00B  # properties of a shape
_CONTAINER = 0xF  # version of a record that holds others
_IS_LONG, _NAME, _DRAWN_TEXT = 0x8000, 0x3FFF, 0x00C0  # bits of a property; what a drawn word says


class Record(NamedTuple):
    """A record and what it holds."""

    type: int
    instance: int
    holds_others: bool
    content: bytes


def records(content: bytes, most: int | None = None) -> Iterator[Record]:
    """Records that follow each other.

    Args:
        content: of a stream, or of a record that holds others.
        most: that are wanted; all where it is None.
    """
    at = count = 0
    while at + HEAD <= len(content) and count != most:
        kind, type_, length = struct.unpack_from("<HHI", content, at)
        inner = content[at + HEAD : at + HEAD + length]
        yield Record(type_, kind >> 4, kind & 0xF == _CONTAINER, inner)
        at += HEAD + length
        count += 1


def words_of_shape(shape: Record) -> Iterator[str]:
    """What a word that is drawn says: a long value of a shape's properties, which stand behind the short ones.

    Args:
        shape: record of its properties.
    """
    at = 6 * shape.instance
    for number in range(shape.instance):
        name, value = struct.unpack_from("<HI", shape.content, 6 * number)
        if name & _IS_LONG:
            if name & _NAME == _DRAWN_TEXT:
                yield shape.content[at : at + value].decode("utf-16-le", "replace").rstrip("\0")
            at += value


def drawn_words(content: bytes) -> Iterator[str]:
    """Words that are drawn by all shapes within records.

    Args:
        content: of a stream, or of a record that holds others.
    """
    for record in records(content):
        if record.type == SHAPE:
            yield from words_of_shape(record)
        elif record.holds_others:
            yield from drawn_words(record.content)
