"""Shapes of a slide with their places: those in groups, and placeholders where their layout puts them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ingest.partition.charts import A
from ingest.partition.office_package import MC
from ingest.partition.slide_order import Placed

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SHAPES = (f"{P}sp", f"{P}graphicFrame", f"{P}pic", f"{P}cxnSp")
_ON = ("1", "true")
_BODY = ("obj", "tbl", "chart", "dgm", "media", "clipArt", "pic", None)  # for a master these are bodies


class _Frame(NamedTuple):
    """How the places in a group become places on the slide."""

    left: float = 0
    top: float = 0
    wide: float = 1
    high: float = 1

    def box(self, place: Any) -> tuple[int, int, int, int] | None:
        """Left, top, right and bottom of what has a transformation; None where that says nothing."""
        offset, extent = place.find(f"{A}off"), place.find(f"{A}ext")
        if offset is None:
            return None
        x, y = _numbers(offset, "x", "y")
        width, height = _numbers(extent, "cx", "cy")
        left, top = self.left + self.wide * x, self.top + self.high * y
        return round(left), round(top), round(left + self.wide * width), round(top + self.high * height)

    def within(self, group: Any) -> "_Frame":
        """Of the shapes in a group."""
        place = group.find(f"{P}grpSpPr/{A}xfrm")
        offset = place.find(f"{A}off") if place is not None else None
        if offset is None:
            return self
        x, y = _numbers(offset, "x", "y")
        width, height = _numbers(place.find(f"{A}ext"), "cx", "cy")
        inner_x, inner_y = _numbers(place.find(f"{A}chOff"), "x", "y")
        inner_width, inner_height = _numbers(place.find(f"{A}chExt"), "cx", "cy")
        wide = width / inner_width if inner_width else 1.0
        high = height / inner_height if inner_height else 1.0
        return _Frame(
            self.left + self.wide * (x - wide * inner_x),
            self.top + self.high * (y - high * inner_y),
            self.wide * wide,
            self.high * high,
        )


def placed_shapes(root: Any, patterns: list[Any]) -> Iterator[Placed]:
    """Shapes of a slide in the order of the file, with their places; at its corner where nothing says the place.

    Args:
        root: of the slide.
        patterns: roots of its layout and master.
    """
    tree = root.find(f"{P}cSld/{P}spTree")
    for shape, box in _walk(() if tree is None else tree, _Frame()):
        yield Placed(*(box or _inherited(shape, patterns) or (0, 0, 0, 0)), _texts(shape), shape)


def placeholder(shape: Any) -> str | None:
    """The role of a placeholder; None for any other shape, and for a placeholder of contents."""
    mark = _mark(shape)
    return None if mark is None else mark.get("type")


def is_placeholder(shape: Any) -> bool:
    """Whether the layout has a place for a shape."""
    return _mark(shape) is not None


def is_hidden(shape: Any) -> bool:
    """Whether a shape, or a group that it is in, was hidden.

    Args:
        shape: its node.
    """
    own = next(shape.iter(f"{P}cNvPr"), None)
    groups = (group.find(f"{P}nvGrpSpPr/{P}cNvPr") for group in shape.iterancestors(f"{P}grpSp"))
    return any(one is not None and one.get("hidden") in _ON for one in (own, *groups))


def _walk(tree: Any, frame: _Frame) -> Iterator[tuple[Any, tuple[int, int, int, int] | None]]:
    for child in tree:
        if child.tag == f"{P}grpSp":
            yield from _walk(child, frame.within(child))
        elif child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            yield from _walk(choice if choice is not None else child, frame)
        elif child.tag in _SHAPES:
            place = next(child.iter(f"{A}xfrm", f"{P}xfrm"), None)
            yield child, frame.box(place) if place is not None else None


def list_styles(shape: Any, patterns: list[Any]) -> list[Any]:
    """The styles of lists that the layout and the master have for a placeholder, the nearest first.

    Args:
        shape: its node.
        patterns: roots of the layout and master.
    """
    found = (other.find(f"{P}txBody/{A}lstStyle") for other in _placeholders_behind(shape, patterns))
    return [style for style in found if style is not None]


def _inherited(shape: Any, patterns: list[Any]) -> tuple[int, int, int, int] | None:
    """The place that the layout, or the master, has for a placeholder."""
    for other in _placeholders_behind(shape, patterns):
        if (place := other.find(f"{P}spPr/{A}xfrm")) is not None:
            return _Frame().box(place)
    return None


def _placeholders_behind(shape: Any, patterns: list[Any]) -> Iterator[Any]:
    """Shapes of the layout and the master that a placeholder takes the place of."""
    if (mark := _mark(shape)) is None:
        return
    for number, pattern in enumerate(patterns):
        for other in pattern.iter(f"{P}sp"):
            own = _mark(other)
            if own is not None and _is_same(mark, own, number == 0):
                yield other


def _is_same(mark: Any, other: Any, by_number: bool) -> bool:
    if by_number:
        return bool(mark.get("idx", "0") == other.get("idx", "0"))
    kind = "body" if mark.get("type") in _BODY else mark.get("type")
    return bool(kind == other.get("type"))


def _mark(shape: Any) -> Any:
    return shape.find(f".//{P}nvPr/{P}ph")


def _texts(shape: Any) -> tuple[str, ...]:
    """The paragraphs that a shape has, those of a table's cells among them."""
    paragraphs = ("".join(text.text or "" for text in line.iter(f"{A}t")).strip() for line in shape.iter(f"{A}p"))
    return tuple(filter(None, paragraphs))


def _numbers(node: Any, *names: str) -> list[int]:
    found = (node.get(name, "0") if node is not None else "0" for name in names)
    return [int(text) if text.lstrip("-").isdigit() else 0 for text in found]
