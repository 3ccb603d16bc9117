"""Opening PDFs. PDFium is not thread-safe, so everyone who touches it holds one lock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.partition.runs import Box

PDFIUM_LOCK = threading.RLock()
POINTS_AN_INCH = 72


@contextmanager
def open_pdf(source: Path | bytes) -> Iterator[Any]:
    """Open a PDF and close it again; hold `PDFIUM_LOCK` meanwhile.

    Raises:
        DocumentFailed: damaged, or locked by a password.
    """
    import pypdfium2

    name = source.name if isinstance(source, Path) else "PDF"
    try:
        pdf = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        key = "document.locked" if "password" in str(error).lower() else "document.damaged"
        raise DocumentFailed(key, document=name, reason=str(error)) from error
    try:
        if pdf.get_formtype():  # before the first page: what is filled in is read, and drawn
            pdf.init_forms()
        yield pdf
    finally:
        pdf.close()


def annotations(page: Any) -> Iterator[Any]:
    """What is put on a page and is no part of its text: notes, fields, links; each is closed behind its use.

    Args:
        page: of pypdfium2.
    """
    import pypdfium2.raw as c

    for index in range(c.FPDFPage_GetAnnotCount(page)):
        one = c.FPDFPage_GetAnnot(page, index)
        try:
            yield one
        finally:
            c.FPDFPage_CloseAnnot(one)


def is_shown(note: Any) -> bool:
    """Whether what is put on a page is seen there, on the screen and on paper.

    Where the file does not say which of both, it counts as seen.

    Args:
        note: of PDFium.
    """
    import pypdfium2.raw as c

    flags = c.FPDFAnnot_GetFlags(note)
    if flags & (c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW):
        return False
    return bool(flags & c.FPDF_ANNOT_FLAG_PRINT) or not c.FPDFAnnot_HasKey(note, b"F")


def as_seen(page: Any) -> Callable[[Box], Box]:
    """What makes a box of the page's own coordinates, from the bottom, one of the page as it is seen, from the top.

    Args:
        page: of pypdfium2; what lies outside of its visible part has places below 0 or beyond its size.
    """
    x, y, _, _ = page.get_bbox()
    (width, height), rotation = page.get_size(), page.get_rotation()  # as it is seen
    match rotation:
        case 90:
            return lambda box: (box[1] - y, box[0] - x, box[3] - y, box[2] - x)
        case 180:
            width, height = width + x, y
            return lambda box: (width - box[2], box[1] - height, width - box[0], box[3] - height)
        case 270:
            width, height = width + y, height + x
            return lambda box: (width - box[3], height - box[2], width - box[1], height - box[0])
        case _:
            height += y
            return lambda box: (box[0] - x, height - box[3], box[2] - x, height - box[1])
