"""Boxes that are drawn on a page and ticked by strokes, by a filled square or with a letter: forms made for paper."""

import ctypes
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from ingest.partition.pdf_rules import drawn_paths
from ingest.partition.pdfium import as_seen
from ingest.partition.runs import Box, Run
from ingest.partition.tick_boxes import tick_box

_SIDE = (5.0, 16.0)  # points
_SQUARE = 2.0  # by which its sides may differ
_MOST = 300  # on a page; more are a drawing
_TOUCHING = 1.0  # boxes as near as this hold one letter each
_OVER = 4.0  # points that strokes may reach over the edge
_COVERED = 0.35  # of a side, that a mark covers
_BESIDE = 14.0  # points between a box and its text
_CORNERS = (4, 5, 6)  # segments of a rectangle
_SIGNS = frozenset("xX×✓✔✗✘●•■⨯✕✖")


class _Path(NamedTuple):
    """Something that is drawn."""

    box: Box
    is_outline: bool  # a rectangle that is not filled


def with_drawn_boxes(page: Any, runs: Sequence[Run], number: int) -> list[Run]:
    """Runs with a sign for each box that is drawn for a tick, at the beginning of the text behind it.

    Args:
        page: of pypdfium2.
        runs: of that page.
        number: of it, from 1.
    """
    found = list(runs)
    for box, drawn in _boxes(page):
        inside = [word for run in found for word, place in run.words if _is_inside(place, box)]
        if any(word not in _SIGNS for word in inside):
            continue  # it frames a figure or a letter
        if inside:
            found = [left for run in found if (left := _without(run, box))]
        word = (tick_box(drawn or bool(inside)), box)
        before, behind = _beside(found, box)
        if behind is not None:
            found[behind] = found[behind]._replace(words=(word, *found[behind].words))
        elif before is not None:
            found[before] = found[before]._replace(words=(*found[before].words, word))
        elif found and not any(run.tag for run in found):
            at = max((at for at, run in enumerate(found) if run.top < box[3]), default=0)
            found.insert(at + 1, Run((word,), found[at].size, False, number))
    return found


def _is_inside(place: Box, box: Box) -> bool:
    across, down = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return box[0] < across < box[2] and box[1] < down < box[3]


def _without(run: Run, box: Box) -> Run | None:
    """A run without the words in a box."""
    words = tuple(word for word in run.words if not _is_inside(word[1], box))
    return run._replace(words=words) if words else None


def _beside(runs: Sequence[Run], box: Box) -> tuple[int | None, int | None]:
    """The numbers of the runs that end right before a box and begin right behind it."""
    level = (box[1] + box[3]) / 2
    on_line = [(at, run) for at, run in enumerate(runs) if run.top - 1 < level < run.bottom + 1]
    before = [(box[0] - run.right, at) for at, run in on_line if 0 <= box[0] - run.right < _BESIDE]
    behind = [(run.left - box[2], at) for at, run in on_line if 0 <= run.left - box[2] < _BESIDE]
    return min(before)[1] if before else None, min(behind)[1] if behind else None


def _boxes(page: Any) -> list[tuple[Box, bool]]:
    """Boxes from the top, each with whether something is drawn into it."""
    paths = list(_small_paths(page))
    boxes = {path.box for path in paths if path.is_outline and _is_square(path.box)}
    if len(boxes) > _MOST:
        return []
    joined = {one for pair in combinations(sorted(boxes), 2) if _touch(*pair) for one in pair}
    marks = [path.box for path in paths if path.box not in boxes]
    free = sorted(boxes - joined, key=lambda box: (box[1], box[0]))
    return [(box, any(_marks(mark, box) for mark in marks)) for box in free]


def _is_square(box: Box) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return all(_SIDE[0] <= side <= _SIDE[1] for side in (wide, high)) and abs(wide - high) <= _SQUARE


def _touch(one: Box, other: Box) -> bool:
    return all(one[at] - _TOUCHING < other[at + 2] and other[at] - _TOUCHING < one[at + 2] for at in (0, 1))


def _marks(mark: Box, box: Box) -> bool:
    """Whether what is drawn fills a good part of a box, and reaches hardly over it."""
    for at in (0, 1):
        side = box[at + 2] - box[at]
        if mark[at] < box[at] - _OVER or mark[at + 2] > box[at + 2] + _OVER:
            return False
        if min(mark[at + 2], box[at + 2]) - max(mark[at], box[at]) < _COVERED * side:
            return False
    return True


def _small_paths(page: Any) -> Iterator[_Path]:
    """What is drawn no larger than a box with its mark, in points from the top left corner."""
    import pypdfium2.raw as c

    turned = as_seen(page)
    sides = [ctypes.c_float() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item in drawn_paths(page):
        if not c.FPDFPageObj_GetBounds(item, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if max(right - left, top - bottom) > _SIDE[1] + 2 * _OVER:
            continue
        c.FPDFPath_GetDrawMode(item, fill, stroke)
        is_outline = not fill.value and bool(stroke.value) and c.FPDFPath_CountSegments(item) in _CORNERS
        yield _Path(turned((left, bottom, right, top)), is_outline)
