"""What is drawn on a page of a PDF, in the order of drawing, and where."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

from ingest.partition.pdfium import as_seen
from ingest.partition.runs import Box

Matrix = tuple[float, float, float, float, float, float]

_DEEPEST = 4  # forms within forms
_UPRIGHT = 0.1  # points by which the sides of a rectangle may lean
_SEGMENTS = 6  # of a rectangle at most


class Drawn(NamedTuple):
    """An object of a page.

    Attributes:
        item: of PDFium.
        kind: as PDFium counts them.
        matrix: places it on the page.
    """

    item: Any
    kind: int
    matrix: Matrix

    @property
    def address(self) -> int:
        return address(self.item)


def drawn_objects(parent: Any, matrix: Matrix = (1, 0, 0, 1, 0, 0), depth: int = 0) -> Iterator[Drawn]:
    """Objects of a page in the order of drawing, those in forms, too.

    Args:
        parent: the page, of pypdfium2.
        matrix: places the parent on the page.
        depth: of forms within forms.
    """
    import pypdfium2.raw as c

    count, get = (
        (c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject)
        if depth
        else (c.FPDFPage_CountObjects, c.FPDFPage_GetObject)
    )
    for index in range(count(parent)):
        item = get(parent, index)
        kind = c.FPDFPageObj_GetType(item)
        if kind != c.FPDF_PAGEOBJ_FORM:
            yield Drawn(item, kind, matrix)
        elif depth < _DEEPEST:
            own = c.FS_MATRIX()
            c.FPDFPageObj_GetMatrix(item, own)
            yield from drawn_objects(item, _joined((own.a, own.b, own.c, own.d, own.e, own.f), matrix), depth + 1)


class Places:
    """Where the objects of a page stand, as it is seen.

    Args:
        page: of pypdfium2.
    """

    def __init__(self, page: Any) -> None:
        self._turned = as_seen(page)
        self._sides = [ctypes.c_float() for _ in range(4)]

    def of(self, drawn: Drawn) -> Box:
        """The box around an object, in points from the top left corner."""
        import pypdfium2.raw as c

        c.FPDFPageObj_GetBounds(drawn.item, *self._sides)
        left, bottom, right, top = (side.value for side in self._sides)
        return self.placed((left, bottom, right, top), drawn.matrix)

    def placed(self, box: Box, matrix: Matrix) -> Box:
        """A box in points from the top left corner.

        Args:
            box: left, bottom, right and top as the file says them.
            matrix: places it on the page.
        """
        left, bottom, right, top = box
        corners = [_point((x, y), matrix) for x in (left, right) for y in (bottom, top)]
        xs, ys = zip(*corners, strict=True)
        return self._turned((min(xs), min(ys), max(xs), max(ys)))


def colour_of(item: Any) -> tuple[int, int, int] | None:
    """Red, green and blue that fill a text or path, 0 to 255; None for a pattern, and for what shines through.

    Args:
        item: of PDFium.
    """
    import pypdfium2.raw as c

    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not c.FPDFPageObj_GetFillColor(item, red, green, blue, opacity) or opacity.value < 255:
        return None
    return red.value, green.value, blue.value


def has_ink(text: Any) -> bool:
    """Whether a text is drawn at all; that which a program recognised on a picture is not.

    Args:
        text: of PDFium.
    """
    import pypdfium2.raw as c

    return bool(c.FPDFTextObj_GetTextRenderMode(text) != c.FPDF_TEXTRENDERMODE_INVISIBLE)


def is_filled(path: Drawn) -> bool:
    """Whether a path is filled, not only drawn along."""
    import pypdfium2.raw as c

    mode, is_stroked = ctypes.c_int(), c.FPDF_BOOL()
    c.FPDFPath_GetDrawMode(path.item, mode, is_stroked)
    return bool(mode.value != c.FPDF_FILLMODE_NONE)


def is_whole_rectangle(drawn: Drawn) -> bool:
    """Whether an object is one upright rectangle of which nothing is cut off."""
    import pypdfium2.raw as c

    path = drawn.item
    count = c.FPDFPath_CountSegments(path) if drawn.kind == c.FPDF_PAGEOBJ_PATH else 0
    if not 4 <= count <= _SEGMENTS or c.FPDFClipPath_CountPaths(c.FPDFPageObj_GetClipPath(path)) > 0:
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for index in range(count):
        segment = c.FPDFPath_GetPathSegment(path, index)
        if c.FPDFPathSegment_GetType(segment) != (c.FPDF_SEGMENT_LINETO if index else c.FPDF_SEGMENT_MOVETO):
            return False
        c.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    return _are_corners(points)


def _are_corners(points: list[tuple[float, float]]) -> bool:
    """Whether points are the corners of an upright rectangle, each there."""
    xs, ys = zip(*points, strict=True)
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    if any(min(x - left, right - x) > _UPRIGHT or min(y - bottom, top - y) > _UPRIGHT for x, y in points):
        return False
    return len({(2 * x > left + right, 2 * y > bottom + top) for x, y in points}) == 4


def address(item: Any) -> int:
    """Tells an object from others: PDFium hands out another pointer to it each time.

    Args:
        item: of PDFium.
    """
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def area(box: Box) -> float:
    """Of a box, in square points."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def around(one: Box, other: Box) -> Box:
    """The box around two others."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def common(one: Box, other: Box) -> Box:
    """What two boxes share; of no area where that is nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    turned = (*outer[:4], 0.0, 0.0)
    return *_point((a, b), turned), *_point((c, d), turned), *_point((e, f), outer)


def _point(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f
