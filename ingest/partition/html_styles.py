"""What the styles of a page hide, strike out and raise: rules of CSS and of single nodes, by tinycss2 and cssselect."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

UNSEEN = "data-fundstelle-unseen"  # marks nodes that are hidden or struck out
RAISED = "data-fundstelle-raised"  # marks nodes that a style sheet raises or lowers
# What styles say of colours and letters, and children take over.
INK, GROUND, SIZE = "data-fundstelle-ink", "data-fundstelle-ground", "data-fundstelle-size"
COUNTED = "data-fundstelle-counted"  # how a list counts its items
LAID = "data-fundstelle-laid"  # "apart" from what is beside it, on "lines" of its own, or its parts are "beside"
_SHOWN = "shown"
_MOST_RULES = 2_000
_MOST_BYTES = 500_000
_LENGTH = re.compile(r"(-?\d*\.?\d+)([a-z%]*)")
PIXELS = {"px": 1, "pt": 4 / 3, "em": 16, "rem": 16, "cm": 38, "mm": 3.8, "in": 96, "pc": 16, "": 1}
_COUNTS = frozenset(
    "none disc circle square decimal decimal-leading-zero lower-alpha lower-latin upper-alpha upper-latin lower-roman "
    "upper-roman lower-greek".split()
)
_ON_LINES = ("block", "list-item", "table", "table-row", "flow-root")
_BESIDE = ("flex", "grid", "inline-flex", "inline-grid")
_GAP = 8  # pixels that are seen as one
_FAR = -900  # pixels to the left of a page or above it: nobody scrolls there

Values = Mapping[str, str]


def mark_unseen(tree: Any) -> None:
    """Mark the nodes that the page's own style sheets and their own styles do not show, by the last rule that says so.

    Args:
        tree: root of the page, of lxml.
    """
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector
    from lxml.etree import XPathError

    for selector, values in _rules(tree):
        try:
            nodes = CSSSelector(selector, translator="html")(tree)
        except (SelectorError, XPathError, NotImplementedError):  # of a newer CSS, or for a state such as :hover
            continue
        for node in nodes:
            _mark(node, values, in_sheet=True)
    for node in tree.iter():
        if isinstance(node.tag, str) and (style := node.get("style")):
            _mark(node, _values(style), in_sheet=False)


def _mark(node: Any, values: Values, in_sheet: bool) -> None:
    look = _look(values)
    if look == _SHOWN:
        node.attrib.pop(UNSEEN, None)
    elif look:
        node.set(UNSEEN, look)
    if counted := _COUNTS.intersection(values.get("list-style-type", values.get("list-style", "")).split()):
        node.set(COUNTED, min(counted))
    if laid := _laid(values):
        node.set(LAID, laid)
    if in_sheet and values.get("vertical-align") in ("super", "sub"):
        node.set(RAISED, values["vertical-align"])
    if "color" in values:
        node.set(INK, values["color"])
    if "font-size" in values:
        node.set(SIZE, values["font-size"])
    if ground := values.get("background-image") or values.get("background-color") or values.get("background"):
        node.set(GROUND, ground)
    if values.get("position") in ("absolute", "fixed"):  # it may lie over anything
        node.set(GROUND, values.get("background-color", "unknown"))


def _rules(tree: Any) -> Iterator[tuple[str, Values]]:
    """Selectors, and the values for what they select."""
    import tinycss2

    count = 0
    for style in tree.iter("style"):
        if (style.get("media") or "all").lower() not in ("all", "screen"):
            continue
        for rule in tinycss2.parse_stylesheet((style.text or "")[:_MOST_BYTES], skip_comments=True):
            if rule.type == "qualified-rule" and count <= _MOST_RULES:
                count += 1
                if values := _values(rule.content):
                    yield tinycss2.serialize(rule.prelude).strip(), values


def _values(declarations: Any) -> Values:
    import tinycss2

    return {
        one.lower_name: tinycss2.serialize(one.value).strip().lower()
        for one in tinycss2.parse_blocks_contents(declarations, skip_comments=True, skip_whitespace=True)
        if one.type == "declaration"
    }


def _look(values: Values) -> str:
    """What values say of their nodes; empty if nothing."""
    if _is_hidden(values):
        return "hidden"
    if any("line-through" in values.get(name, "") for name in ("text-decoration", "text-decoration-line")):
        return "struck"
    return _SHOWN if "display" in values or "visibility" in values else ""


def _laid(values: Values) -> str:
    """How a node is laid out; empty for what stands in its line."""
    display, floats = values.get("display", ""), values.get("float", "none") != "none"
    if display in _BESIDE:
        return "beside"
    if display in _ON_LINES:
        return "lines"
    is_wide = any(values.get(name, "auto") != "auto" for name in ("width", "min-width"))
    if display == "table-cell" or values.get("float") == "right" or (is_wide and (floats or "inline" in display)):
        return "apart"
    margins = [f"margin-{side}" for side in ("left", "right")]
    return "apart" if any(_length(values, name, 0) >= _GAP for name in margins) else ""


def _is_hidden(values: Values) -> bool:
    if values.get("display") == "none" or values.get("visibility") in ("hidden", "collapse"):
        return True
    if values.get("mso-hide") == "all" or _length(values, "opacity", 1) == 0 or values.get("transform") == "scale(0)":
        return True
    if _length(values, "text-indent", 0) < _FAR:
        return True
    if values.get("position") in ("absolute", "fixed"):
        clipped = values.get("clip", "").replace(" ", "") in ("rect(0,0,0,0)", "rect(0000)", "rect(1px,1px,1px,1px)")
        return clipped or any(_length(values, side, 0) < _FAR for side in ("left", "top", "right", "bottom"))
    sizes = ("height", "max-height", "width", "max-width")
    return values.get("overflow") == "hidden" and any(_length(values, side, 1) == 0 for side in sizes)


def _length(values: Values, name: str, default: float) -> float:
    """A length in pixels; the default where there is none, or it depends on others."""
    match = _LENGTH.fullmatch(values.get(name, ""))
    if match is None or (match[2] not in PIXELS and float(match[1])):
        return default
    return float(match[1]) * PIXELS.get(match[2], 1)
