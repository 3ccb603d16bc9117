"""OpenDocument presentations: slides with their shapes, tables and notes; hidden slides apart."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.documents import Element, Partitioned, Unseen
from ingest.partition import clean
from ingest.partition.odf import OdfPackage
from ingest.partition.odf_lists import SlideLists
from ingest.partition.odf_looks import has_ground
from ingest.partition.odf_names import DRAW, FO, PRESENTATION, STYLE, SVG, TEXT
from ingest.partition.odt import OdfReader
from ingest.partition.properties import file_properties
from ingest.partition.slide_order import Placed, in_order

_NUMBERS = "page-number"
_MARGINS = ("header", "footer", "date-time")
_LENGTH = re.compile(r"(-?\d*\.?\d+)(cm|mm|in|pt|pc|px)")
# English metric units of each.
_UNITS = {"cm": 360_000, "mm": 36_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "px": 9_525}
_FILLED = {f"{DRAW}image", f"{DRAW}plugin", f"{DRAW}object", f"{DRAW}object-ole"}


def partition_odp(path: Path) -> Partitioned:
    """Elements of an OpenDocument presentation."""
    package = OdfPackage(path)
    return Partitioned(elements=tuple(_elements(package)), properties=file_properties(path))


def _elements(package: OdfPackage) -> Iterator[Element]:
    margins: set[tuple[str, bool]] = set()
    slides = (node for node in package.body if node.tag == f"{DRAW}page")
    for number, slide in enumerate(slides, 1):
        hidden = _property(package, slide, "visibility") == "hidden"
        for element in _Slide(package, slide).elements():
            if element.kind == "margin":  # once, however many slides repeat it
                if (element.text, hidden) in margins:
                    continue
                margins.add((element.text, hidden))
            yield element.model_copy(update={"page": number, "unseen": "hidden_slide" if hidden else element.unseen})


class _Slide:
    """Reads one slide."""

    def __init__(self, package: OdfPackage, slide: Any) -> None:
        masters = (node for root in package.roots for node in root.iter(f"{STYLE}master-page"))
        name = slide.get(f"{DRAW}master-page-name")
        self._master = next((master for master in masters if master.get(f"{STYLE}name") == name), None)
        self._package, self._slide = package, slide

    def elements(self) -> Iterator[Element]:
        """Its title, its shapes in the order in which they are read, and its notes."""
        is_on_paper = not any(
            _is_filled(self._package, node) for node in (self._slide, self._master) if node is not None
        )
        reader = OdfReader(self._package, SlideLists(self._package), is_on_paper)
        shapes = [shape for shape in self._slide if shape.get(f"{PRESENTATION}class") != _NUMBERS]
        titles = [shape for shape in shapes if shape.get(f"{PRESENTATION}class") == "title"]
        notes = [shape for shape in shapes if shape.tag == f"{PRESENTATION}notes"]
        others = in_order(_placed(shape) for shape in shapes if shape not in titles and shape not in notes)
        for shape in titles:
            found = list(reader.blocks([shape]))
            yield from (element for element in found if element.unseen)
            if text := " ".join(element.text for element in found if not element.unseen):
                yield Element(kind="title", text=text, unseen=_why(shape))
        for placed in others:
            why = "hidden" if self._is_outside(placed) else _why(placed.shape)
            reader.leave_lists()
            is_margin = placed.shape.get(f"{PRESENTATION}class") in _MARGINS
            for element in reader.blocks([placed.shape]):
                kind = "margin" if is_margin else element.kind
                yield element.model_copy(update={"unseen": why or element.unseen, "kind": kind})
        for part in (part for node in notes for part in node):
            if part.tag != f"{DRAW}page-thumbnail" and part.get(f"{PRESENTATION}class") in (None, "notes"):
                yield from (element.model_copy(update={"kind": "note"}) for element in reader.blocks([part]))

        yield from self._margins(reader)

    def _margins(self, reader: OdfReader) -> Iterator[Element]:
        """What stands on many slides: the words of their header and footer, and of the master."""
        for name in _MARGINS:
            used = self._slide.get(f"{PRESENTATION}use-{name}-name")
            words = (node for node in self._package.body if node.tag == f"{PRESENTATION}{name}-decl")
            shown = _property(self._package, self._slide, f"display-{name}") != "false"
            for node in words if used and shown else ():
                if node.get(f"{PRESENTATION}name") == used and (text := clean(node.text or "")):
                    yield Element(kind="margin", text=text)
        shown = _property(self._package, self._slide, "background-objects-visible") != "false"
        for shape in self._master if self._master is not None and shown else ():
            if str(shape.tag).startswith(DRAW) and shape.get(f"{PRESENTATION}class") is None:
                for element in reader.blocks([shape]):
                    if any(map(str.isalnum, element.text)):
                        yield element.model_copy(update={"kind": "margin", "table": ()})

    def _is_outside(self, placed: Placed) -> bool:
        """Whether a shape stands beside the slide."""
        width, height = self._size()
        return (
            placed.right < 0
            or placed.bottom < 0
            or (bool(width and height) and (placed.left > width or placed.top > height))
        )

    def _size(self) -> tuple[int, int]:
        """Of the slide; nothing where the file does not say it."""
        name = self._master.get(f"{STYLE}page-layout-name") if self._master is not None else None
        layouts = (node for root in self._package.roots for node in root.iter(f"{STYLE}page-layout"))
        layout = next((one for one in layouts if one.get(f"{STYLE}name") == name), None)
        properties = layout.find(f"{STYLE}page-layout-properties") if layout is not None else None
        if properties is None:
            return 0, 0
        return _length(properties.get(f"{FO}page-width")), _length(properties.get(f"{FO}page-height"))


def _placed(shape: Any) -> Placed:
    """A shape with its place: of a group, that of its shapes together."""
    inner = [_placed(one) for one in shape if shape.tag == f"{DRAW}g" and one.tag.startswith(DRAW)]
    texts = tuple(text for line in shape.iter(f"{TEXT}p") if (text := "".join(line.itertext()).strip()))
    if inner:
        return Placed(
            min(one.left for one in inner), min(one.top for one in inner), max(one.right for one in inner),
            max(one.bottom for one in inner), texts, shape,
        )  # fmt: skip
    left, top = (_length(shape.get(f"{SVG}{name}")) for name in ("x", "y"))
    width, height = (_length(shape.get(f"{SVG}{name}")) for name in ("width", "height"))
    return Placed(left, top, left + width, top + height, texts, shape)


def _length(said: str | None) -> int:
    match = _LENGTH.fullmatch(said or "")
    return int(float(match[1]) * _UNITS[match[2]]) if match else 0


def _why(shape: Any) -> Unseen | None:
    """Why a shape is not seen: its text is what its author is asked for."""
    return "hidden" if shape.get(f"{PRESENTATION}placeholder") == "true" else None


def _is_filled(package: OdfPackage, page: Any) -> bool:
    """Whether a page has a ground, or anything on it has, so that white text on it may be seen."""
    if any(map(has_ground, package.lines("drawing-page", page.get(f"{DRAW}style-name")))):
        return True
    if any(shape.tag in _FILLED for shape in page.iter()):
        return True
    shapes = (shape for shape in page.iter() if str(shape.tag).startswith(DRAW))
    return any(
        has_ground(style)
        for shape in shapes
        for family, space in (("graphic", DRAW), ("presentation", PRESENTATION))
        for style in package.lines(family, shape.get(f"{space}style-name"))
    )


def _property(package: OdfPackage, slide: Any, name: str) -> str | None:
    """What the style of a slide says of its presentation."""
    found = package.properties("drawing-page", slide.get(f"{DRAW}style-name"), "drawing-page")
    return next((said for one in found if (said := one.get(f"{PRESENTATION}{name}")) is not None), None)
