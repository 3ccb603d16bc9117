"""Text of a page that nobody sees: hidden by its styles, in the colour of its ground, or in the smallest letters."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.contrast import BLACK, WHITE, Colour, cannot_be_seen
from ingest.partition.html_controls import not_chosen
from ingest.partition.html_inline import STRUCK_TAGS, UNSEEN_TAGS, inline, is_struck, is_unseen
from ingest.partition.html_styles import GROUND, INK, PIXELS, SIZE, UNSEEN

_PASSED_ON = ("transparent", "inherit", "none", "initial", "unset", "currentcolor")
_USUAL, _SMALLEST = 16.0, 1.0  # pixels of letters
_LENGTH = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|cm|mm|in|pc|%)?")
_NO_TEXT = ("script", "style", "template", "head")


class _Said(NamedTuple):
    """Whether a node has text, and whether all of it is unseen."""

    text: bool
    unseen: bool


def mark_invisible(tree: Any) -> None:
    """Mark the nodes of which all text has the colour of what is behind it, or is too small to be read.

    Args:
        tree: root of the page, of lxml, whose styles are read.
    """
    linked = any("stylesheet" in (link.get("rel") or "").lower() for link in tree.iter("link"))
    _walk(tree, BLACK, None if linked else WHITE, _USUAL)


def unseen_elements(body: Any) -> Iterator[Element]:
    """What is in a page and not shown, or struck out.

    Args:
        body: of a page whose styles are read.
    """
    for node in _hidden(body):
        text = clean(inline(node))
        if any(char.isalnum() for char in text):
            yield Element(kind="paragraph", text=text, unseen="struck" if is_struck(node) else "hidden")
    for control in body.iter("select"):
        yield from (Element(kind="paragraph", text=text, unseen="hidden") for text in not_chosen(control))


def _hidden(node: Any) -> Iterator[Any]:
    """Nodes with text that is not shown; what is for programs and not for readers is none."""
    for child in node:
        if not isinstance(child.tag, str) or (child.tag in UNSEEN_TAGS and child.tag not in STRUCK_TAGS):
            continue
        if is_unseen(child):
            yield child
        else:
            yield from _hidden(child)


def _walk(node: Any, ink: Colour | None, ground: Colour | None, size: float) -> _Said:
    if not isinstance(node.tag, str) or node.tag in _NO_TEXT:
        return _Said(text=False, unseen=True)
    said = node.get(INK) or (node.get("color") if node.tag == "font" else None)
    ink = _colour(said, ink)
    painted = "unknown" if node.get("background") else node.get(GROUND) or node.get("bgcolor")
    ground = _colour(painted, ground)
    ink = ground if said and _is_clear(said) else ink
    size = _size(node.get(SIZE), size)
    inner = [_walk(child, ink, ground, size) for child in node]
    own = bool((node.text or "").strip()) or any((child.tail or "").strip() for child in node)
    is_text = own or any(said.text for said in inner)
    is_seen = size > _SMALLEST and not _is_alike(ink, ground)
    unseen = not (own and is_seen) and all(said.unseen for said in inner)
    if is_text and unseen and node.get(UNSEEN) is None:
        for inner_node in node.iterdescendants():  # it is named once, as a whole
            if inner_node.get(UNSEEN) == "hidden":
                del inner_node.attrib[UNSEEN]
        node.set(UNSEEN, "hidden")
    return _Said(is_text, unseen)


def _is_alike(ink: Colour | None, ground: Colour | None) -> bool:
    """Whether letters have the colour of what is behind them, as far as that is known."""
    return ink is not None and ground is not None and cannot_be_seen(ink, ground)


def _size(said: str | None, inherited: float) -> float:
    match = _LENGTH.fullmatch(said or "")
    if match is None:
        return _USUAL if said else inherited
    number, unit = float(match[1]), match[2]
    if unit in ("em", "%"):
        return number * inherited / (100 if unit == "%" else 1)
    return number * PIXELS[unit or ""]


def _is_clear(said: str) -> bool:
    import tinycss2.color3

    colour = tinycss2.color3.parse_color(said)
    return colour is not None and not isinstance(colour, str) and not colour.alpha


def _colour(said: str | None, inherited: Colour | None) -> Colour | None:
    """The colour that a style says, the inherited one where it says none."""
    import tinycss2
    import tinycss2.color3

    if not said or said.strip().lower() in _PASSED_ON:
        return inherited
    if "(" in said and not said.lstrip().startswith("rgb"):  # a picture, a gradient, a variable
        return None
    for token in tinycss2.parse_component_value_list(said):
        colour = tinycss2.color3.parse_color(token)
        if colour is not None and not isinstance(colour, str):
            return (colour.red, colour.green, colour.blue) if colour.alpha else inherited
    return None
