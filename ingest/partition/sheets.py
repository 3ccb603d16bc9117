"""Binary workbooks and tables of text: one line a row, each with the range of cells it stands in.

A binary workbook is read as its successor where LibreOffice is there to make that. Else calamine reads it, which
knows neither formats nor hidden rows: figures are then shown as they are stored.
"""

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned
from ingest.partition import clean
from ingest.partition.cell_values import stored
from ingest.partition.convert import converted
from ingest.partition.office import read_text
from ingest.partition.properties import file_properties
from ingest.partition.sheet_tables import NOTHING_HIDDEN, sheet_elements, spread, whole_sheet
from ingest.partition.table_model import Cell, plain_table

MOST_CELLS = 2_000_000
_NAMED_DELIMITER = re.compile(r"\ufeff?\"?sep=(.)\"?\n")
_DATEV = ("EXTF", "DTVF")  # first words of files that DATEV exchanges
_DELIMITERS = ";,\t|"
_SAMPLE = 20_000  # characters by which the delimiter is told


def partition_sheets(path: Path) -> Partitioned:
    """Every sheet of an xlsb file.

    Raises:
        DocumentFailed: locked by a password, or too large.
    """
    from ingest.partition.workbook import partition_xlsx

    refuse_locked(path)
    made = converted(path, "xlsx")
    if made is None:
        return _without_formats(path)
    try:
        return partition_xlsx(made)
    finally:
        made.unlink()


def _without_formats(path: Path) -> Partitioned:
    import python_calamine

    book = _opened(path)
    shown = {one.name for one in book.sheets_metadata if one.visible == python_calamine.SheetVisibleEnum.Visible}
    elements: list[Element] = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        if sheet.height * sheet.width > MOST_CELLS:
            raise DocumentFailed("document.too_large", document=path.name, most=f"{MOST_CELLS} cells")
        top, left = sheet.start
        seen = [
            Cell(top + row, left + column, text, 1, 1, False, *stored(value))
            for row, values in enumerate(sheet.to_python(skip_empty_area=True))
            for column, value in enumerate(values)
            if (text := _cell(value))
        ]
        elements += whole_sheet(seen, [], name, NOTHING_HIDDEN, name not in shown)
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
    """A csv or tsv file, whatever its delimiter and encoding.

    Raises:
        DocumentFailed: too large.
    """
    csv.field_size_limit(1_000_000)
    text = read_text(path)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(text[:_SAMPLE])
    if named := _NAMED_DELIMITER.match(text):  # a line for Excel, which is none of the table
        delimiter, text = named[1], text[named.end() :]
    rows = [[clean(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    if sum(map(len, rows)) > MOST_CELLS:
        raise DocumentFailed("document.too_large", document=path.name, most=f"{MOST_CELLS} cells")
    above = 1 if rows and rows[0] and rows[0][0] in _DATEV else 0  # how the file was made, above the head
    return Partitioned(elements=(*_rows(rows[:above], 0), *_rows(rows[above:], above)))


def _delimiter(sample: str) -> str:
    """The delimiter by which the most rows have as many cells; Python's Sniffer gives up on lines before the head."""

    def alike(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if len(row) > 1)
        width, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        return count, width

    return max(_DELIMITERS, key=alike)


def _rows(rows: Sequence[Sequence[str]], top: int) -> Iterator[Element]:
    cells = (cell._replace(row=cell.row + top) for cell in plain_table(rows).cells)
    yield from sheet_elements(spread(cells), None)


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
