"""Words that are drawn by a stamp on a PDF page: "DRAFT", "Approved by"; they stand in its appearance alone."""

from typing import Any

from ingest.partition import clean

_MOST = 20  # stamps of a page that are looked at


class Stamps:
    """What the stamps of a page say.

    Args:
        pdf: of pypdfium2.
        number: of the page, 1-based.
    """

    def __init__(self, pdf: Any, number: int) -> None:
        self._pdf, self._number = pdf, number
        self._read = 0

    def words(self, at: int) -> str:
        """The words that are drawn by one of them.

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
            said = clean(text.get_text_range())
            text.close()
            page.close()
        finally:
            copy.close()
        return said
