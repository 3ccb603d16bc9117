"""Workbooks as they are shown: what is hidden is no text, and each value stands under its own heads."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.table import Table

from ingest.documents import Element
from ingest.partition import lay_out, partition
from ingest.partition.completeness import checked


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


@pytest.mark.parametrize(
    "above", [[["Übersicht der Leihgeräte"]], [["Übersicht"], ["Stand: März"]], [["Übersicht"], []]]
)
def test_a_title_over_tables_beside_each_other_leaves_them_two(tmp_path: Path, above: list[list[Any]]) -> None:
    book, _ = sheet_of(
        *above, ["Gerät", "Miete €"], ["Rüttler", 38], ["Säge", 22],
    )  # fmt: skip
    sheet = book.active
    for row, cells in enumerate([("Lager", "Regal"), ("West", "R 4"), ("Ost", "R 9")], 1 + len(above)):
        for column, text in enumerate(cells, 4):
            sheet.cell(row, column, text)
    assert [one.text for one in read(tmp_path, book)][-4:] == [
        "Gerät: Rüttler; Miete €: 38", "Gerät: Säge; Miete €: 22", "Lager: West; Regal: R 4", "Lager: Ost; Regal: R 9",
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


def test_one_cell_far_away_hides_nothing_and_shows_nothing_hidden(tmp_path: Path) -> None:
    book, sheet = sheet_of(["Teil", "Rabatt"], ["Welle", 0.075], ["Nabe", 0.1])
    sheet["B2"].number_format = "0.0%"
    sheet["XFD1048576"] = "fern"
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Geheim").append(["Marge"])
    book["Geheim"].sheet_state = "hidden"
    book.save(tmp_path / "mappe.xlsx")
    found = partition(tmp_path / "mappe.xlsx")
    assert [one.text for one in found.elements if not one.unseen] == ["Teil: Welle; Rabatt: 7,5%", "fern"]
    assert {one.text for one in found.elements if one.unseen} == {"Nabe", "0,1", "Marge"}
    assert checked(tmp_path / "mappe.xlsx", found).completeness is None  # nobody could count it


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Name", "Mo 18.3.", "Di 19.3."], ["Anna", "F", "S"], [], ["KW 13"],
          ["Name", "Mo 25.3.", "Di 26.3."], ["Anna", "S", "F"]],
         ["Name: Anna; Mo 18.3.: F; Di 19.3.: S", "KW 13", "Name: Anna; Mo 25.3.: S; Di 26.3.: F"]),
        ([["Name", "Mo", "Di"], ["Anna", "F", "S"], [], ["KW 13"], [None, "Mo 25.3.", "Di 26.3."], ["Anna", "S", "F"]],
         ["Name: Anna; Mo: F; Di: S", "KW 13", "Anna; Mo 25.3.: S; Di 26.3.: F"]),
        ([["Name", "Mo 18.3.", "Di 19.3."], ["Anna", "F", "S"], ["Name", "Mo 25.3.", "Di 26.3."], ["Anna", "S", "F"]],
         ["Name: Anna; Mo 18.3.: F; Di 19.3.: S", "Name: Anna; Mo 25.3.: S; Di 26.3.: F"]),
        ([["Sales", 2021, 2022], ["North", 5, 4], ["Costs", 2021, 2022], ["North", 3, 2]],
         ["Sales: North; 2021: 5; 2022: 4", "Costs: North; 2021: 3; 2022: 2"]),
        ([["No", "Name", "Sum"], [1, "A", 10], ["Carried over", None, 10], ["No", "Name", "Sum"], [2, "B", 5]],
         ["No: 1; Name: A; Sum: 10", "No: Carried over; Sum: 10", "No: 2; Name: B; Sum: 5"]),
        ([["Part", "Price", "Qty"], ["Pipe", 5, 1], [], ["Part", "Unit", "Price"], ["Sheets"], ["2 mm", "m", 7]],
         ["Part: Pipe; Price: 5; Qty: 1", "Part: Sheets", "Part: 2 mm; Unit: m; Price: 7"]),
        ([["Name", "Std", "Satz"], ["Anna", 40, 12], ["Kennz.", "km", "Liter"], ["K-AB 1", 12000, 800]],
         ["Name: Anna; Std: 40; Satz: 12", "Kennz.: K-AB 1; km: 12000; Liter: 800"]),
        ([["Teil", "Preis", "Menge"], ["Rohr", 5, 1], ["Blech", "auf Anfrage", "offen"], ["Draht", 8, 4]],
         ["Teil: Rohr; Preis: 5; Menge: 1", "Teil: Blech; Preis: auf Anfrage; Menge: offen",
          "Teil: Draht; Preis: 8; Menge: 4"]),
    ],
)  # fmt: skip
def test_each_of_two_tables_one_below_the_other_has_its_own_head(
    tmp_path: Path, rows: list[list[Any]], expected: list[str]
) -> None:
    assert [one.text for one in read(tmp_path, sheet_of(*rows)[0])] == expected


def test_a_bold_row_of_names_begins_a_table_and_a_bold_sum_does_not(tmp_path: Path) -> None:
    book, sheet = sheet_of(
        ["Name", "Std"], ["Anna", 40], ["Summe", 40], ["Bernd", 5], ["Fahrzeuge"], ["Kennz.", "km"], ["K-AB 1", 12000]
    )
    for row in (1, 3, 5, 6):
        for cell in sheet[row]:
            cell.font = Font(bold=True)
    assert [one.text for one in read(tmp_path, book)] == [
        "Name: Anna; Std: 40", "Name: Summe; Std: 40", "Name: Bernd; Std: 5", "Fahrzeuge", "Kennz.: K-AB 1; km: 12000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Teil", "Länge", "Masse"], [None, "mm", "kg"], ["Welle", 100, 2]],
         "Teil: Welle; Länge › mm: 100; Masse › kg: 2"),
        ([["Item", "Qty", "Price"], [None, "pcs", "[EUR]"], ["Bolt", 4, 9]],
         "Item: Bolt; Qty › pcs: 4; Price › [EUR]: 9"),
        ([[None, "Mo", "Di"], [None, "18.3.", "19.3."], ["Früh", "Meier", "Kunz"]],
         "Früh; Mo › 18.3.: Meier; Di › 19.3.: Kunz"),
        ([["Teil", 2023, None, 2024, None], [None, "Menge", "Wert", "Menge", "Wert"], ["Rohr", 1, 10, 2, 20]],
         "Teil: Rohr; 2023 › Menge: 1; 2023 › Wert: 10; 2024 › Menge: 2; 2024 › Wert: 20"),
        ([["Teil", "Umsatz", None, "Notiz"], [None, "Plan", "Ist", None], ["Rohr", 1, 10, "gut"]],
         "Teil: Rohr; Umsatz › Plan: 1; Umsatz › Ist: 10; Notiz: gut"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("bold", [True, False])
def test_a_second_row_of_the_head_is_part_of_it(
    tmp_path: Path, rows: list[list[Any]], expected: str, bold: bool
) -> None:
    book, sheet = sheet_of(*rows, ["Nabe", *(3 for _ in rows[0][1:])])
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=bold)
    assert read(tmp_path, book)[0].text == expected


@pytest.mark.parametrize(
    "rows",
    [
        [["4711", "Rohr", "12,50"], ["4712", "Blech", "8,10"], ["4713", "Draht", "1,05"]],
        [["Anna", "Ulm", "12"], ["Bernd", "Bonn", "15"], ["Carl", "Köln", "9"]],
        [["2024-01-03", "Rent", "open"], ["2024-01-04", "Gas", "paid"], ["2024-01-09", "Power", "paid"]],
        [["4711", "Bolt"], ["4712", "Nut"], ["4713", "Wire"]],
    ],
)
def test_a_table_without_a_head_keeps_its_first_row(tmp_path: Path, rows: list[list[str]]) -> None:
    (tmp_path / "export.csv").write_text("\n".join(map(";".join, rows)))
    assert [one.text for one in partition(tmp_path / "export.csv").elements] == ["; ".join(row) for row in rows]


@pytest.mark.parametrize(
    "head", [["Name", "1", "2", "3"], ["Größe", "36", "38", "40"], ["Region", "2021", "2022", "2023"],
             ["Artikel", "ab 10", "ab 50", "ab 99"]],
)  # fmt: skip
def test_days_sizes_and_years_are_a_head(tmp_path: Path, head: list[str]) -> None:
    (tmp_path / "a.csv").write_text("\n".join(map(";".join, [head, ["Nord", "8", "7", "6"], ["Süd", "5", "4", "3"]])))
    found = [one.text for one in partition(tmp_path / "a.csv").elements]
    assert found[0] == f"{head[0]}: Nord; {head[1]}: 8; {head[2]}: 7; {head[3]}: 6"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sep=;\nTeil;Ort\nRohr;Ulm\nBlech;Bonn\n", ["Teil: Rohr; Ort: Ulm", "Teil: Blech; Ort: Bonn"]),
        ("sep=|\nTeil|Ort\nRohr|Ulm, Nord\n", ["Teil: Rohr; Ort: Ulm, Nord"]),
        ('"EXTF";700;21;"Buchungsstapel";13\nUmsatz;Konto;Belegdatum;Text\n12,50;4400;0301;Miete\n8,00;4930;0401;Porto\n',
         ["EXTF; 700; 21; Buchungsstapel; 13", "Umsatz: 12,50; Konto: 4400; Belegdatum: 0301; Text: Miete",
          "Umsatz: 8,00; Konto: 4930; Belegdatum: 0401; Text: Porto"]),
    ],
)  # fmt: skip
def test_lines_above_the_head_that_say_how_a_file_was_made_are_no_head(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    (tmp_path / "a.csv").write_text(text)
    assert [one.text for one in partition(tmp_path / "a.csv").elements] == expected


def test_escapes_raised_and_struck_pieces_of_a_cell_are_read_as_shown(tmp_path: Path) -> None:
    book, sheet = sheet_of(["Teil", "Wert", "Stoff"], ["Zeile_x000D_\nzwei", None, None], ["Rest", None, None])
    raised, lowered = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")
    struck = InlineFont(strike=True)
    sheet["B2"] = CellRichText("10", TextBlock(raised, "6"), " KBE")
    sheet["C2"] = CellRichText("H", TextBlock(lowered, "2"), "O")
    sheet["B3"] = CellRichText(TextBlock(struck, "100"), " 90 €")
    found = read(tmp_path, book)
    assert found[0].text == "Teil: Zeile zwei; Wert: 10⁶ KBE; Stoff: H₂O"
    assert found[1].text == "Teil: Rest; Wert: 90 €"


@pytest.mark.parametrize("colour", [Color(rgb="FFFFFFFF"), Color(theme=0)])
def test_white_letters_are_unseen_and_on_a_ground_they_are_not(tmp_path: Path, colour: Color) -> None:
    book, sheet = sheet_of(["Teil", "Wert"], ["Welle", "geheim"], ["Nabe", "offen"])
    sheet["B2"].font = sheet["B3"].font = Font(color=colour)
    sheet["B3"].fill = PatternFill("solid", fgColor="FF0000AA")
    assert [one.text for one in read(tmp_path, book)] == ["Teil: Welle", "Teil: Nabe; Wert: offen"]


def test_headers_and_footers_of_sheets_are_margins_and_counted(tmp_path: Path) -> None:
    book, sheet = sheet_of(["Teil", "Wert"], ["Welle", 5])
    sheet.oddHeader.center.text = "Firma AG & Co vertraulich"
    sheet.oddFooter.right.text = "Stand Mai &P von &N"
    found = read(tmp_path, book)
    assert [(one.kind, one.text) for one in found[1:]] == [
        ("margin", "Firma AG & Co vertraulich"), ("margin", "Stand Mai von"),
    ]  # fmt: skip
    completeness = checked(tmp_path / "mappe.xlsx", partition(tmp_path / "mappe.xlsx")).completeness
    assert completeness and completeness.share == 1


@pytest.mark.parametrize(
    ("head", "shown_as"),
    [(["Der Lüfter ist vorhanden", "Nummer"], "WAHR"), (["The fan is there with the pump", "Number"], "TRUE")],
)
def test_truth_is_written_in_the_language_of_the_workbook(tmp_path: Path, head: list[str], shown_as: str) -> None:
    book, _ = sheet_of(head, [True, "x"], [False, "y"])
    found = read(tmp_path, book)
    assert f"{head[0]}: {shown_as}" in found[0].text
    cells = [part.type + part.raw for part in lay_out(partition(tmp_path / "mappe.xlsx")).parts[0].table]
    assert cells[0] == "booleantrue"


@pytest.mark.parametrize("number_format", ["General", "@", "0.00", "#,##0", "0%"])
@pytest.mark.parametrize("typed", ["4,711", "1.234", "007", "1e5", "3.0", "12.5 ", "TRUE", "1/2"])
def test_what_is_typed_as_text_stays_as_it_is(tmp_path: Path, typed: str, number_format: str) -> None:
    book, sheet = sheet_of(["Der Preis der Pumpe", "Nummer"], ["Welle", typed], ["Nabe", 12.5])
    sheet["B2"].number_format = number_format
    assert read(tmp_path, book)[0].text == f"Der Preis der Pumpe: Welle; Nummer: {typed.strip()}"


def test_a_rule_or_a_table_elsewhere_on_the_sheet_shows_no_white_letters(tmp_path: Path) -> None:
    book, sheet = sheet_of(["Sorte", "Preis"], ["Eiche", 61], ["Buche", 48], ["", ""], ["intern", 29])
    sheet.conditional_formatting.add("B2:B3", CellIsRule(operator="greaterThan", formula=["50"], fill=PatternFill()))
    sheet.add_table(Table(displayName="Sorten", ref="A1:B3"))
    for place in ("B3", "B5"):
        sheet[place].font = Font(color="FFFFFFFF")
    read(tmp_path, book)
    found = partition(tmp_path / "mappe.xlsx").elements
    assert [one.text for one in found if one.unseen] == ["29"]
    assert any("48" in one.text for one in found if not one.unseen), "a rule may give it another colour"


def test_a_head_over_columns_is_seen_while_one_of_them_is(tmp_path: Path) -> None:
    book, sheet = sheet_of(["Werk", "Strom", None], [None, "Vorjahr", "Jahr"], ["Ost", 11, 12], ["West", 21, 22])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")
    sheet.column_dimensions["B"].hidden = True
    texts = [one.text for one in read(tmp_path, book) if not one.unseen]
    assert "Werk: Ost; Strom › Jahr: 12" in texts
