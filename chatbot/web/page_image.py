"""Pictures of PDF pages with the cited words marked."""

import io
from collections.abc import Sequence

from ingest.documents import Word
from ingest.partition.pdfium import PDFIUM_LOCK, open_pdf
from ingest.vault import Vault

_SCALE = 1.6  # pixels a point: sharp enough to read, small enough to send
_COLOUR = (255, 214, 0)
_PADDING = 1.0  # points around a word
_CONTEXT = 110  # points of the page shown above and below the marks


def page_picture(vault: Vault, version: str, spans: Sequence[tuple[int, int]], whole: bool) -> bytes | None:
    """PNG of the page on which the first span begins, every span on it marked.

    Args:
        vault: where versions are kept.
        version: SHA-256 of a PDF.
        spans: characters of the version's extracted text.
        whole: the whole page, not only the part around the marks.

    Returns:
        None where the version has no pages or the spans are not on any.

    Raises:
        IndexUnavailable: the version is not kept.
    """
    words = [word for word in vault.extraction(version).words if _touches(word, spans)]
    if not words:
        return None
    page = words[0].page
    with PDFIUM_LOCK, open_pdf(vault.original(version)) as pdf:
        picture = pdf[page - 1].render(scale=_SCALE).to_pil().convert("RGB")
    marked = [word for word in words if word.page == page]
    picture = _highlight(picture, marked)
    return _png(picture if whole else _around(picture, marked))


def _touches(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(word.start < end and start < word.end for start, end in spans)


def _highlight(picture, words: list[Word]):  # type: ignore[no-untyped-def]
    from PIL import Image, ImageChops, ImageDraw

    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    for word in words:
        left, top, right, bottom = (value * _SCALE for value in word[3:])
        pad = _PADDING * _SCALE
        draw.rectangle((left - pad, top - pad, right + pad, bottom + pad), fill=_COLOUR)
    return ImageChops.multiply(picture, layer)  # like a marker pen: the letters stay black


def _around(picture, words: list[Word]):  # type: ignore[no-untyped-def]
    top = (min(word.top for word in words) - _CONTEXT) * _SCALE
    bottom = (max(word.bottom for word in words) + _CONTEXT) * _SCALE
    return picture.crop((0, max(0, int(top)), picture.width, min(picture.height, int(bottom))))


def _png(picture) -> bytes:  # type: ignore[no-untyped-def]
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
