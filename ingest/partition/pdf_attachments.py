"""Files that a PDF carries: those of its list, and those pinned to places on its pages."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Member
from ingest.partition.members import MemberFolder
from ingest.partition.pdfium import annotations


def attachments(pdf: Any, pages: Sequence[int], folder: MemberFolder) -> Iterator[Member]:
    """The files that a PDF carries, as those of a mail.

    Args:
        pdf: of pypdfium2.
        pages: that files are pinned to, from 1.
        folder: in which they are unpacked.
    """
    from pypdfium2 import PdfiumError

    listed = (pdf.get_attachment(number) for number in range(pdf.count_attachments()))
    for number, attachment in enumerate(folder.limited(chain(listed, _pinned(pdf, pages)))):
        name = attachment.get_name() or f"part-{number + 1}"
        try:
            yield folder.keep(name, bytes(attachment.get_data()), flat=True)
        except PdfiumError:
            yield folder.refuse(name, DocumentFailed("archive.not_unpacked", document=name, container=folder.name))


def _pinned(pdf: Any, pages: Sequence[int]) -> Iterator[Any]:
    """Files that are pinned to a place on a page, which the list of attachments leaves out."""
    import pypdfium2.raw as c
    from pypdfium2 import PdfAttachment

    for number in pages:
        page = pdf[number - 1]
        for note in annotations(page):
            if c.FPDFAnnot_GetSubtype(note) == c.FPDF_ANNOT_FILEATTACHMENT and (
                file := c.FPDFAnnot_GetFileAttachment(note)
            ):
                yield PdfAttachment(file, pdf)
        page.close()
