"""Sheets that a program has printed without lines: cells touch, heads reach over columns, sums stand below."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.partition import partition

FONT, SIZE, STEP = "Helvetica", 10, 13


class Sheet:
    """A page of cells at the edges of columns."""

    def __init__(self, file: Path, edges: Sequence[float]) -> None:
        self.file, self.edges = file, edges
        self._canvas = Canvas(str(file), pagesize=(700, 842))

    def put(self, row: float, column: int, text: str, over: int = 1, how: str = "") -> None:
        """A cell: numbers at the right, words at the left, or as `how` says ("left", "right", "middle")."""
        left, right = self.edges[column], self.edges[column + over]
        width, y = stringWidth(text, FONT, SIZE), 780 - STEP * row
        how = how or ("right" if text[:1].isdigit() else "left")
        x = {"left": left + 1.4, "right": right - 1.4 - width, "middle": (left + right - width) / 2}[how]
        self._canvas.setFont(FONT, SIZE)
        self._canvas.drawString(x, y, text)

    def rows(self, first: float, rows: Sequence[Sequence[str]]) -> None:
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    self.put(first + number, column, text)

    def lines(self) -> list[str]:
        self._canvas.save()
        return [line for element in partition(self.file).elements for line in element.text.split("\n")]


HALLS = [("Halle Nord", "311,50", "28,00", "295,75", "31,25"), ("Halle Süd", "208,25", "", "190,00", "17,50"),
         ("Lager", "94,00", "6,75", "101,25", "")]  # fmt: skip
HALL_LINES = [
    "Gebäude: Halle Nord; Strom › 2024: 311,50; Strom › 2025: 28,00; Gas › 2024: 295,75; Gas › 2025: 31,25",
    "Gebäude: Halle Süd; Strom › 2024: 208,25; Gas › 2024: 190,00; Gas › 2025: 17,50",
    "Gebäude: Lager; Strom › 2024: 94,00; Strom › 2025: 6,75; Gas › 2024: 101,25",
]


@pytest.mark.parametrize("how", ["middle", "left"])
@pytest.mark.parametrize("name_row", [0, 0.5, 1])
def test_a_head_that_reaches_over_columns_names_each_of_them(tmp_path: Path, how: str, name_row: float) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 140, 230, 320, 410, 500))
    sheet.put(0, 1, "Strom", 2, how)
    sheet.put(0, 3, "Gas", 2, how)
    if how == "left" and name_row != 1:
        pytest.skip("programs set all names of such heads at the bottom")
    sheet.put(name_row, 0, "Gebäude", how=how)
    for column in range(1, 5):
        sheet.put(1, column, ("2024", "2025")[(column + 1) % 2], how=how)
    sheet.rows(2, HALLS)
    assert sheet.lines() == HALL_LINES


def test_a_column_without_values_keeps_its_place_under_heads_at_the_left(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 140, 230, 320, 410, 500))
    sheet.put(0, 1, "Vormonat", 2, "left")
    sheet.put(0, 3, "Monat", 2, "left")
    for column, name in enumerate(("Artikel", "Stück", "Umsatz", "Stück", "Umsatz")):
        sheet.put(1, column, name, how="left")
    sheet.rows(2, [("Dübel", "120", "35,40", "", "41,10"), ("Winkel", "80", "96,00", "", "88,20"),
                   ("Anker", "15", "52,50", "", "61,00")])  # fmt: skip
    assert sheet.lines()[0] == (
        "Artikel: Dübel; Vormonat › Stück: 120; Vormonat › Umsatz: 35,40; Monat › Umsatz: 41,10"
    )


def test_cells_that_touch_are_parted_where_other_rows_show_their_edges(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 90, 152, 205, 260))
    for column, name in enumerate(("Nr.", "Bauteil", "Kosten", "Erlös")):
        sheet.put(0, column, name, how="left")
    sheet.rows(1, [("2210", "Zahnräder 4", "17.250,40", "19.310,80"), ("2211", "Wellen kurz", "9,10", "11.820,00"),
                   ("2212", "Lager", "480,00", "612,35"), ("2213", "Gehäuse A3", "21.904,75", "7,00")])  # fmt: skip
    assert sheet.lines() == [
        "Nr.: 2210; Bauteil: Zahnräder 4; Kosten: 17.250,40; Erlös: 19.310,80",
        "Nr.: 2211; Bauteil: Wellen kurz; Kosten: 9,10; Erlös: 11.820,00",
        "Nr.: 2212; Bauteil: Lager; Kosten: 480,00; Erlös: 612,35",
        "Nr.: 2213; Bauteil: Gehäuse A3; Kosten: 21.904,75; Erlös: 7,00",
    ]


def test_a_text_over_several_columns_is_not_cut_at_their_edges(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 130, 250, 340, 430))
    sheet.rows(0, [("Kürzel", "Maßnahme", "Kosten", "Dauer"), ("M1", "Fenster tauschen", "8.400", "12")])
    sheet.put(2, 0, "Die folgenden Arbeiten beginnen erst im nächsten Jahr", 4, "left")
    sheet.rows(3, [("M2", "Dach dämmen", "31.000", "30"), ("M3", "Tore", "5.250", "4")])
    found = sheet.lines()
    assert "Die folgenden Arbeiten beginnen erst im nächsten Jahr" in found
    assert "Kürzel: M3; Maßnahme: Tore; Kosten: 5.250; Dauer: 4" in found


def test_a_number_below_a_number_is_the_next_row(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 150, 260, 370))
    sheet.rows(0, [("Anlage", "Wasser m³", "Druckluft m³"), ("Presse", "14,2", "310"), ("", "", "95"),
                   ("Säge", "2,8", "120"), ("Ofen", "9,6", "44")])  # fmt: skip
    found = sheet.lines()
    assert found[0] == "Anlage: Presse; Wasser m³: 14,2; Druckluft m³: 310"
    assert found[-2:] == [
        "Anlage: Säge; Wasser m³: 2,8; Druckluft m³: 120",
        "Anlage: Ofen; Wasser m³: 9,6; Druckluft m³: 44",
    ]


@pytest.mark.parametrize("column", [2, 3])
def test_the_name_of_a_sum_is_under_no_head(tmp_path: Path, column: int) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 100, 260, 350, 440, 540))
    sheet.rows(0, [("Pos.", "Leistung", "Menge", "Preis", "Betrag"), ("1", "Montage Geländer", "14", "62,00", "868,00"),
                   ("2", "Anfahrt", "2", "45,00", "90,00"), ("3", "Kleinteile", "1", "31,50", "31,50")])  # fmt: skip
    for row, (name, value) in enumerate([("Netto", "989,50"), ("zzgl. 19 % MwSt.", "188,01"), ("Brutto", "1.177,51")]):
        sheet.put(4 + row, column, name, 1, "left")
        sheet.put(4 + row, 4, value)
    found = sheet.lines()
    assert found[2] == "Pos.: 3; Leistung: Kleinteile; Menge: 1; Preis: 31,50; Betrag: 31,50"
    assert found[3:] == ["Netto; Betrag: 989,50", "zzgl. 19 % MwSt.; Betrag: 188,01", "Brutto; Betrag: 1.177,51"]


def test_cells_below_a_name_that_is_said_once_keep_their_head(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 150, 260, 370))
    sheet.rows(
        0, [("Linie", "Tag", "Teile"), ("Linie 4", "Montag", "310"), ("", "Dienstag", "295"), ("", "Mittwoch", "322")]
    )
    assert sheet.lines()[-2:] == ["Tag: Dienstag; Teile: 295", "Tag: Mittwoch; Teile: 322"]


def test_a_group_may_stand_right_below_a_head_of_two_rows(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 150, 230, 290, 350, 410))
    for column, name in enumerate(("Sorte", "Körnung")):
        sheet.put(0, column, name, how="left")
    sheet.put(0, 2, "Preis je Tonne", 3, "middle")
    for column, name in enumerate(("ab 5 t", "ab 20 t", "ab 50 t"), 2):
        sheet.put(1, column, name, how="right")
    sheet.put(2, 0, "Kies und Splitt, gewaschen", 3, "left")
    sheet.rows(3, [("Kies K2", "8/16", "21,40", "19,90", "18,25"), ("Splitt S1", "2/5", "24,10", "22,60", "20,95")])
    sheet.put(5, 0, "Sand", how="left")
    sheet.rows(6, [("Sand F", "0/2", "15,80", "14,30", "13,70"), ("Sand G", "0/4", "14,20", "", "12,10")])
    assert sheet.lines() == [
        "Kies und Splitt, gewaschen",
        "Sorte: Kies K2; Körnung: 8/16; Preis je Tonne › ab 5 t: 21,40; Preis je Tonne › ab 20 t: 19,90; "
        "Preis je Tonne › ab 50 t: 18,25",
        "Sorte: Splitt S1; Körnung: 2/5; Preis je Tonne › ab 5 t: 24,10; Preis je Tonne › ab 20 t: 22,60; "
        "Preis je Tonne › ab 50 t: 20,95",
        "Sand",
        "Sorte: Sand F; Körnung: 0/2; Preis je Tonne › ab 5 t: 15,80; Preis je Tonne › ab 20 t: 14,30; "
        "Preis je Tonne › ab 50 t: 13,70",
        "Sorte: Sand G; Körnung: 0/4; Preis je Tonne › ab 5 t: 14,20; Preis je Tonne › ab 50 t: 12,10",
    ]


@pytest.mark.parametrize("how", ["middle", "right"])
def test_names_may_reach_over_one_column_or_over_many(tmp_path: Path, how: str) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 130, 200, 270, 340, 410, 480, 550))
    sheet.put(0, 0, "Kiste", how="left")
    sheet.put(0, 1, "Maße in cm", 3, "middle")
    sheet.put(0, 4, "Gewicht in kg", 2, "middle")
    sheet.put(0, 6, "Wert", how=how)
    for column, name in enumerate(("lang", "breit", "hoch", "netto", "brutto", "in €"), 1):
        sheet.put(1, column, name, how=how)
    sheet.rows(2, [("A 1", "80", "60", "45", "112,5", "131", "940"), ("A 2", "120", "80", "95", "204", "229", "1.310")])
    assert sheet.lines()[-1] == (
        "Kiste: A 2; Maße in cm › lang: 120; Maße in cm › breit: 80; Maße in cm › hoch: 95; "
        "Gewicht in kg › netto: 204; Gewicht in kg › brutto: 229; Wert › in €: 1.310"
    )


def test_numbers_that_count_may_be_names(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf", (50, 130, 200, 270, 340, 410))
    sheet.put(0, 0, "Gruppe", how="left")
    sheet.put(0, 1, "Erfahrungsstufe", 4, "middle")
    for column in range(1, 5):
        sheet.put(1, column, str(column), how="middle")
    sheet.rows(2, [("EG 5", "2.711", "2.804", "2.912", ""), ("EG 6", "2.830", "2.961", "3.040", "3.155")])
    assert sheet.lines()[0] == (
        "Gruppe: EG 5; Erfahrungsstufe › 1: 2.711; Erfahrungsstufe › 2: 2.804; Erfahrungsstufe › 3: 2.912"
    )
