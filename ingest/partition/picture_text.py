"""Text in the pictures of a document: drawings say theirs, bitmaps are read by OCR where tesseract is there. Small
bitmaps are decoration."""

import io
import warnings
from collections.abc import Iterator

from ingest.documents import Element
from ingest.partition import progress, unread
from ingest.partition.layout import lay_out_pages
from ingest.partition.ocr import read_picture
from ingest.partition.page import Page
from ingest.partition.picture_limits import MOST_PIXELS, SMALL
from ingest.partition.picture_turns import on_paper
from ingest.partition.programs import TESSERACT, missing_programs
from ingest.partition.ruled_grids import ruled_grids
from ingest.partition.vector_pictures import drawing

_MOST_TIMES = 4  # that a picture is enlarged
_WIDTH = 1_600  # pixels, to which narrower pictures are enlarged: tesseract wants letters of 20 pixels
_SURE = 60.0  # mean confidence, below which it is no text that was found in a photograph


def picture_elements(content: bytes, name: str, smallest: int = SMALL) -> Iterator[Element]:
    """What is written in a picture; nothing where it is small, no picture, or has no text.

    Args:
        content: the bytes of the picture.
        name: of the picture, for messages.
        smallest: pixels that it must have.
    """
    from PIL import Image

    if (found := drawing(content, name)) is not None:
        yield from found.elements
        for bitmap in found.pictures:
            yield from picture_elements(bitmap, name, smallest)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content))
            if not smallest <= picture.width * picture.height <= MOST_PIXELS:
                return
            if TESSERACT in missing_programs():
                yield unread(name)
                return
            grey = on_paper(picture)
    except (OSError, ValueError, Image.DecompressionBombError):  # in a format that Pillow does not know, or damaged
        yield unread(name)
        return
    scale = min(_MOST_TIMES, max(1, -(-_WIDTH // grey.width)))
    progress.step()
    read = read_picture(grey.resize((grey.width * scale, grey.height * scale)), 1, scale, name)
    if not read.confidences or sum(read.confidences) / len(read.confidences) < _SURE:
        return
    for element in lay_out_pages([Page(read.runs, read.height, tuple(ruled_grids(read.rules)))]):
        kind = "paragraph" if element.kind == "title" else element.kind
        yield Element(kind=kind, text=element.text, table=element.table)
