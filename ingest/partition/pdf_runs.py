"""What PDFium says of a page: runs of words with their boxes, font size and weight."""

from typing import Any

from ingest.partition import clean
from ingest.partition.page import Page
from ingest.partition.pdf_fields import with_ticks
from ingest.partition.pdf_text import Glyph, PageText
from ingest.partition.runs import Box, Run, Tag
from ingest.partition.scripts import subscript, superscript
from ingest.partition.tagged_pages import is_tagged
from ingest.partition.turned_text import apart, as_drawn

_LINE_END_HYPHENS = ("\u0002", "\u00ad")  # the first is what PDFium makes of any hyphen at the end of a line

_SPACE = 0.15  # gap between words at least, in shares of their size
_SMALLER = 0.85  # raised and lowered characters: size as a share of their neighbour's,
_CLEARLY = 0.2  # how far those of the same size lie from it at least
_RAISED = (0.08, 0.7)  # and how far their line lies from its line, in shares of its size
_ELSEWHERE = 1.2  # and from which it is another line


def page_runs(page: Any, number: int) -> Page:
    """Runs of a page in the order of its content, those that nobody sees apart, and the page's height.

    Args:
        page: of pypdfium2.
        number: 1-based.
    """
    page_text = PageText(page)
    seen, unseen = _runs(page_text, number, page_text.is_doubtful)
    if any(not page_text.is_in_order(run) for run in seen):
        seen, unseen = _runs(page_text, number, True)
    page_text.close()
    if is_tagged(seen):
        drawn = [as_drawn(run, page_text.turns[run.quarters]) if run.quarters else run for run in seen]
        if page_text.tags:
            drawn = with_ticks(page, drawn, number, page_text.tags)
        return Page(drawn, page_text.height, unseen=tuple(unseen), tags=page_text.tags)
    upright, turned = apart(seen, page_text.turns)
    return Page(upright, page_text.height, unseen=tuple(unseen), turned=tuple(turned))


def _runs(page_text: PageText, number: int, is_doubtful: bool) -> tuple[list[Run], list[Run]]:
    """Runs of a page, and those that nobody sees; where no text is doubtful no character is looked at for it."""
    seen, unseen = _Reader(number, page_text), _Reader(number, page_text)
    for index in range(page_text.count):
        char = page_text.char(index)
        if not char.isspace() and char not in _LINE_END_HYPHENS:
            glyph = page_text.glyph(char, index)
            if is_doubtful and not page_text.is_seen(glyph):
                seen.end_run()  # what is hidden stands between
                unseen.add(glyph)
            else:
                seen.add(glyph)
        elif not page_text.is_within_word(index):
            seen.part(char)
            if is_doubtful:
                unseen.part(char)
    seen.end_run()
    unseen.end_run()
    return seen.runs, unseen.runs


class _Reader:
    """Puts characters together to words, and words to runs."""

    def __init__(self, page: int, text: PageText) -> None:
        self.runs: list[Run] = []
        self._page, self._text = page, text
        self._words: list[tuple[str, Box]] = []
        self._word: list[Glyph] = []
        self._base: Glyph | None = None  # the last character that is neither raised nor lowered
        self._first: Glyph | None = None  # of the run
        self._last: Glyph | None = None  # the same
        self._shifted = False  # whether the last character was raised or lowered
        self._tag: Tag | None = None  # of the last character
        self._is_tagged = text.tags is not None

    def part(self, char: str) -> None:
        """Take what parts words: white space, or the hyphen at the end of a line."""
        if char in "\r\n":
            if not self._shifted:  # PDFium takes a raised character for the end of its line
                self.end_run()
        elif char in _LINE_END_HYPHENS:
            if self._word:
                self._word.append(self._word[-1]._replace(char="-"))
            self.end_run()
        else:
            self._end_word()

    def end_run(self) -> None:
        self._end_word()
        if self._words and self._first:
            bold = all(self._text.is_bold(glyph) for glyph in (self._first, self._last) if glyph)
            self.runs.append(
                Run(
                    tuple(self._words), self._first.size, bold, self._page, tag=self._tag, quarters=self._first.quarters
                )
            )
        self._words, self._base, self._first, self._shifted = [], None, None, False

    def _end_word(self) -> None:
        if self._word and (cleaned := clean("".join(glyph.char for glyph in self._word))):
            self._words.append((cleaned, _around(self._word)))
        self._word = []

    def add(self, glyph: Glyph) -> None:
        """Take the next character."""
        if self._last and glyph.quarters != self._last.quarters:
            self.end_run()
        last = self._word[-1].box if self._word else self._words[-1][1] if self._words else None
        if last and (glyph.box[0] - last[2] > 0.9 * glyph.size or glyph.box[0] < last[0] - glyph.size):
            self.end_run()
        if self._base and abs(self._rise(glyph, self._base)) > _ELSEWHERE:
            self.end_run()  # PDFium does not always say that a line ends
        tag = self._text.tag(glyph) if self._is_tagged else None
        if tag != self._tag:
            self.end_run()
            self._tag = tag
        elif self._shifted and last and glyph.box[0] - last[2] > _SPACE * glyph.size:
            self._end_word()  # PDFium says no space behind a raised character
        base = self._base
        if tag and tag.role and base and base.size < _SMALLER * glyph.size and self._rise(base, glyph) > _RAISED[0]:
            self.end_run()  # what was raised is by itself, and its line is put together by the tags
            base = None
        shifted = self._raised_or_lowered(glyph, base) if base else None
        if self._shifted and base and not shifted and abs(self._rise(glyph, base)) > _RAISED[0]:
            self.end_run()  # the line did end behind the raised character
        self._first, self._last = self._first or glyph, glyph
        self._word.append(shifted or glyph)
        self._base, self._shifted = (self._base if shifted else glyph), shifted is not None

    def _raised_or_lowered(self, glyph: Glyph, base: Glyph) -> Glyph | None:
        """A raised or lowered sign as such, a letter as it is; None for what stands on the line of `base`."""
        is_smaller = glyph.size < _SMALLER * base.size
        if not is_smaller and (glyph.char.isalpha() or not self._word):
            return None
        rise = self._rise(glyph, base)
        if not (_RAISED[0] if is_smaller else _CLEARLY) < abs(rise) < _RAISED[1]:
            return None
        return glyph._replace(char=(superscript if rise > 0 else subscript)(glyph.char))

    def _rise(self, glyph: Glyph, base: Glyph) -> float:
        """How far a character's line lies over that of `base`, as a share of its size."""
        return (self._text.baseline(glyph) - self._text.baseline(base)) / base.size if base.size else 0.0


def _around(word: list[Glyph]) -> Box:
    lefts, tops, rights, bottoms = zip(*(glyph.box for glyph in word), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
