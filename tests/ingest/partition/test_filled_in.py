"""What is put in controls of forms, and what is said to those who fill cells in, is read."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from ingest.partition import partition
from tests.ingest.partition.odf_files import odf_file

FORM = """<office:forms><form:form>
<form:text form:id="a" form:current-value="Eva Lenz"/>
<form:checkbox form:id="b" form:label="Eilig" form:current-state="checked"/>
<form:password form:id="c" form:current-value="geheim"/>
<form:listbox form:id="d"><form:option form:label="Gera"/><form:option form:label="Jena" form:current-selected="true"/>
</form:listbox></form:form></office:forms>"""


def said(file: Path) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in partition(file).elements if not one.unseen]


def control(name: str, anchor: str = "paragraph") -> str:
    return f'<draw:control text:anchor-type="{anchor}" draw:control="{name}"/>'


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (f"Name: {control('a')}", [("form", "Name: Eva Lenz")]),
        (f"Ort {control('d')}", [("form", "Ort: Jena")]),
        (
            f"Name {control('a', 'as-char')} und Ort {control('d', 'as-char')}",
            [("paragraph", "Name Eva Lenz und Ort Jena")],
        ),
        (f"Art {control('b')}", [("paragraph", "Art"), ("paragraph", "☒ Eilig")]),
        (f"Kennwort {control('c')}", [("paragraph", "Kennwort")]),
        (f"Unbekannt {control('x')}", [("paragraph", "Unbekannt")]),
    ],
)
def test_controls_of_a_text_show_what_was_put_in(
    tmp_path: Path, paragraph: str, expected: list[tuple[str, str]]
) -> None:
    assert said(odf_file(tmp_path, f"{FORM}<text:p>{paragraph}</text:p>")) == expected


def test_hints_of_a_workbook_are_notes_at_their_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Teil", "Menge"])
    sheet.append(["Nut", 3])
    rule = DataValidation(type="whole", promptTitle="Menge", prompt="Ganze Kisten", error="Höchstens 40")
    rule.add("B2:B9")
    sheet.add_data_validation(rule)
    silent = DataValidation(type="whole")
    silent.add("A2")
    sheet.add_data_validation(silent)
    book.save(tmp_path / "a.xlsx")
    notes = [one for one in partition(tmp_path / "a.xlsx").elements if one.kind == "note"]
    assert [(one.cells, one.text.rpartition(": ")[2]) for one in notes] == [
        ("B2:B2", "Ganze Kisten"),
        ("B2:B2", "Höchstens 40"),
    ]
