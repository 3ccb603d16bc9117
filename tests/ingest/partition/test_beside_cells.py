"""What a sheet has beside its cells is read alike from xlsx, ods and xls: charts, text boxes, margins, comments."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.comments import Comment

from eval.reading.rendering.libreoffice import convert
from ingest.documents import Element
from ingest.partition import partition
from ingest.partition.sheet_margins import margin_elements
from tests.ingest.partition.odf_files import SPACES, odf_file

pytestmark = pytest.mark.integration
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
SUFFIXES = ("xlsx", "ods", "xls")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Element, ...]]:
    """What is read of one workbook in each format."""
    folder = tmp_path_factory.mktemp("books")
    book = openpyxl.Workbook()
    sheet, hidden = book.active, book.create_sheet("Daten")
    sheet.title = "Umsatz"
    for row in (["Quartal", "Nord"], ["Q1", 120], ["Q2", 130.5]):
        sheet.append(row)
    for row in (["Monat", "Ausschuss"], ["Jan", 17], ["Feb", 23]):
        hidden.append(row)
    sheet["B3"].comment = Comment("Ohne Lager Ulm.", "K")
    sheet.oddHeader.center.text = "Nur intern, R&&D"
    sheet.oddFooter.right.text = "Stand März 2026"
    for kind, source, title in ((BarChart, sheet, "Umsatz je Quartal"), (LineChart, hidden, "Ausschuss je Monat")):
        chart = kind()
        chart.title, chart.y_axis.title = title, "Tsd. Euro" if source is sheet else "Stück"
        chart.add_data(Reference(source, min_col=2, min_row=1, max_row=3), titles_from_data=True)
        chart.set_categories(Reference(source, min_col=1, min_row=2, max_row=3))
        sheet.add_chart(chart, "E2" if source is sheet else "E20")
    chart = BarChart()
    chart.title = "Ein Blatt für sich"
    chart.add_data(Reference(hidden, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    book.create_chartsheet("Blatt").add_chart(chart)
    hidden.sheet_state = "hidden"
    made = folder / "mappe.xlsx"
    book.save(made)
    found = {}
    for suffix in SUFFIXES:
        convert([made], suffix, folder / suffix, "de-DE")
        found[suffix] = partition(folder / suffix / f"mappe.{suffix}").elements
    return found


@needs_libreoffice
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_charts_comments_and_margins_of_a_workbook_are_read(books: dict[str, tuple[Element, ...]], suffix: str) -> None:
    found = [(one.kind, one.text, one.label) for one in books[suffix] if not one.unseen]
    assert ("note", "Ohne Lager Ulm.", "Umsatz") in found
    assert ("paragraph", "Umsatz je Quartal · Tsd. Euro", "Umsatz") in found
    assert [text for kind, text, _ in found if kind == "margin"] == ["Nur intern, R&D", "Stand März 2026"]
    assert any(text.startswith("Ein Blatt für sich") and label == "Blatt" for _, text, label in found)


@needs_libreoffice
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_chart_says_its_values_where_no_cell_that_is_seen_does(
    books: dict[str, tuple[Element, ...]], suffix: str
) -> None:
    tables = [one for one in books[suffix] if one.kind == "table" and not one.unseen and one.cells is None]
    said = [one.text for one in tables if one.label == "Umsatz"]
    assert len(said) == 1 and "Jan; Ausschuss: 17" in said[0] and "Feb; Ausschuss: 23" in said[0]
    assert any("Ausschuss je Monat" in one.text for one in books[suffix])


SHAPE = "<draw:custom-shape><text:p>Preise ab Werk.</text:p></draw:custom-shape>"
BOX = "<draw:frame><draw:text-box><text:p>Discount above 500 pieces</text:p></draw:text-box></draw:frame>"
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def sheet(state: str = "true") -> tuple[str, str]:
    """A sheet with shapes at its page and at a cell, and its style."""
    style = (
        '<style:style style:name="ta" style:family="table"><style:table-properties '
        f'table:display="{state}"/></style:style>'
    )
    rows = f"<table:table-row>{CELL.format('Teil')}<table:table-cell>{BOX}</table:table-cell></table:table-row>"
    shapes = f"<table:shapes>{SHAPE}<draw:g>{SHAPE.replace('ab Werk', 'frei Haus')}</draw:g></table:shapes>"
    return f'<table:table table:name="P" table:style-name="ta">{shapes}{rows}</table:table>', style


def test_text_boxes_and_shapes_of_an_opendocument_sheet_are_read(tmp_path: Path) -> None:
    body, style = sheet()
    found = partition(odf_file(tmp_path, body, ".ods", styles=style)).elements
    assert [(one.text, one.label) for one in found] == [
        ("Teil", "P"), ("Preise ab Werk.", "P"), ("Preise frei Haus.", "P"), ("Discount above 500 pieces", "P"),
    ]  # fmt: skip


@needs_libreoffice
def test_text_boxes_of_xls_are_read(tmp_path: Path) -> None:
    body, style = sheet()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    flat = tmp_path / "mappe.fods"
    flat.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.2" '
        f'office:mimetype="{kind}"><office:automatic-styles>{style}</office:automatic-styles><office:body>'
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document>",
        encoding="utf-8",
    )
    convert([flat], "xls", tmp_path / "xls", "de-DE")
    found = [one.text for one in partition(tmp_path / "xls" / "mappe.xls").elements if one.kind == "paragraph"]
    assert sorted(found) == ["Discount above 500 pieces", "Preise ab Werk.", "Preise frei Haus."]


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('&LLinks&C&"Arial,Fett"&12Mitte&RRechts', ["Links", "Mitte", "Rechts"]),
        ("&CSeite &P", ["Seite"]),
        ("&P / &N", []),
        ("&CR&&D &D", ["R&D"]),
        ("&L&K00FF00Grün&A", ["Grün"]),
    ],
)
def test_codes_of_margins_are_told_from_their_text(code: str, texts: list[str]) -> None:
    assert [one.text for one in margin_elements([code], "P")] == texts
