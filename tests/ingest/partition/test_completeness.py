"""The second count of a file's words: what is lost is named, and what was only joined or moved is not."""

import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import Completeness, Element, Partitioned
from ingest.partition import lay_out, partition
from ingest.partition.completeness import checked, compare, completeness
from ingest.partition.raw_parts import Raw
from tests.ingest.partition.odf_files import odf_file

WORDS = st.text(alphabet="abcdefghij", min_size=3, max_size=9)


@given(st.lists(WORDS, min_size=2, max_size=12, unique=True), st.data())
def test_a_word_that_is_lost_is_named_and_order_does_not_matter(words: list[str], data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from(words))
    kept = data.draw(st.permutations([word for word in words if word != lost]))
    together = "".join(kept)
    said = compare(Raw([" ".join(words)], []), " | ".join(kept))
    assert said is not None
    parts = [(lost[:a], lost[a:b], lost[b:]) for a in range(1, len(lost)) for b in range(a + 1, len(lost) + 1)]
    found_otherwise = lost in together or any(all(part in kept for part in three if part) for three in parts)
    assert said.missing == (() if found_otherwise else (lost,))
    assert (said.share == 1) is not bool(said.missing)


@pytest.mark.parametrize(
    ("lines", "numbers", "text", "missing"),
    [
        (["Ver-", "fügung"], [], "Verfügung", ()),
        (["nicht nicht"], [], "nicht", ("nicht",)),
        (["Preis"], [1234.5], "Preis: 1.234,50 €", ()),
        (["Preis"], [0.075], "Preis: 7,5 %", ()),
        (["Preis"], [88.0], "Preis: 12", ("88",)),
        (["10⁶ Keime"], [], "10⁶ Keime", ()),
        (["GROSS"], [], "gross", ()),
        (["Bezeichnungpreis"], [], "Bezeichnun Preis", ("bezeichnungpreis",)),
        (["Bezeichnunpreis"], [], "Bezeichnu Preis n", ()),
        (["zehn Wochen", "neun Wochen"], [], "zehn Wochen¹ ¹ neun Wochen", ()),
    ],
)
def test_what_counts_as_read(lines: list[str], numbers: list[float], text: str, missing: tuple[str, ...]) -> None:
    said = compare(Raw(lines, numbers), text)
    assert said is not None and said.missing == missing


def test_of_a_file_without_words_nothing_is_said() -> None:
    assert compare(Raw(["–"], []), "") is None


def word_file(folder: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Die Frist beträgt zwölf Wochen.")
    document.add_table(1, 2).rows[0].cells[1].text = "Quartalsende"
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


def test_a_reader_that_loses_a_cell_is_noticed(tmp_path: Path) -> None:
    file = word_file(tmp_path)
    found = partition(file)
    whole = checked(file, found).completeness
    assert whole is not None and whole.share == 1 and not whole.missing
    spoilt = Partitioned(elements=tuple(one for one in found.elements if "Quartalsende" not in one.text))
    said = completeness(file, spoilt, lay_out(spoilt))
    assert said is not None and said.missing == ("quartalsende",) and said.share < 0.8


def test_a_count_that_fails_costs_no_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no such part")

    file = word_file(tmp_path)
    found = partition(file)
    monkeypatch.setattr("ingest.partition.completeness.raw_text", fail)
    extraction = checked(file, found)
    assert "zwölf Wochen" in extraction.text and extraction.completeness == Completeness(share=None)


@pytest.mark.integration
def test_a_file_that_nothing_else_reads_is_not_called_unchecked(tmp_path: Path) -> None:
    file = tmp_path / "a.org"
    file.write_text("Die Frist beträgt zwölf Wochen.")
    assert checked(file, partition(file)).completeness is None


def test_what_nobody_sees_counts_as_found(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Teil", "Lager"])
    book.active.append(["Welle", "Halle"])
    secret = book.create_sheet("Geheim")
    secret.append(["Marge"])
    secret.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    extraction = checked(tmp_path / "a.xlsx", partition(tmp_path / "a.xlsx"))
    assert "Marge" not in extraction.text and [one.text for one in extraction.unseen] == ["Marge"]
    assert extraction.completeness is not None and extraction.completeness.share == 1


def test_unseen_elements_are_kept_apart_from_the_text() -> None:
    elements = (Element(kind="paragraph", text="gilt"), Element(kind="paragraph", text="galt", unseen="struck"))
    extraction = lay_out(Partitioned(elements=elements))
    assert extraction.text == "gilt" and extraction.unseen == (("struck", "galt"),)


ODF_BODIES = {
    ".odt": "<text:p>Die Frist beträgt zwölf Wochen.</text:p>",
    ".ods": '<table:table table:name="Fristen"><table:table-row><table:table-cell office:value-type="string">'
    "<text:p>Die Frist beträgt zwölf Wochen.</text:p></table:table-cell></table:table-row></table:table>",
    ".odp": "<draw:page><draw:frame><draw:text-box><text:p>Die Frist beträgt zwölf Wochen.</text:p></draw:text-box>"
    "</draw:frame></draw:page>",
}


@pytest.mark.parametrize("suffix", ODF_BODIES)
def test_the_words_of_open_documents_are_counted(tmp_path: Path, suffix: str) -> None:
    file = odf_file(tmp_path, ODF_BODIES[suffix], suffix)
    assert checked(file, partition(file)).completeness == Completeness(share=1)
    said = completeness(file, Partitioned(), lay_out(Partitioned()))
    assert said is not None and said.share == 0 and "wochen" in said.missing


def test_headers_of_an_open_text_are_counted_and_what_only_programs_say_is_not(tmp_path: Path) -> None:
    header = "<style:header><text:p>Ausgabe Oktober</text:p></style:header>"
    body = "<text:p>Gilt.<draw:frame><svg:title>Bild</svg:title><svg:desc>Ein Schild</svg:desc></draw:frame></text:p>"
    file = odf_file(tmp_path, body, masters=f'<style:master-page style:name="a">{header}</style:master-page>')
    assert checked(file, partition(file)).completeness == Completeness(share=1)
    said = completeness(file, Partitioned(), lay_out(Partitioned()))
    assert said is not None and said.missing == ("ausgabe", "oktober", "gilt")


def test_what_was_deleted_from_an_open_text_is_told_without_who_did_it(tmp_path: Path) -> None:
    change = (
        "<office:change-info><dc:creator>Ina Roth</dc:creator><dc:date>2026-01-05</dc:date></office:change-info>"
        "<text:p>elf</text:p>"
    )
    region = f'<text:changed-region text:id="c"><text:deletion>{change}</text:deletion></text:changed-region>'
    file = odf_file(tmp_path, f"<text:tracked-changes>{region}</text:tracked-changes><text:p>Zwölf Wochen.</text:p>")
    extraction = checked(file, partition(file))
    assert [one.text for one in extraction.unseen] == ["elf"]
    assert extraction.completeness == Completeness(share=1)


def test_a_page_that_a_mail_brings_is_counted_in_its_own_file(tmp_path: Path) -> None:
    parts = (
        "Content-Type: text/plain; charset=utf-8\n\nDie Frist beträgt zwölf Wochen.",
        'Content-Type: text/html; name="a.html"\nContent-Disposition: inline\n\n<p>Rampe zu</p>',
    )
    body = "".join(f"--m\n{part}\n" for part in parts)
    file = tmp_path / "a.eml"
    file.write_text(f'Subject: Tor\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="m"\n\n{body}--m--\n')
    assert checked(file, partition(file)).completeness == Completeness(share=1)


def test_the_line_that_tells_excel_what_parts_cells_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("sep=;\nTeil;Lager\nWelle;Halle 3\n")
    assert checked(file, partition(file)).completeness == Completeness(share=1)


def test_what_all_slides_repeat_counts_once_wherever_notes_stand_in_the_file(tmp_path: Path) -> None:
    slides = pptx.Presentation()
    for number in range(1, 13):
        slide = slides.slides.add_slide(slides.slide_layouts[5])
        slide.shapes.title.text = f"Thema {chr(64 + number)}: Ventile"
        slide.shapes.add_textbox(0, 6_500_000, 5_000_000, 300_000).text_frame.text = f"Nordwerk · NW-650 · {number}"
        if number in (1, 2, 7):
            slide.notes_slide.notes_text_frame.text = f"Hinweis {chr(64 + number)}"
    slides.save(str(tmp_path / "in_order.pptx"))
    with zipfile.ZipFile(tmp_path / "in_order.pptx") as made, zipfile.ZipFile(tmp_path / "mixed.pptx", "w") as mixed:
        for name in sorted(made.namelist(), key=lambda name: name.rpartition("lide")[2]):
            mixed.writestr(name, made.read(name))
    for file in (tmp_path / "in_order.pptx", tmp_path / "mixed.pptx"):
        said = checked(file, partition(file)).completeness
        assert said is not None and said.share == 1.0, said
