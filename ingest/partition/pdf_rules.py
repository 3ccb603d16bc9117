"""Lines that are drawn on a page of a PDF, level and upright: they part the cells of tables."""

import ctypes
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from ingest.partition.pdfium import as_seen
from ingest.partition.picture_turns import Turn
from ingest.partition.runs import Box
from ingest.partition.turned_text import turned_box

_MOST = 20_000  # drawn objects of a page; a drawing has more, a form fewer
_STRAIGHT = 1.0  # points that a line may lean
_THIN = 2.5  # points, up to which a rectangle is a line
_SHORTEST = 6.0
_SAME = 1.5  # points within which two lines are one
_GAP = 3.0  # between two pieces of a line


class Rule(NamedTuple):
    """A line: its place across and its ends, in points from the top left corner."""

    at: float  # y of a level line, x of an upright one
    start: float
    end: float


class Rules(NamedTuple):
    """The lines of a page."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]


NO_RULES = Rules((), ())


def page_rules(page: Any) -> Rules:
    """Lines and the edges of rectangles, pieces of one line joined; none of a page that is a drawing.

    Args:
        page: of pypdfium2.
    """
    turned = as_seen(page)
    level: list[Rule] = []
    upright: list[Rule] = []
    for box in _boxes(page):
        left, top, right, bottom = turned(box)
        wide, high = right - left, bottom - top
        if high <= _THIN < wide:
            level.append(Rule((top + bottom) / 2, left, right))
        elif wide <= _THIN < high:
            upright.append(Rule((left + right) / 2, top, bottom))
        elif wide > _THIN and high > _THIN:
            level += [Rule(top, left, right), Rule(bottom, left, right)]
            upright += [Rule(left, top, bottom), Rule(right, top, bottom)]
    return Rules(tuple(whole_rules(level)), tuple(whole_rules(upright)))


def turned_rules(rules: Rules, turn: Turn) -> Rules:
    """The lines of a page on the turned page.

    Args:
        rules: of the page as it is.
        turn: by quarters.
    """
    boxes = [
        *(turned_box((rule.start, rule.at, rule.end, rule.at), turn) for rule in rules.level),
        *(turned_box((rule.at, rule.start, rule.at, rule.end), turn) for rule in rules.upright),
    ]
    level = [Rule(top, left, right) for left, top, right, bottom in boxes if right - left >= bottom - top]
    upright = [Rule(left, top, bottom) for left, top, right, bottom in boxes if right - left < bottom - top]
    return Rules(tuple(level), tuple(upright))


def drawn_paths(page: Any) -> Iterator[Any]:
    """What is drawn with lines on a page; nothing of a page that is a drawing.

    Args:
        page: of pypdfium2.
    """
    import pypdfium2.raw as c

    count = c.FPDFPage_CountObjects(page)
    for index in range(count if count <= _MOST else 0):
        item = c.FPDFPage_GetObject(page, index)
        if c.FPDFPageObj_GetType(item) == c.FPDF_PAGEOBJ_PATH:
            yield item


def _boxes(page: Any) -> Iterator[Box]:
    """Left, bottom, right and top of each straight stroke and rectangle."""
    for path in drawn_paths(page):
        yield from _strokes(path)


def _strokes(path: Any) -> Iterator[Box]:
    import pypdfium2.raw as c

    matrix, x, y = c.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    c.FPDFPageObj_GetMatrix(path, matrix)
    points: list[tuple[float, float]] = []
    for index in range(c.FPDFPath_CountSegments(path)):
        segment = c.FPDFPath_GetPathSegment(path, index)
        kind = c.FPDFPathSegment_GetType(segment)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        if kind == c.FPDF_SEGMENT_BEZIERTO:
            return  # something is drawn here
        if kind == c.FPDF_SEGMENT_MOVETO:
            yield from _straight(points)
            points = []
        points.append(point)
        if c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield from _straight(points)


def _straight(points: list[tuple[float, float]]) -> Iterator[Box]:
    """A rectangle as one box, any other path by its level and upright strokes."""
    if len(points) >= 5 and points[0] == points[-1] and _is_rectangle(points):
        xs, ys = zip(*points, strict=True)
        yield min(xs), min(ys), max(xs), max(ys)
        return
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x0 - x1) <= _STRAIGHT or abs(y0 - y1) <= _STRAIGHT:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    return all(abs(x0 - x1) <= _STRAIGHT or abs(y0 - y1) <= _STRAIGHT for (x0, y0), (x1, y1) in pairwise(points))


def whole_rules(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Pieces of a line as one, short ones left out.

    Args:
        rules: all level, or all upright.
    """
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][0].at <= _SAME:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for group in groups:
        at = sum(rule.at for rule in group) / len(group)
        joined: list[Rule] = []
        for rule in sorted(group, key=lambda rule: rule.start):
            if joined and rule.start <= joined[-1].end + _GAP:
                joined[-1] = joined[-1]._replace(end=max(joined[-1].end, rule.end))
            else:
                joined.append(Rule(at, rule.start, rule.end))
        yield from (rule for rule in joined if rule.end - rule.start >= _SHORTEST)
