"""What PDFium says of a page: runs of words with their boxes, font size and weight."""

import re
from collections import Counter
from typing import Any, NamedTuple

from ingest.partition import clean

Box = tuple[float, float, float, float]
_MARGIN = 0.09  # share of the page's height at top and bottom where running heads and page numbers stand
_SOFT_HYPHENS = ("\u0002", "\u00ad")


class Run(NamedTuple):
    """Neighbouring words on one line, with no wide gap between them."""

    words: tuple[tuple[str, Box], ...]
    size: float
    bold: bool
    page: int
    hyphenated: bool = False  # the last word goes on in the next line

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
    import pypdfium2.raw as c

    height, text = page.get_height(), page.get_textpage()
    runs: list[Run] = []
    words: list[tuple[str, Box]] = []
    word, box, size, bold = "", None, 0.0, False

    def end_word() -> None:
        nonlocal word, box
        if box and (cleaned := clean(word)):
            words.append((cleaned, box))
        word, box = "", None

    def end_run(hyphenated: bool = False) -> None:
        end_word()
        if words:
            runs.append(Run(tuple(words), size, bold, number, hyphenated))
            words.clear()

    for index in range(text.count_chars()):
        char = chr(c.FPDFText_GetUnicode(text, index))
        if char in "\r\n" or char in _SOFT_HYPHENS:
            end_run(hyphenated=char in _SOFT_HYPHENS)
        elif char.isspace():
            end_word()
        else:
            left, bottom, right, top = text.get_charbox(index, loose=True)
            place = (left, height - top, right, height - bottom)
            char_size = c.FPDFText_GetFontSize(text, index)
            last = box or (words[-1][1] if words else None)
            if last and (place[0] - last[2] > 0.9 * char_size or place[0] < last[0] - char_size):
                end_run()
            if not words and not word:
                size, bold = char_size, c.FPDFText_GetFontWeight(text, index) >= 600
            word += char
            box = _union(box, place) if box else place
    end_run()
    text.close()
    return runs, height


def _union(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def without_running_heads(pages: list[tuple[list[Run], float]]) -> list[tuple[list[Run], float]]:
    """Drop lines that stand in the margin of at least three pages, numbers apart."""

    def key(run: Run, height: float) -> str | None:
        in_margin = run.bottom < _MARGIN * height or run.top > (1 - _MARGIN) * height
        return re.sub(r"\d+", "#", run.text) if in_margin else None

    seen = Counter(k for runs, height in pages for k in {key(run, height) for run in runs} if k)
    return [([r for r in runs if seen[key(r, height) or ""] < 3], height) for runs, height in pages]
