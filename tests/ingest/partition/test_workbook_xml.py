"""Workbooks in XML of 2003: what is hidden is named and parts no table, styles are inherited, margins are read."""

from pathlib import Path

import pytest

from ingest.documents import Element
from ingest.partition import partition

SPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)


def read(folder: Path, table: str, styles: str = "", options: str = "", name: str = "mappe.xls") -> list[Element]:
    file = folder / name
    file.write_text(
        f'<?xml version="1.0"?><Workbook {SPACES}><Styles>{styles}</Styles><Worksheet ss:Name="P"><Table>{table}'
        f'</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}</WorksheetOptions>'
        '</Worksheet><Worksheet ss:Name="Q"><Table><Row><Cell><Data ss:Type="String">Ende</Data></Cell></Row></Table>'
        "</Worksheet></Workbook>",
        encoding="utf-8",
    )
    return [element for element in partition(file).elements if element.label == "P"]


def cell(text: str | float, more: str = "") -> str:
    kind = "String" if isinstance(text, str) else "Number"
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(*texts: str | float, more: str = "") -> str:
    return f"<Row {more}>{''.join(map(cell, texts))}</Row>"


def seen(elements: list[Element]) -> list[str]:
    return [one.text for one in elements if not one.unseen]


def unseen(elements: list[Element]) -> list[tuple[str | None, str]]:
    return [(one.unseen, one.text) for one in elements if one.unseen]


HEAD = row("Teil", "Einkauf", "Preis")


@pytest.mark.parametrize("name", ["mappe.xls", "mappe.xml"])
@pytest.mark.parametrize(
    "column",
    ['<Column ss:Index="2" ss:Hidden="1"/>', '<Column/><Column ss:Width="0"/>', '<Column/><Column ss:Hidden="true"/>'],
)
def test_a_hidden_column_is_named_and_parts_no_table(tmp_path: Path, column: str, name: str) -> None:
    found = read(tmp_path, column + HEAD + row("Welle", 8, 12.5) + row("Nabe", 9, 14), name=name)
    assert seen(found) == ["Teil: Welle; Preis: 12,5", "Teil: Nabe; Preis: 14"]
    assert unseen(found) == [("hidden_cells", one) for one in ("Einkauf", "8", "9")]


@pytest.mark.parametrize("state", ['ss:Hidden="1"', 'ss:Height="0"', 'ss:Height="0.0"'])
def test_a_hidden_row_is_named(tmp_path: Path, state: str) -> None:
    found = read(tmp_path, HEAD + row("Welle", 8, 12.5) + row("Alt", 1, 2, more=state) + row("Nabe", 9, 14))
    assert seen(found) == ["Teil: Welle; Einkauf: 8; Preis: 12,5", "Teil: Nabe; Einkauf: 9; Preis: 14"]
    assert unseen(found) == [("hidden_cells", one) for one in ("Alt", "1", "2")]


def test_rows_and_columns_that_one_node_stands_for_count(tmp_path: Path) -> None:
    columns = '<Column ss:Index="2" ss:Span="1" ss:Hidden="1"/><Column ss:StyleID="p"/>'
    table = (
        columns + row("Teil", "Menge", "Lager", "Anteil der Kosten") + '<Row ss:Span="3"/>' + row("Welle", 1, 2, 0.075)
    )
    style = '<Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style>'
    found = read(tmp_path, table, style)
    assert seen(found) == ["Teil: Welle; Anteil der Kosten: 7,5%"]
    assert [one.cells for one in found if not one.unseen] == ["A6:D6"]
    assert unseen(found) == [("hidden_cells", one) for one in ("Menge", "Lager", "1", "2")]


@pytest.mark.parametrize("state", ["SheetHidden", "SheetVeryHidden"])
def test_a_hidden_sheet_is_named(tmp_path: Path, state: str) -> None:
    found = read(tmp_path, row("Rabatt", 7), options=f"<Visible>{state}</Visible>")
    assert unseen(found) == [("hidden_sheet", "Rabatt"), ("hidden_sheet", "7")] and seen(found) == []


def test_cells_that_their_style_hides_are_named(tmp_path: Path) -> None:
    styles = (
        '<Style ss:ID="b"><Font ss:Color="#FFFFFF"/></Style><Style ss:ID="c" ss:Parent="b"><Interior '
        'ss:Color="#203864" ss:Pattern="Solid"/></Style><Style ss:ID="n"><NumberFormat ss:Format=";;;"/></Style>'
    )
    cells = (("weiß", "b"), ("auf Blau", "c"), (77, "n"))
    found = read(tmp_path, "<Row>" + "".join(cell(text, f'ss:StyleID="{style}"') for text, style in cells) + "</Row>",
                 styles)  # fmt: skip
    assert (seen(found), unseen(found)) == (["auf Blau"], [("hidden", "weiß"), ("hidden", "77")])


def test_struck_out_words_in_a_cell_and_margins_are_told(tmp_path: Path) -> None:
    data = '<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">12 <S>14 </S><B>Tage</B></ss:Data>'
    setup = '<PageSetup><Header x:Data="&amp;CNur intern"/><Footer x:Data="&amp;R&amp;P"/></PageSetup>'
    found = read(tmp_path, f"<Row><Cell>{data}</Cell></Row>", options=setup)
    assert (seen(found), unseen(found)) == (["12 Tage", "Nur intern"], [("struck", "14")])
