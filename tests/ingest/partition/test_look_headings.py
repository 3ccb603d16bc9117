"""Headings without a style are told by how they look and what follows; what only looks like one is none."""

from pathlib import Path

import pytest

from ingest.documents import Element
from ingest.partition import partition
from tests.ingest.partition.docx_files import cell, paragraph, read, row, run, table
from tests.ingest.partition.odf_files import odf_file

BOLD = "<w:b/>"
TEXT = "Diese Regelung gilt für alle Beschäftigten der Werke Nord und Süd."
STYLED = '<w:pStyle w:val="Heading1"/>'


def bold(text: str, points: int = 0, colour: str = "") -> str:
    size = f'<w:sz w:val="{2 * points}"/>' if points else ""
    return paragraph(run(text, f"{BOLD}{f'<w:color w:val={colour!r}/>' if colour else ''}{size}"))


def item(text: str, numbered: bool = False) -> str:
    style = "ListNumber" if numbered else "ListBullet"
    return paragraph(run(text, BOLD), properties=f'<w:pStyle w:val="{style}"/>')


def plain(text: str = TEXT) -> str:
    return paragraph(run(text))


def headings(elements: tuple[Element, ...]) -> list[tuple[int, str]]:
    return [(one.level, one.text) for one in elements if one.kind == "title"]


REAL = [bold("Zweck"), plain(), bold("Pausen"), plain()]
TOLD = {
    "bold lines": (REAL, [(0, "Zweck"), (0, "Pausen")]),
    "larger ones": ([paragraph(run("Zweck", '<w:sz w:val="30"/>')), plain()], [(0, "Zweck")]),
    "numbers of two depths": ([bold("1. Zweck"), plain(), bold("1.1 Pausen"), plain(), bold("2. Ende"), plain()],
                              [(0, "1. Zweck"), (1, "1.1 Pausen"), (0, "2. Ende")]),
    "a title with a date below": ([bold("Ordnung", 20), plain("Stand: März 2026"), *REAL],
                                  [(0, "Ordnung"), (0, "Zweck"), (0, "Pausen")]),
    "a number above its heading": ([bold("§ 1"), bold("Miete"), plain(), bold("§ 2"), bold("Ende"), plain()],
                                   [(0, "§ 1 Miete"), (0, "§ 2 Ende")]),
    "questions": ([bold("Wie melde ich mich krank?"), plain("Bis 8 Uhr."), bold("Wer hilft?"), plain("Die IT.")],
                  [(0, "Wie melde ich mich krank?"), (0, "Wer hilft?")]),
    "parts that each chapter has": ([bold("A", 16), bold("Inhalt", 13), plain(), bold("B", 16), bold("Inhalt", 13),
                                     plain()], [(0, "A"), (1, "Inhalt"), (0, "B"), (1, "Inhalt")]),
    "below one by style": ([paragraph(run("Haus"), properties=STYLED), plain(), *REAL],
                           [(0, "Haus"), (1, "Zweck"), (1, "Pausen")]),
    "who wrote it below": ([bold("Werkszeitung", 20), bold("Kantine"), bold("Von Petra Klose"), plain(), bold("Fest"),
                            bold("Von Jonas Weber"), plain()], [(0, "Werkszeitung"), (0, "Kantine"), (0, "Fest")]),
    "above a list": ([bold("Zweck"), plain(), bold("Werkzeug"), paragraph(run("Zange"), properties='<w:pStyle '
                      'w:val="ListBullet"/>')], [(0, "Zweck"), (0, "Werkzeug")]),
}  # fmt: skip
NOT_TOLD = {
    "a bold beginning": [paragraph(run("Hinweis ", BOLD), run("zur Pause."))],
    "a label": [bold("Preis:"), plain()],
    "a name with its value": [bold("Termin: 12. März"), plain()],
    "an amount": [bold("Gesamtpreis 42.000 EUR"), plain()],
    "a sentence": [bold("Bitte beachten Sie die Aushänge!"), plain(), bold("Es gilt die Hausordnung."), plain()],
    "a caption": [bold("Tabelle 1 Zuschläge"), table(row(cell("Art"), cell("Satz"), cell("Ab")))],
    "a warning": [bold("ACHTUNG", 14), plain(), bold("ACHTUNG", 14), plain()],
    "a single warning": [bold("ACHTUNG", colour="FF0000"), plain()],
    "a signature": [plain("Köln, den 3. März"), bold("Anna Müller"), plain("Geschäftsführerin")],
    "a letterhead": [bold("Nord GmbH", 20), plain("Weg 2"), plain("20457 Hamburg"), plain("Frau Klein"), plain()],
    "a letterhead in a line": [bold("Nord GmbH", 20), plain("Weg 2 · 20457 Hamburg · Telefon 040 1234567 · Fax 040 "
                               "1234568 · post@nord.example"), plain("Frau Klein"), plain("Am Markt 1"), plain()],
    "the parties of a contract": [bold("Nord AG"), plain("Hafenweg 2"), plain("und"), bold("Süd KG"), plain("Am See")],
    "bold items": [*map(item, ("Öl", "Wasser", "Luft")), plain()],
    "numbered bold items": [*(item(one, numbered=True) for one in ("Öl", "Wasser", "Luft")), plain()],
    "the last line": [bold("Ende")],
}  # fmt: skip


@pytest.mark.parametrize(("blocks", "expected"), TOLD.values(), ids=list(TOLD))
def test_what_looks_like_a_heading_and_has_text_below_is_one(
    tmp_path: Path, blocks: list[str], expected: list[tuple[int, str]]
) -> None:
    assert headings(read(tmp_path, *blocks)) == expected


@pytest.mark.parametrize("blocks", NOT_TOLD.values(), ids=list(NOT_TOLD))
def test_what_only_looks_like_a_heading_is_none_also_beside_real_ones(tmp_path: Path, blocks: list[str]) -> None:
    assert headings(read(tmp_path, *blocks)) == []
    assert headings(read(tmp_path, *REAL, *blocks)) == [(0, "Zweck"), (0, "Pausen")]


def test_in_a_text_that_is_bold_throughout_bold_lines_are_no_headings(tmp_path: Path) -> None:
    assert headings(read(tmp_path, bold("Zweck"), bold(TEXT), bold("Pausen"), bold(TEXT))) == []


def test_headings_of_an_opendocument_text_are_told_the_same_way(tmp_path: Path) -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"{parent}><style:text-properties {look}/>'
        "</style:style>"
        for name, parent, look in (
            ("Base", "", 'fo:font-size="10pt"'), ("Half", ' style:parent-style-name="Base"', 'fo:font-size="150%"'),
            ("Bold", ' style:parent-style-name="Base"', 'fo:font-weight="bold"'),
        )
    )  # fmt: skip
    body = "".join(
        f'<text:p text:style-name="{style}">{text}</text:p>'
        for style, text in (
            ("Half", "Zweck"), ("Base", TEXT), ("Bold", "Pausen"), ("Base", TEXT), ("Bold", "Preis:"), ("Base", TEXT),
            ("Bold", "Fristen"), ("Base", TEXT), ("Bold", "Anna Müller"), ("Base", "Leiterin"),
        )
    )  # fmt: skip
    found = partition(odf_file(tmp_path, body, styles=styles)).elements
    assert headings(found) == [(0, "Zweck"), (0, "Pausen"), (0, "Fristen")]


def test_the_size_of_the_usual_style_counts_where_a_paragraph_names_none(tmp_path: Path) -> None:
    properties = '<w:name w:val="Normal"/><w:rPr><w:sz w:val="18"/></w:rPr>'
    usual = f'<w:style w:type="paragraph" w:default="1" w:styleId="N">{properties}</w:style>'
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styles = f"<w:styles {names}>{usual}</w:styles>"
    blocks = [paragraph(run("Zweck", '<w:sz w:val="22"/>')), plain()]
    assert headings(read(tmp_path, *blocks, extra={"word/styles.xml": styles})) == [(0, "Zweck")]
