"""Characters of a PDF page that nobody sees: drawn in white on white paper, or without any ink.

A program that recognises text lays it without ink over the picture of the page: that is the page's text and stays.
White text on a dark ground is seen. What its ground is tells the rectangle below it, or else the drawn page itself.
"""

import ctypes
from collections.abc import Callable
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

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
from ingest.partition.runs import Box

if TYPE_CHECKING:
    import numpy

    Grey = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int16]]

Doubt = Literal["white", "inkless"]  # why a text may not be seen

_MOST = 100_000  # drawn objects of a page that are looked at
_MOST_COMPARED = 500_000  # texts with what is below them; beyond that the drawn page tells
_WHITE = 240  # of 255, the least part of a colour that is as good as white
_INKLESS = 12  # of 255, opacity below which nothing is seen
_BESIDE = 1.0  # points that a text may reach beyond its ground
_SCALE, _MOST_PIXELS = 2.0, 3_000  # pixels a point of the drawn page, and of its longer side
_AROUND = 0.15  # of a text's shorter side, that is looked at on each side of it
_DARK = 230  # grey, up to which white text stands out
_DARK_SHARE = 0.4  # of what is around white text: a line across it is less, a ground is more
_PRINTED, _EDGE = -1, 0.5  # marks pixels of text that is seen; points of its blurred edge
_UNLIKE = 40  # steps of grey, from which on something is drawn on its ground
_DRAWN_SHARE = 0.12  # of what is around inkless text, if its letters are drawn there
_LINE_SHARE = 0.9  # of a row or column of pixels; what fills more of it is a line and no letter
_TRACES = 0.03  # dark share of a picture behind white text
_PICTURE = 0.04  # of the page; smaller ones are logos
_SCAN = 0.8  # of the page, that the picture of a scan covers


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

    drawn = _Drawings(page)
    unseen = {one.address for one in drawn.doubtful if drawn.hides(one)}
    if not unseen:
        return frozenset()
    items = ((place, c.FPDFText_GetTextObject(text, place)) for place in range(c.FPDFText_CountChars(text)))
    return frozenset(place for place, item in items if item and address(item) in unseen)


class _Drawings:
    """What is drawn on a page, and the texts among it that may not be seen."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as c

        self._page, self._places = page, Places(page)
        colours = _Colours()
        self._drawn: list[Drawn] = []
        self.doubtful: list[_Doubtful] = []
        doubts: dict[int, Doubt] = {}
        for index, one in enumerate(islice(drawn_objects(page), _MOST)):
            if one.kind == c.FPDF_PAGEOBJ_TEXT and (doubt := colours.doubt(one.item)):
                doubts[index] = doubt
        if doubts:
            self._drawn = list(islice(drawn_objects(page), _MOST))
            self.doubtful = self._in_doubt(doubts, colours)

    def _in_doubt(self, doubts: dict[int, Doubt], colours: "_Colours") -> list[_Doubtful]:
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
            if doubt == "white" and ground and is_whole_rectangle(ground) and colours.is_dark(ground.item):
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
        return any(area(box) >= _SCAN * width * height for box in self._pictures)

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
        dark = (ground <= _DARK).mean() if ground.size else 0
        return bool(dark < (_TRACES if is_pictured else _DARK_SHARE))

    @cached_property
    def _drawing(self) -> "Grey":
        """The page in grey; text that is seen for certain is marked."""
        import pypdfium2.raw as c

        drawing: Grey = self._page.render(scale=self._scale, grayscale=True).to_numpy().squeeze().astype("int16")
        doubtful = {one.address for one in self.doubtful}
        for text in self._drawn:
            if text.kind == c.FPDF_PAGEOBJ_TEXT and text.address not in doubtful:
                drawing[_pixels(self._places.of(text), _EDGE, self._scale)] = _PRINTED
        return drawing

    @cached_property
    def _scale(self) -> float:
        return float(min(_SCALE, _MOST_PIXELS / max(*self._page.get_size(), 1.0)))


class _Colours:
    """With what ink texts and paths are drawn."""

    def __init__(self) -> None:
        import pypdfium2.raw as c

        self._mode = c.FPDFTextObj_GetTextRenderMode
        self._parts = [ctypes.c_uint() for _ in range(4)]
        fill, stroke = c.FPDFPageObj_GetFillColor, c.FPDFPageObj_GetStrokeColor
        self._fill = fill
        self._inks: dict[int, tuple[Callable[..., int], ...]] = {
            c.FPDF_TEXTRENDERMODE_FILL: (fill,),
            c.FPDF_TEXTRENDERMODE_FILL_CLIP: (fill,),
            c.FPDF_TEXTRENDERMODE_STROKE: (stroke,),
            c.FPDF_TEXTRENDERMODE_STROKE_CLIP: (stroke,),
            c.FPDF_TEXTRENDERMODE_FILL_STROKE: (fill, stroke),
            c.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP: (fill, stroke),
            c.FPDF_TEXTRENDERMODE_INVISIBLE: (),
        }

    def doubt(self, text: Any) -> Doubt | None:
        """Why a text may not be seen; None where it has an ink that is not white."""
        mode = self._mode(text)
        if mode == 0:  # nearly all text is filled
            return self._doubt(text, self._fill)
        inks = self._inks.get(mode)
        if inks is None:
            return None
        found = {self._doubt(text, ink) for ink in inks}
        return None if None in found else "white" if "white" in found else "inkless"

    def is_dark(self, path: Any) -> bool:
        """Whether white text is seen on a path."""
        if not self._fill(path, *self._parts):
            return False
        red, green, blue, opacity = (part.value for part in self._parts)
        return opacity == 255 and 0.299 * red + 0.587 * green + 0.114 * blue <= _DARK

    def _doubt(self, text: Any, ink: Callable[..., int]) -> Doubt | None:
        if not ink(text, *self._parts):  # a pattern
            return None
        red, green, blue, opacity = self._parts
        if opacity.value < _INKLESS:
            return "inkless"
        return "white" if red.value >= _WHITE and green.value >= _WHITE and blue.value >= _WHITE else None


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
