"""The numbers printed on the pages of a PDF go with the passages, where they are others than the pages' own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from chatbot.domain import Source as Shown
from chatbot.rendering.labels import part_label
from chatbot.retrieval.sources import merge
from chatbot.verification.windows import citation
from ingest.documents import Metadata, Passage
from ingest.index.passages import Source, cut_passages
from ingest.index.splitter import PassageSplitter
from ingest.partition import extract

Label = tuple[int, str | None, int | None, str | None]  # first page from 0, style, first number, what stands before it


def make(file: Path, labels: list[Label], pages: int = 4) -> Path:
    canvas = Canvas(str(file))
    for page in range(pages):
        for line in range(6):
            canvas.drawString(
                60, 700 - 20 * line, f"Auf Blatt {page} steht in Zeile {line} die Regel {page * 10 + line}."
            )
        canvas.showPage()
    for first, style, start, prefix in labels:
        canvas.addPageLabel(first, style, start, prefix)
    canvas.save()
    return file


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([(0, "ROMAN_LOWER", 1, None), (2, "ARABIC", 1, None)], ("i", "ii", "1", "2")),
        ([(0, "ROMAN_UPPER", 3, None)], ("III", "IV", "V", "VI")),
        ([(0, "ARABIC", 1, "A-")], ("A-1", "A-2", "A-3", "A-4")),
        ([(0, "LETTERS_UPPER", 1, None), (1, "ARABIC", 17, None)], ("A", "17", "18", "19")),
        ([(0, None, None, "Titel"), (1, "ARABIC", 2, None)], ("Titel", "2", "3", "4")),
        ([(0, None, None, " Um\u202eschlag\u0007 mit sehr viel Beiwerk ")], ("Umschlag mit sehr vi",) * 4),
        ([(0, "ARABIC", 1, None)], ()),
        ([], ()),
    ],
    ids=["front matter", "later start", "prefix", "mixed", "named", "strange", "same", "none"],
)
def test_labels_are_those_of_the_file(tmp_path: Path, labels: list[Label], expected: tuple[str, ...]) -> None:
    assert extract(make(tmp_path / "a.pdf", labels)).page_labels == expected


def passages_of(file: Path) -> list[Passage]:
    source = Source(
        collection="c", path=file.name, version="v", modified=datetime(2026, 1, 1, tzinfo=UTC), labels=(),
        about=Metadata(),
    )  # fmt: skip
    return cut_passages(extract(file), source, PassageSplitter())


def test_a_citation_names_both_numbers(tmp_path: Path) -> None:
    passages = passages_of(make(tmp_path / "a.pdf", [(0, "ROMAN_LOWER", 1, None), (2, "ARABIC", 3, None)]))
    named = {}
    for passage in passages:
        source = Shown(number=1, passage=passage, score=1.0)
        for page in range(4):
            if (at := passage.text.find(f"Auf Blatt {page} ")) >= 0:
                cited = citation(source, at, at + 11)
                named[page] = part_label(passage, cited, "de"), part_label(passage, cited, "en")
    assert named == {
        0: ("Seite i (1)", "page i (1)"),
        1: ("Seite ii (2)", "page ii (2)"),
        2: ("Seite 3", "page 3"),
        3: ("Seite 4", "page 4"),
    }


def test_neighbours_keep_their_labels(tmp_path: Path) -> None:
    first, second, *_ = passages_of(make(tmp_path / "a.pdf", [(0, "ROMAN_LOWER", 1, None)], pages=12))
    for one in (merge(first, second), merge(second, first)):
        assert one and part_label(one, None, "de") == "Seite i (1)"
        assert one.place_at(second.start).page_label == second.page_label


def test_a_passage_of_before_has_no_label(tmp_path: Path) -> None:
    (passage, *_) = passages_of(make(tmp_path / "a.pdf", [(0, "ROMAN_LOWER", 1, None)]))
    kept = passage.model_dump(mode="json", exclude={"page_label"})
    kept["places"] = [place[:5] for place in kept["places"]]
    old = Passage.model_validate(kept)
    assert part_label(old, None, "de") == "Seite 1" and old.place_at(old.end - 1).page_label == ""
