"""How text of an OpenDocument file looks, as far as that says whether it is seen, and as which sign."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ingest.partition.contrast import Colour, cannot_be_seen, colour_of_hex, is_white
from ingest.partition.heading_lines import TextLook
from ingest.partition.odf_names import DRAW, FO, STYLE, TEXT

_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%")
_TINY = 2.0  # points
_USUAL_SIZE = 12.0  # points, where a file says nothing


class Look(NamedTuple):
    """What matters of how text looks; None where a style leaves it to its parent."""

    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    raised: int | None = None  # above 0 raised, below 0 lowered
    tiny: bool | None = None
    font: str | None = None
    size: float | None = None  # points
    share: float | None = None  # of the size that a parent has
    italic: bool | None = None
    colour: str | None = None  # empty for the one that the program chooses by the ground
    behind: str | None = None  # the colour of a marker

    def over(self, other: "Look") -> "Look":
        """What this says, and where it says nothing what the other does."""
        found = other._replace(**{name: said for name, said in self._asdict().items() if said is not None})
        if self.size is None and self.share is not None and other.size is not None:
            return found._replace(size=self.share * other.size, share=None)
        return found

    @property
    def letter_colour(self) -> Colour | None:
        """The colour of letters; None where the file names none."""
        return colour_of_hex(self.colour or "")

    def is_alike(self, ground: Colour | None) -> bool:
        """Whether letters cannot be seen on their marker, or on a ground where they have none.

        Args:
            ground: behind the text; None where it is not known.
        """
        if not self.colour:
            return False
        is_marked = self.behind not in (None, "", "transparent")
        behind = colour_of_hex(self.behind or "") if is_marked else ground
        letters = self.letter_colour
        return letters is not None and behind is not None and cannot_be_seen(letters, behind)

    @property
    def letters(self) -> TextLook:
        """How letters look; automatic and black ones have the usual colour."""
        colour = "" if self.colour in (None, "#000000") else self.colour
        return TextLook(round(2 * (self.size or _USUAL_SIZE)) / 2, bool(self.bold), bool(self.italic), colour)


def look_of(properties: Any, fonts: Mapping[str, str]) -> Look:
    """How text with these properties looks.

    Args:
        properties: of `style:text-properties`, or None.
        fonts: their names by those that the file gives them.
    """
    if properties is None:
        return Look()
    weight = properties.get(f"{FO}font-weight")
    line = properties.get(f"{STYLE}text-line-through-style") or properties.get(f"{STYLE}text-line-through-type")
    display, place = properties.get(f"{TEXT}display"), properties.get(f"{STYLE}text-position")
    colour, behind = properties.get(f"{FO}color"), properties.get(f"{FO}background-color")
    is_automatic = properties.get(f"{STYLE}use-window-font-color") == "true"
    said, font = properties.get(f"{FO}font-size") or "", properties.get(f"{STYLE}font-name")
    size, share, slant = _POINTS.fullmatch(said), _SHARE.fullmatch(said), properties.get(f"{FO}font-style")
    return Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        struck=None if line is None else line != "none",
        hidden=None if display is None else display == "none",
        raised=None if place is None else _raised(place),
        tiny=None if size is None else float(size[1]) <= _TINY,
        font=properties.get(f"{FO}font-family", "").strip("'\"") or (fonts.get(font, font) if font else None),
        size=None if size is None else float(size[1]),
        share=None if share is None else float(share[1]) / 100,
        italic=None if slant is None else slant != "normal",
        colour="" if is_automatic else colour,
        behind=behind,
    )


def has_ground(style: Any) -> bool:
    """Whether what has a style has a colour other than white, or a picture, behind its text.

    Args:
        style: with its properties as children.
    """
    for properties in style:
        fill, colour = properties.get(f"{DRAW}fill"), properties.get(f"{DRAW}fill-color") or ""
        if fill == "solid" and not is_white(colour):
            return True
        if fill in ("gradient", "bitmap", "hatch") or _is_coloured(properties.get(f"{FO}background-color") or ""):
            return True
        picture = properties.find(f"{STYLE}background-image")
        if picture is not None and (len(picture) or len(picture.attrib)):
            return True
    return False


def _is_coloured(colour: str) -> bool:
    return colour not in ("", "transparent") and not is_white(colour)


def _raised(place: str) -> int:
    where = place.split()[0] if place.split() else "0%"
    if where in ("super", "sub"):
        return 1 if where == "super" else -1
    number = float(where.rstrip("%") or 0)
    return (number > 0) - (number < 0)
