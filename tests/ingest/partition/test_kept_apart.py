"""What programs keep from their readers in workbooks, slides and texts is kept apart, and what they show is shown."""

import io
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from pptx import Presentation
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Element
from ingest.partition import partition
from ingest.partition.rtf_fields import with_results
from tests.ingest.partition.odf_files import odf_file

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</xdr:wsDr>'
)
SHAPE = (
    '<xdr:absoluteAnchor><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{number}" name="n"{hidden}/></xdr:nvSpPr><xdr:txBody>'
    "<a:p>{runs}</a:p></xdr:txBody></xdr:sp></xdr:absoluteAnchor>"
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def shown(elements: tuple[Element, ...]) -> list[str]:
    return [one.text for one in elements if not one.unseen]


def unseen(elements: tuple[Element, ...]) -> list[tuple[str, str]]:
    return [(one.unseen, one.text) for one in elements if one.unseen]


def with_parts(file: Path, changes: dict[str, str], added: dict[str, str]) -> Path:
    """A copy of a package in which a piece of each part is another, and with other parts."""
    copy = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode() if name in changes else source.read(name)
            if isinstance(content, str):
                before, _, after = changes[name].partition(" => ")
                assert before in content
                content = content.replace(before, after)
            target.writestr(name, content)
        for name, content in added.items():
            target.writestr(name, content)
    file.write_bytes(copy.getvalue())
    return file


def test_text_boxes_of_a_sheet_say_what_their_readers_see(tmp_path: Path) -> None:
    runs = "<a:r><a:t>Miete 7</a:t></a:r><a:r><a:rPr b='1'/><a:t>50 EUR</a:t></a:r>"
    struck = "<a:r><a:rPr strike='sngStrike'/><a:t>bis Mai</a:t></a:r><a:r><a:t> bis Juli</a:t></a:r>"
    shapes = (
        SHAPE.format(number=2, hidden="", runs=runs)
        + SHAPE.format(number=3, hidden="", runs=struck)
        + SHAPE.format(number=4, hidden=' hidden="1"', runs="<a:r><a:t>Marge 31 %</a:t></a:r>")
    )
    book = openpyxl.Workbook()
    book.active["A1"] = "Angebot"
    book.save(tmp_path / "a.xlsx")
    relation = f'<Relationship Id="rId1" Type="{KIND}/drawing" Target="../drawings/drawing1.xml"/>'
    file = with_parts(
        tmp_path / "a.xlsx",
        {"xl/worksheets/sheet1.xml": f'</worksheet> => <drawing xmlns:r="{KIND}" r:id="rId1"/></worksheet>'},
        {
            "xl/drawings/drawing1.xml": DRAWING.format(shapes),
            "xl/worksheets/_rels/sheet1.xml.rels": "<Relationships xmlns="
            f'"http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>',
        },
    )
    found = partition(file).elements
    assert shown(found) == ["Angebot", "Miete 750 EUR", "bis Juli"]
    assert unseen(found) == [("struck", "bis Mai"), ("hidden", "Marge 31 %")]


def test_notes_at_hidden_cells_and_margins_of_no_page_are_kept_apart(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Ware", "Preis", "Einkauf"], ["Tuch", 12, 7], ["Garn", 4, 2]):
        sheet.append(row)
    sheet["C2"].comment, sheet["B3"].comment = Comment("nur bis Mai", "x"), Comment("gilt ab Juni", "x")
    sheet.column_dimensions["C"].hidden = True
    sheet.oddHeader.center.text, sheet.firstHeader.center.text = "Preise 2031", "Stand 2019"
    book.save(tmp_path / "a.xlsx")
    found = partition(tmp_path / "a.xlsx").elements
    assert shown(found) == ["Ware: Tuch; Preis: 12", "Ware: Garn; Preis: 4", "gilt ab Juni", "Preise 2031"]
    assert ("hidden_cells", "nur bis Mai") in unseen(found) and ("hidden", "Stand 2019") in unseen(found)


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [(r"hh:mm\ \U\h\r", "14:05 Uhr"), (r"\T\a\g\ d", "Tag 9"), (r"d\.m\.\ \'yy", "9.5. '31")],
)
def test_letters_that_a_format_escapes_are_said_as_they_are(tmp_path: Path, number_format: str, expected: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A1"].number_format = datetime(2031, 5, 9, 14, 5), number_format
    book.save(tmp_path / "a.xlsx")
    assert shown(partition(tmp_path / "a.xlsx").elements) == [expected]


@pytest.mark.integration
@needs_libreoffice
def test_a_value_that_its_own_program_has_stored_is_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Posten", "Betrag"],
        ["Kurs", "=_xlfn.EURCONV(7)"],
        ["Netto", "=40+2"],
        ["Fremd", "=_xlfn.EURCONV(8)"],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    part = "<f>_xlfn.EURCONV(7)</f><v></v> => <f>_xlfn.EURCONV(7)</f><v>612.5</v>"
    found = partition(with_parts(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": part}, {})).elements
    assert shown(found)[:2] == ["Posten: Kurs; Betrag: 612,5", "Posten: Netto; Betrag: 42"] or shown(found)[:2] == [
        "Posten: Kurs; Betrag: 612.5", "Posten: Netto; Betrag: 42"]  # fmt: skip
    assert unseen(found) == [("uncomputed", "Sheet!B4: =_xlfn.EURCONV(8)")]


def test_a_workbook_of_the_strict_form_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Boot", "Plätze"], ["Möwe", 6]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    copy = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            text = re.sub(rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument)/2006/(\w+)",
                          rb"http://purl.oclc.org/ooxml/\1/\2", source.read(name))  # fmt: skip
            target.writestr(name, text)
    (tmp_path / "a.xlsx").write_bytes(copy.getvalue())
    assert shown(partition(tmp_path / "a.xlsx").elements) == ["Boot: Möwe; Plätze: 6"]


def test_items_are_numbered_as_the_layout_of_their_slide_says(tmp_path: Path) -> None:
    deck = Presentation()
    layout = deck.slide_layouts[1]
    body = layout.placeholders[1]._element.txBody.find("{*}lstStyle")
    body.append(body.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}lvl1pPr", {}))
    body[0].append(body.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum",
                                    {"type": "alphaLcParenR"}))  # fmt: skip
    slide = deck.slides.add_slide(layout)
    slide.shapes.title.text, slide.placeholders[1].text = "Räumung", "Ventil zu\nHalle verlassen"
    deck.save(tmp_path / "a.pptx")
    assert shown(partition(tmp_path / "a.pptx").elements) == ["Räumung", "a) Ventil zu", "b) Halle verlassen"]


def test_what_a_condition_hides_in_an_opendocument_text_is_kept_apart(tmp_path: Path) -> None:
    body = (
        '<text:section text:display="condition" text:is-hidden="true"><text:p>Rabatt 15 %</text:p></text:section>'
        '<text:section text:display="condition" text:is-hidden="false"><text:p>Rabatt 4 %</text:p></text:section>'
        '<text:p>Frist: <text:hidden-text text:string-value="8 Tage" text:is-hidden="false">8 Tage</text:hidden-text>'
        '</text:p><text:p>Ende.<draw:custom-shape xmlns:o="http://openoffice.org/2010/draw" o:display="none">'
        "<text:p>Entwurf</text:p></draw:custom-shape></text:p>"
    )
    masters = (
        '<style:master-page style:name="Standard"><style:header><text:p>Tarif 2031</text:p></style:header>'
        '<style:footer style:display="false"><text:p>Alter Fuß</text:p></style:footer></style:master-page>'
        '<style:master-page style:name="Anhang"><style:header><text:p>Nirgends</text:p></style:header>'
        "</style:master-page>"
    )
    found = partition(odf_file(tmp_path, body, masters=masters)).elements
    assert shown(found) == ["Rabatt 4 %", "Frist: 8 Tage", "Ende.", "Tarif 2031"]
    assert {text for _, text in unseen(found)} == {"Rabatt 15 %", "Entwurf", "Alter Fuß", "Nirgends"}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (rb"{\field{\*\fldinst{ REF Weg \\h }}{\fldrslt{Nr. 7 \'a7 2}}}", rb"{{Nr. 7 \'a7 2}}"),
        (rb"{\field\flddirty{\*\fldinst PAGEREF x}{\fldrslt 12}}", b"{12}"),
        (rb'{\field{\*\fldinst HYPERLINK "u"}{\fldrslt{\field{\*\fldinst{REF a}}{\fldrslt A}}}}',
         rb'{\field{\*\fldinst HYPERLINK "u"}{\fldrslt{A}}}'),
        (rb"{\field{\*\fldinst{ IF {\field{\*\fldinst REF d}{\fldrslt 5}} = 1}}{\fldrslt{9 bar}}}", b"{{9 bar}}"),
        (rb"{\field{\*\fldinst{ PAGE }}{\fldrslt{3}}}", rb"{\field{\*\fldinst{ PAGE }}{\fldrslt{3}}}"),
        (rb"{\field{\*\fldinst{ REF a }}{\fldrslt{nie zu Ende", rb"{\field{\*\fldinst{ REF a }}{\fldrslt{nie zu Ende"),
        (rb"{\field{\*\fldinst{ REF a }}{\fldrslt{\{1\}}}}", rb"{{\{1\}}}"),
    ],
)  # fmt: skip
def test_fields_of_rtf_are_what_they_last_showed(field: bytes, expected: bytes) -> None:
    assert with_results(rb"{\rtf1 vor " + field + b" nach}") == rb"{\rtf1 vor " + expected + b" nach}"


def test_raised_figures_as_large_as_their_line_are_raised(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    text = canvas.beginText(60, 700)
    text.setFont("Helvetica", 11)
    for piece, rise in (("Die Halle hat 640 m", 0), ("2", 4), (" und hält 10", 0), ("5", 4), (" Hübe aus.", 0)):
        text.setRise(rise)
        text.textOut(piece)
    canvas.drawText(text)
    canvas.save()
    assert shown(partition(tmp_path / "a.pdf").elements) == ["Die Halle hat 640 m² und hält 10⁵ Hübe aus."]


@pytest.mark.parametrize("kind", ["Line", "Circle", "Polygon", "PolyLine", "Ink", "FileAttachment", "Redact"])
def test_a_comment_on_any_mark_of_a_page_is_read(tmp_path: Path, kind: str) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.drawString(60, 700, "Lageplan der Anlage")
    points = {
        "L": [60, 600, 90, 600],
        "Vertices": [60, 600, 90, 600, 90, 630],
        "InkList": [PDFArray([60, 600, 90, 610])],
    }
    note = {name: PDFArray(value) for name, value in {"Rect": [60, 590, 120, 640], **points}.items()}
    note |= {"Type": PDFName("Annot"), "Subtype": PDFName(kind), "Contents": PDFString("Neigung 2 %")}
    canvas._addAnnotation(PDFDictionary(note))
    canvas.save()
    assert shown(partition(tmp_path / "a.pdf").elements) == ["Lageplan der Anlage", "Neigung 2 %"]
