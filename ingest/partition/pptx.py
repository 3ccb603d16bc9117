"""Slides, walked whole: groups, tables, charts, SmartArt, pictures, notes and comments; hidden slides apart.

unstructured keeps titles, text and tables, and passes over all else in silence. Read by lxml on the parts of the
package (ECMA-376, part 1, section 19).
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned, Unseen
from ingest.partition import said_by
from ingest.partition.charts import A
from ingest.partition.drawings import drawn
from ingest.partition.embedded import embedded_members
from ingest.partition.members import MemberFolder
from ingest.partition.office_package import OfficePackage, R, refuse_locked_package
from ingest.partition.picture_limits import SMALL
from ingest.partition.pptx_comments import comment_authors, comment_elements
from ingest.partition.pptx_grounds import Grounds
from ingest.partition.pptx_shapes import P, is_hidden, is_placeholder, list_styles, placed_shapes, placeholder
from ingest.partition.pptx_text import shape_text, table_text
from ingest.partition.properties import file_properties
from ingest.partition.slide_order import Placed, in_order

_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_MARGIN = ("ftr", "dt", "hdr")
_NO_NOTES = (*_MARGIN, "sldNum", "sldImg")
_REPEATED, _MOST_SLIDES = 3, 0.6  # slides, and share of them, on which a text stands in their margin
_NUMBERED_MARGIN = re.compile(r"(.+?)\s*[·|–/-]\s*(\d+)")
_ANY = 2_000  # pixels of a picture that is read where nothing else is
_LISTED = ("body", "obj", None)  # placeholders whose paragraphs have bullets unless they say otherwise
_OFF = ("0", "false")


def partition_pptx(path: Path) -> Partitioned:
    """Elements of a presentation (pptx, pptm, ppsx, ppsm, potx, potm).

    Raises:
        DocumentFailed: there is no text in it.
    """
    refuse_locked_package(path)
    package = OfficePackage(path)
    elements = tuple(_elements(package, SMALL))
    if not any(element.kind != "margin" for element in elements):  # slides that are nothing but a logo
        elements = tuple(_elements(package, _ANY))
    members = tuple(embedded_members(package, _slides(package), MemberFolder(path)))
    if not members and not any(element.unseen is None for element in elements):
        raise DocumentFailed("document.no_text", document=path.name)
    return Partitioned(elements=elements, properties=file_properties(path), members=members)


def _elements(package: OfficePackage, smallest: int) -> Iterator[Element]:
    """Elements of all slides; what stands on most, before the number of the slide, is their margin."""
    found = list(_on_slides(package, smallest))
    slides = {element.page for element in found}
    on = {text: {one.page for one in found if _margin_text(one) == text} for text in map(_margin_text, found) if text}
    seen: set[str] = set()
    for element in found:
        text = _margin_text(element)
        if not text or len(on[text]) < max(_REPEATED, _MOST_SLIDES * len(slides)):
            yield element
        elif text not in seen:
            seen.add(text)
            yield element.model_copy(update={"kind": "margin"})


def _margin_text(element: Element) -> str:
    """What may stand in the margin of all slides, where it ends with the number of its slide; empty for other text."""
    if element.kind != "paragraph" or element.unseen:
        return ""
    match = _NUMBERED_MARGIN.fullmatch(element.text)
    return match[1] if match and match[2] == str(element.page) else ""


def _slides(package: OfficePackage) -> list[str]:
    """Parts of the slides in their order."""
    relations = package.relations(_MAIN)
    marks = package.xml(_MAIN).iterfind(f"{P}sldIdLst/{P}sldId")
    found = (relations.get(mark.get(f"{R}id")) for mark in marks)
    return [one.target for one in found if one is not None and one.target in package.names]


def _on_slides(package: OfficePackage, smallest: int) -> Iterator[Element]:
    presentation, margins = _Presentation(package, smallest), set[tuple[str, bool]]()
    for number, name in enumerate(_slides(package), 1):
        root = package.xml(name)
        hidden = root.get("show") in _OFF
        for element in _Slide(presentation, name, root).elements():
            if element.kind == "margin":  # once, however many slides repeat it
                if (element.text, hidden) in margins:
                    continue
                margins.add((element.text, hidden))
            unseen = "hidden_slide" if hidden else element.unseen
            yield element.model_copy(update={"page": number, "unseen": unseen})


class _Presentation:
    """What slides have in common."""

    def __init__(self, package: OfficePackage, smallest: int) -> None:
        self.package, self.smallest = package, smallest
        size = package.xml(_MAIN).find(f"{P}sldSz")
        self.width, self.height = (int(size.get(name, "0")) for name in ("cx", "cy")) if size is not None else (0, 0)
        self.authors = comment_authors(package, package.relations(_MAIN))
        self._roots: dict[str, Any] = {}

    def patterns(self, name: str) -> Iterator[Any]:
        """The layout of a slide and its master, whose shapes are shown on it unless one says otherwise."""
        layout = self._pointed_at(name, "slideLayout")
        yield from (self._root(part) for part in (layout, self._pointed_at(layout, "slideMaster")) if part)

    def theme(self, name: str) -> Any:
        """The theme of a slide's master; None where there is none."""
        master = self._pointed_at(self._pointed_at(name, "slideLayout"), "slideMaster")
        theme = self._pointed_at(master, "theme")
        return self._root(theme) if theme else None

    def _pointed_at(self, part: str, kind: str) -> str:
        """The first part of a kind that another one points to, empty for none."""
        found = self.package.relations(part).values() if part else ()
        return next((one.target for one in found if one.kind == kind and one.target in self.package.names), "")

    def _root(self, part: str) -> Any:
        if part not in self._roots:
            self._roots[part] = self.package.xml(part)
        return self._roots[part]

    def is_outside(self, placed: Placed) -> bool:
        """Whether a shape stands beside its slide."""
        if not self.width or placed.left == placed.right:
            return False
        is_beside = placed.right <= 0 or placed.left >= self.width
        return is_beside or placed.bottom <= 0 or placed.top >= self.height


class _Slide:
    """Reads one slide."""

    def __init__(self, presentation: _Presentation, name: str, root: Any) -> None:
        self._presentation, self._root = presentation, root
        self._relations = presentation.package.relations(name)
        self._patterns = patterns = list(presentation.patterns(name))
        self._shapes = list(placed_shapes(root, patterns))
        drawn_behind = (one for pattern in patterns for one in placed_shapes(pattern, []))
        self._behind = [one for one in drawn_behind if not is_placeholder(one.shape)]
        self._grounds = Grounds([root, *patterns], [*self._shapes, *self._behind], presentation.theme(name))

    def elements(self) -> Iterator[Element]:
        """Its titles, its other shapes in the order in which they are read, notes, comments and its layout's text."""
        titles = [one for one in self._shapes if placeholder(one.shape) in _TITLES]
        others = in_order(one for one in self._shapes if one not in titles)
        for placed in (*titles, *others):
            yield from self._shape(placed)
        for relation in self._relations.values():
            if relation.target in self._presentation.package.names:
                yield from self._beside(relation.kind, relation.target)
        shown = self._behind if self._root.get("showMasterSp") not in _OFF else []
        for placed in shown:
            for element in self._shape(placed):
                yield element.model_copy(update={"kind": "margin", "table": ()})

    def _beside(self, kind: str, part: str) -> Iterator[Element]:
        """Notes and comments of the slide."""
        package = self._presentation.package
        if kind == "notesSlide":
            for shape in package.xml(part).iter(f"{P}sp"):
                if placeholder(shape) not in _NO_NOTES:  # programs write notes into text boxes of that page, too
                    notes = shape_text(shape, False, lambda: False)
                    yield from (element.model_copy(update={"kind": "note"}) for element in notes)
        elif kind == "comments":
            yield from comment_elements(package.xml(part), self._presentation.authors)

    def _shape(self, placed: Placed) -> Iterator[Element]:
        unseen: Unseen | None = "hidden" if is_hidden(placed.shape) or self._presentation.is_outside(placed) else None
        for element in self._seen(placed):
            yield element.model_copy(update={"unseen": unseen}) if unseen else element

    def _seen(self, placed: Placed) -> Iterator[Element]:
        shape, kind = placed.shape, placeholder(placed.shape)
        is_on_white = partial(self._grounds.is_white_behind, placed)
        if shape.tag == f"{P}sp" and kind in _TITLES:
            found = list(shape_text(shape, False, is_on_white))
            if text := " ".join(said_by(found).split()):
                yield Element(kind="title", text=text)
            yield from (element for element in found if element.unseen)
        elif shape.tag == f"{P}sp" and kind in _MARGIN:
            found = list(shape_text(shape, False, is_on_white))
            yield from (element.model_copy(update={"kind": "margin"}) for element in found)
        elif shape.tag == f"{P}sp" and kind != "sldNum":
            styles = list_styles(shape, self._patterns)
            yield from shape_text(shape, is_placeholder(shape) and kind in _LISTED, is_on_white, styles)
        for table in shape.iter(f"{A}tbl"):
            yield from table_text(table)
        if placed not in self._behind:
            yield from drawn(shape, self._presentation.package, self._relations, self._presentation.smallest)
