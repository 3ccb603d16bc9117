"""Pictures of PDF pages and scans with the cited words marked."""

import io
import re
from collections.abc import Sequence
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Word
from ingest.partition.pdfium import PDFIUM_LOCK, open_pdf
from ingest.vault import Original, Vault

WITH_PAGES = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp")
_MARKS = re.compile(r"\d{1,9}-\d{1,9}(,\d{1,9}-\d{1,9}){0,19}")
_SCALE = 1.6  # pixels a point: sharp enough to read, small enough to send
_COLOUR = (255, 214, 0)
_PADDING = 1.6  # pixels around a word
_CONTEXT = 180  # pixels of the page shown above and below the marks
_WIDEST = 1400  # pixels of a picture that is shown


def spans_of(marks: str) -> list[tuple[int, int]] | None:
    """Spans as the address of a picture names them, such as `3-17,40-52`; None where it names none."""
    if not _MARKS.fullmatch(marks):
        return None
    return [(int(start), int(end)) for start, end in (mark.split("-") for mark in marks.split(","))]


def page_picture(
    vault: Vault, version: str, spans: Sequence[tuple[int, int]], whole: bool, extraction_id: str = ""
) -> bytes | None:
    """PNG of the page on which the first span begins, every span on it marked.

    Args:
        vault: where versions are kept.
        version: SHA-256 of a PDF or a picture.
        spans: characters of the version's extracted text.
        whole: the whole page, not only the part around the marks.
        extraction_id: of the version, that the spans count in; without it the newest.

    Returns:
        None where the version has no pages or the spans are not on any.

    Raises:
        IndexUnavailable: the version is not kept.
        DocumentFailed: it cannot be drawn.
    """
    original = vault.original(version)
    words = [word for word in vault.extraction(version, original.suffix, extraction_id).words if _touches(word, spans)]
    if not words:
        return None
    page = words[0].page
    try:
        picture, scale = _page(original, page)
    except (OSError, ValueError, RuntimeError, IndexError) as error:  # PDFium and Pillow on damaged bytes
        raise DocumentFailed("document.damaged", document=version[:12], reason=str(error)[:200]) from error
    marked = [_scaled(word, scale) for word in words if word.page == page]
    picture = _highlight(picture, marked)
    return _png(picture if whole else _around(picture, marked))


def _page(original: Original, page: int) -> tuple[Any, float]:
    """A page as a picture, and its pixels a unit of the words' boxes."""
    from PIL import Image

    if original.suffix == ".pdf":
        with PDFIUM_LOCK, open_pdf(original.content) as pdf:
            return pdf[page - 1].render(scale=_SCALE).to_pil().convert("RGB"), _SCALE
    with Image.open(io.BytesIO(original.content)) as frames:
        frames.seek(page - 1)
        picture = frames.convert("RGB")
    scale = min(1.0, _WIDEST / picture.width)
    return picture.resize((round(picture.width * scale), round(picture.height * scale))), scale


def _scaled(word: Word, scale: float) -> Word:
    return Word(*word[:3], *(value * scale for value in word[3:]))


def _touches(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(word.start < end and start < word.end for start, end in spans)


def _highlight(picture: Any, words: list[Word]) -> Any:
    from PIL import Image, ImageChops, ImageDraw

    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    for word in words:
        left, top, right, bottom = word[3:]
        draw.rectangle((left - _PADDING, top - _PADDING, right + _PADDING, bottom + _PADDING), fill=_COLOUR)
    return ImageChops.multiply(picture, layer)  # like a marker pen: the letters stay black


def _around(picture: Any, words: list[Word]) -> Any:
    top = min(word.top for word in words) - _CONTEXT
    bottom = max(word.bottom for word in words) + _CONTEXT
    return picture.crop((0, max(0, int(top)), picture.width, min(picture.height, int(bottom))))


def _png(picture: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
