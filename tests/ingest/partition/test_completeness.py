"""The second count of a file's words: what is lost is named, and what was only joined or moved is not."""

from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import Completeness, Element, Partitioned
from ingest.partition import lay_out, partition
from ingest.partition.completeness import checked, compare, completeness
from ingest.partition.raw_text import Raw

WORDS = st.text(alphabet="abcdefghij", min_size=3, max_size=9)


@given(st.lists(WORDS, min_size=2, max_size=12, unique=True), st.data())
def test_a_word_that_is_lost_is_named_and_order_does_not_matter(words: list[str], data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from(words))
    kept = data.draw(st.permutations([word for word in words if word != lost]))
    together = "".join(kept)
    said = compare(Raw([" ".join(words)], []), " | ".join(kept))
    assert said is not None
    found_otherwise = lost in together or any(lost[:cut] in kept and lost[cut:] in kept for cut in range(1, len(lost)))
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


def test_a_file_that_nothing_else_reads_is_not_called_unchecked(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"Frist": "zwölf Wochen"}')
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
