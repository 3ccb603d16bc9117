"""Text in symbol fonts is read as the signs that it shows, and an unknown one is named."""

from pathlib import Path

import pytest

from ingest.partition import partition
from ingest.partition.completeness import checked
from ingest.partition.symbol_fonts import as_shown, is_symbol_font
from tests.ingest.partition.docx_files import cell, paragraph, read, row, run, table, texts, word_file
from tests.ingest.partition.test_docx_fields import field

SIGNS = [
    ("Wingdings", "F0FC", "✓"), ("Wingdings", "F0FB", "✗"), ("Wingdings", "F0A8", "☐"), ("Wingdings", "F06F", "☐"),
    ("Wingdings", "F0FE", "☑"), ("Wingdings", "F0FD", "☒"), ("Wingdings", "F0E0", "→"), ("Wingdings", "6C", "⚫"),
    ("Wingdings 2", "F050", "✓"), ("Wingdings 2", "F052", "☑"), ("Wingdings 2", "F0A3", "☐"),
    ("Wingdings 3", "F067", "→"), ("Webdings", "F061", "✔"), ("Symbol", "F0B1", "±"), ("Symbol", "F06D", "μ"),
    ("Symbol", "F0B0", "°"), ("Symbol", "F0A3", "≤"), ("Symbol", "F0B3", "≥"), ("Symbol", "F0B4", "×"),
    ("Symbol", "F044", "Δ"), ("symbol", "b1", "±"), ("Segoe UI Symbol", "2713", "✓"), ("Symbol", "F0FF", "[Symbol-FF]"),
    ("Wingdings 2", "F0FC", "[Wingdings-2-FC]"),
]  # fmt: skip


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(("name", "number", "sign"), SIGNS)
def test_a_symbol_is_read_as_the_sign_it_shows(tmp_path: Path, name: str, number: str, sign: str) -> None:
    symbol = f'<w:r><w:sym w:font="{name}" w:char="{number}"/></w:r>'
    assert texts(read(tmp_path, paragraph(run("Maß "), symbol, run("0,5")))) == [f"Maß {sign}0,5"]


@pytest.mark.parametrize(
    ("name", "written", "sign"),
    [("Wingdings", "ü", "✓"), ("Wingdings", "\uf0fc", "✓"), ("Wingdings", "o", "☐"), ("Symbol", "a", "α"),
     ("Symbol", "±", "±"), ("Arial", "ü", "ü")],
)  # fmt: skip
def test_text_in_a_symbol_font_is_read_as_the_signs_it_shows(
    tmp_path: Path, name: str, written: str, sign: str
) -> None:
    assert texts(read(tmp_path, paragraph(run(written, font(name)), run(" Lieferschein")))) == [f"{sign} Lieferschein"]


def test_letters_in_another_font_than_the_signs_stay(tmp_path: Path) -> None:
    properties = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Calibri"/>'
    assert texts(read(tmp_path, paragraph(run("Länge", properties))))[0][1] == "ä"
    assert texts(read(tmp_path, paragraph(run("x"), run("a", '<w:rFonts w:asciiTheme="minorHAnsi"/>')))) == ["xa"]


def test_a_cell_with_a_tick_is_not_empty(tmp_path: Path) -> None:
    tick = f"<w:tc><w:tcPr/>{paragraph(run('ü', font('Wingdings')))}</w:tc>"
    rows = [row(cell("Prüfpunkt"), cell("i.O."), cell("n.i.O.")), row(cell("Dichtheit"), tick, cell("")),
            row(cell("Maß"), cell(""), tick)]  # fmt: skip
    file = word_file(tmp_path, table(*rows))
    extraction = checked(file, partition(file))
    assert extraction.text == "Prüfpunkt: Dichtheit; i.O.: ✓\nPrüfpunkt: Maß; n.i.O.: ✓"
    assert extraction.completeness is not None and extraction.completeness.share == 1


@pytest.mark.parametrize(
    ("said", "sign"),
    [(r"SYMBOL 252 \f Wingdings", "✓"), (r'SYMBOL 177 \f "Symbol" \s 10', "±"), (r"SYMBOL 0xFE \f Wingdings", "☑"),
     (r"SYMBOL 169", "©")],
)  # fmt: skip
@pytest.mark.parametrize("result", ["", "ü"])
def test_a_field_of_a_symbol_shows_its_sign_once(tmp_path: Path, said: str, sign: str, result: str) -> None:
    assert texts(read(tmp_path, paragraph(field(said, run(result)), run(" gut")))) == [f"{sign} gut"]


def test_a_sign_that_libreoffice_writes_in_two_ways_is_one(tmp_path: Path) -> None:
    twice = [run("±", font("Symbol")), run("\uf0b1", font("Symbol")), run("0,3 mm")]
    assert texts(read(tmp_path, paragraph(run("Toleranz "), *twice))) == ["Toleranz ±0,3 mm"]
    apart = [run("x±", font("Symbol")), run("\uf0b1", font("Symbol"))]
    assert texts(read(tmp_path, paragraph(*apart))) == ["ξ±±"]


def test_fonts_are_told_by_their_name_alone() -> None:
    assert is_symbol_font(" wingdings 2 ") and not is_symbol_font("Symbolon")
    assert as_shown("\uf0fc", "Arial") == "\uf0fc"


@pytest.mark.parametrize("written", ["•", "–", "“", "\u00a0", "\u00ad", " ", "漢"])
def test_what_a_symbol_font_does_not_have_stays(written: str) -> None:
    assert as_shown(written, "Symbol") == as_shown(written, "Wingdings") == written
