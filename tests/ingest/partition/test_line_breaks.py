"""Words cut at the end of a line, of a cell's line and of a page, in real PDFs."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Element
from ingest.partition.layout import lay_out_pages
from ingest.partition.line_breaks import joined
from ingest.partition.page import Page
from ingest.partition.pdf_runs import page_runs

BROKEN = [
    ("Die Versicherungs-/nummer steht auf dem Ausweis.", "Die Versicherungsnummer steht auf dem Ausweis."),
    ("Das gilt für Vor- und/Nachmittage.", "Das gilt für Vor- und Nachmittage."),
    ("Der Haupt-/und der Nebeneingang sind offen.", "Der Haupt- und der Nebeneingang sind offen."),
    ("Sie dauert ein-/bis zweimal so lang.", "Sie dauert ein- bis zweimal so lang."),
    ("Die Strecke führt nach Baden-/Württemberg.", "Die Strecke führt nach Baden-Württemberg."),
    ("Die Autobahn A-/38 ist gesperrt.", "Die Autobahn A-38 ist gesperrt."),
    ("Das Verfahren ist IT-/gestützt und geprüft.", "Das Verfahren ist IT-gestützt und geprüft."),
    ("Die Leistung ist 3-/fach so hoch wie früher.", "Die Leistung ist 3-fach so hoch wie früher."),
    ("Der Typ DN-100-/B passt in jede Halle.", "Der Typ DN-100-B passt in jede Halle."),
    ("Die S-/Bahn hält vor dem Werk.", "Die S-Bahn hält vor dem Werk."),
    ("The first-/and second-floor rooms are closed.", "The first- and second-floor rooms are closed."),
    ("Please keep the docu-/mentation up to date.", "Please keep the documentation up to date."),
    ("Er sagte -/und das zu Recht - nichts dazu.", "Er sagte - und das zu Recht - nichts dazu."),
]


def read(file: Path, *pages: Sequence[tuple[float, float, str]]) -> tuple[Element, ...]:
    canvas = Canvas(str(file), pagesize=A5)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    with closing(PdfDocument(file)) as document:
        return tuple(lay_out_pages([Page(*page_runs(page, number)) for number, page in enumerate(document, 1)]))


@pytest.mark.parametrize(("lines", "sentence"), BROKEN)
def test_a_word_cut_at_the_end_of_a_line_reads_as_it_was_meant(tmp_path: Path, lines: str, sentence: str) -> None:
    first, second = lines.split("/")
    (element,) = read(tmp_path / "a.pdf", [(40, 500, first), (40, 488, second)])
    assert element.text == sentence
    assert "".join(element.text[w.start : w.end] for w in element.words) == sentence.replace(" ", "")


@pytest.mark.parametrize(
    ("lines", "whole", "word"),
    [
        ("The keyword is MANDA-/TORY here.", "It is mandatory.", "MANDATORY"),
        ("Die BETRIEBSVEREIN-/BARUNG gilt.", "Eine Betriebsvereinbarung ist alt.", "BETRIEBSVEREINBARUNG"),
        ("The tools are well-/known to all.", "A well-known tool is safe.", "well-known"),
        ("Die Norm DIN-/ISO gilt hier.", "Sie ist neu.", "DIN-ISO"),
    ],
)
def test_the_document_says_how_a_cut_word_is_written(tmp_path: Path, lines: str, whole: str, word: str) -> None:
    first, second = lines.split("/")
    element, *_ = read(tmp_path / "a.pdf", [(40, 500, first), (40, 488, second), (40, 450, whole)])
    assert element.text == lines.replace(f"{first.split()[-1]}/{second.split()[0]}", word)


def test_a_word_cut_in_a_cell_is_whole(tmp_path: Path) -> None:
    rows = [(40, 500, "Prüfstück"), (160, 500, "Ort"), (260, 500, "Frist"),
            (40, 488, "Druckbe-"), (40, 477, "hälter"), (160, 488, "Halle 2"), (260, 488, "2 Jahre"),
            (40, 462, "Kran"), (160, 462, "Hof"), (260, 462, "1 Jahr")]  # fmt: skip
    text = "\n".join(element.text for element in read(tmp_path / "a.pdf", rows))
    assert "Prüfstück: Druckbehälter; Ort: Halle 2; Frist: 2 Jahre" in text


def test_a_word_cut_at_the_end_of_a_page_is_whole(tmp_path: Path) -> None:
    first, second = [(40, 60, "Gemeldet wird jede Über-")], [(40, 500, "schreitung der Grenze sofort.")]
    (element,) = read(tmp_path / "a.pdf", first, second)
    assert element.text == "Gemeldet wird jede Überschreitung der Grenze sofort."
    assert [element.text[w.start : w.end] for w in element.words][3:5] == ["Über", "schreitung"]
    assert [w.page for w in element.words][3:5] == [1, 2]


@given(st.text("aZß9-.", min_size=1), st.text("bYä7-.", min_size=1))
def test_joining_loses_nothing_but_a_hyphen(word: str, following: str) -> None:
    kept, between = joined(word, following, frozenset())
    assert kept == word or (kept, between) == (word[:-1], "")
    assert between in ("", " ")
