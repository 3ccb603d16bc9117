"""A report: a title and blocks of text, tables and pictures that become Markdown, a page or a PDF.

Its text comes from documents and models. No renderer takes any of it for markup.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Literal, NamedTuple

from pydantic import field_validator

from chatbot.rendering.labels import visible
from chatbot.rendering.passage_rows import Rows, rows_and_text
from config.messages import Language
from ingest.documents import CellSpan, Frozen

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


Line = tuple[Piece, ...]


class Grid(NamedTuple):
    """A table within a passage.

    Attributes:
        rows: the first has the heads; each cell is a line of pieces.
        meant: row and column of the cells that an answer is about.
    """

    rows: tuple[tuple[Line, ...], ...]
    meant: frozenset[tuple[int, int]] = frozenset()


class Passage(Frozen):
    """A quoted passage.

    Attributes:
        marks: character spans of the text; they may overlap, be unsorted or reach beyond its ends.
        cells: of tables in it, which are shown as such; spans count from its beginning.
        meant: spans of the values that an answer is about.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    cells: tuple[CellSpan, ...] = ()
    meant: tuple[tuple[int, int], ...] = ()
    caption: str = ""

    def parts(self) -> Iterator[tuple[Line, ...] | Grid]:
        """Lines of running text and tables, in their order."""
        for part in rows_and_text(self.text, self.cells):
            if isinstance(part, Rows):
                yield self._grid((part.heads, *part.values))
            else:
                yield self.lines(part.start, part.end)

    def _grid(self, rows: Sequence[Sequence[tuple[int, int]]]) -> Grid:
        places = ((number, column, span) for number, row in enumerate(rows) for column, span in enumerate(row))
        meant = frozenset((number, column) for number, column, span in places if number and span in self.meant)
        return Grid(tuple(tuple(map(self._in_one_line, row)) for row in rows), meant)

    def _in_one_line(self, span: tuple[int, int]) -> Line:
        pieces = [piece for line in self.lines(*span) for piece in (*line, Piece(" ", False))]
        return _joined(pieces[:-1])

    def lines(self, first: int = 0, last: int | None = None) -> tuple[Line, ...]:
        """Its printable lines, each cut where a mark begins or ends; an empty line has no pieces.

        Args:
            first: character of the text with which it begins.
            last: behind the one with which it ends; None for the whole text.
        """
        text = self.text[first:last]
        marks = [(start - first, end - first) for start, end in self.marks]
        lines: list[list[Piece]] = [[]]
        done = 0
        for start, end in [*_merged(marks, len(text)), (len(text), len(text))]:
            for piece in (Piece(text[done:start], False), Piece(text[start:end], True)):
                same, *further = printable(piece.text).split("\n")
                lines[-1].append(Piece(same, piece.marked))
                lines += [[Piece(line, piece.marked)] for line in further]
            done = end
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
    """A whole report.

    Attributes:
        source_type: how its words came about, as machines read it; see `rendering.origin`.
    """

    title: str
    subtitle: str = ""
    language: Language
    blocks: tuple[Block, ...]
    footer: str = ""
    source_type: str = ""


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
