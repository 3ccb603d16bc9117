"""Opening PDFs. PDFium is not thread-safe, so everyone who touches it holds one lock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed

PDFIUM_LOCK = threading.RLock()


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
