"""Spreadsheets and tables of text: one line a row, each with the range of cells it stands in.

Sheets are read by calamine instead of unstructured's partitioner, which goes through pandas: calamine is
several times faster, reads xls and ods too, and says where on the sheet a cell stands, so that a citation can
name it. Figures are in docs/formats.md.
"""

import csv
import datetime
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned
from ingest.partition import clean
from ingest.partition.office import read_text
from ingest.partition.properties import file_properties
from ingest.partition.sheet_tables import row_element, sheet_elements, spread
from ingest.partition.table_layout import laid_out
from ingest.partition.table_model import plain_table

MOST_CELLS = 2_000_000
LARGE = 300_000  # cells, from which a sheet is taken for one table, as looking for several takes long
_DELIMITERS = ";,\t|"
_SAMPLE = 20_000  # characters by which the delimiter is told


def partition_sheets(path: Path) -> Partitioned:
    """Every sheet of an xlsb or very large xlsx file, without formats.

    Raises:
        DocumentFailed: locked by a password, or too large.
    """
    book = _opened(path)
    elements: list[Element] = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        if sheet.height * sheet.width > MOST_CELLS:
            raise DocumentFailed("document.too_large", document=path.name, most=f"{MOST_CELLS} cells")
        rows = ([_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=True))
        top, left = sheet.start
        elements += _rows(rows, top, left, name)
    return Partitioned(elements=tuple(elements), properties=file_properties(path))


def refuse_locked(path: Path) -> None:
    """Say that a workbook has a password.

    Raises:
        DocumentFailed: it has.
    """
    _opened(path).close()


def _opened(path: Path) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise DocumentFailed("document.locked", document=path.name) from error


def partition_delimited(path: Path) -> Partitioned:
    """A csv or tsv file, whatever its delimiter and encoding."""
    csv.field_size_limit(1_000_000)
    text = read_text(path)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(text[:_SAMPLE])
    rows = [[clean(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    if sum(map(len, rows)) > MOST_CELLS:
        raise DocumentFailed("document.too_large", document=path.name, most=f"{MOST_CELLS} cells")
    return Partitioned(elements=tuple(_rows(rows, 0, 0, None)))


def _delimiter(sample: str) -> str:
    """The delimiter by which the most rows have as many cells; Python's Sniffer gives up on lines before the head."""

    def alike(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if len(row) > 1)
        width, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        return count, width

    return max(_DELIMITERS, key=alike)


def _rows(rows: Iterable[list[str]], top: int, left: int, label: str | None) -> Iterator[Element]:
    table = plain_table(rows, headed=True)
    if len(table.cells) <= LARGE:
        placed = (cell._replace(row=cell.row + top, column=cell.column + left) for cell in table.cells)
        yield from sheet_elements(spread(placed), label)
        return
    for line in laid_out(table):
        yield row_element(line, top, left, label)


def _cell(value: Any) -> str:
    """A cell as people read it: 12 and not 12.0, dates in ISO form, TRUE and FALSE."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
        case _:
            return clean(str(value))
