"""A report: a title and blocks of text, tables and pictures that become Markdown, a page or a PDF.

Its text comes from documents and models. No renderer takes any of it for markup.
"""

import re
from collections.abc import Iterable
from itertools import groupby, zip_longest
from typing import Literal, NamedTuple

from pydantic import field_validator

from chatbot.rendering.labels import visible
from config.messages import Language
from ingest.documents import Frozen

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_PNG = b"\x89PNG\r\n\x1a\n"


class Piece(NamedTuple):
    """A part of one line, marked or not."""

    text: str
    marked: bool


class Heading(Frozen):
    text: str
    level: Literal[1, 2, 3]
    anchor: str = ""  # what a link to it ends with, on a page


class Paragraph(Frozen):
    text: str
    strong: bool = False
    muted: bool = False


class Items(Frozen):
    items: tuple[str, ...]


class Table(Frozen):
    """Rows may be shorter or longer than the head.

    Attributes:
        widths: shares of the width in a PDF; without one positive share a column, all are equally wide.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()

    def grid(self) -> tuple[tuple[str, ...], ...]:
        """The head and the rows, filled up to the same number of cells."""
        return tuple(zip(*zip_longest(self.head, *self.rows, fillvalue=""), strict=True))


class Passage(Frozen):
    """A quoted passage.

    Attributes:
        marks: character spans of the text; they may overlap, be unsorted or reach beyond its ends.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    caption: str = ""

    def lines(self) -> tuple[tuple[Piece, ...], ...]:
        """Its printable lines, each cut where a mark begins or ends; an empty line has no pieces."""
        lines: list[list[Piece]] = [[]]
        last = 0
        for start, end in [*_merged(self.marks, len(self.text)), (len(self.text), len(self.text))]:
            for piece in (Piece(self.text[last:start], False), Piece(self.text[start:end], True)):
                first, *further = printable(piece.text).split("\n")
                lines[-1].append(Piece(first, piece.marked))
                lines += [[Piece(line, piece.marked)] for line in further]
            last = end
        return tuple(map(_joined, lines))


class Code(Frozen):
    """Text to be shown as it is, such as a prompt or what a model wrote."""

    text: str
    caption: str = ""


class Picture(Frozen):
    png: bytes
    caption: str

    @field_validator("png")
    @classmethod
    def _is_png(cls, png: bytes) -> bytes:
        if not png.startswith(_PNG):
            raise ValueError("not a PNG picture")
        return png


class Divider(Frozen):
    """A line between two parts."""


Block = Heading | Paragraph | Items | Table | Passage | Code | Picture | Divider


class Report(Frozen):
    title: str
    subtitle: str = ""
    language: Language
    blocks: tuple[Block, ...]
    footer: str = ""


def printable(text: str) -> str:
    """Text without control and format characters, every kind of line end a newline.

    Args:
        text: of any origin.
    """
    return "\n".join(visible(line) for line in _LINE_ENDS.sub("\n", text).expandtabs(4).split("\n"))


def one_line(text: str) -> str:
    """Printable text without line ends and repeated spaces.

    Args:
        text: of any origin.
    """
    return " ".join(printable(text).split())


def _joined(line: Iterable[Piece]) -> tuple[Piece, ...]:
    """Without empty pieces, and one piece where what stood between two was not printable."""
    runs = groupby((piece for piece in line if piece.text), key=lambda piece: piece.marked)
    return tuple(Piece("".join(piece.text for piece in run), marked) for marked, run in runs)


def _merged(marks: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in marks):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
