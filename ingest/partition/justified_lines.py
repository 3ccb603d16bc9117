"""Lines whose words stand so far apart that they look like cells of a table: justified ones, and items of lists."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from ingest.partition.list_marks import MARK_CLASS
from ingest.partition.runs import Run
from ingest.partition.section_numbers import are_numbers

_MARK = re.compile(rf"[{MARK_CLASS}]|\d{{1,2}}[.)]|[a-z][.)]|\(\w{{1,2}}\)")
_EDGE = 2.0  # points
_SHARED = 0.5  # of a line's height, that its mark shares
_EVEN = 1.35  # widest gap as a multiple of the narrowest
_MOST_MARKS = 200  # of a page
_WIDEST = 5.0  # gap between words, in shares of their size


def joined_lines(runs: Sequence[Run]) -> list[Run]:
    """Runs of which those of a justified line are one.

    Such a line has even gaps and begins and ends where a neighbour does, while its words stand under no others, as the
    cells of a table do.

    Args:
        runs: of a page, in the order of its content.
    """
    lines = [list(line) for _, line in groupby(_with_marks_before(runs), key=_Counter().line)]
    pairs = [line for line in lines if _are_near(line)]
    told = are_numbers([line[0].text for line in pairs])
    numbered = [line for line, is_number in zip(pairs, told, strict=True) if is_number]
    found: list[Run] = []
    for index, line in enumerate(lines):
        beside = [lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
        words = tuple(word for run in line for word in run.words)
        if _is_item(line) or line in numbered:
            found.append(_item(*line))
        elif len(line) > 1 and any(_is_justified(line, other) for other in beside):
            found.append(line[0]._replace(words=words))
        else:
            found += line
    return found


def _with_marks_before(runs: Sequence[Run]) -> list[Run]:
    """Runs with the marks of lists before their texts: some programs draw all marks behind all texts."""
    marks = [run for run in runs if _MARK.fullmatch(run.text)][:_MOST_MARKS]
    ordered, held = list(runs), set(marks)
    texts = [run for run in runs if run not in held]
    for mark in marks:
        beside = (run for run in texts if run.left >= mark.right and _is_level(mark, run) and _is_item([mark, run]))
        text = min(beside, key=lambda run: run.left, default=None)
        if text is not None and ordered.index(mark) > ordered.index(text):
            ordered.remove(mark)
            ordered.insert(ordered.index(text), mark)
    return ordered


def _item(mark: Run, text: Run) -> Run:
    """A text with the mark before it, which is made as high as the text: marks may be of fonts of their own."""
    words = tuple((word, (box[0], text.top, box[2], text.bottom)) for word, box in mark.words)
    return text._replace(words=(*words, *text.words), is_item=True)


class _Counter:
    """Numbers the lines that runs stand on."""

    def __init__(self) -> None:
        self._last: Run | None = None
        self._number = 0

    def line(self, run: Run) -> int:
        """The number of a run's line: the last one's where it stands right of it at the same height."""
        last, self._last = self._last, run
        if last is None or not (run.left >= last.right and _is_level(last, run)):
            self._number += 1
        return self._number


def _is_level(last: Run, run: Run) -> bool:
    """Whether two runs stand on one line; marks of a font of signs have boxes of their own."""
    if abs(run.bottom - last.bottom) < _EDGE:
        return True
    shared = min(run.bottom, last.bottom) - max(run.top, last.top)
    return bool(_MARK.fullmatch(last.text)) and shared > _SHARED * (run.bottom - run.top)


def _is_item(line: Sequence[Run]) -> bool:
    """Whether a line is the mark of a list and a text behind it."""
    return _are_near(line) and bool(_MARK.fullmatch(line[0].text))


def _are_near(line: Sequence[Run]) -> bool:
    """Whether a line is of two pieces, the second of which is text, not far from the first."""
    return len(line) == 2 and line[1].left - line[0].right < _WIDEST * line[1].size


def _is_justified(line: Sequence[Run], other: Sequence[Run]) -> bool:
    if abs(line[0].left - other[0].left) > _EDGE or abs(line[-1].right - other[-1].right) > _EDGE:
        return False
    boxes = [box for run in line for _, box in run.words]
    gaps = [after[0] - before[2] for before, after in pairwise(boxes)]
    if min(gaps) <= 0 or max(gaps) > _EVEN * min(gaps) or max(gaps) > _WIDEST * line[0].size:
        return False
    inner = [run.left for run in other[1:]] + [box[0] for run in other for _, box in run.words[1:]]
    return not any(abs(run.left - left) < _EDGE for run in line[1:] for left in inner)
