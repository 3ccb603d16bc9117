"""Lines of a text without markup: which of them a program wrapped, and which stand for themselves.

A wrapped line is as long as it can be: the next line's first word would not have fitted into it. What ends earlier was
ended by somebody.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ingest.partition import clean
from ingest.partition.line_breaks import joined, known_among
from ingest.text.words import is_function_word

Block = list[str]

SIGNATURE = "--"  # the line above one (RFC 3676, 4.3)
RULE_LINE = re.compile(r"\s*([-=_*~#+.\"'^`:])\1{2,}\s*")  # drawn with one character
_DRAWN = re.compile(r"[-=_*~#]{4,}")
_NARROWEST, _WIDEST = 40, 120  # characters to which programs wrap
_SURE = 3  # lines of a block from which its width says how a text was wrapped
_WIDE_GAP = re.compile(r"\S(?:\s{3,}|\t)\S")  # between texts that stand side by side
_LABEL = re.compile(r"\s*[^\W\d_][^:=!?]{0,40}(?::|\s=)(?:\s|$)")
_FIGURES = re.compile(r"\d+")
_ENDED = tuple(".:;!?")
_FEW_WORDS = 3  # a shorter line before a small letter stands for itself: a word of a list


def blocks_of(text: str) -> list[Block]:
    """The lines of a text, parted where lines are empty, and above a signature.

    Args:
        text: without markup.
    """
    blocks: list[Block] = [[]]
    for line in text.splitlines():
        if line.rstrip() == SIGNATURE:
            blocks.append([])
        if line.strip():
            blocks[-1].append(line.rstrip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def words_in(blocks: Iterable[Block]) -> frozenset[str]:
    """The words that stand whole in a line, by which those cut at a line's end are told."""
    return known_among(word for block in blocks for line in block for word in line.split())


def usual_width(blocks: Iterable[Block]) -> int:
    """To how many characters a text is wrapped; 0 where nothing tells."""
    widths = [_longest(block) for block in blocks if len(block) >= _SURE and _is_filled(block)]
    return max((width for width in widths if _NARROWEST <= width <= _WIDEST), default=0)


def width_of(block: Block, usual: int) -> int:
    """To how many characters the lines of a block are wrapped; 0 where somebody ended each of them.

    Args:
        usual: width of the text.
    """
    own = _longest(block)
    if own > _WIDEST:
        return 0
    width = own if len(block) >= _SURE and _is_filled(block) and own >= _NARROWEST else max(own, usual)
    return width if width >= _NARROWEST else 0


def ends_early(line: str, following: str, width: int) -> bool:
    """Whether somebody ended a line, as more would have fitted into it.

    Args:
        width: as of `width_of`.
    """
    return not width or len(line) + 1 + len(following.split()[0]) <= width


def goes_on(line: str, following: str, few: int = _FEW_WORDS) -> bool:
    """Whether words tell that a line goes on in the next one: that begins small, or the last word is cut or ends none.

    Args:
        few: words; a line with fewer stands for itself.
    """
    if line.endswith(("-", "\u2010")) and line[-2:-1].isalnum() and following.strip()[:1].isalnum():
        return True
    last = line.split()[-1]
    if last.islower() and is_function_word(last):
        return True
    small = following.strip()[:1].islower() and not line.endswith(_ENDED)
    return small and (len(line.split()) >= few or line.endswith(","))


def is_ended(line: str) -> bool:
    """Whether a line ends a sentence or a part of one."""
    return line.endswith(_ENDED)


def paragraph(lines: Sequence[str], width: int, known: frozenset[str], is_item: bool = False) -> str:
    """Lines as the text of one paragraph: those that were wrapped are joined, the others keep their breaks.

    Args:
        lines: of a block, or of an item of a list.
        width: as of `width_of`.
        known: as of `words_in`.
        is_item: whether they are an item's.
    """
    few = 1 if is_item else _FEW_WORDS
    parts: list[str] = []  # the last one is the last word
    before = ""
    for line in lines:
        said = clean(_DRAWN.sub(" ", line))
        if not said:
            continue
        if parts and (
            _stands_alone(before, line) or (ends_early(before, line, width) and not goes_on(before, line, few))
        ):
            parts[-1] += "\n"
        elif parts:
            parts[-1] = "".join(joined(parts[-1], said.split()[0], known))
        head, blank, last = said.rpartition(" ")
        parts += [head + blank, last]
        before = line
    return "".join(parts)


def _stands_alone(line: str, following: str) -> bool:
    """Whether two lines are names with values or begin alike, as those of a log, or one has texts side by side."""
    if _WIDE_GAP.search(line) or _WIDE_GAP.search(following) or (_LABEL.match(line) and _LABEL.match(following)):
        return True
    first, second = (one.split()[0] for one in (line, following))
    return any(map(str.isdigit, first)) and _FIGURES.sub("0", first) == _FIGURES.sub("0", second) != "0"


def _is_filled(block: Block) -> bool:
    width = _longest(block)
    return not any(ends_early(line, following, width) for line, following in pairwise(block))


def _longest(block: Block) -> int:
    return max(map(len, block))


def own_lines(lines: Iterable[str]) -> Iterator[str]:
    """Lines as they are, each by itself: of a signature."""
    for line in lines:
        if said := clean(_DRAWN.sub(" ", line)):
            yield said
