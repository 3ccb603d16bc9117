"""The tables of a document as columns and rows of cells, put together from its passages."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ingest.documents import CellSpan, CellType, Passage
from ingest.text.languages import pattern_of
from ingest.text.numbers import is_year
from ingest.text.words import words

_MOSTLY = 0.8  # share of a column's values that are of its type
_DISTINCT = 0.9  # share of different values from which a column names the rows
_LONGEST_TOTAL = 4  # words
_PARTIAL = re.compile(pattern_of("computing.partial"))
_TOTAL = re.compile(pattern_of("computing.totals"))
_CODES = re.compile(pattern_of("computing.codes"))


class TableCell(NamedTuple):
    """A cell of a row: where it stands, in the version's text, and what it shows."""

    span: CellSpan
    text: str


class Row(NamedTuple):
    """A line of a table.

    Attributes:
        start: in the version's text.
        end: excluded.
        cells: by column.
    """

    start: int
    end: int
    cells: Mapping[int, TableCell]


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        number: as in the document.
        head: path of its heads; may be empty.
        type: of nearly all its values; text where they differ.
        units: of its numbers; several where they are mixed, "" for a bare one.
        is_code: whether its numbers or words only name the rows.
    """

    number: int
    head: str
    type: CellType
    units: frozenset[str]
    is_code: bool


class DataTable:
    """A table with a head; `is_only` says whether it is the only one of its document.

    Args:
        passages: of its document, in order.
        rows: without those of totals.
        heads: path of heads of each column.
        divided: whether lines that are no rows stand between its rows, or rows that are parts of others.
    """

    def __init__(
        self, passages: Sequence[Passage], rows: Sequence[Row], heads: Mapping[int, str], divided: bool
    ) -> None:
        self.passages, self.is_only = passages, True
        totals = [row for row in rows if _says(row, _TOTAL)]
        self.divided = divided or any(_says(row, _PARTIAL) for row in rows) or any(map(_has_more, totals))
        self.rows = tuple(row for row in rows if row not in totals)
        self.columns = tuple(_column(number, head, self.rows) for number, head in sorted(heads.items()))

    @property
    def document(self) -> str:
        """Path of its document."""
        return self.passages[0].document

    @property
    def called(self) -> str:
        """The words of its document's path."""
        return re.sub(r"[_/.\-]", " ", self.document)

    @cached_property
    def subject(self) -> str:
        """What the table is about: its document, title and section."""
        place = next((p.place_at(self.rows[0].start).section for p in self.passages if self._has(p, 0)), "")
        return f"{self.called} {self.passages[0].title} {place}"

    @cached_property
    def names(self) -> tuple[int, ...]:
        """Columns that name a row: the first, and behind a code the first of words."""
        first = self.columns[0]
        texts = [column for column in self.columns if column.type == "text" and not column.is_code]
        telling = [column.number for column in texts if self._distinct(column.number) >= _DISTINCT]
        if first.number in telling or (not first.is_code and telling):
            return tuple(telling[:1])
        return tuple(dict.fromkeys([first.number, *(telling or [column.number for column in texts])[:1]]))

    def values(self, column: int) -> list[TableCell]:
        """The filled cells of a column, from the top."""
        return [row.cells[column] for row in self.rows if column in row.cells]

    def is_key(self, column: int) -> bool:
        """Whether each row has a value of its own in a column."""
        return len({cell.text for cell in self.values(column)}) == len(self.rows)

    def name_of(self, row: Row) -> str:
        """What a row is called."""
        return " ".join(row.cells[column].text for column in self.names if column in row.cells)

    def _distinct(self, column: int) -> float:
        texts = [cell.text for cell in self.values(column)]
        return len(set(texts)) / len(self.rows) if texts else 0.0

    def _has(self, passage: Passage, row: int) -> bool:
        return passage.start <= self.rows[row].start < passage.end


def tables_of(passages: Sequence[Passage]) -> list[DataTable]:
    """The tables with a head and at least two rows of a document.

    Args:
        passages: all of one version, in order.
    """
    found: list[DataTable] = []
    rows: list[Row] = []
    heads: dict[int, str] = {}
    has_notes = False
    divided = False

    def end() -> None:
        nonlocal rows, heads, divided
        if len(rows) > 1 and len(heads) > 1:
            found.append(DataTable(passages, rows, heads, divided))
        rows, heads, divided = [], {}, False

    section = ""
    for row, named, where in _lines(passages):
        if rows and where != section:  # another sheet, or another heading
            end()
        section = where
        if row is None:
            end()
            has_notes = False
            continue
        if not any(named.values()):
            has_notes = True
            continue
        if any(heads.get(column, head) != head for column, head in named.items()):
            end()
        divided = divided or (bool(rows) and has_notes)
        has_notes = False
        heads |= named
        rows.append(row)
    end()
    for table in found:
        table.is_only = len(found) == 1
    return found


def _lines(passages: Sequence[Passage]) -> Iterator[tuple[Row | None, dict[int, str], str]]:
    """Rows with the heads of their columns and their section; None where something else stands between them."""
    last = -1
    for passage in passages:
        at = passage.start
        for line in passage.text.split("\n"):
            start, end = at, at + len(line)
            at = end + 1
            if start <= last:  # passages overlap
                continue
            last = start
            section = passage.place_at(start).section
            cells = passage.table_cells(start, end)
            if not cells or _is_form(cells):
                yield None, {}, section
                continue
            text = {cell: passage.text[cell.start - passage.start : cell.end - passage.start] for cell in cells}
            heads = {cell.column: _head(passage, cell) for cell in cells}
            yield Row(start, end, {cell.column: TableCell(cell, text[cell]) for cell in cells}), heads, section


def _head(passage: Passage, cell: CellSpan) -> str:
    return passage.text[cell.head_start - passage.start : cell.head_end - passage.start]


def _is_form(cells: Sequence[CellSpan]) -> bool:
    """Whether a line is of names with their values, where none names the row."""
    return len(cells) > 1 and all(cell.key_start == cell.start for cell in cells)


def _says(row: Row, pattern: re.Pattern[str]) -> bool:
    """Whether a row says so in a few words before all others: "Summe", "Grand total", "Gera gesamt".

    The firm "Total Energies" behind the name of a machine is no total.
    """
    label = next((row.cells[number].text for number in sorted(row.cells) if words(row.cells[number].text)), "")
    found = [part for word in words(label) for part in word.split("-")]
    return len(found) <= _LONGEST_TOTAL and any(map(pattern.fullmatch, found))


def _has_more(row: Row) -> bool:
    """Whether a row that says it is a total has more words than that, as any other row."""
    return sum(cell.span.type == "text" and bool(words(cell.text)) for cell in row.cells.values()) > 1


def _column(number: int, head: str, rows: Sequence[Row]) -> Column:
    cells = [row.cells[number] for row in rows if number in row.cells]
    counts = Counter(cell.span.type for cell in cells)
    kind, count = counts.most_common(1)[0] if counts else ("text", 0)
    type_: CellType = kind if count >= _MOSTLY * len(cells) and count else "text"
    units = frozenset(cell.span.unit for cell in cells if cell.span.type == "number")
    last = (words(head.rpartition(" › ")[2]) or [""])[-1] if head else ""
    are_years = all(is_year(cell.text) for cell in cells)
    is_bare = type_ == "number" and units == {""} and (bool(_CODES.fullmatch(last)) or are_years)
    is_code = is_bare or _are_codes(cells)
    return Column(number, head, type_, units, is_code)


def _are_codes(cells: Sequence[TableCell]) -> bool:
    """Whether nearly all values are one word with figures, as numbers of parts and places are."""
    texts = [cell.text for cell in cells if cell.span.type == "text"]
    codes = [text for text in texts if " " not in text and any(map(str.isdigit, text))]
    return len(texts) == len(cells) > 1 and len(codes) >= _MOSTLY * len(texts)
