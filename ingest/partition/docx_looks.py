"""Text of a Word document that is there and that nobody sees: struck out, hidden, white on white, too small to read."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ingest.documents import Unseen
from ingest.partition.charts import A
from ingest.partition.contrast import WHITE, Colour, cannot_be_seen, colour_of_hex, is_white
from ingest.partition.docx_package import Style, is_on
from ingest.partition.heading_lines import TextLook
from ingest.partition.office_package import W

_TOGGLES: dict[str, Unseen] = {"vanish": "hidden", "webHidden": "hidden", "strike": "struck", "dstrike": "struck"}
_TINY = 4  # half points
_USUAL_SIZE = 10.0  # points, of letters of which a file says nothing (ECMA-376, part 1, section 17.3.2.38)
_VAL, _SIZE, _BOLD, _ITALIC, _COLOUR = (f"{W}{name}" for name in ("val", "sz", "b", "i", "color"))
_BLACK = ("", "auto", "000000")
# Colours of the marker (ECMA-376, part 1, section 17.18.40).
_HIGHLIGHTS = {
    name: colour_of_hex(digits)
    for name, digits in {
        "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080", "darkCyan": "008080",
        "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
        "darkYellow": "808000", "green": "00FF00", "lightGray": "C0C0C0", "magenta": "FF00FF", "red": "FF0000",
        "white": "FFFFFF", "yellow": "FFFF00", "none": "FFFFFF",
    }.items()
}  # fmt: skip
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"


class Look(NamedTuple):
    """What matters of how a run looks."""

    unseen: Unseen | None  # why it is not seen, None if it is
    place: str  # superscript, subscript, or empty
    raised: int  # by half points, without being smaller
    low_font: str  # of its letters without accents
    high_font: str  # of all others
    letters: TextLook

    def font_of(self, char: str) -> str:
        """The font that a character of the run has."""
        return self.low_font if char.isascii() else self.high_font


class Looks:
    """What the styles of a document make of its runs.

    Args:
        styles: by their identity.
        is_dark: whether the pages have a ground of their own colour, on which white is seen.
        usual: properties that runs have by default, and the style of paragraphs that name none.
    """

    def __init__(
        self, styles: Mapping[str, Style], is_dark: bool = False, usual: tuple[Mapping[str, Any], str] = ({}, "")
    ) -> None:
        self._styles, self._is_dark, (self._defaults, self._usual_style) = styles, is_dark, usual
        self._lines: dict[str, list[Any]] = {}
        self._merged: dict[str, dict[str, Any]] = {}

    def of(self, run: Any) -> Look:
        """How a run looks; what is said nearest to it counts.

        Args:
            run: of a paragraph.
        """
        layers = self._layers(run)
        said = {tag: node for layer in reversed(layers) for tag, node in layer.items()}
        fonts = [layer[f"{W}rFonts"] for layer in layers if f"{W}rFonts" in layer]
        low, high = (_font(fonts, name) for name in ("ascii", "hAnsi"))
        shift = _value(said, "position")
        raised = int(shift) if shift.lstrip("-").isdecimal() else 0
        return Look(self._unseen(run, said), _value(said, "vertAlign"), raised, low, high, self._letters(said))

    def _letters(self, said: Mapping[str, Any]) -> TextLook:
        usual = self._defaults
        size = said.get(_SIZE, usual.get(_SIZE))
        colour = said.get(_COLOUR, usual.get(_COLOUR))
        points = size.get(_VAL) if size is not None else None
        named = colour.get(_VAL) if colour is not None else None
        is_bold, is_italic = is_on(said.get(_BOLD, usual.get(_BOLD))), is_on(said.get(_ITALIC, usual.get(_ITALIC)))
        return _text_look(points or "", is_bold, is_italic, named or "")

    def _unseen(self, run: Any, said: Mapping[str, Any]) -> Unseen | None:
        for name, why in _TOGGLES.items():
            if is_on(said.get(f"{W}{name}")):
                return why
        if any(control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for control in run.iterancestors(f"{W}sdt")):
            return "hidden"  # the prompt of a control that nobody has filled in
        letters, ground = colour_of_hex(_value(said, "color")), self._ground
        if letters is not None and (behind := ground(run, said)) is not None and cannot_be_seen(letters, behind):
            return "hidden"
        size = _value(said, "sz")
        return "hidden" if size.isdigit() and int(size) <= _TINY else None

    def _layers(self, run: Any) -> list[dict[str, Any]]:
        """Properties of a run by their tags, from the nearest: its own, those of its style, its paragraph's style."""
        own, paragraph = run.find(f"{W}rPr"), next(run.iterancestors(f"{W}p"), None)
        layers = []
        if own is not None:
            layers = [{node.tag: node for node in own}, self._of_style(own.find(f"{W}rStyle"))]
        if paragraph is not None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            layers.append(self._of_style_named(self._usual_style) if style is None else self._of_style(style))
        return layers

    def _of_style(self, name: Any) -> dict[str, Any]:
        """Properties that a style gives to runs, with those of the styles that it is based on."""
        return self._of_style_named((name.get(f"{W}val") or "") if name is not None else "")

    def _of_style_named(self, identity: str) -> dict[str, Any]:
        if identity not in self._merged:
            properties = (style.find(f"{W}rPr") for style in reversed(self._line(identity)))
            self._merged[identity] = {node.tag: node for one in properties if one is not None for node in one}
        return self._merged[identity]

    def _line(self, identity: str) -> list[Any]:
        """A style and those that it is based on."""
        if identity not in self._lines:
            found, style = dict[str, Any](), self._styles.get(identity)
            while style is not None and style.name not in found:
                found[style.name] = style.element
                style = self._styles.get(style.based_on)
            self._lines[identity] = list(found.values())
        return self._lines[identity]

    def _ground(self, run: Any, said: Mapping[str, Any]) -> Colour | None:
        """The colour behind a run, by what is nearest to it; None where that cannot be told."""
        if f"{W}highlight" in said:
            return _HIGHLIGHTS.get(_value(said, "highlight"))
        if (shade := said.get(f"{W}shd")) is not None and _paints(shade):
            return _fill(shade)
        for parent in run.iterancestors():
            if parent.tag == f"{W}txbxContent":
                return WHITE if _is_white_box(parent) else None
            if parent.tag not in (f"{W}p", f"{W}tc", f"{W}tbl"):
                continue
            own = parent.find(f"{parent.tag}Pr/{W}shd")
            if own is not None and _paints(own):
                return _fill(own)
            if parent.tag == f"{W}tbl" and self._paints_in(parent.find(f"{W}tblPr/{W}tblStyle")):
                return None
            if parent.tag == f"{W}p" and self._paints_in(parent.find(f"{W}pPr/{W}pStyle")):
                return None
        return None if self._is_dark else WHITE

    def _paints_in(self, name: Any) -> bool:
        """Whether the style of a table or paragraph has a colour behind its text."""
        styles = self._line(name.get(f"{W}val") or "") if name is not None else []
        return any(_paints(shade) and not _is_white(shade) for style in styles for shade in style.iter(f"{W}shd"))


@lru_cache(maxsize=1_000)
def _text_look(points: str, bold: bool, italic: bool, colour: str) -> TextLook:
    size = int(points) / 2 if points.isdigit() else _USUAL_SIZE
    return TextLook(size, bold, italic, "" if colour.lower() in _BLACK else colour.lower())


def _paints(shade: Any) -> bool:
    """Whether a shade has a colour or a pattern."""
    fill = (shade.get(f"{W}fill") or "auto").lower()
    patterned = (shade.get(f"{W}val") or "clear") not in ("clear", "nil")
    return patterned or fill != "auto" or shade.get(f"{W}themeFill") is not None


def _fill(shade: Any) -> Colour | None:
    """The colour of a shade; None for a pattern, and for a colour of the theme."""
    patterned = (shade.get(f"{W}val") or "clear") not in ("clear", "nil")
    is_of_theme = shade.get(f"{W}themeFill") is not None
    return None if patterned or is_of_theme else colour_of_hex(shade.get(f"{W}fill") or "")


def _is_white(shade: Any) -> bool:
    return _fill(shade) is not None and is_white(shade.get(f"{W}fill") or "")


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


def _value(said: Mapping[str, Any], name: str) -> str:
    node = said.get(f"{W}{name}")
    return (node.get(f"{W}val") or "") if node is not None else ""
