"""The address on a letter and its title: beside them often stand dates and numbers, no cells of one table with them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.partition.runs import Run, is_larger, usual_size
from ingest.text.languages import CAPITALS

_TOWN = re.compile(rf"(?:[A-Z]{{1,3}}\s?[-–]\s?)?\d{{4,5}}\s[{CAPITALS}][^\W\d]+\D{{0,30}}")  # with its postal code
_LINES = range(2, 10)
_FEW = 3  # lines of a block
_EDGE = 2.0  # points
_FAR = 10  # of the size of most letters, that the title stands over it
_NEXT = 2.2  # distance of lines, in shares of their size


def address_beside(runs: Sequence[Run]) -> set[int]:
    """The runs that are the lines of an address with something on its right; none where there is no such address.

    Args:
        runs: of a page, in reading order.
    """
    towns = [number for number, run in enumerate(runs) if _TOWN.fullmatch(run.text)]
    for town in towns:
        block = _lines_from(runs, town, -1)
        if len(block) not in _LINES or len((block | _lines_from(runs, town, 1)) & set(towns)) > 1:
            continue  # a column of towns
        top, right = min(runs[one].top for one in block), max(runs[one].right for one in block)
        if any(run.left > right and run.bottom > top and run.top < runs[town].bottom for run in runs):
            return block
    return set()


def block_beside(runs: Sequence[Run]) -> set[int]:
    """The lines that tags say are one block, with others on its right; none where there is no such block.

    Args:
        runs: of a page, in reading order.
    """
    blocks = defaultdict[int, set[int]](set)
    for number, run in enumerate(runs):
        if run.tag:
            blocks[run.tag.block].add(number)
    for block in blocks.values():
        lines = sorted((runs[one] for one in block), key=lambda run: run.top)
        if len(lines) < _FEW or any(after.top < before.bottom - _EDGE for before, after in pairwise(lines)):
            continue
        top, bottom, right = lines[0].top, lines[-1].bottom, max(run.right for run in lines)
        if any(run.left > right and run.bottom > top and run.top < bottom for run in runs):
            return block
    return set()


def titles_above(runs: Sequence[Run], address: set[int]) -> set[int]:
    """The runs over an address, at its edge, whose size makes them the title of the letter.

    Args:
        runs: of a page, in reading order.
        address: the numbers of its lines.
    """
    usual, first = usual_size(runs), runs[min(address, key=lambda number: runs[number].top)]
    return {
        number
        for number, run in enumerate(runs)
        if is_larger(run, usual) and 0 < first.top - run.top < _FAR * usual and abs(run.left - first.left) < _EDGE
    }


def _lines_from(runs: Sequence[Run], town: int, down: int) -> set[int]:
    """The town's line with those that follow it closely, upwards or downwards."""
    last = runs[town]
    found = {town}
    for number in sorted(range(len(runs)), key=lambda number: down * runs[number].top):
        step = down * (runs[number].top - last.top)
        if step > _NEXT * last.size:
            break
        if step > 0 and abs(runs[number].left - last.left) < _EDGE:
            found.add(number)
            last = runs[number]
    return found
