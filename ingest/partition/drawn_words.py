"""Words that a drawing places one after the other, as elements: what is set as a table becomes one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.layout import lay_out_pages
from ingest.partition.page import Page
from ingest.partition.runs import Box, Run

_LETTER = 0.55  # width of a letter, in shares of its height
_SAME_LINE, _NEXT_LINE = 0.5, 1.7  # distance of two lines' tops, in shares of their height
_TOUCHING = 0.6  # gap within a line, in shares of its height
_ASIDE = 4  # letters by which the lines of a box, which may be centred, begin beside each other
_RIGHT, _CENTRED, _BOTTOM = 0x02, 0x06, 0x08  # bits of Windows' alignment of a text at its place
_POINTS = 10.0  # height of usual letters once all is scaled


class DrawnText(NamedTuple):
    """A text as a drawing sets it, in the drawing's own units.

    Attributes:
        text: with the spaces that it has.
        left: of its first letter.
        top: of its letters.
        size: height of its letters.
        width: of all of it; 0 where the drawing does not say it.
    """

    text: str
    left: float
    top: float
    size: float
    width: float = 0.0

    @property
    def right(self) -> float:
        return self.left + (self.width or _LETTER * self.size * len(self.text))


def aligned(text: str, left: float, top: float, size: float, alignment: int) -> DrawnText:
    """A text that stands at a place as Windows aligns it.

    Args:
        text: that is drawn.
        left: of the place.
        top: of the place.
        size: height of its letters.
        alignment: bits of it.
    """
    drawn = DrawnText(text, left, top - (size if alignment & _BOTTOM else 0.0), size)
    width = drawn.right - drawn.left
    if alignment & _CENTRED == _CENTRED:
        return drawn._replace(left=left - width / 2)
    return drawn._replace(left=left - width) if alignment & _RIGHT else drawn


def drawn_elements(texts: Sequence[DrawnText]) -> Iterator[Element]:
    """Elements of a drawing: a table where all stands in rows of as many texts, else its texts as it sets them.

    Args:
        texts: in the order in which they are drawn.
    """
    blocks = _blocks([one for one in texts if one.text.strip()])
    if _is_grid(blocks):
        yield from lay_out_pages([Page([_run(lines[0], blocks) for lines in blocks], height=1e6)])
        return
    for lines in blocks:
        if text := clean(" ".join(one.text for one in lines)):
            yield Element(kind="paragraph", text=text)


def _blocks(texts: Sequence[DrawnText]) -> list[list[DrawnText]]:
    """Texts that follow each other on a line or from line to line, together."""
    blocks: list[list[DrawnText]] = []
    for text in texts:
        last = blocks[-1][-1] if blocks else None
        if last and _touches(last, text):
            joined = last._replace(text=last.text + text.text, width=text.right - last.left)
            blocks[-1][-1] = joined
        elif last and _is_below(last, text):
            blocks[-1].append(text)
        else:
            blocks.append([text])
    return blocks


def _touches(last: DrawnText, text: DrawnText) -> bool:
    is_level = abs(text.top - last.top) < _SAME_LINE * last.size
    return is_level and -_SAME_LINE * last.size < text.left - last.right < _TOUCHING * last.size


def _is_below(last: DrawnText, text: DrawnText) -> bool:
    down = text.top - last.top
    is_next = _SAME_LINE * last.size < down < _NEXT_LINE * max(last.size, text.size)
    return is_next and abs(text.left - last.left) < _ASIDE * last.size and abs(text.size - last.size) < 0.1 * last.size


def _is_grid(blocks: Sequence[Sequence[DrawnText]]) -> bool:
    """Whether all stands in two rows at least, of as many texts each, two at least."""
    if any(len(lines) > 1 for lines in blocks):
        return False
    rows: list[int] = []
    top = float("-inf")
    for (text,) in sorted(blocks, key=lambda lines: lines[0].top):
        if text.top - top > _SAME_LINE * text.size:
            rows.append(0)
            top = text.top
        rows[-1] += 1
    return len(rows) > 1 and rows[0] > 1 and len(set(rows)) == 1


def _run(text: DrawnText, blocks: Sequence[Sequence[DrawnText]]) -> Run:
    """A text as a run of words, scaled so that usual letters have the size of those on pages."""
    sizes = sorted(lines[0].size for lines in blocks)
    scale = _POINTS / max(sizes[len(sizes) // 2], 1e-6)
    letter = (text.right - text.left) / max(len(text.text), 1)
    words: list[tuple[str, Box]] = []
    at = 0
    for word in text.text.split():
        start = text.text.index(word, at)
        at = start + len(word)
        left, right = text.left + start * letter, text.left + at * letter
        words.append((word, (left * scale, text.top * scale, right * scale, (text.top + text.size) * scale)))
    return Run(tuple(words), _POINTS, False, 1)
