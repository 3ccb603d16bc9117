"""Pictures of text: jpg, png, tiff (each frame a page) and their like, read by OCR."""

import warnings
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Partitioned
from ingest.partition import progress
from ingest.partition.layout import lay_out_pages
from ingest.partition.ocr import ReadPage, read_picture
from ingest.partition.page import Page
from ingest.partition.picture_limits import MOST_PIXELS
from ingest.partition.picture_turns import on_paper
from ingest.partition.ruled_grids import ruled_grids

_MOST_FRAMES = 1_000


def partition_image(path: Path) -> Partitioned:
    """Text of a picture, with boxes in pixels.

    Raises:
        DocumentFailed: too large, no picture, tesseract missing, or no text in it.
    """
    from PIL import Image, ImageSequence

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path) as picture:
            if getattr(picture, "n_frames", 1) > _MOST_FRAMES:
                raise DocumentFailed("document.too_large", document=path.name, most=f"{_MOST_FRAMES} frames")
            read = [_read(frame, page, path) for page, frame in enumerate(ImageSequence.Iterator(picture), 1)]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        most = f"{MOST_PIXELS // 1_000_000} megapixels"
        raise DocumentFailed("document.too_large", document=path.name, most=most) from error
    pages = [Page(page.runs, page.height, tuple(ruled_grids(page.rules)), turn=page.turn) for page in read]
    found = lay_out_pages(pages)
    confidences = [confidence for page in read for confidence in page.confidences]
    if not confidences:
        raise DocumentFailed("document.no_text", document=path.name)
    return Partitioned(
        elements=tuple(found),
        ocr_confidence=sum(confidences) / len(confidences),
        partly_read_pages=tuple(number for number, page in enumerate(read, 1) if page.is_partly_read),
    )


def _read(frame: Any, page: int, path: Path) -> ReadPage:
    progress.step()
    return read_picture(on_paper(frame), page, 1.0, path.name)
