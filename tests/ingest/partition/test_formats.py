"""Every format: golden outline, spans, cells, boxes, attachments and archive members."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config.sections import IngestSettings
from ingest.documents import Extraction, Metadata, Passage
from ingest.index.passages import Source, cut_passages
from ingest.index.splitter import PassageSplitter
from ingest.partition import PARTITIONERS, extract, partition
from ingest.partition.ocr import DPI, read_picture
from ingest.partition.pdfium import PDFIUM_LOCK, open_pdf
from ingest.sync.worker import Worker
from tests.ingest.partition.test_partition import outline
from tests.make_formats import FACTS, PARTS

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[3]
FORMATS = ROOT / "tests" / "data" / "formats"
CASES = Path(__file__).parents[2] / "data" / "reading"
GOLDEN = ROOT / "tests" / "data" / "format_outlines"
FILES = sorted(file for file in FORMATS.iterdir() if file.suffix != ".zip")
NEEDS = {".doc": "soffice", ".ppt": "soffice", **dict.fromkeys((".png", ".jpg", ".tiff"), "tesseract")}
READ_BY_OCR = ("scan.pdf", "mixed.pdf", "foto.png", "scan.jpg", "fax.tiff")


def require_programs(file: Path) -> None:
    program = "tesseract" if file.name in READ_BY_OCR else NEEDS.get(file.suffix)
    if program and not shutil.which(program):
        pytest.skip(f"{program} is not installed")


@pytest.fixture(scope="module")
def extractions() -> dict[str, Extraction]:
    return {}


def extraction_of(file: Path, cache: dict[str, Extraction]) -> Extraction:
    require_programs(file)
    if file.name not in cache:
        with tempfile.TemporaryDirectory() as folder:  # members are unpacked beside the file
            cache[file.name] = extract(Path(shutil.copy(file, folder)))
    return cache[file.name]


def passages_of(extraction: Extraction, file: Path) -> list[Passage]:
    from datetime import UTC, datetime

    source = Source(
        collection="c",
        path=file.name,
        version="v",
        modified=datetime(2026, 1, 1, tzinfo=UTC),
        labels=("c",),
        about=Metadata(),
    )
    return cut_passages(extraction, source, PassageSplitter())


def test_a_file_for_every_format() -> None:
    files = [*FORMATS.iterdir(), *CASES.rglob("*")]
    same = {".htm", ".jpeg", ".tif", ".bmp", ".webp", ".dotm", ".mht", ".tgz"}  # as one of the others
    templates = {".xltm", ".xlt", ".ott", ".ots", ".otp", ".dot", ".pps", ".pot", ".ppsm", ".potm"}
    told_by_content = {".xml-workbook", ".xml-word", ".tnef"}
    assert {file.suffix for file in files} >= PARTITIONERS.keys() - same - templates - told_by_content


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_outline_is_the_golden_one(file: Path, extractions: dict[str, Extraction]) -> None:
    """After a wanted change: UPDATE_GOLDEN=1 make test, and read the difference."""
    golden = GOLDEN / f"{file.name}.json"
    found = outline(extraction_of(file, extractions))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_facts_reach_the_text_and_spans_are_exact(file: Path, extractions: dict[str, Extraction]) -> None:
    extraction = extraction_of(file, extractions)
    text = " ".join(extraction.text.split())
    for fact in FACTS[file.name]:
        assert fact in text
    passages = passages_of(extraction, file)
    assert passages
    for passage in passages:
        assert extraction.text[passage.start : passage.end] == passage.text
    covered = {offset for passage in passages for offset in range(passage.start, passage.end)}
    assert all(extraction.text[offset].isspace() for offset in range(len(extraction.text)) if offset not in covered)


@pytest.mark.parametrize("name", READ_BY_OCR)
def test_ocr_words_stand_in_their_boxes(name: str, extractions: dict[str, Extraction]) -> None:
    """The box of every tenth word, cut out of the rendered page and read by itself, holds the word."""
    from PIL import Image

    file = FORMATS / name
    extraction = extraction_of(file, extractions)
    assert extraction.ocr_confidence and extraction.ocr_confidence > 75
    words = [w for w in extraction.words if w.end - w.start >= 5 and extraction.text[w.start : w.end].isalpha()]
    if name == "mixed.pdf":
        words = [word for word in words if word.page == 2]
    assert len(words) >= 10
    right = 0
    for word in words[::3]:
        scale = DPI / 72 if file.suffix == ".pdf" else 1.0
        if file.suffix == ".pdf":
            with PDFIUM_LOCK, open_pdf(file) as pdf:
                picture = pdf[word.page - 1].render(scale=scale, grayscale=True).to_pil()
        else:
            with Image.open(file) as frames:
                frames.seek(word.page - 1)
                picture = frames.convert("L")
        margin = 0.15 * (word.bottom - word.top)
        box = (word.left - margin, word.top - margin, word.right + margin, word.bottom + margin)
        piece = picture.crop(tuple(round(value * scale) for value in box))
        framed = Image.new("L", (piece.width + 80, piece.height + 80), 255)
        framed.paste(piece, (40, 40))
        read = read_picture(framed, 1, 1.0, name)
        right += extraction.text[word.start : word.end] in "".join(run.text for run in read.runs)
    assert right >= 0.8 * len(words[::3])


def test_pages_of_a_mixed_pdf_are_read_each_in_its_way(extractions: dict[str, Extraction]) -> None:
    extraction = extraction_of(FORMATS / "mixed.pdf", extractions)
    assert {word.page for word in extraction.words} == {1, 2, 3}


@pytest.mark.parametrize("name", ["preise.xlsx", "alt.xls", "tabelle.ods"])
def test_rows_of_a_sheet_know_their_cells(name: str, extractions: dict[str, Extraction]) -> None:
    extraction = extraction_of(FORMATS / name, extractions)
    rows = [part for part in extraction.parts if part.cells]
    first = rows[0]
    assert (extraction.text[first.start : first.end], first.cells) == (FACTS[name][0], "B1:B1")
    passages = passages_of(extraction, FORMATS / name)
    for passage in passages:
        for row in rows:
            if passage.start <= row.start < passage.end:
                assert passage.place_at(row.start).cells == row.cells
                assert passage.cells_of(row.start, row.end) == row.cells
    assert len({part.label for part in rows}) == 2
    assert not [p for p in passages if len({r.label for r in rows if p.start <= r.start < p.end}) > 1]


def test_slides_and_headings_reach_the_passages(extractions: dict[str, Extraction]) -> None:
    slides = passages_of(extraction_of(FORMATS / "folien.pptx", extractions), FORMATS / "folien.pptx")
    pages = {place.page for passage in slides for place in passage.places} | {passage.page for passage in slides}
    assert pages == {1, 2, 3}
    book = passages_of(extraction_of(FORMATS / "handbuch.epub", extractions), FORMATS / "handbuch.epub")
    assert any(passage.section for passage in book)


@pytest.mark.parametrize("name", PARTS)
def test_what_is_inside_becomes_documents(name: str, tmp_path: Path) -> None:
    """Attachments and members, those of inner mails and archives, too, through a real worker."""
    worker = Worker(IngestSettings())
    texts: dict[str, str] = {}

    def read(file: Path, path: str) -> None:
        found = worker.read(file)
        texts[path] = " ".join(found.extraction.text.split())
        for member in found.members:
            assert member.file is not None and member.reason is None
            assert member.file.is_relative_to(tmp_path)
            read(member.file, f"{path}/{member.name}")

    shutil.copy(FORMATS / name, tmp_path)
    read(tmp_path / name, name)
    worker.stop()
    for part, phrase in PARTS[name].items():
        assert any(part in path and phrase in text for path, text in texts.items()), part


@pytest.mark.parametrize(
    "file", [f for f in FILES if f.suffix not in (".txt", ".csv", ".tsv", ".json", ".xml")], ids=lambda f: f.name
)
def test_properties_are_read_where_the_format_has_them(file: Path, tmp_path: Path) -> None:
    if file.suffix in (".png", ".jpg", ".tiff", ".xls"):
        pytest.skip("these files say nothing of themselves")
    require_programs(file)
    said = partition(Path(shutil.copy(file, tmp_path))).properties
    assert said.title
    assert said.author == "Jana Petersen"


def test_an_include_directive_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("streng geheime Zahl 4711")
    (tmp_path / "a.rst").write_text(f"Titel\n=====\n\nText.\n\n.. include:: {tmp_path}/geheim.txt\n")
    (tmp_path / "b.org").write_text(f'* Titel\n\nText.\n\n#+INCLUDE: "{tmp_path}/geheim.txt"\n')
    for name in ("a.rst", "b.org"):
        try:
            text = extract(tmp_path / name).text
        except Exception as error:  # a refusal is as good
            text = str(error)
        assert "4711" not in text
