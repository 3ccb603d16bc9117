"""Binary workbooks: read as their successor where LibreOffice is there to make that.

Else calamine reads them, which knows neither formats nor hidden rows: figures are then shown as they are stored.
"""

import datetime
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned
from ingest.partition import clean
from ingest.partition.cell_values import stored
from ingest.partition.convert import converted
from ingest.partition.properties import file_properties
from ingest.partition.sheet_tables import NOTHING_HIDDEN, whole_sheet
from ingest.partition.sheets import MOST_CELLS, opened, refuse_locked
from ingest.partition.table_model import Cell
from ingest.partition.workbook import partition_xlsx


def partition_xlsb(path: Path) -> Partitioned:
    """Every sheet of an xlsb file.

    Raises:
        DocumentFailed: locked by a password, or too large.
    """
    refuse_locked(path)
    with converted(path, "xlsx") as made:
        return _without_formats(path) if made is None else partition_xlsx(made)


def _without_formats(path: Path) -> Partitioned:
    import python_calamine

    book = opened(path)
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
