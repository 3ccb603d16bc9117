"""Pictures of PDF pages and scans with the cited words marked; drawn in a process of their own, see `drawings.py`."""

import io
import math
import re
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

from config.errors import DocumentFailed
from ingest.documents import Word
from ingest.partition.pdfium import PDFIUM_LOCK, open_pdf
from ingest.partition.picture_limits import MOST_PIXELS
from ingest.vault import Original, Vault

WITH_PAGES = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp")
ZOOMS = (1, 2)  # how sharp a page can be had
_MARKS = re.compile(r"\d{1,9}-\d{1,9}(,\d{1,9}-\d{1,9}){0,19}")
_SCALE = 1.6  # pixels a point: sharp enough to read, small enough to send
_COLOUR = (255, 214, 0)
_PADDING = 1.6  # pixels around a word
_CONTEXT = 180  # pixels of the page shown above and below the marks
_WIDEST = 1400  # pixels of a picture that is shown
_MOST_DRAWN = 12_000_000  # pixels of a page: a plan in A0 is drawn with 3,000 by 4,000
_LONGEST = 12_000  # pixels of a side


class Wanted(NamedTuple):
    """A picture of a page.

    Attributes:
        version: SHA-256 of a PDF or a picture.
        spans: characters of the version's extracted text that are marked.
        whole: the whole page, not only the part around the marks.
        extraction_id: of the version, that the spans count in; without it the newest.
        page: 1-based; without it that on which the first span begins.
        zoom: one of `ZOOMS`.
    """

    version: str
    spans: tuple[tuple[int, int], ...] = ()
    whole: bool = True
    extraction_id: str = ""
    page: int | None = None
    zoom: int = 1


class PageLayout(NamedTuple):
    """Where things stand on a page.

    Attributes:
        pages: of the whole version.
        page: 1-based.
        width: in points, or pixels of a picture.
        height: likewise.
        marks: boxes of the marked words, as shares of width and height from the top left corner.
    """

    pages: int
    page: int
    width: float
    height: float
    marks: tuple[tuple[float, float, float, float], ...]


def spans_of(marks: str) -> list[tuple[int, int]] | None:
    """Spans as the address of a picture names them, such as `3-17,40-52`; None where it names none."""
    if not _MARKS.fullmatch(marks):
        return None
    return [(int(start), int(end)) for start, end in (mark.split("-") for mark in marks.split(","))]


def page_picture(vault: Vault, wanted: Wanted) -> bytes | None:
    """PNG of a page, every span on it marked.

    Args:
        vault: where versions are kept.
        wanted: which page, and what is marked.

    Returns:
        None where the version has no pages, not this one, or the spans are not on any.

    Raises:
        IndexUnavailable: the version is not kept.
        DocumentFailed: it cannot be drawn.
    """
    paged = _paged(vault, wanted)
    if paged is None or paged.page is None or paged.page > _count(paged.original):
        return None
    original, words, page = paged.original, paged.words, paged.page
    picture, scale = _page(original, page, wanted.zoom)
    marked = [_scaled(word, scale) for word in words if word.page == page]
    if marked:
        picture = _highlight(picture, marked)
    return _png(picture if wanted.whole or not marked else _around(picture, marked))


def page_layout(vault: Vault, wanted: Wanted) -> PageLayout | None:
    """How a page is laid out, without drawing it; None as `page_picture` says.

    Raises:
        IndexUnavailable: the version is not kept.
        DocumentFailed: it cannot be opened.
    """
    paged = _paged(vault, wanted)
    if paged is None:
        return None
    original, words, page, count = paged.original, paged.words, paged.page or 1, _count(paged.original)
    if page > count:
        return None
    width, height = _size(original, page)
    _scale(width, height, 1)  # a size that makes sense
    marks = [
        (word.left / width, word.top / height, word.right / width, word.bottom / height)
        for word in words
        if word.page == page
    ]
    return PageLayout(count, page, width, height, tuple(marks))


def page_text(vault: Vault, wanted: Wanted) -> tuple[str, ...]:
    """What was read from a page, a line an element, for whoever cannot see its picture.

    Raises:
        IndexUnavailable: the version is not kept.
    """
    suffix = vault.original(wanted.version).suffix
    extraction = vault.extraction(wanted.version, suffix, wanted.extraction_id)
    words = _touched(extraction.words, wanted.spans)
    page = wanted.page or (words[0].page if words else None)
    return tuple(extraction.text[part.start : part.end] for part in extraction.parts if part.page == page)


class _Paged(NamedTuple):
    """A version that has pages, the words that are marked, and the page: as it is wanted, or that of the first word."""

    original: Original
    words: list[Word]
    page: int | None


def _paged(vault: Vault, wanted: Wanted) -> _Paged | None:
    original = vault.original(wanted.version)
    if original.suffix not in WITH_PAGES:
        return None
    words = _marked_words(vault, original.suffix, wanted)
    return _Paged(original, words, wanted.page or (words[0].page if words else None))


def _marked_words(vault: Vault, suffix: str, wanted: Wanted) -> list[Word]:
    if not wanted.spans:
        return []
    return _touched(vault.extraction(wanted.version, suffix, wanted.extraction_id).words, wanted.spans)


def _touched(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> list[Word]:
    return [word for word in words if any(word.start < end and start < word.end for start, end in spans)]


def _count(original: Original) -> int:
    if original.suffix == ".pdf":
        with PDFIUM_LOCK, open_pdf(original.content) as pdf:
            return len(pdf)
    with _opened(original) as frames:
        return getattr(frames, "n_frames", 1)


def _size(original: Original, page: int) -> tuple[float, float]:
    if original.suffix == ".pdf":
        with PDFIUM_LOCK, open_pdf(original.content) as pdf:
            width, height = pdf[page - 1].get_size()
            return width, height
    with _opened(original) as frames:
        frames.seek(page - 1)
        return frames.size  # type: ignore[no-any-return]


def _page(original: Original, page: int, zoom: int) -> tuple[Any, float]:
    """A page as a picture, and its pixels a unit of the words' boxes."""
    if original.suffix == ".pdf":
        with PDFIUM_LOCK, open_pdf(original.content) as pdf:
            drawn = pdf[page - 1]
            width, height = drawn.get_size()
            scale = _scale(width, height, _SCALE * zoom)
            return drawn.render(scale=scale).to_pil().convert("RGB"), scale
    with _opened(original) as frames:
        frames.seek(page - 1)
        width, height = frames.size
        scale = _scale(width, height, min(1.0, zoom * _WIDEST / width))
        size = max(1, round(width * scale)), max(1, round(height * scale))
        frames.draft("RGB", size)  # a JPEG is read in a smaller size at once
        picture = frames.convert("RGB")
    return picture.resize(size), scale


def _scale(width: float, height: float, wanted: float) -> float:
    """Pixels a unit, bounded before anything is allocated: a page can say that it is 14,400 points wide."""
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise DocumentFailed("document.damaged", document="PDF", reason="page size")
    return min(wanted, math.sqrt(_MOST_DRAWN / (width * height)), _LONGEST / max(width, height))


def _opened(original: Original) -> Any:
    from PIL import Image

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    return Image.open(io.BytesIO(original.content))


def _scaled(word: Word, scale: float) -> Word:
    return Word(*word[:3], *(value * scale for value in word[3:]))


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
