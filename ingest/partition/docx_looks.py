"""Text of a Word document that is there and that nobody sees: struck out, hidden, white on white, too small to read."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ingest.documents import Unseen
from ingest.partition.docx_package import Style, is_on
from ingest.partition.drawings import A
from ingest.partition.office_package import W
from ingest.partition.whiteness import is_white

_TOGGLES: dict[str, Unseen] = {"vanish": "hidden", "webHidden": "hidden", "strike": "struck", "dstrike": "struck"}
_TINY = 4  # half points
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"


class Look(NamedTuple):
    """What matters of how a run looks."""

    unseen: Unseen | None  # why it is not seen, None if it is
    place: str  # superscript, subscript, or empty
    low_font: str  # of its letters without accents
    high_font: str  # of all others

    def font_of(self, char: str) -> str:
        """The font that a character of the run has."""
        return self.low_font if char.isascii() else self.high_font


class Looks:
    """What the styles of a document make of its runs.

    Args:
        styles: by their identity.
        is_dark: whether the pages have a ground of their own colour, on which white is seen.
    """

    def __init__(self, styles: Mapping[str, Style], is_dark: bool = False) -> None:
        self._styles, self._is_dark = styles, is_dark

    def of(self, run: Any) -> Look:
        """How a run looks; what is said nearest to it counts.

        Args:
            run: of a paragraph.
        """
        layers = list(self._layers(run))
        fonts = [layer.find(f"{W}rFonts") for layer in layers]
        low, high = (_font([font for font in fonts if font is not None], name) for name in ("ascii", "hAnsi"))
        return Look(self._unseen(run, layers), _first(layers, "vertAlign"), low, high)

    def _unseen(self, run: Any, layers: list[Any]) -> Unseen | None:
        for name, why in _TOGGLES.items():
            toggle = next((found for layer in layers if (found := layer.find(f"{W}{name}")) is not None), None)
            if is_on(toggle):
                return why
        if any(control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for control in run.iterancestors(f"{W}sdt")):
            return "hidden"  # the prompt of a control that nobody has filled in
        if is_white(_first(layers, "color")) and not self._is_coloured(run, layers):
            return "hidden"
        size = _first(layers, "sz")
        return "hidden" if size.isdigit() and int(size) <= _TINY else None

    def _layers(self, run: Any) -> Iterator[Any]:
        """Properties of a run from the nearest: its own, those of its style, those of its paragraph's."""
        own = run.find(f"{W}rPr")
        if own is not None:
            yield own
            yield from _properties(self._line(own.find(f"{W}rStyle")), "rPr")
        yield from _properties(self._paragraph_styles(run), "rPr")

    def _paragraph_styles(self, run: Any) -> Iterator[Any]:
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            yield from self._line(paragraph.find(f"{W}pPr/{W}pStyle"))

    def _line(self, name: Any) -> Iterator[Any]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        style = self._styles.get(name.get(f"{W}val")) if name is not None else None
        while style is not None and style.name not in seen:
            seen.add(style.name)
            yield style.element
            style = self._styles.get(style.based_on)

    def _is_coloured(self, run: Any, layers: list[Any]) -> bool:
        """Whether what is behind white text may be dark."""
        if self._is_dark or any(_is_shaded(layer) or layer.find(f"{W}highlight") is not None for layer in layers):
            return True
        for parent in run.iterancestors():
            if parent.tag == f"{W}txbxContent":
                return not _is_white_box(parent)
            if parent.tag in (f"{W}p", f"{W}tc", f"{W}tbl") and _is_shaded(parent.find(f"{parent.tag}Pr")):
                return True
            if parent.tag == f"{W}tbl" and self._has_coloured_style(parent):
                return True
        return any(map(_is_shaded, _properties(self._paragraph_styles(run), "pPr")))

    def _has_coloured_style(self, table: Any) -> bool:
        """Whether the style of a table shades any of its cells."""
        styles = self._line(table.find(f"{W}tblPr/{W}tblStyle"))
        return any(_is_fill(shade) for style in styles for shade in style.iter(f"{W}shd"))


def _properties(styles: Iterator[Any], name: str) -> Iterator[Any]:
    return (found for style in styles if (found := style.find(f"{W}{name}")) is not None)


def _is_shaded(properties: Any) -> bool:
    shade = properties.find(f"{W}shd") if properties is not None else None
    return shade is not None and _is_fill(shade)


def _is_fill(shade: Any) -> bool:
    """Whether a shade has another colour than white, or a pattern."""
    fill = (shade.get(f"{W}fill") or "auto").lower()
    patterned = (shade.get(f"{W}val") or "clear") not in ("clear", "nil")
    coloured = shade.get(f"{W}themeFill") is not None if fill == "auto" else not is_white(fill)
    return patterned or coloured


def _is_white_box(content: Any) -> bool:
    """Whether a text box is filled with white, so that white text in it cannot be seen."""
    shape = next(content.iterancestors(f"{_WPS}wsp"), None)
    fill = shape.find(f"{_WPS}spPr/{A}solidFill/{A}srgbClr") if shape is not None else None
    return fill is not None and is_white(fill.get("val") or "")


def _font(fonts: list[Any], name: str) -> str:
    """The font for one range of characters; one of the theme is none for signs."""
    for font in fonts:
        if font.get(f"{W}{name}Theme"):
            return ""
        if said := font.get(f"{W}{name}"):
            return str(said)
    return ""


def _first(layers: list[Any], name: str) -> str:
    found = (layer.find(f"{W}{name}") for layer in layers)
    return next((node.get(f"{W}val") or "" for node in found if node is not None), "")
