"""What cannot be seen by its colour means the same in every format, on any ground that the file names."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Color, Font, PatternFill

from ingest.documents import Element
from ingest.partition import partition
from ingest.partition.contrast import cannot_be_seen, colour_of_hex, contrast, is_white
from tests.ingest.partition.docx_files import cell, paragraph, read_all, row, run, table
from tests.ingest.partition.odf_files import odf_file

UNSEEN = [("FFFFFF", "FFFFFF"), ("F0F0F0", "FFFFFF"), ("FEFEFE", "FFFFFF"), ("000000", "080808"), ("1F3864", "203864")]
SEEN = [("E8E8E8", "FFFFFF"), ("FFFF00", "FFFFFF"), ("FFFFFF", "1F3864"), ("000000", "FFFFFF"), ("808080", "8F8F8F"),
        ("FFFFFF", "F2DCDB")]  # fmt: skip
PLAIN = paragraph(run("Text."))
PAIRS = [(*pair, True) for pair in UNSEEN] + [(*pair, False) for pair in SEEN]


@pytest.mark.parametrize(("letters", "ground", "unseen"), PAIRS)
def test_letters_need_contrast_or_another_colour(letters: str, ground: str, unseen: bool) -> None:
    one, other = colour_of_hex(letters), colour_of_hex(f"#{ground}")
    assert one is not None and other is not None
    assert cannot_be_seen(one, other) == cannot_be_seen(other, one) == unseen


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((1, 1, 1), (1, 1, 1)) == pytest.approx(1)
    assert [is_white(one) for one in ("#FDFDFD", "auto", "FF0000", "")] == [True, False, False, False]


def is_unseen(elements: tuple[Element, ...]) -> bool:
    (found,) = [one for one in elements if "geheim" in one.text]
    return found.unseen == "hidden"


@pytest.mark.parametrize(("letters", "ground", "unseen"), PAIRS)
def test_all_formats_tell_alike_what_cannot_be_seen(tmp_path: Path, letters: str, ground: str, unseen: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"] = "geheim", "Text."
    sheet["A1"].font, sheet["A1"].fill = Font(color=letters), PatternFill("solid", fgColor=ground)
    book.save(tmp_path / "mappe.xlsx")
    assert is_unseen(partition(tmp_path / "mappe.xlsx").elements) == unseen

    shade, text = f'<w:shd w:val="clear" w:fill="{ground}"/>', run("geheim", f'<w:color w:val="{letters}"/>')
    assert is_unseen(read_all(tmp_path, PLAIN, paragraph(text, properties=shade))) == unseen
    assert (
        is_unseen(read_all(tmp_path, PLAIN, table(row(cell("x", inner=paragraph(text), properties=shade))))) == unseen
    )

    looks = f'<style:text-properties fo:color="#{letters}"{{}}/>'
    marked = looks.format(f' fo:background-color="#{ground}"')
    style = f'<style:style style:name="S" style:family="text">{marked}</style:style>'
    body = '<text:p><text:span text:style-name="S">geheim</text:span></text:p><text:p>Text.</text:p>'
    assert is_unseen(partition(odf_file(tmp_path, body, styles=style)).elements) == unseen

    ground_of_cell = f'<style:table-cell-properties fo:background-color="#{ground}"/>'
    style = f'<style:style style:name="S" style:family="table-cell">{ground_of_cell}{looks.format("")}</style:style>'
    body = (
        '<table:table table:name="T"><table:table-row><table:table-cell table:style-name="S">'
        "<text:p>geheim</text:p></table:table-cell><table:table-cell><text:p>Text.</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    assert is_unseen(partition(odf_file(tmp_path, body, ".ods", styles=style)).elements) == unseen

    page = tmp_path / "seite.html"
    page.write_text(f'<p style="color:#{letters};background:#{ground}">geheim</p><p>Text.</p>', encoding="utf-8")
    assert is_unseen(partition(page).elements) == unseen


def test_automatic_letters_and_unknown_grounds_are_seen(tmp_path: Path) -> None:
    black = '<w:shd w:val="clear" w:fill="000000"/>'
    assert not is_unseen(read_all(tmp_path, paragraph(run("geheim", '<w:color w:val="auto"/>'), properties=black)))
    pattern = '<w:shd w:val="pct50" w:fill="FFFFFF"/>'
    white = run("geheim", '<w:color w:val="FFFFFF"/>')
    assert not is_unseen(read_all(tmp_path, paragraph(white, properties=pattern)))
    book = openpyxl.Workbook()
    book.active["A1"] = "geheim"
    book.active["A1"].font = Font(color="FFFFFF")
    book.active["A1"].fill = PatternFill("solid", fgColor=Color(theme=4))
    book.save(tmp_path / "mappe.xlsx")
    assert not is_unseen(partition(tmp_path / "mappe.xlsx").elements)
