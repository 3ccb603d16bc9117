"""Text of a Word document that is there and that nobody sees: struck out, hidden, white on white, too small to read."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.documents import Unseen
from ingest.partition.docx_package import Style
from ingest.partition.office_package import W

_TOGGLES: dict[str, Unseen] = {"vanish": "hidden", "webHidden": "hidden", "strike": "struck", "dstrike": "struck"}
_WHITE = "FFFFFF"
_TINY = 4  # half points
# White text may be seen in these: what is behind it may be dark.
_COLOURED = {f"{W}tbl", f"{W}txbxContent"}


class Looks:
    """What the styles of a document make of its runs.

    Args:
        styles: by their identity.
    """

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self._styles = styles

    def unseen(self, run: Any) -> Unseen | None:
        """Why a run is not seen, None if it is; what is said nearest to it counts.

        Args:
            run: of a paragraph.
        """
        layers = list(self._layers(run))
        for name, why in _TOGGLES.items():
            toggle = next((found for layer in layers if (found := layer.find(f"{W}{name}")) is not None), None)
            if is_on(toggle):
                return why
        if _first(layers, "color").upper() == _WHITE and not self._is_coloured(run, layers):
            return "hidden"
        size = _first(layers, "sz")
        return "hidden" if size.isdigit() and int(size) <= _TINY else None

    def _layers(self, run: Any) -> Iterator[Any]:
        """Properties of a run from the nearest: its own, those of its style, those of its paragraph's."""
        own = run.find(f"{W}rPr")
        if own is not None:
            yield own
            yield from self._of_style(own.find(f"{W}rStyle"))
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            yield from self._of_style(paragraph.find(f"{W}pPr/{W}pStyle"))

    def _of_style(self, name: Any) -> Iterator[Any]:
        seen: set[str] = set()
        style = self._styles.get(name.get(f"{W}val")) if name is not None else None
        while style is not None and style.name not in seen:
            seen.add(style.name)
            properties = style.element.find(f"{W}rPr")
            if properties is not None:
                yield properties
            style = self._styles.get(style.based_on)

    def _is_coloured(self, run: Any, layers: list[Any]) -> bool:
        if any(_is_shaded(layer) or layer.find(f"{W}highlight") is not None for layer in layers):
            return True
        for parent in run.iterancestors():
            if parent.tag in _COLOURED:
                return True
            if parent.tag == f"{W}p" and _is_shaded(parent.find(f"{W}pPr")):
                return True
        return False


def is_on(toggle: Any) -> bool:
    """Whether a property that is on or off is on; it is off where it is missing.

    Args:
        toggle: its node.
    """
    return toggle is not None and toggle.get(f"{W}val") not in ("0", "false", "off", "none")


def _is_shaded(properties: Any) -> bool:
    shade = properties.find(f"{W}shd") if properties is not None else None
    return shade is not None and (shade.get(f"{W}fill") or "auto").upper() not in ("AUTO", _WHITE)


def _first(layers: list[Any], name: str) -> str:
    found = (layer.find(f"{W}{name}") for layer in layers)
    return next((node.get(f"{W}val") or "" for node in found if node is not None), "")
