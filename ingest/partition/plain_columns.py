"""Prose that a text without markup has side by side, as old programs and copied pages have it."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.partition.plain_lines import Block, goes_on

_TAB = 8
_NARROWEST_GAP = 3  # blanks between columns
_MOST_COLUMNS = 3
_FEWEST_LINES = 3  # that stand side by side
_SHORTEST = 15  # characters of a line of prose, on average
_GOING_ON = 0.3  # share of the lines of prose that go on in the next one by their words; cells of a table do not


def columns_of_prose(block: Block) -> list[Block]:
    """The columns of a block in which sentences go on from line to line in each; empty for any other block.

    Args:
        block: lines of a text.
    """
    lines = [line.expandtabs(_TAB) for line in block]
    spans = _columns(lines)
    if not 1 < len(spans) <= _MOST_COLUMNS:
        return []
    rows = [[line[left:right].strip() for left, right in spans] for line in lines]
    beside = [row for row in rows if sum(map(bool, row)) > 1]
    if len(beside) < _FEWEST_LINES or not all(map(_is_prose, zip(*beside, strict=True))):
        return []
    return [[text for text in column if text] for column in zip(*rows, strict=True)]


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where something stands in any line, wide gaps between."""
    width = max(map(len, lines))
    filled = [at for at in range(width) if any(line[at : at + 1].strip() for line in lines)]
    spans: list[tuple[int, int]] = []
    for at in filled:
        if spans and at - spans[-1][1] < _NARROWEST_GAP:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def _is_prose(column: Sequence[str]) -> bool:
    lines = [text for text in column if text]
    if len(lines) < _FEWEST_LINES or sum(map(len, lines)) < _SHORTEST * len(lines):
        return False
    going = [goes_on(line, following) for line, following in pairwise(lines)]
    return sum(going) >= _GOING_ON * len(going)
