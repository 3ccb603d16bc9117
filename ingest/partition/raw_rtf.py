"""What is written in an RTF file, by a tokenizer of its bytes (Rich Text Format 1.9.1).

What is for programs, or says again what stands beside it, is left out: fonts and styles, instructions of fields,
pictures, and the numbers of lists, which the reader works out itself.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ingest.partition.font_charsets import SYMBOLS, encoding_of
from ingest.partition.raw_parts import PAGE_NUMBER, Raw, without_page_number

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.S,
)
_BREAKS = frozenset(b"par line cell nestcell row nestrow sect page column softline softpage tab lbr chftn".split())
_SPACES = frozenset(
    b"emdash endash lquote rquote ldblquote rdblquote bullet emspace enspace qmspace zwbo zwnbo".split()
)
_BY_SIGN = {b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}
# Groups that say nothing to people, or what others say.
_DROPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict objdata fldinst listtext pntext nonshppict shprslt mmathPict sp ud filetbl "
    b"revtbl template xe tc txe rxe ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn nonesttables".split()
)
# Groups that old programs may pass over, and hold text all the same.
_KEPT = frozenset(b"shpinst shptxt annotation footnote fldrslt mmath moMath moMathPara do dptxbxtext result".split())
_APART = (b"footnote", b"annotation", b"shptxt", b"dptxbxtext")  # begin paragraphs of their own
_MARGINS = frozenset(b"header headerl headerr headerf footer footerl footerr footerf".split())
_DELETED = (b"deleted", b"mvf")  # no loss, where a program that converts the file drops it
_PAGE = re.compile(rb"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_CODE_PAGES = {65001: "utf-8", 10000: "mac_roman"}
_IN_MARGIN = "\x01"  # stands in paragraphs of headers and footers


class _Group(NamedTuple):
    """What holds to the end of a group: whether it counts, is a header or footer or was deleted, and how it is read."""

    name: bytes = b""
    is_dropped: bool = False
    is_margin: bool = False
    is_deleted: bool = False
    font: int = -1
    stand_ins: int = 1  # characters behind one in Unicode, for programs that do not know it


def rtf(path: Path) -> Raw:
    """Paragraphs of a file; those of headers and footers, which each section has anew, once.

    Args:
        path: of the file.
    """
    return Raw(list(_lines(_Text(path.read_bytes()).said())), [])


def _lines(text: str) -> Iterator[str]:
    seen = set[str]()
    for line in text.split("\n"):
        if _IN_MARGIN not in line:
            yield line
            continue
        said = without_page_number(line.replace(_IN_MARGIN, "")).strip()
        if said not in seen:
            seen.add(said)
            yield said


class _Text:
    """The text of a file, taken from its bytes in one way through them."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._encoding, self._usual_font = "cp1252", -1
        self._charsets: dict[int, int] = {}  # by font
        self._groups = [_Group()]
        self._begins = self._may_be_passed_over = False  # of a group
        self._is_page_field = False
        self._bytes = bytearray()  # not decoded yet: some encodings have signs of two
        self._stand_ins = 0  # still to be passed over
        self._said: list[str] = []

    def said(self) -> str:
        """All that is written, paragraphs parted by line breaks."""
        at = 0
        while match := _TOKEN.match(self._content, at):
            at = match.end()
            if word := match["word"]:
                number = int(match["number"]) if match["number"] else None
                at += max(number or 0, 0) if word == b"bin" else 0
                self._take_word(word, number)
            elif match["hex"]:
                self._take_bytes(bytes.fromhex(match["hex"].decode()))
            elif match["text"]:
                self._take_bytes(match["text"])
            elif match["brace"]:
                self._take_brace(match["brace"])
            elif match["sign"] == b"*":
                self._may_be_passed_over = True
            elif match["sign"]:
                self._decode()
                self._say(_BY_SIGN.get(match["sign"], ""))
        self._decode()
        return "".join(self._said).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _take_brace(self, brace: bytes) -> None:
        self._decode()
        self._stand_ins = 0
        if brace == b"{":
            self._groups.append(self._groups[-1])
        elif len(self._groups) > 1:
            ended = self._groups.pop()
            if ended.is_margin and not self._groups[-1].is_margin:
                self._say("\n")
        self._begins, self._may_be_passed_over = brace == b"{", False

    def _take_word(self, word: bytes, number: int | None) -> None:
        self._decode()
        if self._begins:
            self._begin(word)
        self._begins = False
        group = self._groups[-1]
        if self._stand_ins:
            self._stand_ins -= 1
        elif word in _BREAKS:
            self._say("\n")
        elif word in _SPACES:
            self._say(" ")
        elif word == b"chpgn":
            self._say(PAGE_NUMBER)
        elif word == b"field":
            self._is_page_field = False
        elif word == b"plain":
            self._groups[-1] = group._replace(font=self._usual_font, is_deleted=False)
        elif word in _DELETED:
            self._groups[-1] = group._replace(is_deleted=number != 0)
        elif number is not None:
            self._take_number(word, number, group)

    def _take_number(self, word: bytes, number: int, group: _Group) -> None:
        if word == b"u":
            if self._charsets.get(group.font) != SYMBOLS:
                self._say(chr(number % 0x10000))
            self._stand_ins = group.stand_ins
        elif word == b"uc":
            self._groups[-1] = group._replace(stand_ins=number)
        elif word == b"f":
            self._groups[-1] = group._replace(font=number)
        elif word == b"fcharset":
            self._charsets[group.font] = number
        elif word == b"ansicpg":
            self._encoding = _CODE_PAGES.get(number, f"cp{number}")
        elif word == b"deff":
            self._usual_font = number

    def _begin(self, word: bytes) -> None:
        """Begin a group that its first word names."""
        group = self._groups[-1]
        is_page = word == b"fldrslt" and self._is_page_field
        if is_page:
            self._say(PAGE_NUMBER)
        drops = is_page or word in _DROPPED or (self._may_be_passed_over and word not in _KEPT)
        if drops or word in _MARGINS or word in _KEPT:
            is_margin, is_dropped = group.is_margin or word in _MARGINS, group.is_dropped or drops
            self._groups[-1] = group._replace(name=word, is_dropped=is_dropped, is_margin=is_margin)
            self._say("\n" if word in _APART or word in _MARGINS else "")

    def _take_bytes(self, content: bytes) -> None:
        passed = min(self._stand_ins, len(content))
        self._stand_ins -= passed
        self._begins = False
        group = self._groups[-1]
        if group.name == b"fldinst" and _PAGE.match(content):
            self._is_page_field = True
        if not group.is_dropped and self._charsets.get(group.font) != SYMBOLS:
            self._bytes += content[passed:]

    def _decode(self) -> None:
        """Decode the bytes that are held, by the character set of their font."""
        if self._bytes:
            encoding = encoding_of(self._charsets.get(self._groups[-1].font, 0), self._encoding)
            try:
                self._say(self._bytes.decode(encoding, "replace"))
            except LookupError:  # a code page that nobody knows
                self._say(self._bytes.decode("cp1252", "replace"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        group = self._groups[-1]
        if text and not (group.is_dropped or group.is_deleted):
            self._said.append(text.replace("\n", f"\n{_IN_MARGIN}") if group.is_margin else text)
