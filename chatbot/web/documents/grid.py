"""Sheets as they are laid out: rows with their numbers, columns with their letters, the marked cells in their place."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chatbot.web.documents.text import Block, Piece, Span, pieces
from ingest.documents import CellSpan, Passage, cell_name

ROWS = 200  # of a sheet, shown at once
_COLUMNS = 60
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")


class Cell(NamedTuple):
    """A cell.

    Attributes:
        pieces: of what it shows.
        name: of the value, where it stands in a form; else empty.
        is_head: whether it names a column.
        is_meant: whether a mark is in it.
    """

    pieces: tuple[Piece, ...]
    name: str = ""
    is_head: bool = False
    is_meant: bool = False


class Row(NamedTuple):
    """A row of the sheet with its number, counted from 1."""

    number: int
    cells: tuple[Cell | None, ...]


class Sheet(NamedTuple):
    """A part of a sheet.

    Attributes:
        name: of the sheet; empty where the file has but one without a name.
        letters: of the columns.
        rows: those shown.
        beside: what stands on the sheet outside of its tables.
        first: number of the first row shown, from 0, among those with content.
        total: of these rows.
    """

    name: str
    letters: tuple[str, ...]
    rows: tuple[Row, ...]
    beside: tuple[Block, ...]
    first: int
    total: int


class _Placed(NamedTuple):
    cell: CellSpan
    text: str
    head: str


def sheet_names(passages: Sequence[Passage]) -> list[str]:
    """Names of the sheets, in order."""
    return list(dict.fromkeys(map(_sheet_of, passages)))


def named_cell_span(passages: Sequence[Passage], sheet: str, cell: str) -> Span | None:
    """Where a cell's value stands in the version's text.

    Args:
        passages: of the version.
        sheet: name; empty for the first one.
        cell: such as B7.
    """
    names = sheet_names(passages)
    if not names or not _CELL.fullmatch(cell.upper()):
        return None
    wanted = sheet or names[0]
    for passage in passages:
        if _sheet_of(passage) == wanted:
            for one in passage.table:
                if cell_name(one.row, one.column) == cell.upper():
                    return one.start, one.end
    return None


def sheet_of_mark(passages: Sequence[Passage], marks: Sequence[Span]) -> str:
    """The sheet on which the first mark stands; the first sheet without any."""
    for passage in passages:
        if marks and passage.start <= marks[0][0] < passage.end:
            return _sheet_of(passage)
    return _sheet_of(passages[0])


def as_grid(passages: Sequence[Passage], name: str, marks: Sequence[Span], first: int | None) -> Sheet:
    """A sheet as a grid.

    Args:
        passages: of the version, in order.
        name: of the sheet.
        marks: characters of the version's text.
        first: number, from 0, of the first row shown; None for those around the mark.
    """
    own = [passage for passage in passages if _sheet_of(passage) == name]
    by_row: dict[int, dict[int, _Placed]] = {}
    for one in _placed(own):
        by_row.setdefault(one.cell.row, {})[one.cell.column] = one
    numbers = sorted(by_row)
    if first is None:
        marked = [row for row in numbers if any(_meant(one, marks) for one in by_row[row].values())]
        first = max(0, numbers.index(marked[0]) - ROWS // 4) if marked and len(numbers) > ROWS else 0
    first = min(first, max(0, len(numbers) - 1))
    shown = numbers[first : first + ROWS]
    columns = sorted({column for row in shown for column in by_row[row]})[:_COLUMNS]
    rows = tuple(_rows(by_row, shown, columns, marks))
    beside = tuple(_beside(own, marks)) if first == 0 else ()
    return Sheet(name, tuple(cell_name(0, column)[:-1] for column in columns), rows, beside, first, len(numbers))


def _beside(passages: Sequence[Passage], marks: Sequence[Span]) -> Iterator[Block]:
    """Lines that are in no cell, each once."""
    done = -1
    for passage in passages:
        start = passage.start
        for line in passage.text.split("\n"):
            end = start + len(line)
            in_cell = any(start <= cell.start <= end or start <= cell.head_start < end for cell in passage.table)
            if line.strip() and start >= done and not in_cell:
                own = [(first - start, last - start) for first, last in marks]
                yield Block("text", (pieces(line, 0, len(line), own),))
            start = end + 1
        done = passage.end


def _placed(passages: Sequence[Passage]) -> Iterator[_Placed]:
    for passage in passages:
        for cell in passage.table:
            value = passage.text[cell.start - passage.start : cell.end - passage.start]
            head = passage.text[cell.head_start - passage.start : cell.head_end - passage.start]
            yield _Placed(cell, value, head)


def _rows(
    by_row: dict[int, dict[int, _Placed]], shown: Sequence[int], columns: Sequence[int], marks: Sequence[Span]
) -> Iterator[Row]:
    """Rows with values; above the first of a table, one with the heads of its columns."""
    above: tuple[str, ...] = ()
    for number in shown:
        row = by_row[number]
        heads = tuple(row[column].head if column in row else "" for column in columns)
        is_form = len(row) == 1
        if any(heads) and not is_form and not _is_part(heads, above):
            yield Row(0, tuple(Cell((Piece(head, False),), is_head=True) if head else None for head in heads))
            above = heads
        yield Row(number + 1, tuple(_cell(row.get(column), marks, is_form, above) for column in columns))


def _is_part(heads: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a row with gaps stands under the same heads as the one before."""
    return len(heads) == len(above) and all(a == b for a, b in zip(heads, above, strict=True) if a)


def _cell(one: _Placed | None, marks: Sequence[Span], is_form: bool, above: Sequence[str]) -> Cell | None:
    if one is None:
        return None
    start = one.cell.start
    own = [(first - start, last - start) for first, last in marks]
    name = one.head if is_form and one.head not in above else ""
    return Cell(pieces(one.text, 0, len(one.text), own), name, is_meant=_meant(one, marks))


def _meant(one: _Placed, marks: Sequence[Span]) -> bool:
    return any(start < one.cell.end and one.cell.start < end for start, end in marks)


def _sheet_of(passage: Passage) -> str:
    return passage.section.split(" › ")[0] if passage.cells or passage.section else ""
