"""Characters of a PDF page that nobody sees: white on white paper, without ink, covered, cut off, or in a layer
that is off.

A program that recognises text lays it without ink over the picture of the page: that is the page's text and stays.
White text on a dark ground is seen. What its ground is tells the rectangle below it, or else the drawn page itself.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.partition.pdf_clips import clips_by_text, is_cut_off
from ingest.partition.pdf_covers import SCAN, covers_by_text, shared_part
from ingest.partition.pdf_inks import DARK, Doubt, Inks, is_dark
from ingest.partition.pdf_layers import texts_switched_off
from ingest.partition.pdf_objects import (
    Drawn,
    Places,
    address,
    area,
    common,
    drawn_objects,
    is_filled,
    is_whole_rectangle,
)
from ingest.partition.pdfium import as_seen
from ingest.partition.runs import Box

if TYPE_CHECKING:
    import numpy

    Grey = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int16]]

_MOST = 100_000  # drawn objects of a page that are looked at
_MOST_COMPARED = 500_000  # texts with what is below them; beyond that the drawn page tells
_BESIDE = 1.0  # points that a text may reach beyond its ground
_SCALE, _MOST_PIXELS = 2.0, 3_000  # pixels a point of the drawn page, and of its longer side
_AROUND = 0.15  # of a text's shorter side, that is looked at on each side of it
_DARK_SHARE = 0.4  # of what is around white text: a line across it is less, a ground is more
_PRINTED, _EDGE = -1, 0.5  # marks pixels of text that is seen; points of its blurred edge
_UNLIKE = 40  # steps of grey, from which on something is drawn on its ground
_DRAWN_SHARE = 0.12  # of what is around inkless text, if its letters are drawn there
_LINE_SHARE = 0.9  # of a row or column of pixels; what fills more of it is a line and no letter
_TRACES = 0.03  # dark share of a picture behind white text
_PICTURE = 0.04  # of the page; smaller ones are logos


class _Doubtful(NamedTuple):
    address: int
    doubt: Doubt
    box: Box


def unseen_characters(page: Any, text: Any) -> frozenset[int]:
    """Places in the text of a page of those characters that are not seen.

    Args:
        page: of pypdfium2.
        text: its text page, of PDFium.
    """
    import pypdfium2.raw as c

    objects, places = list(islice(drawn_objects(page), _MOST)), Places(page)
    covers = covers_by_text(page, objects, places)
    drawn = _Drawings(page, objects, places, covers.keys())
    unseen = {one.address for one in drawn.doubtful if drawn.hides(one)} | texts_switched_off(page, objects)
    clips = clips_by_text(objects, places)
    if not unseen and not covers and not clips:
        return frozenset()
    of_page = as_seen(page)
    items = ((place, c.FPDFText_GetTextObject(text, place)) for place in range(c.FPDFText_CountChars(text)))
    by_text = ((place, address(item)) for place, item in items if item)

    def is_hidden(place: int, item: int) -> bool:
        if item in unseen or not (item in covers or item in clips):
            return item in unseen
        box = of_page(_loose_box(text, place))
        return (item in clips and is_cut_off(box, clips[item])) or (
            item in covers and drawn.is_covered(box, covers[item])
        )

    return frozenset(place for place, item in by_text if is_hidden(place, item))


def _loose_box(text: Any, place: int) -> Box:
    """The box of a character with the space around it, in the page's own coordinates."""
    import pypdfium2.raw as c

    rect = c.FS_RECTF()
    c.FPDFText_GetLooseCharBox(text, place, rect)
    return rect.left, rect.bottom, rect.right, rect.top


class _Drawings:
    """What is drawn on a page, and the texts among it that may not be seen."""

    def __init__(self, page: Any, drawn: Sequence[Drawn], places: Places, covered: Collection[int]) -> None:
        import pypdfium2.raw as c

        self._page, self._drawn, self._places, self._covered = page, drawn, places, covered
        colours = Inks()
        doubts: dict[int, Doubt] = {}
        for index, one in enumerate(drawn):
            if one.kind == c.FPDF_PAGEOBJ_TEXT and (doubt := colours.doubt(one.item)):
                doubts[index] = doubt
        self.doubtful = self._in_doubt(doubts, colours) if doubts else []

    def _in_doubt(self, doubts: dict[int, Doubt], colours: "Inks") -> list[_Doubtful]:
        grounds = self._grounds()
        if len(grounds) * len(doubts) > _MOST_COMPARED:
            grounds = []
        is_scan = self._is_scan
        found = []
        for index, doubt in doubts.items():
            one = self._drawn[index]
            if doubt == "inkless" and is_scan:
                continue
            box = self._places.of(one)
            ground = next((g for at, g, where in reversed(grounds) if at < index and _is_around(where, box)), None)
            if doubt == "white" and ground and is_whole_rectangle(ground) and is_dark(ground.item):
                continue
            found.append(_Doubtful(one.address, doubt, box))
        return found

    def _grounds(self) -> list[tuple[int, Drawn, Box]]:
        """What may be a ground, with its number among all that is drawn and its box: filled paths and all but text."""
        import pypdfium2.raw as c

        return [
            (at, one, self._places.of(one))
            for at, one in enumerate(self._drawn)
            if one.kind != c.FPDF_PAGEOBJ_TEXT and (one.kind != c.FPDF_PAGEOBJ_PATH or is_filled(one))
        ]

    @cached_property
    def _pictures(self) -> list[Box]:
        import pypdfium2.raw as c

        width, height = self._page.get_size()
        boxes = [self._places.of(one) for one in self._drawn if one.kind == c.FPDF_PAGEOBJ_IMAGE]
        shown = [common(box, (0.0, 0.0, width, height)) for box in boxes]
        return [box for box in shown if area(box) >= _PICTURE * width * height]

    @cached_property
    def _is_scan(self) -> bool:
        width, height = self._page.get_size()
        return any(area(box) >= SCAN * width * height for box in self._pictures)

    def hides(self, one: _Doubtful) -> bool:
        """Whether a doubtful text is not seen on its ground."""
        x, y = (one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2
        is_pictured = any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in self._pictures)
        if one.doubt == "inkless" and is_pictured:
            return False
        shorter = min(one.box[2] - one.box[0], one.box[3] - one.box[1])
        pixels = self._drawing[_pixels(one.box, _AROUND * shorter, self._scale)]
        if one.doubt == "inkless":
            return _drawn_share(pixels) < _DRAWN_SHARE
        ground = pixels[pixels != _PRINTED]
        dark = (ground <= DARK).mean() if ground.size else 0
        return bool(dark < (_TRACES if is_pictured else _DARK_SHARE))

    def is_covered(self, char: Box, covers: Sequence[Box]) -> bool:
        """Whether nothing is left of a character below what lies over it.

        Args:
            char: its box.
            covers: boxes of what may hide it.
        """
        parts = (part for cover in covers if (part := shared_part(char, cover)))
        return any(self._is_plain(part) for part in parts)

    def _is_plain(self, part: Box) -> bool:
        pixels = self._drawing[_pixels(part, -1 / self._scale, self._scale)]
        ground = pixels[pixels != _PRINTED]
        return bool(ground.size and ground.max() - ground.min() <= _UNLIKE)

    @cached_property
    def _drawing(self) -> "Grey":
        """The page in grey; text that is seen for certain is marked."""
        import pypdfium2.raw as c

        drawing: Grey = self._page.render(scale=self._scale, grayscale=True).to_numpy().squeeze().astype("int16")
        doubtful = {one.address for one in self.doubtful} | set(self._covered)
        for text in self._drawn:
            if text.kind == c.FPDF_PAGEOBJ_TEXT and text.address not in doubtful:
                drawing[_pixels(self._places.of(text), _EDGE, self._scale)] = _PRINTED
        return drawing

    @cached_property
    def _scale(self) -> float:
        return float(min(_SCALE, _MOST_PIXELS / max(*self._page.get_size(), 1.0)))


def _is_around(ground: Box, box: Box) -> bool:
    left, top, right, bottom = box
    return (
        ground[0] <= left + _BESIDE and ground[1] <= top + _BESIDE
        and right <= ground[2] + _BESIDE and bottom <= ground[3] + _BESIDE
    )  # fmt: skip


def _drawn_share(pixels: "Grey") -> float:
    """Share of pixels that differ from most: letters, but neither their even ground nor lines across it."""
    import numpy

    ground = pixels[pixels != _PRINTED]
    if not ground.size:
        return 0.0
    unlike = (abs(pixels - numpy.median(ground)) > _UNLIKE) & (pixels != _PRINTED)
    for axis in (1, 0):
        unlike = unlike & (unlike.mean(axis=axis, keepdims=True) < _LINE_SHARE)
    return float(unlike.mean())


def _pixels(box: Box, margin: float, scale: float) -> tuple[slice, slice]:
    """Rows and columns of a picture that a box takes with a margin around it."""
    left, top, right, bottom = (
        max(0, round((side + sign * margin) * scale)) for side, sign in zip(box, (-1, -1, 1, 1), strict=True)
    )
    return slice(top, max(bottom, top + 1)), slice(left, max(right, left + 1))
