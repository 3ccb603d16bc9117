"""Workbooks as they are shown: what is hidden is no text, and each value stands under its own heads."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from ingest.documents import Element
from ingest.partition import partition


def read(folder: Path, book: Any) -> tuple[Element, ...]:
    file = folder / "mappe.xlsx"
    book.save(file)
    return tuple(element for element in partition(file).elements if not element.unseen)


def sheet_of(*rows: list[Any]) -> tuple[Any, Any]:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    return book, sheet


def test_hidden_sheets_rows_and_columns_and_struck_out_cells_are_no_text(tmp_path: Path) -> None:
    book, sheet = sheet_of(
        ["Teil", "Lager", "Einkauf"], ["Welle", "Halle 1", 17], ["Nabe", "Halle 2", 23], ["Alt", "weg", 1]
    )
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B3"].font = Font(strike=True)
    secret = book.create_sheet("Geheim")
    secret.append(["Marge", 0.4])
    secret.sheet_state = "veryHidden"
    assert [one.text for one in read(tmp_path, book)] == ["Teil: Welle; Lager: Halle 1", "Teil: Nabe"]


def test_heads_of_several_rows_and_merged_cells_reach_every_value(tmp_path: Path) -> None:
    book, sheet = sheet_of(
        ["Belegung der Räume"], ["Raum", "Vormittag", None, "Nachmittag", None], [None, "von", "bis", "von", "bis"],
        ["R1", "8", "10", "13", "15"], ["R2", "9", "11", "14", "16"],
    )  # fmt: skip
    for merged in ("A1:E1", "A2:A3", "B2:C2", "D2:E2"):
        sheet.merge_cells(merged)
    found = read(tmp_path, book)
    assert [one.text for one in found] == [
        "Belegung der Räume",
        "Raum: R1; Vormittag › von: 8; Vormittag › bis: 10; Nachmittag › von: 13; Nachmittag › bis: 15",
        "Raum: R2; Vormittag › von: 9; Vormittag › bis: 11; Nachmittag › von: 14; Nachmittag › bis: 16",
    ]
    assert [one.cells for one in found] == ["A1:A1", "A4:E4", "A5:E5"]


def test_tables_beside_and_below_each_other_have_heads_of_their_own(tmp_path: Path) -> None:
    book, _ = sheet_of(
        ["Kunde", "Ort", None, "Fahrer", "Tour"], ["Meier", "Ulm", None, "Koch", "T7"],
        ["Lang", "Bonn", None, "Behr", "T9"], [], ["Gerät", "Seriennummer"], ["Bohrer", "S-1200"],
    )  # fmt: skip
    assert [(one.text, one.cells) for one in read(tmp_path, book)] == [
        ("Kunde: Meier; Ort: Ulm", "A2:B2"), ("Kunde: Lang; Ort: Bonn", "A3:B3"),
        ("Fahrer: Koch; Tour: T7", "D2:E2"), ("Fahrer: Behr; Tour: T9", "D3:E3"),
        ("Gerät: Bohrer; Seriennummer: S-1200", "A6:B6"),
    ]  # fmt: skip


def test_rows_behind_an_empty_one_stay_in_their_table(tmp_path: Path) -> None:
    book, _ = sheet_of(["Name", "Betrag"], ["Nord", 10], [], ["Süd", 20])
    assert [one.text for one in read(tmp_path, book)] == ["Name: Nord; Betrag: 10", "Name: Süd; Betrag: 20"]


def test_comments_are_read_with_their_cell(tmp_path: Path) -> None:
    book, sheet = sheet_of(["Tarif", "Preis"], ["Basis", 30])
    sheet["B2"].comment = Comment("Ab Mai gelten 34 Euro.", "Kasse")
    found = read(tmp_path, book)
    assert (found[-1].text, found[-1].cells) == ("Ab Mai gelten 34 Euro.", "B2:B2")


@pytest.mark.parametrize(
    ("texts", "shown_as"),
    [(("Preis", "Der Preis ist netto"), "12,5"), (("Price", "The price is net of the tax"), "12.5")],
)
def test_numbers_are_written_in_the_language_of_the_workbook(
    tmp_path: Path, texts: tuple[str, str], shown_as: str
) -> None:
    book, _ = sheet_of(["A", texts[0]], ["x", 12.5], ["y", 13.5], [texts[1]])
    assert shown_as in read(tmp_path, book)[0].text


@pytest.mark.parametrize("number_format", ["0000/0000000", "0/0", "[$-99999999999]0", '[>=1"'])
def test_one_odd_format_costs_no_other_cell(tmp_path: Path, number_format: str) -> None:
    book, sheet = sheet_of(["Name", "Ruf"], ["Zentrale", 2211234567], ["Lager", 7])
    sheet["B2"].number_format = number_format
    found = [one.text for one in read(tmp_path, book)]
    assert "2211234567" in found[0]
    assert found[1] == "Name: Lager; Ruf: 7"


def test_what_a_format_shows_nothing_of_is_unseen(tmp_path: Path) -> None:
    book, sheet = sheet_of(["Name", "Wert"], ["Marge", 77], ["Rest", 0], ["Summe", 5])
    for place, number_format in (("B2", ";;;"), ("B3", "0;-0;"), ("B4", "0;-0;")):
        sheet[place].number_format = number_format
    book.save(tmp_path / "mappe.xlsx")
    elements = partition(tmp_path / "mappe.xlsx").elements
    assert [one.text for one in elements if one.unseen == "hidden"] == ["77", "0"]
    assert [one.text for one in elements if not one.unseen] == ["Name: Marge", "Name: Rest", "Name: Summe; Wert: 5"]


@pytest.mark.parametrize(
    ("head", "names", "text"),
    [
        (["Feature", "Unit", "Value"], ["Rated power", "Delivery head"], "1,234.5"),
        (["Merkmal", "Einheit", "Wert"], ["Nennleistung", "Fördermenge"], "1.234,5"),
        (["Item", "Qty", "Price"], ["Bolt", "Washer"], "1,234.5"),
        (["Artikel", "Menge", "Preis"], ["Bolzen", "Scheibe"], "1.234,5"),
    ],
)
def test_words_that_are_no_sentences_tell_the_language_of_a_workbook(
    tmp_path: Path, head: list[str], names: list[str], text: str
) -> None:
    book, sheet = sheet_of(head, *([name, "%", 1234.5] for name in names))
    sheet["C2"].number_format = "#,##0.0"
    assert text in read(tmp_path, book)[0].text
