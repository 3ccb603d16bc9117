"""Cells keep what they are worth behind what they show, in every format that has tables."""

import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import CellSpan, Extraction
from ingest.partition import extract
from ingest.partition.cell_values import CellValue, read_value, unit_of_head

NUMBERS = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2, allow_nan=False)


@given(
    NUMBERS, st.sampled_from([("de", ","), ("en", ".")]), st.sampled_from([("", ""), (" EUR", "eur"), (" kg", "kg")])
)
def test_a_number_is_read_as_it_was_written(number: Decimal, notation: tuple[str, str], unit: tuple[str, str]) -> None:
    locale, decimals = notation
    shown = format_decimal(number, locale=locale) + unit[0]
    value = read_value(shown, decimals)  # type: ignore[arg-type]
    assert (value.type, Decimal(value.raw), value.unit) == ("number", number, unit[1])


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)), st.sampled_from(["dd.MM.yyyy", "yyyy-MM-dd"]))
def test_a_date_is_read_as_it_was_written(day: datetime.date, form: str) -> None:
    assert read_value(format_date(day, form, locale="de"), ",") == CellValue("date", day.isoformat())


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("7,5 %", CellValue("number", "0.075", "%")),
        ("€ 1.200", CellValue("number", "1200", "eur")),
        ("4 Wochen", CellValue("number", "4", "woch")),
        ("12 Stück", CellValue("number", "12", "Stück")),
        ("-3 °C", CellValue("number", "-3", "°c")),
        ("07:30", CellValue("time", "07:30:00")),
        ("37:30", CellValue("duration", "135000")),
        ("007", CellValue()),
        ("040 66969-301", CellValue()),
        ("1.2.3", CellValue()),
        ("M8 x 20", CellValue()),
        ("14 Tage 2 % Skonto, 30 Tage netto", CellValue()),
        ("31.02.2026", CellValue()),
        ("März 2026", CellValue()),
        ("2. Beschäftigungsjahr", CellValue()),
        ("", CellValue()),
    ],
)
def test_what_is_no_value_stays_text(shown: str, value: CellValue) -> None:
    assert read_value(shown, ",") == value


@pytest.mark.parametrize(
    ("head", "unit"),
    [("Gewicht in kg", "kg"), ("Price (EUR)", "eur"), ("2025 › Umsatz [%]", "%"), ("Name (Kurzform)", ""), ("Ort", "")],
)
def test_the_head_of_a_column_names_its_unit(head: str, unit: str) -> None:
    assert unit_of_head(head) == unit


def cells(extraction: Extraction) -> dict[str, CellSpan]:
    return {extraction.text[cell.start : cell.end]: cell for part in extraction.parts for cell in part.table}


def test_a_workbook_keeps_its_raw_values_beside_what_it_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = [
        ("Posten", "Anteil", "Betrag in TEUR", "Fällig", "Dauer", "Offen"),
        ("Rohbau", 0.075, 1234.5, datetime.date(2026, 3, 31), datetime.timedelta(hours=37, minutes=30), True),
        ("Dach", 0.925, 99, datetime.date(2026, 4, 30), datetime.timedelta(hours=2), False),
    ]
    for row in rows:
        book.active.append(row)
    for row in book.active.iter_rows(min_row=2):
        row[1].number_format, row[2].number_format = "0.0 %", "#,##0.00 €"
        row[3].number_format, row[4].number_format = "DD.MM.YYYY", "[h]:mm"
    book.save(tmp_path / "a.xlsx")
    found = cells(extract(tmp_path / "a.xlsx"))
    assert found["7,5 %"][-3:] == ("number", "0.075", "%")
    assert found["1.234,50 €"][-3:] == ("number", "1234.5", "eur")
    assert found["31.03.2026"][-3:] == ("date", "2026-03-31", "")
    assert found["37:30"][-3:] == ("duration", "135000", "")
    assert found["TRUE"][-3:] == ("boolean", "true", "")


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Artikel;Preis\nA;1.200\nB;1.250,50\n", "1200"),  # the column has a comma before decimals
        ("item,price\nA,1.200\nB,0.75\n", "1.2"),
        ("Artikel;Preis\nDie Schraube;1.200\nDer Dübel;900\n", "1200"),  # nothing but the language tells
        ("item;price\nThe screw with the thread;1,200\nThe dowel of the house;900\n", "1200"),
    ],
)
def test_a_column_tells_how_its_numbers_are_written(tmp_path: Path, text: str, raw: str) -> None:
    (tmp_path / "a.csv").write_text(text)
    extraction = extract(tmp_path / "a.csv")
    assert next(cell.raw for part in extraction.parts for cell in part.table if cell.type == "number") == raw
