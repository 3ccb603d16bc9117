"""Notes and boxes of text that people have put on a page of a PDF: they stand in no page's text."""

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ingest.documents import Element
from ingest.partition import clean, unread
from ingest.partition.pdf_stamps import Stamps
from ingest.partition.pdfium import annotations

_TAG = re.compile(r"<[^<>]*>")  # of text with looks


def note_elements(pdf: Any, page: Any, number: int) -> Iterator[Element]:
    """What is noted on a page and what stamps on it say, in the order of the file; hidden notes are left out.

    Args:
        pdf: of pypdfium2.
        page: one of its pages.
        number: of the page, 1-based.
    """
    import pypdfium2.raw as c

    # Links lead elsewhere, fields are read as such, and windows repeat the notes that they belong to.
    no_notes = (
        c.FPDF_ANNOT_UNKNOWN, c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP, c.FPDF_ANNOT_WIDGET, c.FPDF_ANNOT_XFAWIDGET,
        c.FPDF_ANNOT_SOUND, c.FPDF_ANNOT_MOVIE, c.FPDF_ANNOT_SCREEN, c.FPDF_ANNOT_PRINTERMARK, c.FPDF_ANNOT_TRAPNET,
        c.FPDF_ANNOT_THREED, c.FPDF_ANNOT_RICHMEDIA,
    )  # fmt: skip
    unseen = c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW
    stamps = Stamps(pdf, number)
    for at, note in enumerate(annotations(page)):
        if (kind := c.FPDFAnnot_GetSubtype(note)) in no_notes or c.FPDFAnnot_GetFlags(note) & unseen:
            continue
        said = clean(_string(note, b"Contents") or _TAG.sub(" ", _string(note, b"RC")))
        if kind in (c.FPDF_ANNOT_STAMP, c.FPDF_ANNOT_WATERMARK) or (kind == c.FPDF_ANNOT_FREETEXT and not said):
            drawn = stamps.words(at)
            if drawn is None and not said:
                yield unread("stamp").model_copy(update={"page": number})
            said = _with_drawn(said, drawn or "")
        if any(map(str.isalnum, said)):
            author = clean(_string(note, b"T"))
            text = said if kind == c.FPDF_ANNOT_FREETEXT or not author else f"{author}: {said}"
            yield Element(kind="note", text=text, page=number)


def _with_drawn(said: str, drawn: str) -> str:
    """What a stamp shows, with the comment on it where that says something else."""
    if not drawn or drawn.lower() in said.lower():
        return said
    return drawn if said.lower() in drawn.lower() else f"{drawn}: {said}"


def has_pinned_file(page: Any) -> bool:
    """Whether a file is pinned to a place on a page.

    Args:
        page: of pypdfium2.
    """
    import pypdfium2.raw as c

    return any(c.FPDFAnnot_GetSubtype(note) == c.FPDF_ANNOT_FILEATTACHMENT for note in annotations(page))


def with_notes(elements: Iterable[Element], notes: Sequence[Element]) -> Iterator[Element]:
    """Elements of a document with the notes of each page behind those of the page.

    Args:
        elements: in order.
        notes: in the order of pages.
    """
    waiting = list(notes)
    for element in elements:
        while waiting and (waiting[0].page or 0) < (element.page or 0):
            yield waiting.pop(0)
        yield element
    yield from waiting


def _string(note: Any, key: bytes) -> str:
    import pypdfium2.raw as c

    size = c.FPDFAnnot_GetStringValue(note, key, None, 0)
    value = ctypes.create_string_buffer(size)
    c.FPDFAnnot_GetStringValue(note, key, ctypes.cast(value, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return value.raw.decode("utf-16-le", "replace").rstrip("\0")
