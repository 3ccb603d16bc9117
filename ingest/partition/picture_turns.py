"""Pictures of pages as a reader holds them: upright, level, and on white paper.

Method of the levelling: the rows of a level page alternate between ink and paper, so that the sums of their ink differ
most (W. Postl, Detection of linear oblique structures and skew scan in digitized documents, 1986).
"""

import math
from typing import Any, NamedTuple

from ingest.partition.runs import Box

_SIDE = 1_000  # pixels of the longer side, by which the angle is told
_DARK = 128
_FARTHEST, _STEP, _FINE = 4.0, 0.5, 0.1  # degrees
_LEAST = 0.15  # degrees that are turned
_SPECKS = 0.002  # of a picture
_CLEARLY = 1.05  # how much better a turned page must be


class Turn(NamedTuple):
    """How a picture was turned before it was read.

    Attributes:
        quarters: of a full turn to the left.
        angle: in degrees to the left, after that.
        width: of the picture before, in the units of boxes.
        height: the same.
    """

    quarters: int
    angle: float
    width: float
    height: float

    def back(self, box: Box) -> Box:
        """A box of the turned picture in the picture as it was.

        Args:
            box: left, top, right and bottom.
        """
        points = [self._back(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs, ys = zip(*points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _back(self, x: float, y: float) -> tuple[float, float]:
        width, height = (self.height, self.width) if self.quarters % 2 else (self.width, self.height)
        sine, cosine = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))
        right, down = x - width / 2, y - height / 2
        x, y = width / 2 + right * cosine - down * sine, height / 2 + right * sine + down * cosine
        match self.quarters % 4:
            case 1:
                return self.width - y, x
            case 2:
                return self.width - x, self.height - y
            case 3:
                return y, self.height - x
            case _:
                return x, y


def on_paper(picture: Any) -> Any:
    """A picture in grey, upright as its camera says, and white where it is transparent.

    Args:
        picture: of PIL.
    """
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    if not upright.has_transparency_data:
        return upright.convert("L")
    seen = upright.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")


def turned(picture: Any, quarters: int, scale: float) -> tuple[Any, Turn]:
    """A picture turned by quarters to the left and then levelled, and how that was done.

    Args:
        picture: of PIL, grey.
        quarters: of a full turn.
        scale: pixels a unit of the page.
    """
    from PIL import Image

    ways = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    way = ways[quarters % 4]
    upright = picture if way is None else picture.transpose(way)
    angle = skew(upright)
    if angle:
        upright = upright.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return upright, Turn(quarters % 4, angle, picture.width / scale, picture.height / scale)


def has_ink(picture: Any) -> bool:
    """Whether anything is drawn on a picture but specks.

    Args:
        picture: of PIL, grey.
    """
    dark = sum(picture.histogram()[:_DARK])
    return bool(dark > _SPECKS * picture.width * picture.height)


def skew(picture: Any) -> float:
    """By how many degrees a page must be turned to the left to be level; 0 where that is not clear.

    Args:
        picture: of PIL, grey.
    """
    from PIL import Image

    share = min(1.0, _SIDE / max(picture.size))
    small = picture.resize((max(1, round(picture.width * share)), max(1, round(picture.height * share))))
    ink = small.point(lambda grey: 255 if grey < _DARK else 0)

    def differences(angle: float) -> float:
        import numpy

        rows = numpy.asarray(ink.rotate(angle, Image.Resampling.NEAREST)).sum(axis=1, dtype=float)
        return float((numpy.diff(rows) ** 2).sum())

    count = round(_FARTHEST / _STEP)
    rough = max((step * _STEP for step in range(-count, count + 1)), key=differences)
    count = round(_STEP / _FINE)
    best = max((rough + step * _FINE for step in range(-count, count + 1)), key=differences)
    return best if abs(best) >= _LEAST and differences(best) > _CLEARLY * differences(0.0) else 0.0
