"""Texts of a PDF page that something lies over, or that stand on a ground of their own colour.

A bar over a name leaves the name in the file: the reader of the page does not see it. A marker over a name leaves it
visible, so what is found here is only a doubt, which the drawn page settles.
"""

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ingest.partition.pdf_objects import Drawn, Places, area, colour_of, common, is_filled, is_whole_rectangle
from ingest.partition.pdfium import annotations, as_seen
from ingest.partition.runs import Box

_THINNEST = 3.0  # points; what is thinner underlines or strikes out
_MOST_COMPARED = 1_000_000  # covers with texts; a page with more of them is a drawing
_ALIKE = 40  # steps of a colour's part, up to which two colours are as good as one
_COVERED = 0.6  # of a text's height, that a cover takes
SCAN = 0.8  # of the page, that the picture of a scan covers


class _Cover(NamedTuple):
    at: float  # its number among all that is drawn
    box: Box
    colour: tuple[int, int, int] | None  # of a filled path


def covers_by_text(page: Any, drawn: Sequence[Drawn], places: Places) -> Mapping[int, tuple[Box, ...]]:
    """Where each text of a page may not be seen, by the text's address; only those of which that is in doubt.

    Args:
        page: of pypdfium2.
        drawn: on it, in the order of drawing.
        places: of what is drawn.
    """
    import pypdfium2.raw as c

    width, height = page.get_size()
    covers = [*_drawn_covers(drawn, places, SCAN * width * height), *_commented(page)]
    texts = [(at, one) for at, one in enumerate(drawn) if one.kind == c.FPDF_PAGEOBJ_TEXT]
    if not covers or len(covers) * len(texts) > _MOST_COMPARED:
        return {}
    found = {}
    for at, one in texts:
        box, colour = places.of(one), colour_of(one.item)
        boxes = tuple(cover.box for cover in covers if _may_hide(cover, at, box, colour))
        if boxes:
            found[one.address] = boxes
    return found


def shared_part(box: Box, cover: Box) -> Box | None:
    """What a cover takes of a character; None where that leaves it to be read.

    Args:
        box: of the character.
        cover: that may lie over it.
    """
    middle, part = (box[0] + box[2]) / 2, common(box, cover)
    is_high = part[3] - part[1] >= _COVERED * (box[3] - box[1])
    return part if cover[0] <= middle <= cover[2] and is_high else None


def _may_hide(cover: _Cover, at: int, box: Box, colour: tuple[int, int, int] | None) -> bool:
    if not area(common(cover.box, box)):
        return False
    if cover.at > at:
        return True
    if cover.colour is None or colour is None:
        return False
    return all(abs(one - other) <= _ALIKE for one, other in zip(cover.colour, colour, strict=True))


def _drawn_covers(drawn: Sequence[Drawn], places: Places, scan: float) -> Iterator[_Cover]:
    """Filled rectangles, and pictures smaller than a scan, which some programs draw over its words."""
    import pypdfium2.raw as c

    for at, one in enumerate(drawn):
        if one.kind not in (c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE):
            continue
        box = places.of(one)
        if min(box[2] - box[0], box[3] - box[1]) < _THINNEST:
            continue
        if one.kind == c.FPDF_PAGEOBJ_IMAGE and area(box) < scan:
            yield _Cover(at, box, None)
        elif one.kind == c.FPDF_PAGEOBJ_PATH and is_filled(one) and is_whole_rectangle(one):
            yield _Cover(at, box, colour_of(one.item))


def _commented(page: Any) -> Iterator[_Cover]:
    """What somebody has drawn on a page with the tools for comments; it lies over all else."""
    import pypdfium2.raw as c

    kinds = (c.FPDF_ANNOT_SQUARE, c.FPDF_ANNOT_HIGHLIGHT, c.FPDF_ANNOT_REDACT, c.FPDF_ANNOT_STAMP,
             c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_INK, c.FPDF_ANNOT_POLYGON)  # fmt: skip
    turned, rect = as_seen(page), c.FS_RECTF()
    for one in annotations(page):
        if c.FPDFAnnot_GetSubtype(one) in kinds and c.FPDFAnnot_GetRect(one, ctypes.byref(rect)):
            yield _Cover(float("inf"), turned((rect.left, rect.bottom, rect.right, rect.top)), None)
