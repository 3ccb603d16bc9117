"""What tab stops part stays apart, and lines with the same stops are a table."""

from pathlib import Path

import pytest

from ingest.documents import Element
from ingest.partition import partition
from tests.ingest.partition.docx_files import NAMESPACES, paragraph, read, run, texts
from tests.ingest.partition.odf_files import odf_file

TAB = "<w:r><w:tab/></w:r>"
STOPS = tuple(f'<w:tab w:val="left" w:pos="{place}"/>' for place in (2000, 4000, 6000))


def as_docx(folder: Path, *lines: str, stops: int = 3, more: str = "") -> tuple[Element, ...]:
    tabs = f"<w:tabs>{''.join(STOPS[:stops])}</w:tabs>{more}"
    return read(
        folder,
        *(paragraph(TAB.join(map(run, line.split("\t"))), properties=tabs) for line in lines),
        paragraph(run(".")),
    )


def as_odt(folder: Path, *lines: str, stops: int = 3) -> tuple[Element, ...]:
    places = "".join(f'<style:tab-stop style:position="{place}cm"/>' for place in (4, 8, 12)[:stops])
    style = (
        '<style:style style:name="T" style:family="paragraph"><style:paragraph-properties><style:tab-stops>'
        f"{places}</style:tab-stops></style:paragraph-properties></style:style>"
    )
    body = "".join(f'<text:p text:style-name="T">{line.replace(chr(9), "<text:tab/>")}</text:p>' for line in lines)
    return partition(odf_file(folder, body, styles=style)).elements


READ = pytest.mark.parametrize("make", [as_docx, as_odt])
INVOICE = ("Pos.\tTeil\tMenge\tBetrag", "1\tKabel 3x1,5\t200\t1 240,00", "2\tDose\t15\t75,00", "\tSumme\t\t1 315,00")


@READ
def test_lines_with_the_same_tab_stops_are_a_table(tmp_path: Path, make: object) -> None:
    found = make(tmp_path, *INVOICE)  # type: ignore[operator]
    assert [(one.kind, one.text) for one in found] == [
        ("table", "Pos.: 1; Teil: Kabel 3x1,5; Menge: 200; Betrag: 1 240,00\n"
                  "Pos.: 2; Teil: Dose; Menge: 15; Betrag: 75,00\nTeil: Summe; Betrag: 1 315,00"),
    ]  # fmt: skip


HEADLESS = {
    "prices": (("Material\t12,50\tEUR", "Lohn\t7,25\tEUR"), "Material; 12,50; EUR\nLohn; 7,25; EUR"),
    "dates": (("Prüfung\t12.04.2024\tRoth", "Abnahme\tMai\tKern"), "Prüfung; 12.04.2024; Roth\nAbnahme; Mai; Kern"),
    "years are heads": (("Werk\t2023\t2024", "Nord\t12\t14"), "Werk: Nord; 2023: 12; 2024: 14"),
}


@READ
@pytest.mark.parametrize(("lines", "said"), HEADLESS.values(), ids=list(HEADLESS))
def test_a_first_line_with_figures_is_no_head(tmp_path: Path, make: object, lines: tuple[str, ...], said: str) -> None:
    assert texts(make(tmp_path, *lines))[0] == said  # type: ignore[operator]


@READ
def test_lines_of_names_and_values_are_a_form(tmp_path: Path, make: object) -> None:
    found = make(tmp_path, *INVOICE[:2], "Datum:\t12.04.2024\tKunde:\t10 233")  # type: ignore[operator]
    assert [(one.kind, one.text) for one in found][1:] == [("form", "Datum: 12.04.2024; Kunde: 10 233")]


ALONE = {
    "figures": ("Kabel\t200\t1 240,00", "Kabel | 200 | 1 240,00"),
    "a name with its value": ("Kunde:\tBauer GmbH", "Kunde: Bauer GmbH"),
    "a number typed by hand": ("2.1\tVerantwortung", "2.1 Verantwortung"),
    "a letter typed by hand": ("a)\tFrist setzen", "a) Frist setzen"),
    "a bullet typed by hand": ("•\tFrist setzen", "• Frist setzen"),
    "a number before figures": ("3\t200 Stück", "3 | 200 Stück"),
    "a figure with its unit": ("Preis:\t12,50\tEUR", "Preis: 12,50 EUR"),
    "tabs that only move": ("\t\tBetrag", "Betrag"),
    "several tabs": ("Anzahl\t\t\t12", "Anzahl | 12"),
}


@READ
@pytest.mark.parametrize(("line", "said"), ALONE.values(), ids=list(ALONE))
def test_a_single_line_keeps_its_parts_apart(tmp_path: Path, make: object, line: str, said: str) -> None:
    assert texts(make(tmp_path, line, "Text.", stops=1))[0] == said  # type: ignore[operator]


def test_lines_without_tab_stops_of_their_own_are_no_table(tmp_path: Path) -> None:
    found = as_docx(tmp_path, "Kassel\tMai\tRoth", "Ort\tDatum\tName", stops=0)
    assert texts(found)[:2] == ["Kassel | Mai | Roth", "Ort | Datum | Name"]


def test_a_line_whose_text_goes_over_a_tab_stop_makes_no_table(tmp_path: Path) -> None:
    long = "Kabelkanal aus verzinktem Stahlblech mit Deckel"
    found = as_docx(tmp_path, *INVOICE[:3], f"3\t{long}\t88,00")
    assert texts(found)[3] == f"3 {long} | 88,00" and {one.kind for one in found} == {"paragraph"}


def test_a_table_of_contents_is_none(tmp_path: Path) -> None:
    styles = '<w:pStyle w:val="Verzeichnis1"/>'
    style = '<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>'
    extra = {"word/styles.xml": f"<w:styles {NAMESPACES}>{style}</w:styles>"}
    tabs = f"{styles}<w:tabs>{''.join(STOPS)}</w:tabs>"
    lines = [paragraph(TAB.join(map(run, line)), properties=tabs) for line in (("1", "Zweck", "3"), ("2", "Ort", "4"))]
    assert [one.kind for one in read(tmp_path, *lines, extra=extra)] == ["paragraph"] * 2


def test_tab_stops_may_be_those_of_the_style(tmp_path: Path) -> None:
    tabs = f"<w:pPr><w:tabs>{''.join(STOPS)}</w:tabs></w:pPr>"
    style = f'<w:style w:type="paragraph" w:styleId="Posten"><w:name w:val="Posten"/>{tabs}</w:style>'
    extra = {"word/styles.xml": f"<w:styles {NAMESPACES}>{style}</w:styles>"}
    own = '<w:pStyle w:val="Posten"/>'
    lines = [paragraph(TAB.join(map(run, line.split("\t"))), properties=own) for line in INVOICE]
    assert [one.kind for one in read(tmp_path, *lines, extra=extra)] == ["table"]
    cleared = f"{own}<w:tabs>{''.join(STOPS).replace('left', 'clear')}</w:tabs>"
    lines = [paragraph(TAB.join(map(run, line.split("\t"))), properties=cleared) for line in INVOICE]
    assert {one.kind for one in read(tmp_path, *lines, extra=extra)} == {"paragraph"}
