"""What is behind the text of a slide: white text is hidden only where nothing else can be there."""

from collections.abc import Iterable
from typing import Any

from ingest.partition.charts import A
from ingest.partition.contrast import is_white
from ingest.partition.pptx_shapes import P
from ingest.partition.pptx_text import is_white_fill
from ingest.partition.slide_order import Placed

_FILLS = {f"{A}{name}" for name in ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")}
_SHADES = {f"{P}graphicFrame", f"{P}pic"}  # shapes that may have any colour


class Grounds:
    """Tells what is behind the shapes of a slide.

    Args:
        roots: of the slide, its layout and its master.
        shapes: of all of these.
        theme: root of the master's theme; None where there is none.
    """

    def __init__(self, roots: list[Any], shapes: Iterable[Placed], theme: Any) -> None:
        self._is_plain = _is_plain(roots, theme)
        grounds = (root.find(f"{P}cSld/{P}bg") for root in roots)
        ground = next((found for found in grounds if found is not None), None)
        self._is_white = ground is None or _is_white_ground(ground)
        self._shapes = [one for one in shapes if one.shape.tag in _SHADES or _fill(one.shape) not in ("none", "white")]

    def is_white_behind(self, text: Placed) -> bool:
        """Whether what is behind the text of a shape is white for certain.

        Args:
            text: the shape that it stands in.
        """
        own = _fill(text.shape)
        if own != "none" or not self._is_plain:
            return own == "white" and self._is_plain
        return self._is_white and not any(one.shape is not text.shape and _overlap(one, text) for one in self._shapes)


def _is_plain(roots: list[Any], theme: Any) -> bool:
    """Whether the ground that the theme has is white on these slides, as it is not in dark designs."""
    if any(root.find(f"{P}clrMapOvr/{A}overrideClrMapping") is not None for root in roots):
        return False
    maps = (root.find(f"{P}clrMap") for root in roots)
    if any(colours is not None and colours.get("bg1", "lt1") != "lt1" for colours in maps):
        return False
    light = theme.find(f"{A}themeElements/{A}clrScheme/{A}lt1") if theme is not None else None
    said = [colour.get("lastClr") or colour.get("val") or "" for colour in light] if light is not None else ["ffffff"]
    return all(map(is_white, said))


def _is_white_ground(ground: Any) -> bool:
    fill, of_theme = ground.find(f"{P}bgPr/{A}solidFill"), ground.find(f"{P}bgRef")
    if fill is not None:
        return is_white_fill(fill)
    # The first ground of a theme is its plain colour.
    return of_theme is not None and of_theme.get("idx") == "1001" and is_white_fill(of_theme)


def _fill(shape: Any) -> str:
    """With what a shape is filled: none, white or other."""
    for fill in shape.iterfind(f"{P}spPr/*"):
        if fill.tag == f"{A}noFill":
            return "none"
        if fill.tag in _FILLS:
            return "white" if fill.tag == f"{A}solidFill" and is_white_fill(fill) else "other"
    style = shape.find(f"{P}style/{A}fillRef")
    return "other" if style is not None and style.get("idx") != "0" else "none"


def _overlap(one: Placed, other: Placed) -> bool:
    """Whether two shapes overlap; those without a place may do so."""
    if one.right == one.left or other.right == other.left:
        return True
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
