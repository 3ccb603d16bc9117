"""What PDFium says of a page: runs of words with their boxes, font size and weight."""

from ctypes import c_double, c_int, create_string_buffer
from math import hypot
from typing import Any, NamedTuple

from ingest.partition import clean
from ingest.partition.justified_lines import joined_lines
from ingest.partition.page import Page
from ingest.partition.pdf_looks import unseen_characters
from ingest.partition.pdf_objects import address
from ingest.partition.pdf_tags import contents_by_text, page_tags
from ingest.partition.pdfium import as_seen
from ingest.partition.runs import Box, Run, Tag
from ingest.partition.scripts import subscript, superscript
from ingest.partition.tagged_pages import is_tagged

_LINE_END_HYPHENS = ("\u0002", "\u00ad")  # the first is what PDFium makes of any hyphen at the end of a line

UNKNOWN = "\ufffd"  # a drawn character of which the file does not say which it is
_TINY = 1.0  # points, below which text is not read
_SMALL_PAGE = 100  # the longer side of a page whose unit is not the point
_SAME_LINE = 0.9  # of a letter's height, that it shares with one on its line
_TOUCHING = (-0.25, 0.04)  # gap between letters that touch, in shares of their size: "W" reaches over "e"
_BOLD, _BOLD_NAMES = 600, (b"bold", b"black", b"heavy")  # weights of fonts, and how they are named
_LONGEST_NAME = 200  # bytes
_SPACE = 0.15  # gap between words at least, in shares of their size
_SMALLER = 0.85  # raised and lowered characters: size as a share of their neighbour's,
_RAISED = (0.08, 0.7)  # and how far their line lies from its line, in shares of its size


def page_runs(page: Any, number: int) -> Page:
    """Runs of a page in the order of its content, those that nobody sees apart, and the page's height.

    Args:
        page: of pypdfium2.
        number: 1-based.
    """
    page_text = _PageText(page)
    seen, unseen = _runs(page_text, number, page_text.is_doubtful)
    if any(not page_text.is_in_order(run) for run in seen):
        seen, unseen = _runs(page_text, number, True)
    page_text.close()
    if is_tagged(seen):
        return Page(seen, page_text.height, unseen=tuple(unseen), tags=page_text.tags)
    return Page(joined_lines(seen), page_text.height, unseen=tuple(unseen))


def _runs(page_text: "_PageText", number: int, is_doubtful: bool) -> tuple[list[Run], list[Run]]:
    """Runs of a page, and those that nobody sees; where no text is doubtful no character is looked at for it."""
    seen, unseen = _Reader(number, page_text), _Reader(number, page_text)
    for index in range(page_text.count):
        char = page_text.char(index)
        if not char.isspace() and char not in _LINE_END_HYPHENS:
            glyph = page_text.glyph(char, index)
            (unseen if is_doubtful and not page_text.is_seen(glyph) else seen).add(glyph)
        elif not page_text.is_within_word(index):
            seen.part(char)
            if is_doubtful:
                unseen.part(char)
    seen.end_run()
    unseen.end_run()
    return seen.runs, unseen.runs


class _Glyph(NamedTuple):
    char: str
    box: Box
    size: float
    place: int  # in the text of the page


class _PageText:
    """The characters of a page, one by one."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw

        self._c = pypdfium2.raw
        self._page_text = page.get_textpage()
        self._text = self._page_text.raw
        self._rect, self._matrix = self._c.FS_RECTF(), self._c.FS_MATRIX()
        self.width, self.height = page.get_size()
        self._turned = as_seen(page)
        self.count = self._page_text.count_chars()
        self._unseen = unseen_characters(page, self._text)
        self.tags = page_tags(page)
        self._contents = contents_by_text(page) if self.tags else {}
        self._is_small = max(self.width, self.height) < _SMALL_PAGE

    def char(self, index: int) -> str:
        char = chr(self._c.FPDFText_GetUnicode(self._text, index))
        unknown = self._c.FPDFText_HasUnicodeMapError(self._text, index) == 1 and not char.isspace()
        return UNKNOWN if unknown else char

    def is_within_word(self, index: int) -> bool:
        """Whether a space or break is one that PDFium has put between letters which touch each other.

        It does so where it takes a page of few words for one that is written downwards.
        """
        if self._c.FPDFText_IsGenerated(self._text, index) != 1:
            return False
        if index + 1 < self.count and self._c.FPDFText_IsGenerated(self._text, index + 1) == 1:
            return self.is_within_word(index + 1)  # a break is two characters
        before = index - 1
        while before > 0 and self._c.FPDFText_IsGenerated(self._text, before) == 1:
            before -= 1
        if before < 0 or index + 1 >= self.count:
            return False
        last, following = (self.glyph("", place) for place in (before, index + 1))
        share = min(last.box[3], following.box[3]) - max(last.box[1], following.box[1])
        height = max(last.box[3] - last.box[1], following.box[3] - following.box[1])
        gap = following.box[0] - last.box[2]
        return share > _SAME_LINE * height and _TOUCHING[0] < gap / max(following.size, 0.1) < _TOUCHING[1]

    def glyph(self, char: str, index: int) -> _Glyph:
        rect, matrix = self._rect, self._matrix
        self._c.FPDFText_GetLooseCharBox(self._text, index, rect)
        self._c.FPDFText_GetMatrix(self._text, index, matrix)
        box = self._turned((rect.left, rect.bottom, rect.right, rect.top))
        # Some programs write all text in size 1 and have it drawn larger.
        return _Glyph(char, box, self._c.FPDFText_GetFontSize(self._text, index) * hypot(matrix.c, matrix.d), index)

    @property
    def is_doubtful(self) -> bool:
        """Whether characters are drawn so that they do not stand out from their ground."""
        return bool(self._unseen)

    def is_in_order(self, run: Run) -> bool:
        """Whether a run stands on the page and is large enough to be read, which saves looking at its characters."""
        lowest, rightmost = self.height, self.width
        return run.size >= _TINY and all(
            left >= 0 and top >= 0 and right <= rightmost and bottom - top >= _TINY and bottom <= lowest
            for _, (left, top, right, bottom) in run.words
        )

    def is_seen(self, glyph: _Glyph) -> bool:
        """Whether a character stands on the page, is large enough to be read, and stands out from its ground."""
        left, top, right, bottom = glyph.box
        is_on_page = 0 <= left + right <= 2 * self.width and 0 <= top + bottom <= 2 * self.height
        is_readable = glyph.size >= _TINY or not self._is_tiny(glyph)
        return is_on_page and is_readable and glyph.place not in self._unseen

    def _is_tiny(self, glyph: _Glyph) -> bool:
        """Whether a character is drawn as small as its size says: some fonts have a measure of their own."""
        if self._is_small:
            return False
        left, right, bottom, top = (c_double() for _ in range(4))
        self._c.FPDFText_GetCharBox(self._text, glyph.place, left, right, bottom, top)
        side = max(right.value - left.value, top.value - bottom.value)
        return bool(0 < side < _TINY)

    def tag(self, glyph: _Glyph) -> Tag | None:
        """What the file says of a character."""
        if self.tags is None:
            return None
        item = self._c.FPDFText_GetTextObject(self._text, glyph.place)
        return self.tags.by_content.get(self._contents.get(address(item), -1)) if item else None

    def is_bold(self, glyph: _Glyph) -> bool:
        if self._c.FPDFText_GetFontWeight(self._text, glyph.place) >= _BOLD:
            return True
        # Of fonts that are not in the file only the name says it.
        name, flags = create_string_buffer(_LONGEST_NAME), c_int()
        self._c.FPDFText_GetFontInfo(self._text, glyph.place, name, _LONGEST_NAME, flags)
        return any(weight in name.value.lower() for weight in _BOLD_NAMES)

    def baseline(self, glyph: _Glyph) -> float:
        """Points above the bottom of the page."""
        x, y = c_double(), c_double()
        self._c.FPDFText_GetCharOrigin(self._text, glyph.place, x, y)
        return float(self.height - self._turned((x.value, y.value, x.value, y.value))[1])

    def close(self) -> None:
        self._page_text.close()


class _Reader:
    """Puts characters together to words, and words to runs."""

    def __init__(self, page: int, text: _PageText) -> None:
        self.runs: list[Run] = []
        self._page, self._text = page, text
        self._words: list[tuple[str, Box]] = []
        self._word: list[_Glyph] = []
        self._base: _Glyph | None = None  # the last character that is neither raised nor lowered
        self._first: _Glyph | None = None  # of the run
        self._last: _Glyph | None = None  # the same
        self._shifted = False  # whether the last character was raised or lowered
        self._tag: Tag | None = None  # of the last character

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
            self.runs.append(Run(tuple(self._words), self._first.size, bold, self._page, tag=self._tag))
        self._words, self._base, self._first, self._shifted = [], None, None, False

    def _end_word(self) -> None:
        if self._word and (cleaned := clean("".join(glyph.char for glyph in self._word))):
            self._words.append((cleaned, _around(self._word)))
        self._word = []

    def add(self, glyph: _Glyph) -> None:
        """Take the next character."""
        last = self._word[-1].box if self._word else self._words[-1][1] if self._words else None
        if last and (glyph.box[0] - last[2] > 0.9 * glyph.size or glyph.box[0] < last[0] - glyph.size):
            self.end_run()
        if (tag := self._text.tag(glyph)) != self._tag:
            self.end_run()
            self._tag = tag
        elif self._shifted and last and glyph.box[0] - last[2] > _SPACE * glyph.size:
            self._end_word()  # PDFium says no space behind a raised character
        base = self._base
        if tag and base and base.size < _SMALLER * glyph.size and self._rise(base, glyph) > _RAISED[0]:
            self.end_run()  # what was raised is by itself, and its line is put together by the tags
            base = None
        shifted = self._raised_or_lowered(glyph, base) if base and self._word else None
        if self._shifted and base and not shifted and abs(self._rise(glyph, base)) > _RAISED[0]:
            self.end_run()  # the line did end behind the raised character
        self._first, self._last = self._first or glyph, glyph
        self._word.append(shifted or glyph)
        self._base, self._shifted = (self._base if shifted else glyph), shifted is not None

    def _raised_or_lowered(self, glyph: _Glyph, base: _Glyph) -> _Glyph | None:
        """A raised or lowered sign as such; None for what stands on the line of `base`, and for letters."""
        if glyph.size >= _SMALLER * base.size or glyph.char.isalpha():
            return None
        rise = self._rise(glyph, base)
        if not _RAISED[0] < abs(rise) < _RAISED[1]:
            return None
        return glyph._replace(char=(superscript if rise > 0 else subscript)(glyph.char))

    def _rise(self, glyph: _Glyph, base: _Glyph) -> float:
        """How far a character's line lies over that of `base`, as a share of its size."""
        return (self._text.baseline(glyph) - self._text.baseline(base)) / base.size if base.size else 0.0


def _around(word: list[_Glyph]) -> Box:
    lefts, tops, rights, bottoms = zip(*(glyph.box for glyph in word), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
