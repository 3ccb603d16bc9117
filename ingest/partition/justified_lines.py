"""Lines whose words stand so far apart that they look like cells of a table: justified ones, and items of lists."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from ingest.partition.list_marks import MARK_CLASS
from ingest.partition.runs import Run
from ingest.partition.section_numbers import are_numbers

_MARK = re.compile(rf"[{MARK_CLASS}]|\d{{1,2}}[.)]|[a-z][.)]|\(\w{{1,2}}\)")
_EDGE = 2.0  # points
_SAME = 1.0  # the same, of cells below each other
_SHARED = 0.5  # of a line's height, that its mark shares
_EVEN = 1.35  # widest gap as a multiple of the narrowest
_FEW_WORDS, _MANY_WORDS, _FEW_LINES = 2, 4, 3
_MANY_GAPS = 3  # that are even by no chance
_LEADING = 1.6  # distance of the lines of a paragraph at most, in shares of their size
_MOST_MARKS = 200  # of a page
_WIDEST = 5.0  # gap between words, in shares of their size


def joined_lines(runs: Sequence[Run]) -> list[Run]:
    """Runs of which those of a justified line are one.

    Such a line has even gaps and begins and ends where a neighbour does, while most of its words stand under no
    others, as the cells of a table do.

    Args:
        runs: of a page, in the order of its content.
    """
    lines = _with_whole_lines([list(line) for _, line in groupby(_with_marks_before(runs), key=_Counter().line)])
    pairs = [line for line in lines if _are_near(line)]
    told = are_numbers([line[0].text for line in pairs])
    numbered = [line for line, is_number in zip(pairs, told, strict=True) if is_number]
    found: list[Run] = []
    for index, line in enumerate(lines):
        beside = [lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
        if _is_item(line) or line in numbered:
            found.append(_item(*line))
        elif len(line) > 1 and any(_is_justified(line, other) for other in beside):
            found.append(_whole(line))
        else:
            found += line
    return found


def _with_whole_lines(lines: Sequence[list[Run]]) -> list[list[Run]]:
    """Lines of which each is whole that goes on a paragraph whose line above, or below, is as wide and whole."""
    found = list(lines)
    for step in (-1, 1):
        for at in range(len(found))[::-step]:
            if 0 <= at + step < len(found) and len(found[at]) > 1 and _is_in_block(found[at], found[at + step]):
                found[at] = [_whole(found[at])]
    return _with_lone_lines(found)


def _with_lone_lines(lines: Sequence[list[Run]]) -> list[list[Run]]:
    """The same of lines beside which a paragraph has only long words: they are as wide as those of other paragraphs.

    A number at their end may be the value of what stands before it.
    """
    whole = [line[0] for line in lines if len(line) == 1 and len(line[0].words) >= _MANY_WORDS]
    found = list(lines)
    for at, line in enumerate(lines):
        if len(line) < 2 or not _is_even(line) or line[-1].text[0].isdecimal():
            continue
        beside = [found[next_to] for next_to in (at - 1, at + 1) if 0 <= next_to < len(found)]
        needed = 1 if len(_gaps(line)) >= _MANY_GAPS else _FEW_LINES
        as_wide = sum(_has_edges_of(line, [other]) for other in whole)
        if as_wide >= needed and any(_is_below(line, other) for other in beside):
            found[at] = [_whole(line)]
    return found


def _is_in_block(line: Sequence[Run], other: Sequence[Run]) -> bool:
    """Whether a line is one of a justified paragraph with another, whose words stand close to each other."""
    return (
        len(other[0].words) >= _FEW_WORDS and _is_below(line, other) and _has_edges_of(line, other) and _is_even(line)
    )


def _is_below(line: Sequence[Run], other: Sequence[Run]) -> bool:
    """Whether two lines are as near and as large as those of a paragraph, the other whole and without a mark."""
    if len(other) > 1 or other[0].is_item or _MARK.fullmatch(other[0].words[0][0]):
        return False
    is_next = abs(line[0].bottom - other[0].bottom) < _LEADING * other[0].size
    return is_next and abs(line[0].size - other[0].size) < _SAME and abs(line[0].left - other[0].left) <= _EDGE


def _whole(line: Sequence[Run]) -> Run:
    return line[0]._replace(words=tuple(word for run in line for word in run.words))


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
    if not _has_edges_of(line, other) or not _is_even(line) or max(_gaps(line)) > _WIDEST * line[0].size:
        return False
    inner = [run.left for run in other[1:]] + [box[0] for run in other for _, box in run.words[1:]]
    aligned = sum(any(abs(run.left - left) < _SAME for left in inner) for run in line[1:])
    return 2 * aligned <= len(line) - 1  # words stand under others by chance


def _has_edges_of(line: Sequence[Run], other: Sequence[Run]) -> bool:
    return abs(line[0].left - other[0].left) <= _EDGE and abs(line[-1].right - other[-1].right) <= _EDGE


def _gaps(line: Sequence[Run]) -> list[float]:
    """The gaps between the words of a line."""
    return [after[0] - before[2] for before, after in pairwise(box for run in line for _, box in run.words)]


def _is_even(line: Sequence[Run]) -> bool:
    gaps = _gaps(line)
    return 0 < max(gaps) <= _EVEN * min(gaps)
