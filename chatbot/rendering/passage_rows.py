"""Rows of tables in a passage, told apart from its running text, so that a page can show the table they come from."""

from collections.abc import Iterator, Mapping, Sequence
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
    cells: tuple[CellSpan, ...]  # of a row that is whole


def rows_and_text(text: str, cells: Sequence[CellSpan]) -> Iterator[Running | Rows]:
    """A passage in its order, cut where a table begins or ends.

    Args:
        text: of the passage.
        cells: of the tables in it; spans count from its beginning.
    """
    group: list[_Line] = []
    heads: dict[int, CellSpan] = {}  # for each column of the group a cell under its head
    for line in _lines(text, cells):
        if group and not _goes_on(line, group[-1], heads, text):
            yield _part(group, heads)
            group, heads = [], {}
        group.append(line)
        heads |= {cell.column: cell for cell in line.cells if cell.column not in heads}
    if group:
        yield _part(group, heads)


def _goes_on(line: _Line, before: _Line, heads: Mapping[int, CellSpan], text: str) -> bool:
    """Whether a line is text below text, or a row of the table before it: one with an empty cell may have fewer."""
    if not line.cells or not before.cells:
        return not line.cells and not before.cells
    known = [cell for cell in line.cells if cell.column in heads]
    return bool(known) and all(_head(cell, text) == _head(heads[cell.column], text) for cell in known)


def _part(group: Sequence[_Line], heads: Mapping[int, CellSpan]) -> Running | Rows:
    if not heads:
        return Running(group[0].start, group[-1].end)
    columns = sorted(heads)
    named = tuple((heads[column].head_start, heads[column].head_end) for column in columns)
    return Rows(named, tuple(_values(line, columns) for line in group))


def _values(line: _Line, columns: Sequence[int]) -> tuple[Span, ...]:
    spans = {cell.column: (cell.start, cell.end) for cell in line.cells}
    return tuple(spans.get(column, (line.end, line.end)) for column in columns)


def _head(cell: CellSpan, text: str) -> str:
    return text[cell.head_start : cell.head_end]


def _lines(text: str, cells: Sequence[CellSpan]) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        own = tuple(cell for cell in cells if start <= cell.start and cell.end <= end)
        whole = bool(own) and min(own[0].start, own[0].head_start) == start and own[-1].end == end
        has_heads = any(_head(cell, text) for cell in own)
        yield _Line(start, end, own if whole and has_heads else ())  # a row that is cut is shown as text
        start = end + 1
