"""With what ink the texts and paths of a PDF page are drawn."""

import ctypes
from collections.abc import Callable
from typing import Any, Literal

from ingest.partition.contrast import WHITE, cannot_be_seen, colour_of_bytes
from ingest.partition.pdf_objects import colour_of

Doubt = Literal["white", "inkless"]  # why a text may not be seen

_INKLESS = 12  # of 255, opacity below which nothing is seen
DARK = 230  # grey of a pixel in a picture of the page, up to which white text stands out


class Inks:
    """With what ink texts are drawn."""

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

    def _doubt(self, text: Any, ink: Callable[..., int]) -> Doubt | None:
        if not ink(text, *self._parts):  # a pattern
            return None
        red, green, blue, opacity = self._parts
        if opacity.value < _INKLESS:
            return "inkless"
        return "white" if cannot_be_seen(colour_of_bytes(red.value, green.value, blue.value)) else None


def is_dark(path: Any) -> bool:
    """Whether white text is seen on a path.

    Args:
        path: of PDFium.
    """
    colour = colour_of(path)
    if colour is None:
        return False
    return not cannot_be_seen(WHITE, colour_of_bytes(*colour))
