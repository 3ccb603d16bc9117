"""The characters of a PDF page as PDFium says them: what each shows, where it stands, and how it is drawn."""

import re
from ctypes import c_double, c_int, create_string_buffer
from math import hypot
from typing import Any, NamedTuple

from ingest.partition.pdf_looks import unseen_characters
from ingest.partition.pdf_objects import address
from ingest.partition.pdf_tags import contents_by_text, page_tags
from ingest.partition.pdfium import as_seen
from ingest.partition.runs import Box, Run, Tag
from ingest.partition.symbol_fonts import as_shown
from ingest.partition.turned_text import quarters_of, turn_of, turned_box

UNKNOWN = "\ufffd"  # a drawn character of which the file does not say which it is
_TINY = 1.0  # points, below which text is not read
_SMALL_PAGE = 100  # the longer side of a page whose unit is not the point
_SAME_LINE = 0.9  # of a letter's height, that it shares with one on its line
_RAISED_SHARE = 0.3  # of a letter's height, that a raised figure of its size shares with it
_TOUCHING = (-0.25, 0.04)  # gap between letters that touch, in shares of their size: "W" reaches over "e"
_BOLD, _BOLD_NAMES = 600, ("bold", "black", "heavy")  # weights of fonts, and how they are named
_LONGEST_NAME = 200  # bytes
_SIGNS = range(0xF000, 0xF100)  # characters of symbol fonts
_SUBSET, _CUT = re.compile(r"[A-Z]{6}\+"), re.compile(r"MT$|-.*$")  # what PDFs put before and behind a font's name
_LIKE_SYMBOL = ("OpenSymbol", "StarSymbol")
_CONTROLS = range(0x80, 0xA0)  # of Latin-1


class Glyph(NamedTuple):
    """A character and how it is drawn.

    Attributes:
        char: as it is shown; a sign of a symbol font may be named.
        box: with the space around it, on the page turned until it is upright.
        size: of its font, as it is drawn.
        place: in the text of the page.
        quarters: that the page is turned to the left for it.
    """

    char: str
    box: Box
    size: float
    place: int
    quarters: int = 0


class PageText:
    """The characters of a page, one by one."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw

        self._c = pypdfium2.raw
        self._page_text = page.get_textpage()
        self._text = self._page_text.raw
        self._rect, self._matrix = self._c.FS_RECTF(), self._c.FS_MATRIX()
        self.width, self.height = page.get_size()
        self._turned, self._rotation = as_seen(page), page.get_rotation()
        self.turns = [turn_of(quarters, self.width, self.height) for quarters in range(4)]
        self.count = self._page_text.count_chars()
        self._unseen = unseen_characters(page, self._text)
        self.tags = page_tags(page)
        self._contents = contents_by_text(page) if self.tags else {}
        self._is_small = max(self.width, self.height) < _SMALL_PAGE

    def char(self, index: int) -> str:
        """A character as it is shown."""
        char = chr(self._c.FPDFText_GetUnicode(self._text, index))
        if self._c.FPDFText_HasUnicodeMapError(self._text, index) == 1 and not char.isspace():
            return UNKNOWN
        return self._as_shown(char, self._font(index)) if ord(char) in _SIGNS else char

    def _as_shown(self, char: str, font: str) -> str:
        name = _CUT.sub("", _SUBSET.sub("", font))
        if name not in _LIKE_SYMBOL:
            return as_shown(char, re.sub(r"(?<=[a-z])(?=\d)", " ", name))
        number = ord(char) - _SIGNS.start
        if number in _CONTROLS:  # such a font by the encoding of ordinary ones: Symbol has nothing at these numbers
            return bytes([number]).decode("cp1252", "replace")
        return as_shown(char, "Symbol")

    def _font(self, index: int) -> str:
        name, flags = create_string_buffer(_LONGEST_NAME), c_int()
        self._c.FPDFText_GetFontInfo(self._text, index, name, _LONGEST_NAME, flags)
        return name.value.decode("utf-8", "replace")

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
        if last.quarters != following.quarters:
            return False
        share = min(last.box[3], following.box[3]) - max(last.box[1], following.box[1])
        height = max(last.box[3] - last.box[1], following.box[3] - following.box[1])
        gap = following.box[0] - last.box[2]
        # A raised figure may be as large as its line.
        is_figure = self.char(index + 1).isdecimal() and share > _RAISED_SHARE * height
        on_line = share > _SAME_LINE * height or is_figure
        return on_line and _TOUCHING[0] < gap / max(following.size, 0.1) < _TOUCHING[1]

    def glyph(self, char: str, index: int) -> Glyph:
        rect, matrix = self._rect, self._matrix
        self._c.FPDFText_GetLooseCharBox(self._text, index, rect)
        self._c.FPDFText_GetMatrix(self._text, index, matrix)
        box = self._turned((rect.left, rect.bottom, rect.right, rect.top))
        quarters = 0
        if matrix.b or matrix.a < 0 or self._rotation:
            quarters = quarters_of(matrix.a, matrix.b, self._rotation)
            box = turned_box(box, self.turns[quarters])
        # Some programs write all text in size 1 and have it drawn larger.
        size = self._c.FPDFText_GetFontSize(self._text, index) * hypot(matrix.c, matrix.d)
        return Glyph(char, box, size, index, quarters)

    @property
    def is_doubtful(self) -> bool:
        """Whether characters are drawn so that they do not stand out from their ground."""
        return bool(self._unseen)

    def is_in_order(self, run: Run) -> bool:
        """Whether a run stands on the page and is large enough to be read, which saves looking at its characters."""
        rightmost, lowest = self._sides(run.quarters)
        return run.size >= _TINY and all(
            left >= 0 and top >= 0 and right <= rightmost and bottom - top >= _TINY and bottom <= lowest
            for _, (left, top, right, bottom) in run.words
        )

    def is_seen(self, glyph: Glyph) -> bool:
        """Whether a character stands on the page, is large enough to be read, and stands out from its ground."""
        left, top, right, bottom = glyph.box
        width, height = self._sides(glyph.quarters)
        is_on_page = 0 <= left + right <= 2 * width and 0 <= top + bottom <= 2 * height
        is_readable = glyph.size >= _TINY or not self._is_tiny(glyph)
        return is_on_page and is_readable and glyph.place not in self._unseen

    def _sides(self, quarters: int) -> tuple[float, float]:
        """Width and height of the page, turned by quarters."""
        return (self.height, self.width) if quarters % 2 else (self.width, self.height)

    def _is_tiny(self, glyph: Glyph) -> bool:
        """Whether a character is drawn as small as its size says: some fonts have a measure of their own."""
        if self._is_small:
            return False
        left, right, bottom, top = (c_double() for _ in range(4))
        self._c.FPDFText_GetCharBox(self._text, glyph.place, left, right, bottom, top)
        side = max(right.value - left.value, top.value - bottom.value)
        return bool(0 < side < _TINY)

    def tag(self, glyph: Glyph) -> Tag | None:
        """What the file says of a character."""
        if self.tags is None:
            return None
        item = self._c.FPDFText_GetTextObject(self._text, glyph.place)
        return self.tags.by_content.get(self._contents.get(address(item), -1)) if item else None

    def is_bold(self, glyph: Glyph) -> bool:
        if self._c.FPDFText_GetFontWeight(self._text, glyph.place) >= _BOLD:
            return True
        # Of fonts that are not in the file only the name says it.
        name = self._font(glyph.place).lower()
        return any(weight in name for weight in _BOLD_NAMES)

    def baseline(self, glyph: Glyph) -> float:
        """Points above the bottom of the page, turned until the character is upright."""
        x, y = c_double(), c_double()
        self._c.FPDFText_GetCharOrigin(self._text, glyph.place, x, y)
        place = self._turned((x.value, y.value, x.value, y.value))
        if glyph.quarters:
            place = turned_box(place, self.turns[glyph.quarters])
        return float(self._sides(glyph.quarters)[1] - place[1])

    def close(self) -> None:
        self._page_text.close()


def characters(page: Any) -> list[tuple[str, Box]]:
    """Each character of a page but spaces, with its box.

    Args:
        page: of pypdfium2.
    """
    text = PageText(page)
    found = []
    for index in range(text.count):
        if not (char := text.char(index)).isspace():
            glyph = text.glyph(char, index)
            found.append((glyph.char, glyph.box))
    text.close()
    return found
