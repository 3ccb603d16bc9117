"""The encoding of a text that does not say it: told by its bytes."""

import re

_OLD = "cp850"  # of DOS, where Windows has no such character
_FRAME = re.compile(rb"[\xc4\xcd]{5}")  # lines that DOS draws; to Windows they are letters, which no word has so often
# How Python keeps bytes that are no UTF-8 (PEP 383), and the characters of Windows-1252 that they stand for.
_ESCAPED, _LAST_ESCAPED = "\udc80", "\udcff"
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_LETTERS = "äöüÄÖÜßéèàçâêîôûáíóúñ"
# ä, ö, ü and ß of old Macs, behind a letter, and those of Windows.
_WITHIN_WORDS = re.compile(rb"(?<=[A-Za-z\x8a\x9a\x9f])([\x8a\x9a\x9f\xa7])")
_WINDOWS_LETTERS = "äöüß".encode("cp1252")
_RARE = 0.15  # share of letters beyond ASCII in a text; more is none
_BROKEN = 0.2  # share of sequences that are no UTF-8, up to which a text is UTF-8 with damage


def decoded_text(content: bytes) -> str:
    """A text from its bytes: UTF-16, UTF-8, else what Windows programs write, else older ones.

    Bytes that do not fit a text in UTF-8 are read by themselves: one wrong byte does not spoil the rest.

    Args:
        content: of a file or a part of a mail.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if wide := _wide(content):
        return content.decode(wide, "replace")
    text, wrong = _utf8(content.removeprefix(b"\xef\xbb\xbf"))
    right = sum(ord(char) > 0x7F for char in text) - wrong
    if wrong <= _BROKEN * (right + wrong):
        return text
    return _eight_bits(content)


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is NUL."""
    even, odd = content[0:2000:2].count(0), content[1:2000:2].count(0)
    half = min(len(content), 2000) // 2
    if half > 1 and max(even, odd) > 0.6 * half and min(even, odd) < 0.1 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _utf8(content: bytes) -> tuple[str, int]:
    """The text, and how many bytes are no UTF-8; these are read by themselves."""
    text = content.decode("utf-8", "surrogateescape")
    wrong = sum(_ESCAPED <= char <= _LAST_ESCAPED for char in text) if not text.isascii() else 0
    if wrong:
        text = text.translate(_WINDOWS)
    return text, wrong


def _is_of_mac(content: bytes) -> bool:
    """Whether bytes within words are letters to old Macs alone, to Windows marks and letters of other languages."""
    within = {match[1] for match in _WITHIN_WORDS.finditer(content)}
    return len(within) > 1 and not any(byte in content for byte in _WINDOWS_LETTERS)


def _eight_bits(content: bytes) -> str:
    if _FRAME.search(content):
        return content.decode(_OLD)
    if _is_of_mac(content):
        return content.decode("mac_roman")
    text = content.decode("cp1252", "replace")
    undefined = sum(char == "\ufffd" or "\x80" <= char < "\xa0" for char in text)
    if not undefined or undefined > _RARE * len(text):
        return text
    other = content.decode(_OLD, "replace")  # letters with diacritics tell whether it is
    return other if sum(c in _LETTERS for c in other) > sum(c in _LETTERS for c in text) else text
