"""Lines in a scanned picture: they part the cells of tables, and disturb tesseract, which takes them for letters."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ingest.partition.pdf_rules import Rule, Rules, whole_rules
from ingest.partition.ruled_grids import RuledGrid, ruled_grids

_DARK = 120  # grey values below are ink
_LONG = 0.05  # share of a side that a line covers at least
_SHORTEST = 60  # pixels
_THICKEST = 14  # pixels; what is thicker is a filled area
_CONTRAST = 45  # grey values by which letters differ from their ground at least
_FRINGE = 3  # pixels beside a line that are neither ink nor ground
_WHITE = 240
_WIDE = 0.2  # share of the picture's width that a table has at least


class Ruled(NamedTuple):
    """A picture without its lines, and where they were, in units of the page."""

    picture: Any
    rules: Rules


def without_rules(picture: Any, scale: float) -> Ruled:
    """Take the lines of tables out of a picture; one without tables stays as it is.

    Args:
        picture: of PIL, grey.
        scale: pixels a unit of the page.
    """
    import numpy
    from PIL import Image

    grey = numpy.asarray(picture.convert("L"))
    dark = grey < _DARK
    level, level_ink = _lines(dark)
    upright, upright_ink = _lines(dark.T)
    found = Rules(tuple(whole_rules(level)), tuple(whole_rules(upright)))
    # Of large letters the strokes look like lines, too; they make no grids.
    grids = [grid for grid in ruled_grids(found) if grid.xs[-1] - grid.xs[0] > _WIDE * grey.shape[1]]
    if not grids:
        return Ruled(picture, Rules((), ()))
    ink = (level_ink | upright_ink.T) & _inside(grids, grey.shape)
    cleaned = numpy.where(ink, numpy.uint8(255), grey)
    _whiten(cleaned, grids)
    rules = (
        tuple(whole_rules(Rule(*(value / scale for value in rule)) for rule in found)) for found in (level, upright)
    )
    return Ruled(Image.fromarray(cleaned), Rules(*rules))


def _inside(grids: Sequence[RuledGrid], shape: tuple[int, int]) -> Any:
    """Which pixels lie on a grid or in it."""
    import numpy

    mask = numpy.zeros(shape, dtype=bool)
    for grid in grids:
        left, top, right, bottom = (int(edge) for edge in grid.box)
        mask[max(0, top - _THICKEST) : bottom + _THICKEST, max(0, left - _THICKEST) : right + _THICKEST] = True
    return mask


def _whiten(grey: Any, grids: Sequence[RuledGrid]) -> None:
    """Make the ground of coloured cells white, and light letters on dark ground dark."""
    import numpy

    for grid in grids:
        for cell in grid.cells:
            top, bottom = int(grid.ys[cell.row]), int(grid.ys[cell.row + cell.rows])
            left, right = int(grid.xs[cell.column]), int(grid.xs[cell.column + cell.columns])
            part = grey[top:bottom, left:right]
            ground = numpy.median(part) if part.size else _WHITE
            if ground >= _WHITE:
                continue
            if ground < _DARK:
                part[:] = 255 - part
                ground = 255 - ground
            part[part > ground - _CONTRAST] = 255


def _lines(dark: Any) -> tuple[list[Rule], Any]:
    """Level lines in pixels, and their ink."""
    import numpy

    length = max(_SHORTEST, int(_LONG * dark.shape[1]))
    if dark.shape[1] <= length:
        return [], numpy.zeros_like(dark)
    # A pixel is of a line if it lies in a stretch of so many dark ones.
    sums = numpy.cumsum(numpy.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=numpy.int32)
    full = sums[:, length:] - sums[:, :-length] == length
    marks = numpy.zeros((dark.shape[0], dark.shape[1] + 1), dtype=numpy.int32)
    marks[:, : full.shape[1]] += full
    marks[:, length : length + full.shape[1]] -= full
    ink = numpy.cumsum(marks, axis=1)[:, :-1] > 0
    rules: list[Rule] = []
    kept = numpy.zeros_like(ink)
    for top, bottom in _stretches(ink.any(axis=1)):
        if bottom - top > _THICKEST:
            continue
        kept[max(0, top - _FRINGE) : bottom + _FRINGE] |= ink[top:bottom].any(axis=0)
        columns = ink[top:bottom].any(axis=0)
        rules += [Rule((top + bottom) / 2, float(start), float(end)) for start, end in _stretches(columns)]
    return rules, kept


def _stretches(flags: Any) -> list[tuple[int, int]]:
    """Beginnings and ends of stretches of true values."""
    import numpy

    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], flags.astype(numpy.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
