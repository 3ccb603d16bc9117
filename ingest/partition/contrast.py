"""Whether letters stand out from what is behind them: what "cannot be seen" means by colour, for all formats.

Letters cannot be seen where the luminance of both contrasts too little (WCAG 2.2, "contrast ratio", which is 1 for one
colour and 21 for black on white) and no part of their colours tells them apart. The ratio alone would take yellow on
white (1.07), which is pale but read; parts alone would take two greys in the middle, which stand out more than two
light ones that are as far apart.
"""

import re
from functools import lru_cache

Colour = tuple[float, float, float]  # red, green and blue, 0 to 1

WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)
# The palest text that pages and slides were seen to use is #E0E0E0 on white (1.3); #F0F0F0, such as watermarks and
# tricks for search engines have, is 1.14, and #F7F7F7 1.07.
_LEAST_RATIO = 1.15
_LEAST_DIFFERENCE = 15 / 255  # of red, green or blue
_FLARE = 0.05  # light that any screen and paper adds (WCAG 2.2)
_HEX = re.compile(r"#?([0-9a-f]{6})", re.I)


def colour_of_hex(written: str) -> Colour | None:
    """A colour as files write it; None for what is none, such as "auto".

    Args:
        written: six hexadecimal digits, with `#` or without.
    """
    match = _HEX.fullmatch(written)
    return None if match is None else colour_of_bytes(*bytes.fromhex(match[1]))


def colour_of_bytes(red: int, green: int, blue: int) -> Colour:
    """A colour by its parts, 0 to 255."""
    return red / 255, green / 255, blue / 255


@lru_cache(maxsize=4_096)
def cannot_be_seen(letters: Colour, ground: Colour = WHITE) -> bool:
    """Whether nobody sees letters on a ground.

    Args:
        letters: their colour.
        ground: the colour behind them.
    """
    apart = max(abs(one - other) for one, other in zip(letters, ground, strict=True))
    return apart <= _LEAST_DIFFERENCE + 1e-9 and contrast(letters, ground) < _LEAST_RATIO


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + _FLARE) / (dark + _FLARE)


def is_white(written: str) -> bool:
    """Whether a colour is as good as white: white letters on it, or letters of it on white, cannot be seen.

    Args:
        written: as of `colour_of_hex`.
    """
    colour = colour_of_hex(written)
    return colour is not None and cannot_be_seen(colour)


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
