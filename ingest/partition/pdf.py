"""PDFs, read by pypdfium2: text with the box of every word, and by OCR the pages that have none.

PDFium is used instead of unstructured's `fast` strategy because it is several times faster, keeps the box
of each word (the highlight needs them) and needs none of the layout packages.
"""

import re
import statistics
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned, Unseen
from ingest.partition import progress
from ingest.partition.banded_grids import banded_grids
from ingest.partition.box_texts import with_box_texts
from ingest.partition.drawn_boxes import with_drawn_boxes
from ingest.partition.field_frames import without_frames
from ingest.partition.layout import lay_out_pages
from ingest.partition.legible import is_better, is_suspicious
from ingest.partition.members import MemberFolder
from ingest.partition.ocr import DPI, ReadPage, read_picture
from ingest.partition.page import Page
from ingest.partition.pdf_attachments import attachments
from ingest.partition.pdf_fields import field_boxes, with_fields
from ingest.partition.pdf_half_struck import cut_where_struck
from ingest.partition.pdf_labels import page_labels
from ingest.partition.pdf_notes import has_pinned_file, note_elements, with_notes
from ingest.partition.pdf_outline import bookmarks, with_headings
from ingest.partition.pdf_pictures import between, picture_boxes, read_boxes
from ingest.partition.pdf_rules import Rules, page_rules, turned_rules
from ingest.partition.pdf_runs import page_runs
from ingest.partition.pdf_strikes import struck_marks, without_struck
from ingest.partition.pdf_text import UNKNOWN, characters
from ingest.partition.pdfium import PDFIUM_LOCK, POINTS_AN_INCH, open_pdf
from ingest.partition.programs import TESSERACT, missing_programs
from ingest.partition.properties import properties
from ingest.partition.ruled_grids import ruled_grids
from ingest.partition.runs import Box, Run
from ingest.partition.tagged_pages import is_tagged, leave_out_cells
from ingest.partition.turned_text import TurnedText, turned_box

_MOST_PAGES = 10_000
_LARGEST_PAGE = 15_000  # points, about five metres
_FEW = 200  # characters on a page that is nearly all picture: a stamp or a footer, not its text
_PICTURE_SHARE = 0.5
_MOST_DOUBTS = 3  # pages that look like nonsense and are not, after which a document is trusted
_LEADERS = re.compile(r"([^\w\s]|_)(?: ?\1){2,}")  # dots between a heading and its page, lines to write on
_LEGIBLE_SHARE = 0.35  # letters and digits among the characters; less is a font without a usable encoding


def partition_pdf(path: Path) -> Partitioned:
    """Titles, paragraphs, list items and tables, page by page from the text or, where it has none, by OCR.

    Raises:
        DocumentFailed: locked by a password, too many pages, or no page could be read.
    """
    with PDFIUM_LOCK, open_pdf(path) as pdf:
        if len(pdf) > _MOST_PAGES:
            raise DocumentFailed("document.too_large", document=path.name, most=f"{_MOST_PAGES} pages")
        said = pdf.get_metadata_dict()
        reader = _Reader(pdf, path)
        for number in range(1, len(pdf) + 1):
            progress.step()
            reader.read(number)
        marks, labels = bookmarks(pdf), page_labels(pdf)
        members = tuple(attachments(pdf, reader.with_pinned, MemberFolder(path)))
    elements = tuple(with_notes(with_headings(lay_out_pages(reader.pages), marks), reader.notes))
    if not elements and not members:
        raise _no_text(path, reader.unread)
    return Partitioned(
        elements=elements,
        properties=properties(said["Title"], said["Author"], said["CreationDate"], said["ModDate"]),
        ocr_confidence=sum(reader.confidences) / len(reader.confidences) if reader.confidences else None,
        unread_pages=tuple(reader.unread),
        partly_read_pages=tuple(reader.partly_read),
        pages_by_ocr=tuple(reader.by_ocr),
        page_labels=labels,
        members=members,
    )


class _Reader:
    """Reads one document page by page: from its text, and from its pictures where it has no text or a wrong one."""

    def __init__(self, pdf: Any, path: Path) -> None:
        self.pages: list[Page] = []
        self.notes: list[Element] = []
        self.confidences: list[float] = []
        self.unread: list[int] = []
        self.partly_read: list[int] = []
        self.by_ocr: list[int] = []
        self.with_pinned: list[int] = []  # pages that files are pinned to
        self._pdf, self._path = pdf, path
        self._read: ReadPage | None = None  # the page from its picture
        self._doubts = _MOST_DOUBTS  # how often a text may still turn out to be language after all
        self._pictures: set[str] = set()  # that were looked at: logos stand on all pages

    def read(self, number: int) -> None:
        """Read one page, 1-based."""
        page = self._pdf[number - 1]
        self._read = None
        written = page_runs(page, number)
        drawn, marks = page_rules(page), list(struck_marks(page))
        whole = cut_where_struck(written.runs, drawn, marks, lambda: characters(page))
        apart = without_struck(whole, drawn, marks)
        rules = without_frames(apart.rules, field_boxes(self._pdf, page))
        filled = with_fields(self._pdf, page, apart.valid, number, rules)
        runs = with_box_texts(with_drawn_boxes(page, filled, number))
        turned = written.turned
        if _wants_ocr(page, [*runs, *(run for text in turned for run in text.runs)]):
            turned = ()
            runs = self._by_ocr(page, number) or runs
            self.by_ocr.append(number)
            if not runs and not self._has_ocr:
                self.unread.append(number)
        else:
            runs = self._corrected(page, runs, number)
            runs = self._with_pictures(page, runs, number)
        rules = self._read.rules if self._read else rules
        turn = self._read.turn if self._read else None
        tags = written.tags if is_tagged(runs) else None
        if tags and not all(run.tag for run in runs) and leave_out_cells(runs, ruled_grids(rules)):
            tags, runs = None, [run._replace(tag=None) for run in runs]
        grids = () if tags else (*ruled_grids(rules), *banded_grids(rules, runs))
        if runs or not turned:
            self.pages.append(Page(runs, written.height, grids, tags=tags, turn=turn))
        for text in turned:
            self._read_turned(text, drawn, marks, number)
        self.notes += note_elements(self._pdf, page, number)
        self.notes += _unseen(written.unseen, "hidden", number)
        self.notes += _unseen(apart.struck, "struck", number)
        if has_pinned_file(page):
            self.with_pinned.append(number)
        page.close()

    def _read_turned(self, text: TurnedText, drawn: Rules, marks: Sequence[Box], number: int) -> None:
        """Read what runs another way than the page as a page of its own.

        Args:
            text: of the page.
            drawn: lines on the page as it is.
            marks: on the page as it is, where words are struck out.
            number: of the page, 1-based.
        """
        rules = turned_rules(drawn, text.turn)
        apart = without_struck(text.runs, rules, [turned_box(mark, text.turn) for mark in marks])
        grids = *ruled_grids(apart.rules), *banded_grids(apart.rules, apart.valid)
        self.pages.append(Page(apart.valid, text.height, grids, turn=text.turn))
        self.notes += _unseen(apart.struck, "struck", number)

    @cached_property
    def _has_ocr(self) -> bool:
        return TESSERACT not in missing_programs()

    def _by_ocr(self, page: Any, number: int) -> list[Run]:
        if not self._has_ocr:
            return []
        scale = DPI / POINTS_AN_INCH
        read = read_picture(_picture(page, scale, self._path), number, scale, self._path.name)
        self.partly_read += [number] if read.is_partly_read else []
        self.confidences += read.confidences
        self._read = read
        return read.runs

    def _corrected(self, page: Any, runs: list[Run], number: int) -> list[Run]:
        """The text of a page, by OCR where the file names its characters wrongly."""
        text = " ".join(run.text for run in runs)
        if not self._doubts or not is_suspicious(text) or not self._has_ocr:
            return runs
        before = len(self.confidences)
        read = self._by_ocr(page, number)
        if is_better(" ".join(run.text for run in read), text):
            self.by_ocr.append(number)
            return read
        self._doubts -= 1
        self._read = None
        del self.confidences[before:]
        return runs

    def _with_pictures(self, page: Any, runs: list[Run], number: int) -> list[Run]:
        found = picture_boxes(page, runs)
        boxes = [box for box, content in found.items() if content not in self._pictures]
        if not boxes or not runs or max(page.get_size()) > _LARGEST_PAGE or not self._has_ocr:
            return runs
        self._pictures |= set(found.values())
        size = statistics.median(run.size for run in runs)
        for read in read_boxes(page, boxes, number, size, self._path.name):
            runs = between(runs, read.runs)
            self.confidences += read.confidences
        return runs


def _unseen(runs: Sequence[Run], why: Unseen, number: int) -> list[Element]:
    text = " ".join(run.text for run in runs)
    return [Element(kind="paragraph", text=text, page=number, unseen=why)] if text else []


def _no_text(path: Path, unread: list[int]) -> DocumentFailed:
    if unread:
        return DocumentFailed(
            "document.needs_program", document=path.name, program=TESSERACT.name, package=TESSERACT.package
        )
    return DocumentFailed("document.no_text", document=path.name)


def _wants_ocr(page: Any, runs: list[Run]) -> bool:
    """Whether a page is better read from its picture: it has no text, or text that is not legible or not complete."""
    text = "".join(run.text for run in runs)
    # By itself such a character is the mark of a list.
    if any(UNKNOWN in word and len(word) > 1 for run in runs for word, _ in run.words):
        return True
    if sum(map(str.isalnum, text)) < _LEGIBLE_SHARE * len(_LEADERS.sub("", text).replace(" ", "")):
        return True
    return len(text) < _FEW and _picture_share(page) > (_PICTURE_SHARE if text else 0)


def _picture_share(page: Any) -> float:
    """Share of the page that its pictures cover."""
    import pypdfium2.raw as c

    area = page.get_width() * page.get_height()
    covered = 0.0
    for item in page.get_objects(filter=(c.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered / area if area else 0.0


def _picture(page: Any, scale: float, path: Path) -> Any:
    if max(page.get_size()) > _LARGEST_PAGE:
        raise DocumentFailed("document.too_large", document=path.name, most=f"{_LARGEST_PAGE} pt")
    return page.render(scale=scale, grayscale=True).to_pil()
