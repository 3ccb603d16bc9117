"""Words that are drawn by a stamp on a PDF page: "DRAFT", "Approved by"; they stand in its appearance alone."""

import io
from typing import Any

from ingest.partition import clean, said_by
from ingest.partition.ocr import DPI
from ingest.partition.pdfium import POINTS_AN_INCH
from ingest.partition.picture_text import picture_elements

_MOST = 20  # stamps of a page that are looked at
_SMALLEST = 8.0  # points of a side: smaller pictures have no words


class Stamps:
    """What the stamps of a page say.

    Args:
        pdf: of pypdfium2.
        number: of the page, 1-based.
    """

    def __init__(self, pdf: Any, number: int) -> None:
        self._pdf, self._number = pdf, number
        self._read = 0

    def words(self, at: int) -> str | None:
        """The words that are drawn by one of them, or stand in its picture; None of a picture that cannot be read.

        PDFium gives text of pages only: the stamp is made the content of a page that has nothing else.

        Args:
            at: its number among all that is put on the page.
        """
        import pypdfium2.raw as c
        from pypdfium2 import PdfDocument

        self._read += 1
        if self._read > _MOST:
            return ""
        copy = PdfDocument.new()
        try:
            copy.import_pages(self._pdf, [self._number - 1])
            page = copy[0]
            for index in range(c.FPDFPage_CountObjects(page) - 1, -1, -1):
                c.FPDFPage_RemoveObject(page, c.FPDFPage_GetObject(page, index))
            c.FPDFPage_GenerateContent(page)
            for index in range(c.FPDFPage_GetAnnotCount(page) - 1, -1, -1):
                if index != at:
                    c.FPDFPage_RemoveAnnot(page, index)
            c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY)
            page.close()
            page = copy[0]
            text = page.get_textpage()
            said: str | None = clean(text.get_text_range())
            text.close()
            said = said or _in_picture(page)
            page.close()
        finally:
            copy.close()
        return said


def _in_picture(page: Any) -> str | None:
    """What the pictures of a page say that has nothing else; empty without one, None where they cannot be read."""
    import pypdfium2.raw as c

    sides = [item.get_bounds() for item in page.get_objects(filter=(c.FPDF_PAGEOBJ_IMAGE,), max_depth=4)]
    if not sides:
        return ""
    lefts, bottoms, rights, tops = zip(*sides, strict=True)
    left, bottom, right, top = (
        max(min(lefts), 0), max(min(bottoms), 0), min(max(rights), page.get_width()), min(max(tops), page.get_height()),
    )  # fmt: skip
    if right - left < _SMALLEST or top - bottom < _SMALLEST:
        return ""
    crop = (left, bottom, page.get_width() - right, page.get_height() - top)
    drawn = io.BytesIO()
    page.render(scale=DPI / POINTS_AN_INCH, grayscale=True, crop=crop).to_pil().save(drawn, "PNG")
    said = said_by(picture_elements(drawn.getvalue(), "stamp", smallest=1))
    return said or None
