"""The PDF's fonts: DejaVu where the system has it, else what reportlab brings along."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
_BOX = "□"  # a font without it shows its own sign for a missing character, which is such a box, too
_BEYOND = 0xFFFF  # reportlab cannot say what characters after this one mean when their text is copied


class Fonts(NamedTuple):
    """Names under which reportlab knows the fonts."""

    text: str
    bold: str
    code: str


@cache
def fonts(folder: Path = DEJAVU) -> Fonts:
    """Register the fonts with reportlab.

    Args:
        folder: with DejaVuSans.ttf, DejaVuSans-Bold.ttf and DejaVuSansMono.ttf. Where one is missing, reportlab's
            Vera takes the place of all three; it has no characters beyond western European ones.
    """
    import reportlab  # type: ignore[import-untyped]
    from reportlab.pdfbase.pdfmetrics import registerFont  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

    files = [folder / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf")]
    if not all(file.is_file() for file in files):
        shipped = Path(reportlab.__file__).parent / "fonts"
        files = [shipped / name for name in ("Vera.ttf", "VeraBd.ttf", "Vera.ttf")]
    for file in files:
        registerFont(TTFont(f"paper-{file.stem}", str(file)))
    return Fonts(*(f"paper-{file.stem}" for file in files))


def drawable(text: str, font: str) -> str:
    """Text with a box in place of each character that a font lacks.

    Args:
        text: printable.
        font: its name.
    """
    known = _glyphs(font)
    return "".join(c if c == "\n" or (ord(c) in known and ord(c) < _BEYOND) else _BOX for c in text)


def folded(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of a text, cut so that each fits a width: after a space, or else anywhere.

    Args:
        text: drawable.
        font: its name.
        size: in points.
        width: in points; one character a line is the least.
    """
    from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]

    widths = {char: stringWidth(char, font, size) for char in set(text) - {"\n"}}
    lines = []
    for line in text.split("\n"):
        start, space, used = 0, 0, 0.0
        for place, char in enumerate(line):
            used += widths[char]
            if used > width and place > start and char != " ":
                cut = space if space > start else place
                lines.append(line[start:cut])
                start, used = cut, sum(widths[c] for c in line[cut : place + 1])
            if char == " ":
                space = place + 1
        lines.append(line[start:])
    return lines


@cache
def _glyphs(font: str) -> frozenset[int]:
    from reportlab.pdfbase.pdfmetrics import getFont

    return frozenset(getFont(font).face.charToGlyph)
