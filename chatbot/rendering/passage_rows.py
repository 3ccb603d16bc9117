"""Rows of tables in a passage, told apart from its running text, so that a page can show the table they come from."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ingest.documents import CellSpan

Span = tuple[int, int]


class Running(NamedTuple):
    """Text that is no table."""

    start: int
    end: int


class Rows(NamedTuple):
    """Rows of one table that stand below each other.

    Attributes:
        heads: what names the columns, outermost first.
        values: of each row, a span a column.
    """

    heads: tuple[Span, ...]
    values: tuple[tuple[Span, ...], ...]


class _Line(NamedTuple):
    start: int
    end: int
    cells: tuple[CellSpan, ...]
    heads: tuple[str, ...]


def rows_and_text(text: str, cells: Sequence[CellSpan]) -> Iterator[Running | Rows]:
    """A passage in its order, cut where a table begins or ends.

    Args:
        text: of the passage.
        cells: of the tables in it; spans count from its beginning.
    """
    for heads, group in groupby(_lines(text, cells), key=lambda line: line.heads):
        lines = list(group)
        if heads:
            named = tuple((cell.head_start, cell.head_end) for cell in lines[0].cells)
            yield Rows(named, tuple(tuple((cell.start, cell.end) for cell in line.cells) for line in lines))
        else:
            yield Running(lines[0].start, lines[-1].end)


def _lines(text: str, cells: Sequence[CellSpan]) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        own = tuple(cell for cell in cells if start <= cell.start and cell.end <= end)
        heads = tuple(text[cell.head_start : cell.head_end] for cell in own)
        whole = bool(own) and min(own[0].start, own[0].head_start) == start and own[-1].end == end
        yield _Line(start, end, own, heads if whole and any(heads) else ())  # a row that is cut is shown as text
        start = end + 1
