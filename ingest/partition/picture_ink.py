"""The ink of a scanned page: specks that are no writing, and writing that was not read."""

from collections.abc import Iterable
from typing import Any

from ingest.partition.runs import Box

_DARK = 128
# Of dark pixels that go in a median of 3 by 3: letters of clean pages lose up to .04 at 300 dpi (60 pages), scans with
# noise .09 and more.
_SPECKED = 0.06
_SMALLEST, _LARGEST, _USUAL = 16, 48, 30  # pixels of a tile's side, and where no word tells the height of letters
_OF_A_LETTER = 0.8  # of a word's height
_LEAST_INK, _MOST_INK = 0.04, 0.5  # share of a tile that is dark: more than specks, less than a picture's shade
_ROWS = 0.5  # share of a tile's rows that have ink: a dotted line has few
_INSIDE = 0.3  # share of a tile that a word covers
_AROUND = 0.3  # of a tile, beside a word: accents, and what hangs below
_FEWEST = 12  # tiles: a signature or a seal is no page that was not read


def is_specked(picture: Any, cleaned: Any) -> bool:
    """Whether much of what is dark are single specks, as of dust and of copies of copies.

    Args:
        picture: of PIL, grey.
        cleaned: the same without specks.
    """
    import numpy

    before, after = numpy.asarray(picture) < _DARK, numpy.asarray(cleaned) < _DARK
    return bool((before & ~after).sum() > _SPECKED * max(1, before.sum()))


def despeckled(picture: Any) -> Any:
    """A picture without specks; thin strokes of small letters suffer."""
    from PIL import ImageFilter

    return picture.filter(ImageFilter.MedianFilter(3))


def unread_share(picture: Any, words: Iterable[Box]) -> float:
    """The share of what looks like writing that lies in no word that was read, from 0 to 1.

    A second count of a scan, which has no words of its own: the page is cut into tiles as high as its letters, and
    those count that have as much ink as writing has. Pictures and handwriting may count, too.

    Args:
        picture: of PIL, grey, without the lines of tables.
        words: boxes in pixels.
    """
    import numpy

    boxes = list(words)
    heights = sorted(box[3] - box[1] for box in boxes)
    letter = heights[len(heights) // 2] * _OF_A_LETTER if heights else _USUAL
    side = int(min(max(letter, _SMALLEST), _LARGEST))
    dark = numpy.asarray(picture) < _DARK
    inside = numpy.zeros(dark.shape, dtype=bool)
    around = side * _AROUND
    for left, top, right, bottom in boxes:
        rows = slice(max(0, int(top - around)), int(bottom + around))
        inside[rows, max(0, int(left - around)) : int(right + around)] = True
    tiles, read = _tiles(dark, side), _tiles(inside, side).mean(axis=(1, 3)) > _INSIDE
    ink = tiles.mean(axis=(1, 3))
    like_writing = (ink > _LEAST_INK) & (ink < _MOST_INK) & (tiles.any(axis=3).mean(axis=1) > _ROWS)
    unread = int((like_writing & ~read).sum())
    return unread / int(like_writing.sum()) if unread >= _FEWEST else 0.0


def _tiles(pixels: Any, side: int) -> Any:
    """Pixels as (rows of tiles, side, columns of tiles, side)."""
    rows, columns = pixels.shape[0] // side, pixels.shape[1] // side
    return pixels[: rows * side, : columns * side].reshape(rows, side, columns, side)
