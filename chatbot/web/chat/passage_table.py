"""Rows of a table in a passage as the table that they come from, with the cited cells marked."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ingest.documents import CellSpan

Marked = Callable[[int, int], str]  # HTML of a piece of the passage's text


class _Line(NamedTuple):
    start: int
    end: int
    cells: tuple[CellSpan, ...]
    heads: tuple[str, ...]


def with_tables(text: str, cells: Sequence[CellSpan], marked: Marked) -> str:
    """HTML of a passage: its rows as tables, all else as text.

    Args:
        text: of the passage.
        cells: of the tables in it; spans count from its beginning.
        marked: makes HTML of a piece of the text, from one character to another, with what is cited marked.
    """
    pieces = []
    for heads, group in groupby(_lines(text, cells), key=lambda line: line.heads):
        lines = list(group)
        if heads:
            pieces.append(_table(heads, lines, marked))
        else:
            pieces.append(f'<p class="passage">{marked(lines[0].start, lines[-1].end)}</p>')
    return "".join(pieces)


def _lines(text: str, cells: Sequence[CellSpan]) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        own = tuple(cell for cell in cells if start <= cell.start and cell.end <= end)
        heads = tuple(text[cell.head_start : cell.head_end] for cell in own)
        whole = bool(own) and min(own[0].start, own[0].head_start) == start and own[-1].end == end
        yield _Line(start, end, own, heads if whole and any(heads) else ())  # a row that is cut is shown as text
        start = end + 1


def _table(heads: Sequence[str], lines: Sequence[_Line], marked: Marked) -> str:
    """A table with the heads of its columns; a single row stands upright, a name and a value a line."""
    if len(lines) == 1:
        (line,) = lines
        names = [marked(cell.head_start, cell.head_end) for cell in line.cells]
        values = [marked(cell.start, cell.end) for cell in line.cells]
        pairs = zip(names, values, strict=True)
        rows = "".join(f'<tr><th scope="row">{name}</th><td>{value}</td></tr>' for name, value in pairs)
        return f'<table class="cells">{rows}</table>'
    first = lines[0].cells
    head = "".join(f'<th scope="col">{marked(cell.head_start, cell.head_end)}</th>' for cell in first)
    body = "".join(
        f"<tr>{''.join(f'<td>{marked(cell.start, cell.end)}</td>' for cell in line.cells)}</tr>" for line in lines
    )
    table = f'<table class="cells"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="wide" tabindex="0">{table}</div>'  # it scrolls, by the keyboard too
