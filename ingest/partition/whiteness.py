"""Colours in which text on white paper cannot be seen."""

import re

_HEX = re.compile(r"#?([0-9a-f]{6})", re.I)
_WHITE = 240  # of 255, the least part of a colour that is as good as white


def is_white(colour: str) -> bool:
    """Whether a colour is as good as white.

    Args:
        colour: as six hexadecimal digits, with `#` or without.
    """
    match = _HEX.fullmatch(colour)
    return match is not None and all(int(match[1][at : at + 2], 16) >= _WHITE for at in (0, 2, 4))
