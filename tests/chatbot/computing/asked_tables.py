"""Tables for the tests of computed answers, read from real files as the product reads them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from chatbot.computing.compute import Computed, compute
from chatbot.computing.tables import DataTable, tables_of
from ingest.documents import Metadata, Passage
from ingest.index.passages import Source, cut_passages
from ingest.index.splitter import PassageSplitter
from ingest.partition import extract

TODAY = date(2026, 11, 29)
Rows = Sequence[Sequence[object]]
TOOLS: Rows = (
    ("Werkzeug", "Halle", "Preis", "Gewicht in kg", "Geprüft bis"),
    ("Bohrhammer", "Halle 1", 249.5, 6, date(2027, 3, 31)),
    ("Winkelschleifer", "Halle 2", 129.9, 2.5, date(2026, 12, 15)),
    ("Kettensäge", "Halle 2", 399, 7.5, date(2026, 6, 30)),
    ("Stichsäge", "Halle 1", 89.95, 2.5, date(2027, 1, 31)),
    ("Tauchsäge", "Halle 3", 449, 5, date(2027, 9, 30)),
)


def sheet(folder: Path, rows: Rows = TOOLS, name: str = "Werkzeugliste.xlsx", money: str = '#,##0.00 "€"') -> Path:
    """A workbook with one table."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in book.active.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, date):
                cell.number_format = "DD.MM.YYYY"
        if len(row) > 2 and isinstance(row[2].value, float | int):
            row[2].number_format = money
    book.save(folder / name)
    return folder / name


def passages_of(file: Path) -> list[Passage]:
    """The passages of a file."""
    source = Source(
        collection="c", path=file.name, version="0" * 64, modified=datetime(2026, 1, 1, tzinfo=UTC), labels=("c",),
        about=Metadata(),
    )  # fmt: skip
    return cut_passages(extract(file), source, PassageSplitter())


def table_of(file: Path) -> DataTable:
    """The only table of a file."""
    (table,) = tables_of(passages_of(file))
    return table


def computed(question: str, *files: Path) -> Computed | None:
    """What is worked out from some files."""
    passages = {file: passages_of(file) for file in files}
    by_id = {passage.document_id: found for found in passages.values() for passage in found}
    firsts = [found[0] for found in passages.values()]
    return compute(question, firsts, lambda passage: by_id[passage.document_id], "de", TODAY)
