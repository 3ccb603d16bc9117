"""Tables and forms of two columns that nobody tuned to are told apart, as far as that was measured.

60 of each, by a writer who had not seen the rules. Most that are missed are tables of words alone, which read as forms
keep their values but lose the name of their column.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest

from ingest.partition import partition

SET = json.loads((Path(__file__).parents[2] / "data" / "two_columns.json").read_text(encoding="utf-8"))


def write(rows: Sequence[Sequence[str]], file: Path) -> None:
    match file.suffix:
        case ".csv":
            file.write_text("".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
        case ".xlsx":
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
            book.save(file)
        case _:
            document = docx.Document()
            table = document.add_table(rows=0, cols=2)
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
            document.save(str(file))


@pytest.mark.parametrize(("suffix", "tables", "forms"), [(".csv", 0.8, 0.9), (".xlsx", 0.8, 0.9), (".docx", 0.7, 0.9)])
def test_forms_and_tables_are_told_apart(tmp_path: Path, suffix: str, tables: float, forms: float) -> None:
    right = {"table": 0, "form": 0}
    for number, one in enumerate(SET):
        file = tmp_path / f"{number}{suffix}"
        write([[str(text) for text in row] for row in one["rows"]], file)
        kinds = [element.kind for element in partition(file).elements if element.kind in right]
        right[one["kind"]] += max(set(kinds), key=kinds.count, default="") == one["kind"]
    count = len(SET) / 2
    assert right["table"] >= tables * count
    assert right["form"] >= forms * count
