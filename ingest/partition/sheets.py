"""Tables of text: one line a row, each with the range of cells it stands in; and what all workbooks are asked for."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned
from ingest.partition import clean
from ingest.partition.office import read_text
from ingest.partition.sheet_tables import sheet_elements, spread
from ingest.partition.table_model import plain_table

MOST_CELLS = 2_000_000
_NAMED_DELIMITER = re.compile(r"\ufeff?\"?sep=(.)\"?\n")
_DATEV = ("EXTF", "DTVF")  # first words of files that DATEV exchanges
_DELIMITERS = ";,\t|^~"
_NONE = "\x1f"  # of a file with one column
_DECIMAL = re.compile(r"\D{0,4}-?[\d.]+,\d+\D{0,4}")  # a figure with its unit
_SAMPLE = 20_000  # characters by which the delimiter is told


def refuse_locked(path: Path) -> None:
    """Say that a workbook has a password.

    Raises:
        DocumentFailed: it has.
    """
    opened(path).close()


def opened(path: Path) -> Any:
    """A workbook as calamine sees it.

    Raises:
        DocumentFailed: locked by a password.
    """
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise DocumentFailed("document.locked", document=path.name) from error


def partition_delimited(path: Path) -> Partitioned:
    """A csv or tsv file, whatever its delimiter and encoding.

    Raises:
        DocumentFailed: too large.
    """
    csv.field_size_limit(1_000_000)
    text = read_text(path).replace("\r", "\n")  # of old Macs
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(text[:_SAMPLE])
    if named := _NAMED_DELIMITER.match(text):  # a line for Excel, which is none of the table
        delimiter, text = named[1], text[named.end() :]
    rows = [[clean(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    if sum(map(len, rows)) > MOST_CELLS:
        raise DocumentFailed("document.too_large", document=path.name, most=f"{MOST_CELLS} cells")
    above = 1 if rows and rows[0] and rows[0][0] in _DATEV else 0  # how the file was made, above the head
    return Partitioned(elements=(*_rows(rows[:above], 0), *_rows(rows[above:], above)))


def _delimiter(sample: str) -> str:
    """The delimiter by which the most rows have as many cells; Python's Sniffer gives up on lines before the head.

    A comma is one only where most rows have no other: it stands in figures and sentences, too.
    """
    rows = {one: [row for row in csv.reader(io.StringIO(sample), delimiter=one) if row] for one in _DELIMITERS}

    def alike(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in rows[delimiter] if len(row) > 1)
        width, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        return count, width

    clear = [one for one in _DELIMITERS if one != "," and 2 * sum(len(row) > 1 for row in rows[one]) >= len(rows[one])]
    if clear:
        return max(clear, key=alike)
    is_decimal = all(len(row) == 1 or _DECIMAL.fullmatch(",".join(row)) for row in rows[","])
    return _NONE if is_decimal and len(rows[","][0]) == 1 else max(_DELIMITERS, key=alike)


def _rows(rows: Sequence[Sequence[str]], top: int) -> Iterator[Element]:
    cells = (cell._replace(row=cell.row + top) for cell in plain_table(rows).cells)
    yield from sheet_elements(spread(cells), None)
