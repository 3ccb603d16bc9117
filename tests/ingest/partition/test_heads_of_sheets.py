"""Heads of sheets: over several names, in units with a raised figure, and what stands below a table."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.partition import partition

Rows = list[list[Any]]


def read(folder: Path, rows: Rows, merged: list[str]) -> list[str]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(folder / "a.xlsx")
    return [element.text for element in partition(folder / "a.xlsx").elements]


@pytest.mark.parametrize("corner", [None, "Kurs"])
def test_two_merged_names_above_four_are_a_head_and_no_form(tmp_path: Path, corner: str | None) -> None:
    names = [None if corner else "Kurs", "Frei", "Belegt", "Frei", "Belegt"]
    values: Rows = [["Töpfern", 4, 8, 2, 10], ["Weben", 6, 6, 5, 7]]
    rows: Rows = [[corner, "Vormittag", None, "Abend", None], names, *values]
    merged = ["B1:C1", "D1:E1"] + (["A1:A2"] if corner else [])
    assert read(tmp_path, rows, merged) == [
        "Kurs: Töpfern; Vormittag › Frei: 4; Vormittag › Belegt: 8; Abend › Frei: 2; Abend › Belegt: 10",
        "Kurs: Weben; Vormittag › Frei: 6; Vormittag › Belegt: 6; Abend › Frei: 5; Abend › Belegt: 7",
    ]


@pytest.mark.parametrize("unit", ["m²", "m3", "kg/m³"])
def test_a_unit_with_a_raised_figure_is_a_name(tmp_path: Path, unit: str) -> None:
    rows: Rows = [
        ["Boot", "Plätze"],
        ["Möwe", 6],
        ["Kranich", 4],
        [],
        ["Halle", f"Maß {unit}"],
        ["Nord", 240],
        ["Süd", 180],
    ]
    assert read(tmp_path, rows, [])[-2:] == [f"Halle: Nord; Maß {unit}: 240", f"Halle: Süd; Maß {unit}: 180"]


def test_names_and_values_below_a_table_are_a_form(tmp_path: Path) -> None:
    rows: Rows = [["Nr.", "Kurs", "Tage", "Preis"], [1, "Segeln", 3, 210], [2, "Rudern", 2, 140], [],
                  ["Fällig am", "3. Mai 2031"], ["Konto", "DE02 1203"]]  # fmt: skip
    assert read(tmp_path, rows, [])[-2:] == ["Fällig am: 3. Mai 2031", "Konto: DE02 1203"]


@pytest.mark.parametrize("first", [1, 4])
def test_names_beside_merged_values_are_a_form(tmp_path: Path, first: int) -> None:
    """Long values have a place over several columns, also below a table."""
    table: Rows = [["Speise", "Zahl", "Preis"], ["Suppe", 14, 3], ["Fisch", 7, 4], []][: first - 1 or None]
    rows: Rows = [*(table if first > 1 else []), [], ["Kontakt", "Frau Seidel"], ["Bemerkung", "ohne Nuss"]]
    at = len(rows) - 1
    merged = [f"B{at}:C{at}", f"B{at + 1}:C{at + 1}"]
    assert read(tmp_path, rows, merged)[-2:] == ["Kontakt: Frau Seidel", "Bemerkung: ohne Nuss"]
