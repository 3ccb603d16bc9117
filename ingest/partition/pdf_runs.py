"""What PDFium says of a page: runs of words with their boxes, font size and weight."""

import re
from collections import Counter
from ctypes import c_double
from functools import reduce
from typing import Any, NamedTuple

from ingest.partition import clean
from ingest.partition.scripts import subscript, superscript

Box = tuple[float, float, float, float]
_MARGIN = 0.09  # share of the page's height at top and bottom where running heads and page numbers stand
_LINE_END_HYPHENS = ("\u0002", "\u00ad")  # the first is what PDFium makes of any hyphen at the end of a line

UNKNOWN = "\ufffd"  # a drawn character of which the file does not say which it is
_SMALLER = 0.85  # raised and lowered characters: size as a share of their neighbour's,
_RAISED = (0.08, 0.7)  # and how far their line lies from its line, in shares of its size


class Run(NamedTuple):
    """Neighbouring words on one line, with no wide gap between them."""

    words: tuple[tuple[str, Box], ...]
    size: float
    bold: bool
    page: int
    goes_on: bool = False  # the last word goes on in the next line

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)

    @property
    def left(self) -> float:
        return self.words[0][1][0]

    @property
    def right(self) -> float:
        return self.words[-1][1][2]

    @property
    def top(self) -> float:
        return min(box[1] for _, box in self.words)

    @property
    def bottom(self) -> float:
        return max(box[3] for _, box in self.words)


def page_runs(page: Any, number: int) -> tuple[list[Run], float]:
    """Runs of a page in the order of its content, and the page's height.

    Args:
        page: of pypdfium2.
        number: 1-based.
    """
    height, text = page.get_height(), page.get_textpage()
    reader = _Reader(number)
    for index in range(text.count_chars()):
        reader.take(_glyph(text, index, height))
    reader.end_run()
    text.close()
    return reader.runs, height


class _Glyph(NamedTuple):
    char: str
    box: Box
    size: float
    bold: bool
    baseline: float  # points below the top of the page


def _glyph(text: Any, index: int, height: float) -> _Glyph:
    import pypdfium2.raw as c

    left, bottom, right, top = text.get_charbox(index, loose=True)
    x, y = c_double(), c_double()
    c.FPDFText_GetCharOrigin(text, index, x, y)
    box = (left, height - top, right, height - bottom)
    bold = c.FPDFText_GetFontWeight(text, index) >= 600
    char = chr(c.FPDFText_GetUnicode(text, index))
    if c.FPDFText_HasUnicodeMapError(text, index) == 1 and not char.isspace():
        char = UNKNOWN
    return _Glyph(char, box, c.FPDFText_GetFontSize(text, index), bold, height - y.value)


class _Reader:
    """Puts characters together to words, and words to runs."""

    def __init__(self, page: int) -> None:
        self.runs: list[Run] = []
        self._page = page
        self._words: list[tuple[str, Box]] = []
        self._word: list[_Glyph] = []
        self._base: _Glyph | None = None  # the last character that is neither raised nor lowered
        self._first: _Glyph | None = None  # of the run
        self._shifted = False  # whether the last character was raised or lowered

    def take(self, glyph: _Glyph) -> None:
        if glyph.char in "\r\n":
            if not self._shifted:  # PDFium takes a raised character for the end of its line
                self.end_run()
        elif glyph.char in _LINE_END_HYPHENS:
            if self._word:
                self._word.append(glyph._replace(char="-"))
            self.end_run()
        elif glyph.char.isspace():
            self._end_word()
        else:
            self._add(glyph)

    def end_run(self) -> None:
        self._end_word()
        if self._words and self._first:
            self.runs.append(Run(tuple(self._words), self._first.size, self._first.bold, self._page))
        self._words, self._base, self._first, self._shifted = [], None, None, False

    def _end_word(self) -> None:
        if self._word and (cleaned := clean("".join(glyph.char for glyph in self._word))):
            self._words.append((cleaned, reduce(_union, (glyph.box for glyph in self._word))))
        self._word = []

    def _add(self, glyph: _Glyph) -> None:
        last = self._word[-1].box if self._word else self._words[-1][1] if self._words else None
        if last and (glyph.box[0] - last[2] > 0.9 * glyph.size or glyph.box[0] < last[0] - glyph.size):
            self.end_run()
        shifted = _raised_or_lowered(glyph, self._base) if self._base and self._word else None
        if self._shifted and self._base and not shifted and not _on_one_line(glyph, self._base):
            self.end_run()  # the line did end behind the raised character
        self._first = self._first or glyph
        self._word.append(shifted or glyph)
        self._base, self._shifted = (self._base if shifted else glyph), shifted is not None


def _on_one_line(glyph: _Glyph, other: _Glyph) -> bool:
    return abs(glyph.baseline - other.baseline) < _RAISED[0] * other.size


def _raised_or_lowered(glyph: _Glyph, base: _Glyph) -> _Glyph | None:
    """A raised or lowered sign as such; None for what stands on the line of `base`, and for letters."""
    rise = (base.baseline - glyph.baseline) / base.size
    if glyph.char.isalpha() or glyph.size > _SMALLER * base.size or not _RAISED[0] < abs(rise) < _RAISED[1]:
        return None
    return glyph._replace(char=(superscript if rise > 0 else subscript)(glyph.char))


def _union(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def without_running_heads(pages: list[tuple[list[Run], float]]) -> list[tuple[list[Run], float]]:
    """Drop lines that stand in the margin of at least three pages, numbers apart."""

    def key(run: Run, height: float) -> str | None:
        in_margin = run.bottom < _MARGIN * height or run.top > (1 - _MARGIN) * height
        return re.sub(r"\d+", "#", run.text) if in_margin else None

    seen = Counter(k for runs, height in pages for k in {key(run, height) for run in runs} if k)
    return [([r for r in runs if seen[key(r, height) or ""] < 3], height) for runs, height in pages]
