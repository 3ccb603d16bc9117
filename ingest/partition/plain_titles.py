"""Titles in a text without markup: those that something marks, and no others.

Marks are a line drawn below, as in reStructuredText, the number of a section before a line that stands alone, and
capitals throughout. A short sentence, a greeting or a name is no title.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.partition.plain_lines import RULE_LINE, Block, ends_early, is_ended
from ingest.text.languages import pattern_of

_LONGEST = 100  # characters
_UNDERLINES = "=-~^*#\"'+`"
_DECIMAL = re.compile(r"\s*\d{1,2}((?:\.\d{1,2})+)\.?\s+(?=[^\W\d_])(?=\w*[A-ZÄÖÜ])")
_NUMBER = re.compile(r"\s*(\d{1,2})\.?\s+(?=[A-ZÄÖÜ])")
_SECTION = re.compile(rf"\s*(?:§\s?|(?i:{pattern_of('clauses.sections')})\s)\d+[a-z]?\.?\s+(?=[A-ZÄÖÜ])")
_WIDE_GAP = re.compile(r"\S\s{2,}\S|\t")
_FEWEST_CAPITALS, _LONGEST_WORD = 0.6, 4


class Title(NamedTuple):
    """A title, how many lines it takes, and what marks it: titles that are marked alike have one depth."""

    text: str
    lines: int
    mark: str


def underlined(lines: Sequence[str], begins_block: bool) -> Title | None:
    """The title at the beginning of some lines, below which a line is drawn; None where there is none.

    Args:
        lines: of a block.
        begins_block: whether they are the first; else the drawn line is as long as the title.
    """
    if _is_between_lines(lines) and _may_be(lines[1]):
        return Title(lines[1], 3, f"over {lines[0].strip()[0]}")
    if len(lines) < 2 or not RULE_LINE.fullmatch(lines[1]) or RULE_LINE.fullmatch(lines[0]):
        return None
    drawn, said = lines[1].strip(), lines[0].strip()
    is_long = len(drawn) >= min(len(said) - 1, 20) if begins_block else abs(len(drawn) - len(said)) < 2
    if drawn[0] not in _UNDERLINES or not is_long or not _may_be(said):
        return None
    return Title(lines[0], 2, drawn[0])


def numbered(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks of one line that are titles by a number without dots: one follows the other, with text between.

    Args:
        blocks: of a text.
    """
    found = list(_number_lines(blocks))
    numbers = [number for _, number in found]
    rises = all(following == number + 1 for number, following in pairwise(numbers))
    alone = any(following == at + 1 for (at, _), (following, _) in pairwise(found))
    if len(found) < 2 or not rises or alone or found[-1][0] == len(blocks) - 1:
        return frozenset()
    return frozenset(at for at, _ in found)


def marked_by_itself(block: Block, width: int, following: Block) -> Title | None:
    """The title that a block begins with, by the number of a section or by its capitals.

    Args:
        block: lines.
        width: to which they are wrapped.
        following: the next block, empty behind the last one.
    """
    line = block[0]
    alone = len(block) == 1
    if not (following if alone else ends_early(line, block[1], width)) or not _may_be(line):
        return None
    if match := _DECIMAL.match(line):
        return Title(line, 1, f"number {match[1].count('.') + 1}") if not line[-1].isdigit() else None
    if _SECTION.match(line):
        return Title(line, 1, "section")
    below = (following if alone else block[1:])[0]
    bare = _NUMBER.sub("", line)
    is_above_text = not below.isupper() or (alone and bare == line and _is_capitals(_NUMBER.sub("", below)))
    mark = "capitals" if bare == line else "numbers and capitals"
    return Title(line, 1, mark) if _is_capitals(bare) and is_above_text else None


def _number_lines(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    for at, block in enumerate(blocks):
        if len(block) == 1 and (match := _NUMBER.match(block[0])) and _may_be(block[0]):
            yield at, int(match[1])


def _is_between_lines(lines: Sequence[str]) -> bool:
    drawn = [line.strip()[:1] if RULE_LINE.fullmatch(line) else "" for line in lines[:3]]
    return len(drawn) == 3 and not drawn[1] and drawn[0] == drawn[2] != ""


def _may_be(line: str) -> bool:
    text = line.strip()
    is_sentence = is_ended(text) and not text.endswith("?")
    return len(text) <= _LONGEST and not is_sentence and not _WIDE_GAP.search(text)


def _is_capitals(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    written = sum(not char.isspace() for char in line)
    has_word = any(len(word) >= _LONGEST_WORD and word.isalpha() for word in line.split())
    is_loud = all(map(str.isupper, letters)) and len(letters) >= _FEWEST_CAPITALS * written
    return has_word and is_loud and line.strip()[0].isalpha()
