"""Spreadsheets and tables of text: one line a row, each with the range of cells it stands in.

Sheets are read by calamine instead of unstructured's partitioner, which goes through pandas: calamine is
several times faster, reads xls and ods too, and says where on the sheet a cell stands, so that a citation can
name it. Figures are in docs/formats.md.
"""

import csv
import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned, cell_name
from ingest.partition import clean
from ingest.partition.office import text_encoding
from ingest.partition.properties import file_properties
from ingest.partition.tables import row_lines

_MOST_CELLS = 2_000_000
_DELIMITERS = ";,\t|"


def partition_sheets(path: Path) -> Partitioned:
    """Every sheet of an xlsx, xls or ods file.

    Raises:
        DocumentFailed: locked by a password.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise DocumentFailed("document.locked", document=path.name) from error
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        from ingest.partition.workbook import partition_workbook

        if (read := partition_workbook(path)) is not None:
            return read
    elements: list[Element] = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        if sheet.height * sheet.width > _MOST_CELLS:
            raise DocumentFailed("document.too_large", document=path.name, most=f"{_MOST_CELLS} cells")
        rows = ([_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=True))
        elements += _rows(rows, *sheet.start, label=name)
    return Partitioned(elements=tuple(elements), properties=file_properties(path))


def partition_delimited(path: Path) -> Partitioned:
    """A csv or tsv file, whatever its delimiter and encoding."""
    csv.field_size_limit(1_000_000)
    with path.open(encoding=text_encoding(path), newline="", errors="replace") as file:
        sample = file.read(20_000)
        file.seek(0)
        delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(sample)
        rows = [[clean(cell) for cell in row] for row in csv.reader(file, delimiter=delimiter)]
    if sum(map(len, rows)) > _MOST_CELLS:
        raise DocumentFailed("document.too_large", document=path.name, most=f"{_MOST_CELLS} cells")
    return Partitioned(elements=tuple(_rows(rows, 0, 0, None)))


def _delimiter(sample: str) -> str:
    try:
        return csv.Sniffer().sniff(sample, _DELIMITERS).delimiter
    except csv.Error:  # one column, or prose
        first = sample.partition("\n")[0]
        return max(_DELIMITERS, key=first.count)


def _rows(rows: Iterable[list[str]], top: int, left: int, label: str | None) -> Iterator[Element]:
    for number, cells, line in row_lines(list(rows)):
        last = max(index for index, cell in enumerate(cells) if cell)
        first = next(index for index, cell in enumerate(cells) if cell)
        name = f"{cell_name(top + number, left + first)}:{cell_name(top + number, left + last)}"
        yield Element(kind="table", text=line, label=label, cells=name)


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
