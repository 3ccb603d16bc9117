"""The measurement of reading: its documents, and whether it notices what a reading has lost or mixed up."""

import re
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from config.errors import SettingsError
from eval.reading import shown
from eval.reading.command import measure_reading
from eval.reading.documents import make_documents
from eval.reading.measure import measured_format, ratio, score_file
from eval.reading.model import Cell, Document, Form, Heading, Paragraph, Table, grid
from eval.reading.rendering.formats import FORMATS, write_all
from eval.reading.score import Score, Share, compared
from eval.reading.truth import expected_values
from eval.report import Measure, read_report

COMPLETE, RIGHT = 0.995, 0.97  # of the characters, and of the cells of tables


def row(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text=text) for text in texts)


PRICES = Table(
    heads=((Cell(text="Teil", rows=2), Cell(text="Preis", columns=2)), row("ab 1", "ab 50")),
    rows=(row("Kugelhahn KH-3", "9,50 €", "8,10 €"), row("O-Ring", "0,20 €", ""),
          (Cell(text="Summe", columns=2), Cell(text="17,60 €"))),
)  # fmt: skip
DOCUMENT = Document(
    name="a", subject="price-list", language="de", header="Muster AG",
    blocks=(Heading(level=0, text="Preise"), Form(pairs=(("Stand:", "1. Mai 2026"),)),
            Paragraph(text="Alle Preise sind netto.", footnote="Ohne Fracht."), PRICES),
)  # fmt: skip
READING = """Preise

Stand: 1. Mai 2026

Alle Preise sind netto.¹

¹ Ohne Fracht.

Teil: Kugelhahn KH-3; Preis › ab 1: 9,50 €; Preis › ab 50: 8,10 €
Teil: O-Ring; Preis › ab 1: 0,20 €
Teil: Summe; Preis › ab 50: 17,60 €

Muster AG"""


def verdicts(score: Score) -> dict[str, str]:
    return {failure.expected.value: failure.verdict for failure in score.failures}


def test_the_same_seed_makes_the_same_documents_and_another_makes_others() -> None:
    documents = make_documents(3, 24)
    assert documents == make_documents(3, 24) and documents != make_documents(4, 24)
    assert len({document.subject for document in documents}) >= 10
    assert {document.language for document in documents} == {"de", "en"}
    assert documents[:12] == make_documents(3, 12), "more documents leave the first ones as they are"


def test_no_placeholder_is_left_unfilled() -> None:
    text = "".join(document.model_dump_json() for document in make_documents(5, 44))
    assert re.findall(r"\{[a-z]+\}", text) == []


def test_tables_have_all_layouts_and_their_cells_cover_them_whole() -> None:
    tables = [table for document in make_documents(1, 66) for table in document.tables]
    for table in tables:
        places = [cell for cells in grid((*table.heads, *table.rows), table.width) for cell in cells]
        covered = sum(cell.rows * cell.columns for cells in (*table.heads, *table.rows) for cell in cells)
        assert len(places) == covered
    rows = [(table, cells) for table in tables for cells in table.rows]
    assert {len(table.heads) for table in tables} == {1, 2}
    assert {table.head for table in tables} == {"marked", "bold", "plain"}
    assert max(len(table.rows) for table in tables) > 50, "some go over several pages"
    assert any(cell.rows > 1 for _, cells in rows for cell in cells)
    assert any(1 < cell.columns < table.width for table, cells in rows for cell in cells)
    assert any("\n" in cell.text for _, cells in rows for cell in cells)
    assert any(not cell.text for _, cells in rows for cell in cells)


def test_what_was_read_whole_has_no_failure() -> None:
    score = compared(DOCUMENT, READING)
    assert score.failures == () and score.missing == ()
    assert score.cells == Share(found=6, all=6) and score.pairs == Share(found=1, all=1)
    assert score.body.found == score.body.all and score.margins.found == score.margins.all > 0


def test_a_word_that_is_missing_is_found() -> None:
    score = compared(DOCUMENT, READING.replace("netto", "", 1))
    assert score.missing == (("netto", 1),) and score.body.all - score.body.found == len("netto")
    assert score.failures == ()


def test_words_glued_together_are_missing() -> None:
    assert dict(compared(DOCUMENT, READING.replace("sind netto", "sindnetto")).missing) == {"sind": 1, "netto": 1}


def test_values_under_the_head_of_the_other_column_are_wrong() -> None:
    swapped = READING.replace("ab 1: 9,50 €; Preis › ab 50: 8,10 €", "ab 50: 9,50 €; Preis › ab 1: 8,10 €")
    score = compared(DOCUMENT, swapped)
    assert verdicts(score) == {"9,50 €": "wrong", "8,10 €": "wrong"}
    assert score.wrong == Share(found=2, all=6) and score.cells.found == 4


def test_a_value_under_an_empty_column_is_wrong_and_one_without_a_head_is_lost() -> None:
    shifted = READING.replace("Preis › ab 1: 0,20 €", "Preis › ab 50: 0,20 €")
    assert verdicts(compared(DOCUMENT, shifted)) == {"0,20 €": "wrong"}
    assert verdicts(compared(DOCUMENT, READING.replace("Preis › ab 1: 0,20 €", "0,20 €"))) == {"0,20 €": "lost"}


def test_a_value_behind_a_cell_that_was_taken_for_a_head_is_wrong() -> None:
    taken = READING.replace("Teil: O-Ring; Preis › ab 1: 0,20 €", "Kugelhahn KH-3: O-Ring; 9,50 €: 0,20 €")
    assert verdicts(compared(DOCUMENT, taken)) == {"O-Ring": "wrong", "0,20 €": "wrong"}


def test_a_value_in_the_row_of_another_is_lost() -> None:
    moved = READING.replace("Teil: O-Ring; Preis › ab 1: 0,20 €", "Teil: O-Ring").replace(
        "8,10 €", "8,10 €; ab 1: 0,20 €"
    )
    assert verdicts(compared(DOCUMENT, moved)) == {"0,20 €": "lost"}


def test_half_a_path_of_heads_is_not_enough_and_a_longer_one_is() -> None:
    assert set(verdicts(compared(DOCUMENT, READING.replace("Preis › ", ""))).values()) == {"lost"}
    assert compared(DOCUMENT, READING.replace("Preis › ", "Ersatzteile › Preis › netto › ")).failures == ()


def test_a_longer_value_or_form_line_is_another() -> None:
    assert verdicts(compared(DOCUMENT, READING.replace("9,50 €", "19,50 €"))) == {"9,50 €": "lost"}
    assert verdicts(compared(DOCUMENT, READING.replace("Mai 2026\n", "Mai 2026 bis 2027\n"))) == {"1. Mai 2026": "lost"}


def test_a_merged_cell_is_expected_under_each_head_it_covers() -> None:
    table = Table(heads=(row("Name", "Mo", "Di"),), rows=((Cell(text="Eva"), Cell(text="Urlaub", columns=2)),))
    document = DOCUMENT.model_copy(update={"blocks": (table,), "header": ""})
    assert [(e.path, e.value) for e in expected_values(document)][1:] == [(("Mo",), "Urlaub"), (("Di",), "Urlaub")]
    assert shown.flat(table).rows == (row("Eva", "Urlaub", "Urlaub"),)
    assert shown.flat(PRICES).rows[2] == row("Summe", "", "17,60 €"), "the name of a sum stands once"


def test_an_interval_is_taken_over_documents() -> None:
    even = ratio("cells", [Share(found=9, all=10)] * 20)
    mixed = ratio("cells", [Share(found=10, all=10), Share(found=8, all=10)] * 10)
    assert even == Measure(name="cells", value=0.9, low=0.9, high=0.9, count=200)
    assert mixed and mixed.low is not None and mixed.high is not None and mixed.low < 0.9 < mixed.high
    assert ratio("cells", [Share(found=0, all=0)]) is None


def test_a_file_that_cannot_be_read_counts_with_its_reason(tmp_path: Path) -> None:
    form = next(form for form in FORMATS if form.name == "md")
    (written,) = write_all([DOCUMENT], form, tmp_path)
    written.file.write_bytes(b"")
    score = score_file(written)
    assert score.body.found == 0 < score.body.all and "0 " in score.reason


@pytest.mark.parametrize("name", ["docx", "html", "md", "csv", "eml", "pptx", "xlsx", "pdf-reportlab"])
def test_small_documents_are_read_whole(name: str, tmp_path: Path) -> None:
    form = next(form for form in FORMATS if form.name == name)
    scores = [score_file(written) for written in write_all(make_documents(2, 12), form, tmp_path)]
    found = {measure.name: measure.value for measure in measured_format(name, scores).measures}
    assert found["characters"] >= COMPLETE and found["cells"] >= RIGHT
    assert found["values behind a wrong head"] == 0


def test_a_format_that_is_not_measured_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"papyrus .*docx"):
        measure_reading(tmp_path, Console(quiet=True), "en", formats=("papyrus",))


@pytest.mark.integration
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_the_command_reports_each_format_and_keeps_what_was_lost(tmp_path: Path) -> None:
    console = Console(record=True, quiet=False, width=120)
    report = measure_reading(tmp_path, console, "de", 1, 3, ("docx", "odt"), tmp_path / "report.json")
    assert [part.set for part in report.parts] == ["docx", "odt"]
    assert read_report(tmp_path / "report.json") == report
    (losses,) = tmp_path.glob("seed-1-*/losses/odt.jsonl")
    assert losses.is_file() and "Lesen · odt" in console.export_text()
    files = sorted(tmp_path.rglob("*.odt"))
    before = [file.stat().st_mtime_ns for file in files]
    measure_reading(tmp_path, console, "en", 1, 3, ("odt",))
    assert before == [file.stat().st_mtime_ns for file in files], "files that are there are used again"
