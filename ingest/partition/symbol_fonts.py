"""What text in a symbol font shows: `ü` in Wingdings is a tick, and U+F06D in Symbol the sign for a millionth."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("symbol_fonts.toml")
_FIRST = 0x20
_PRIVATE = range(0xF000, 0xF100)  # where programs put the characters of symbol fonts
_UNKNOWN = "\ufffd"
_SOFT_HYPHEN = "\xad"


def is_symbol_font(font: str) -> bool:
    """Whether a font shows signs in place of letters.

    Args:
        font: its name.
    """
    return _plain(font) in _signs()


def as_shown(text: str, font: str) -> str:
    """Text as its font shows it; a sign that is not known is named by its font and number.

    Args:
        text: as it stands in the file.
        font: its name; text in any other than a symbol font stays as it is.
    """
    signs = _signs().get(_plain(font))
    return text if signs is None else "".join(_sign(char, font, signs) for char in text)


def _sign(char: str, font: str, signs: Mapping[int, str]) -> str:
    code = ord(char)
    if code in _PRIVATE:
        code -= _PRIVATE.start
    elif code > 0xFF or char.isspace() or char == _SOFT_HYPHEN:  # in no symbol font: another one shows it
        return char
    if code < _FIRST:
        return char
    sign = signs.get(code, _UNKNOWN)
    # one word, which has a place of its own on the page
    return f"[{font.strip().replace(' ', '-')}-{code:02X}]" if sign == _UNKNOWN else sign


def _plain(font: str) -> str:
    return " ".join(font.lower().split())


@cache
def _signs() -> Mapping[str, Mapping[int, str]]:
    """The signs of each font by their number."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {font: {_FIRST + at: sign for at, sign in enumerate("".join(lines))} for font, lines in rows.items()}
