"""Pictures of text on a page that has text of its own: a scan below a digital letterhead, a picture of a table."""

import statistics
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from ingest.partition.ocr import DPI, ReadPage, read_picture
from ingest.partition.pdfium import POINTS_AN_INCH, as_seen
from ingest.partition.runs import Box, Run

_SHARE = 0.04  # of the page, below which a picture is a logo or a signature
_SIDES = (60, 20)  # points, the least width and height
_SURE = 65.0  # mean confidence, below which it is no text that was found in a photograph
_FEW = 3  # words


def picture_boxes(page: Any, runs: Sequence[Run]) -> dict[Box, str]:
    """Where on a page pictures stand that may be of text, and that no text of the page stands on; and their content.

    Args:
        page: of pypdfium2.
        runs: its text.
    """
    import pypdfium2.raw as c

    width, height = page.get_size()
    turned = as_seen(page)
    found: dict[Box, str] = {}
    for item in page.get_objects(filter=(c.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        left, top, right, bottom = turned(item.get_bounds())
        box = max(0.0, left), max(0.0, top), min(width, right), min(height, bottom)
        wide, high = box[2] - box[0], box[3] - box[1]
        if wide < _SIDES[0] or high < _SIDES[1] or wide * high < _SHARE * width * height:
            continue
        if not any(_stands_on(run, box) for run in runs):
            found[box] = sha256(bytes(item.get_data())).hexdigest()
    return found


def read_boxes(page: Any, boxes: Sequence[Box], number: int, size: float, document: str) -> Iterator[ReadPage]:
    """What OCR reads in pictures of a page; their runs stand in the coordinates of the page.

    Args:
        page: of pypdfium2.
        boxes: as of `picture_boxes`.
        number: of the page, 1-based.
        size: of the page's text, which that of the pictures counts as: what is larger in them are headings.
        document: for messages.
    """
    scale = DPI / POINTS_AN_INCH
    whole = page.render(scale=scale, grayscale=True).to_pil()
    for box in boxes:
        left, top = box[:2]
        read = read_picture(whole.crop(tuple(round(side * scale) for side in box)), number, scale, document)
        if len(read.confidences) >= _FEW and sum(read.confidences) / len(read.confidences) >= _SURE:
            usual = statistics.median(run.size for run in read.runs)
            yield read._replace(runs=[_moved(run, left, top, size / usual) for run in read.runs])


def between(runs: Sequence[Run], read: Sequence[Run]) -> list[Run]:
    """Runs with those of a picture behind what stands above it.

    Args:
        runs: of the page.
        read: of the picture.
    """
    top = min((run.top for run in read), default=0.0)
    place = max((index + 1 for index, run in enumerate(runs) if run.bottom <= top), default=0)
    return [*runs[:place], *read, *runs[place:]]


def _stands_on(run: Run, box: Box) -> bool:
    middle = (run.left + run.right) / 2, (run.top + run.bottom) / 2
    return box[0] < middle[0] < box[2] and box[1] < middle[1] < box[3]


def _moved(run: Run, left: float, top: float, scale: float) -> Run:
    words = tuple((word, (box[0] + left, box[1] + top, box[2] + left, box[3] + top)) for word, box in run.words)
    return run._replace(words=words, size=run.size * scale)
