"""Cells of a page that touch: parted where other rows show that a column begins or ends there."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from ingest.partition.runs import Box, Run
from ingest.partition.value_kinds import kind_of

_SAME = 0.7  # points
_OVER = 0.6  # of a line's size, by which a cell that is cut off may reach into the next one
_SIGNS = "%‰€$£°"  # stand behind the number that they belong to
_ROWS = 2  # in which something begins or ends at a mark

Row = Sequence[Run]
_Places = Sequence[float]


def cut_at_columns(rows: Sequence[Row]) -> list[list[Run]]:
    """Rows in which cells that touch are parted, as programs for sheets print them.

    Two cells that touch are told by the marks of columns: where the first row or several others begin a cell, or
    several end a number. No column may begin within a word of the run, and one of the marks has to lie at a word.

    Args:
        rows: of a table without lines.
    """
    runs = [(run, number) for number, row in enumerate(rows) for run in row]
    lefts_of_rights = sorted((run.right, run.left) for run, _ in runs)
    begins = [(run.left, number) for run, number in runs if not _is_right_aligned(run, lefts_of_rights)]
    ends = [(run.right, number) for run, number in runs if kind_of(run.text) == "number"]
    firsts = sorted([*(run.left for run in rows[0]), *_marks(begins)])
    marks = sorted([*firsts, *_marks(ends)])
    lefts, rights = sorted(place for place, _ in begins), sorted(place for place, _ in ends)
    return [[part for run in row for part in _cut(run, firsts, marks, lefts, rights)] for row in rows]


def _is_right_aligned(run: Run, lefts_of_rights: Sequence[tuple[float, float]]) -> bool:
    """Whether another run ends where this one does, and begins elsewhere."""
    first, last = (bisect_left(lefts_of_rights, (run.right + by,)) for by in (-_SAME, _SAME))
    return any(abs(left - run.left) > _SAME for _, left in lefts_of_rights[first:last])


def _marks(edges: Sequence[tuple[float, int]]) -> list[float]:
    """The places at which something begins, or ends, in several rows."""
    found, near = list[float](), list[tuple[float, int]]()
    for place, number in sorted(edges):
        near = [one for one in near if place - one[0] < _SAME] + [(place, number)]
        if len({row for _, row in near}) >= _ROWS:
            found.append(place)
    return found


def _cut(run: Run, firsts: _Places, marks: _Places, begins: _Places, ends: _Places) -> list[Run]:
    if run.edges or len(run.words) < 2:
        return [run]
    boxes, over = [box for _, box in run.words], _OVER * run.size
    if any(_between(firsts, box[0] + _SAME, box[2] - over) for box in boxes):
        return [run]  # a column begins within a word: the text reaches over several of them
    at = [_between(marks, before[2] - over, box[0] + _SAME) for before, box in pairwise(boxes)]
    cuts = [number for number, between in enumerate(at, 1) if between and run.words[number][0][0] not in _SIGNS]
    if not any(_is_at(begins, boxes[cut][0]) or _is_at(ends, boxes[cut - 1][2]) for cut in cuts):
        return [run]
    parts = [run.words[start:end] for start, end in pairwise([0, *cuts, len(boxes)])]
    stops = [*(min(at[cut - 1]) for cut in cuts), run.right]
    return [run._replace(words=part, edges=_edges(part, stop)) for part, stop in zip(parts, stops, strict=True)]


def _edges(words: Sequence[tuple[str, Box]], stop: float) -> tuple[float, float]:
    """Where a cell begins and ends: at the next one at the latest, which cuts off what is too long."""
    return words[0][1][0], min(words[-1][1][2], max(stop, words[-1][1][0]))


def _between(places: _Places, left: float, right: float) -> Sequence[float]:
    return places[bisect_left(places, left) : bisect_right(places, right)]


def _is_at(places: _Places, place: float) -> bool:
    return bool(_between(places, place - _SAME, place + _SAME))
