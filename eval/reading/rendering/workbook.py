"""Documents as workbooks and as exports of a database."""

import csv
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from eval.reading.model import Document, Form, Table, placed

_NAMES = {"de": "Tabelle", "en": "Sheet"}


def write_workbook(document: Document, path: Path) -> None:
    """Write an xlsx file: all on one sheet below each other, values with their number formats."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = f"{_NAMES[document.language]} 1"
    sheet["A1"] = document.title
    sheet["A1"].font = Font(bold=True, size=14)
    row = 3
    for block in document.blocks:
        if isinstance(block, Form):
            for name, value in block.pairs:
                sheet.cell(row, 1, name).font = Font(bold=block.bold)
                sheet.cell(row, 2, value)
                row += 1
            row += 1
        elif isinstance(block, Table):
            row = _table(sheet, block, row) + 2
    for column in "ABCDEFGHIJKLM":
        sheet.column_dimensions[column].width = 22
    book.save(path)


def write_records(document: Document, path: Path) -> None:
    """Write a csv file: German with semicolons in Windows-1252 where it can, English with commas in UTF-8."""
    (table,) = document.tables
    rows = [[cell.text for cell in row] for row in (*table.heads, *table.rows)]
    encoding = "utf-8-sig"
    if document.language == "de" and _fits(rows, "cp1252"):
        encoding = "cp1252"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";" if document.language == "de" else ",").writerows(rows)


def _fits(rows: list[list[str]], encoding: str) -> bool:
    try:
        "".join(text for row in rows for text in row).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _table(sheet: Any, table: Table, top: int) -> int:
    """Write a table; the row below it."""
    if table.title:
        sheet.cell(top, 1, table.title)
        top += 1
    for row, column, cell in placed((*table.heads, *table.rows)):
        place = sheet.cell(top + row, column + 1, cell.text if cell.value is None else cell.value)
        if cell.value is not None:
            place.number_format = cell.number_format
        is_head = row < len(table.heads)
        place.font = Font(bold=(is_head and table.head != "plain") or cell.columns == table.width)
        place.alignment = Alignment(wrap_text="\n" in cell.text)
        if cell.rows > 1 or cell.columns > 1:
            sheet.merge_cells(start_row=top + row, start_column=column + 1, end_row=top + row + cell.rows - 1,
                              end_column=column + cell.columns)  # fmt: skip
    below = top + len(table.heads) + len(table.rows)
    if table.note:
        sheet.cell(below, 1, table.note)
        below += 1
    return below
