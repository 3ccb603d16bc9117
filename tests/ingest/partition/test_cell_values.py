"""Cells keep what they are worth behind what they show, in every format that has tables."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

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
    assert found["WAHR"][-3:] == ("boolean", "true", "")


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


@pytest.mark.parametrize(
    ("shown", "decimals", "expected"),
    [
        *((text, ",", CellValue()) for text in (
            "+49 351 123", "+49 (0)351 12-3", "0351/12 34", "0351 - 1234", "5³", "12¹", "2-", "(3)", "03/04/2024")),
        ("7.30 Uhr", ",", CellValue("time", "07:30:00")), ("7 Uhr", ",", CellValue("time", "07:00:00")),
        ("5 pm", ".", CellValue("time", "17:00:00")), ("12:15 a.m.", ".", CellValue("time", "00:15:00")),
        ("2024/03/05", ".", CellValue("date", "2024-03-05")), ("03/25/2024", ".", CellValue("date", "2024-03-25")),
        ("05-Mär-24", ",", CellValue("date", "2024-03-05")), ("05-Mar-2024", ".", CellValue("date", "2024-03-05")),
        ("5,00-", ",", CellValue("number", "-5")), ("15,500.00-", ".", CellValue("number", "-15500")),
        ("320,10- €", ",", CellValue("number", "-320.1", "eur")), ("(50,00)", ",", CellValue("number", "-50")),
        ("($3.00)", ".", CellValue("number", "-3", "usd")), ("- 5,00", ",", CellValue("number", "-5")),
        ("1,2E+03", ",", CellValue("number", "1200")), ("1.5e-3", ".", CellValue("number", "0.0015")),
        ("10⁶ St.", ",", CellValue("number", "1000000", "St.")), ("2 × 10⁶", ",", CellValue("number", "2000000")),
        ("0,075", ".", CellValue()), ("12000 Stück", ",", CellValue("number", "12000", "Stück")),
    ],
)  # fmt: skip
def test_values_are_read_in_the_ways_that_people_write_them(
    shown: str, decimals: Literal[",", "."], expected: CellValue
) -> None:
    assert read_value(shown, decimals) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Name|Ort / A|28195 Bremen / B|50667 Köln", ["text", "text"]),
        ("Firma|Meyer / Ort:|28195 Bremen", ["text"]),
        ("Teil|Menge / A|12000 Stück / B|15000 Stück", ["number", "number"]),
        ("No|Day / 1|03/04/2024 / 2|03/25/2024", ["date", "date"]),
    ],
)
def test_a_column_tells_what_its_figures_are(tmp_path: Path, rows: str, expected: list[str]) -> None:
    (tmp_path / "a.csv").write_text(rows.replace(" / ", "\n").replace("|", ";"))
    cells = [cell for part in extract(tmp_path / "a.csv").parts for cell in part.table if cell.column == 1]
    assert [cell.type for cell in cells][-len(expected) :] == expected


def test_a_scale_is_no_unit_of_the_number_that_is_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Jahr", "Umsatz"], ["2023", 1234567], ["2024", 2500000]):
        book.active.append(row)
    book.active["B2"].number_format, book.active["B3"].number_format = '#,##0,"T€"', '0.0,,"Mio. €"'
    book.save(tmp_path / "a.xlsx")
    extraction = extract(tmp_path / "a.xlsx")
    assert "Umsatz: 1.235T€" in extraction.text
    assert [cell[-3:] for part in extraction.parts for cell in part.table if cell.column == 1] == [
        ("number", "1234567", "eur"), ("number", "2500000", "eur"),
    ]  # fmt: skip
