"""Text that runs upwards, downwards or upside down on a PDF page: by itself, as a table on its side, or as heads.

Words that run another way than the page are put together as if the page were turned until they are upright. Where
they are a text or a table of their own they are laid out so. Heads of columns and names beside rows stay where they
stand, between what is upright.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise
from math import atan2, pi
from typing import NamedTuple

from ingest.partition.justified_lines import joined_lines
from ingest.partition.picture_turns import Turn
from ingest.partition.runs import Box, Run

_LEANING = 0.1  # of a quarter, that letters may lean
_SHARE = 0.8  # of a page's letters, that are its text if they are turned
_FEW = 3  # lines of several cells, or of prose
_PROSE = 4  # words of a line, on average
_GAP = 0.9  # of a line's size, between cells
_SHEET = 1_000_000  # added to the number of a page for each quarter that what stands on it is turned


class TurnedText(NamedTuple):
    """Text of a page that is read with the page turned.

    Attributes:
        runs: with boxes on the turned page, in the order of its content.
        turn: how it was turned.
    """

    runs: list[Run]
    turn: Turn

    @property
    def height(self) -> float:
        """Of the turned page, in points."""
        return self.turn.width if self.turn.quarters % 2 else self.turn.height


def quarters_of(across: float, up: float, rotation: int) -> int:
    """How many quarters a page is turned to the left until letters are upright; 0 for letters that only lean.

    Args:
        across: first number of the matrix that draws the letters.
        up: its second number.
        rotation: of the page to the right, in degrees.
    """
    angle = 2 * atan2(up, across) / pi
    whole = round(angle)
    return (rotation // 90 - whole) % 4 if abs(angle - whole) <= _LEANING else 0


def turn_of(quarters: int, width: float, height: float) -> Turn:
    """How a page is turned.

    Args:
        quarters: to the left.
        width: of the page as it is, in points.
        height: the same.
    """
    return Turn(quarters % 4, 0.0, width, height)


def apart(runs: Sequence[Run], turns: Sequence[Turn]) -> tuple[list[Run], list[TurnedText]]:
    """What is read upright, and what is read with the page turned.

    Args:
        runs: of a page, in the order of its content; boxes are those of the page turned until a run is upright.
        turns: of the page, by quarters.
    """
    letters, by_quarters = Counter[int](), defaultdict[int, list[Run]](list)
    for run in runs:
        letters[run.quarters] += len(run.text)
        by_quarters[run.quarters].append(run)
    own = [
        quarters
        for quarters, found in by_quarters.items()
        if quarters and (letters[quarters] > _SHARE * letters.total() or _is_text(found))
    ]
    upright = [
        joined
        for quarters, group in groupby(runs, key=lambda run: run.quarters)
        if quarters not in own
        for joined in (joined_lines(list(group)) if not quarters else (as_drawn(run, turns[quarters]) for run in group))
    ]
    return upright, [
        TurnedText([run._replace(page=run.page + quarters * _SHEET) for run in joined_lines(by_quarters[quarters])],
                   turns[quarters])
        for quarters in sorted(own)
    ]  # fmt: skip


def as_drawn(run: Run, turn: Turn) -> Run:
    """A run with the boxes that its words have on the page as it is drawn.

    Args:
        run: on the turned page.
        turn: how that was turned.
    """
    return run._replace(words=tuple((word, turn.back(box)) for word, box in run.words))


def page_of(sheet: int) -> int:
    """The number of the page on which stands what is read with the page turned.

    Args:
        sheet: as its runs have it.
    """
    return sheet % _SHEET


def _is_text(runs: Sequence[Run]) -> bool:
    """Whether runs are a table or prose, and not heads of columns beside each other."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.top + run.bottom) / 2):
        if lines and min(run.bottom, lines[-1][0].bottom) - max(run.top, lines[-1][0].top) > 0.5 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    if sum(len(line) > 1 and _has_gap(line) for line in lines) >= _FEW:
        return True
    words = sum(len(run.words) for run in runs)
    return len(lines) >= _FEW and words >= _PROSE * len(lines)


def _has_gap(line: Sequence[Run]) -> bool:
    ordered = sorted(line, key=lambda run: run.left)
    return any(after.left - before.right > _GAP * after.size for before, after in pairwise(ordered))


def turned_box(box: Box, turn: Turn) -> Box:
    """A box of the page as it is, on the turned page.

    Args:
        box: left, top, right and bottom.
        turn: how the page was turned.
    """
    width, height = (turn.height, turn.width) if turn.quarters % 2 else (turn.width, turn.height)
    return Turn(-turn.quarters % 4, 0.0, width, height).back(box)
