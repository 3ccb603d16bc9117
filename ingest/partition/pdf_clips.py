"""Texts of a PDF page that a clip cuts off: what lies outside of it is in the file, and nobody sees it."""

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.partition.pdf_objects import Drawn, Places, area, common
from ingest.partition.runs import Box

_MOST_SEGMENTS = 200  # of a clip; of a longer one the box is not told
_MOST_PATHS = 20  # of a text
_BEYOND = 2.0  # points that a text may reach out of its clip: the box around it is larger than its letters
_LEFT = 0.35  # of a character, of which less is not read


def clips_by_text(drawn: Sequence[Drawn], places: Places) -> Mapping[int, Box]:
    """What a clip leaves of those texts that reach out of it, by the text's address.

    Of a clip that is no rectangle only the box around it counts.

    Args:
        drawn: on a page, in the order of drawing.
        places: of what is drawn.
    """
    import pypdfium2.raw as c

    clips, found = _Clips(places), dict[int, Box]()
    for one in drawn:
        if one.kind == c.FPDF_PAGEOBJ_TEXT and (clip := clips.of(one)):
            box = places.of(one)
            if (
                box[0] < clip[0] - _BEYOND or box[1] < clip[1] - _BEYOND
                or box[2] > clip[2] + _BEYOND or box[3] > clip[3] + _BEYOND
            ):  # fmt: skip
                found[one.address] = clip
    return found


def is_cut_off(char: Box, clip: Box) -> bool:
    """Whether a clip leaves too little of a character to read it.

    Args:
        char: its box.
        clip: what is shown of its text.
    """
    return area(common(char, clip)) < _LEFT * area(char)


class _Clips:
    """The boxes of clips."""

    def __init__(self, places: Places) -> None:
        import pypdfium2.raw as c

        self._c, self._places = c, places
        self._x, self._y = ctypes.c_float(), ctypes.c_float()

    def of(self, drawn: Drawn) -> Box | None:
        """What the clips of an object share, as the page is seen; None without a clip.

        Args:
            drawn: the object.
        """
        clip = self._c.FPDFPageObj_GetClipPath(drawn.item)
        count = self._c.FPDFClipPath_CountPaths(clip)
        if not 0 < count <= _MOST_PATHS:
            return None
        shared: Box | None = None
        for path in range(count):
            if (box := self._around(clip, path)) is not None:
                shared = common(shared, box) if shared else box
        return self._places.placed(shared, drawn.matrix) if shared else None

    def _around(self, clip: Any, path: int) -> Box | None:
        """Left, bottom, right and top of one path; None for one without points, as that of no text is."""
        count = self._c.FPDFClipPath_CountPathSegments(clip, path)
        if not 0 < count <= _MOST_SEGMENTS:
            return None
        xs, ys = [], []
        for index in range(count):
            segment = self._c.FPDFClipPath_GetPathSegment(clip, path, index)
            self._c.FPDFPathSegment_GetPoint(segment, self._x, self._y)
            xs.append(self._x.value)
            ys.append(self._y.value)
        return min(xs), min(ys), max(xs), max(ys)
