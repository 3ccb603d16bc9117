"""Slides, walked whole: groups, tables, charts, SmartArt, pictures, notes and comments; hidden slides apart.

unstructured keeps titles, text and tables, and passes over all else in silence. Read by lxml on the parts of the
package (ECMA-376, part 1, section 19).
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Kind, Partitioned
from ingest.partition import clean, said_by
from ingest.partition.drawings import A, drawn
from ingest.partition.numerals import letter, roman
from ingest.partition.office_package import MC, OfficePackage, R, Relation, refuse_locked_package
from ingest.partition.picture_limits import SMALL
from ingest.partition.properties import file_properties
from ingest.partition.scripts import subscript, superscript
from ingest.partition.table_layout import table_element
from ingest.partition.table_model import Cell, Table

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_MARGIN = ("ftr", "dt", "hdr")
_REPEATED, _MOST_SLIDES = 3, 0.6  # slides, and share of them, on which a text stands in their margin
_NUMBERED_MARGIN = re.compile(r"(.+?)\s*[·|–/-]\s*(\d+)")
_ON = ("1", "true")
_MOST_SPANNED = 1_000
_ANY = 2_000  # pixels of a picture that is read where nothing else is
_DOWN = 400_000  # English metric units, about a centimetre: shapes this near in height are read from the left
_LISTED = ("body", "obj", None)  # placeholders whose paragraphs have bullets unless they say otherwise


def partition_pptx(path: Path) -> Partitioned:
    """Elements of a presentation (pptx, pptm, ppsx, ppsm, potx, potm).

    Raises:
        DocumentFailed: there is no text in it.
    """
    refuse_locked_package(path)
    package = OfficePackage(path)
    elements = tuple(_elements(package, SMALL)) or tuple(_elements(package, _ANY))  # slides that are nothing but a logo
    if not any(element.unseen is None for element in elements):
        raise DocumentFailed("document.no_text", document=path.name)
    return Partitioned(elements=elements, properties=file_properties(path))


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


def _on_slides(package: OfficePackage, smallest: int) -> Iterator[Element]:
    slides = package.relations(_MAIN)
    margins: set[str] = set()
    for number, mark in enumerate(package.xml(_MAIN).iterfind(f"{_P}sldIdLst/{_P}sldId"), 1):
        relation = slides.get(mark.get(f"{R}id"))
        if relation is None or relation.target not in package.names:
            continue
        root = package.xml(relation.target)
        hidden = root.get("show") in ("0", "false")
        for element in _Slide(package, relation.target, smallest).elements(root):
            if element.kind == "margin":  # once, however many slides repeat it
                if element.text in margins:
                    continue
                margins.add(element.text)
            unseen = "hidden_slide" if hidden else element.unseen
            yield element.model_copy(update={"page": number, "unseen": unseen})


class _Slide:
    """Reads one slide."""

    def __init__(self, package: OfficePackage, name: str, smallest: int) -> None:
        self._package, self._relations, self._smallest = package, package.relations(name), smallest

    def elements(self, root: Any) -> Iterator[Element]:
        tree = root.find(f"{_P}cSld/{_P}spTree")
        shapes = list(_shapes(() if tree is None else tree))
        titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
        others = sorted((shape for shape in shapes if shape not in titles), key=_place)
        for shape in (*titles, *others):
            yield from self._shape(shape)
        for relation in self._relations.values():
            if relation.target in self._package.names:
                yield from self._beside(relation)

    def _beside(self, relation: Relation) -> Iterator[Element]:
        """Notes and comments of the slide."""
        root = self._package.xml(relation.target) if relation.kind in ("notesSlide", "comments") else None
        if root is not None and relation.kind == "notesSlide":
            for shape in root.iter(f"{_P}sp"):
                if _placeholder(shape) == "body":
                    yield from (element.model_copy(update={"kind": "note"}) for element in _text(shape, listed=False))
        elif root is not None:
            for comment in root.iter():
                said = clean(comment.text or "") if isinstance(comment.tag, str) else ""
                if said and (comment.tag.endswith("}text") or comment.tag == f"{A}t"):
                    yield Element(kind="note", text=said)

    def _shape(self, shape: Any) -> Iterator[Element]:
        properties = next(shape.iter(f"{_P}cNvPr"), None)
        unseen = "hidden" if properties is not None and properties.get("hidden") in ("1", "true") else None
        for element in self._seen(shape):
            yield element.model_copy(update={"unseen": unseen}) if unseen else element

    def _seen(self, shape: Any) -> Iterator[Element]:
        kind = _placeholder(shape)
        if shape.tag == f"{_P}sp" and kind in _TITLES:
            yield from _title(shape)
        elif shape.tag == f"{_P}sp" and kind in _MARGIN:
            yield from (element.model_copy(update={"kind": "margin"}) for element in _text(shape, listed=False))
        elif shape.tag == f"{_P}sp" and kind != "sldNum":
            listed = shape.find(f".//{_P}nvPr/{_P}ph") is not None and kind in _LISTED
            yield from _text(shape, listed)
        for table in shape.iter(f"{A}tbl"):
            yield from _table(table)
        yield from drawn(shape, self._package, self._relations, self._smallest)


def _shapes(tree: Any) -> Iterator[Any]:
    """Shapes of a tree, those of groups, too, in their order."""
    for child in tree:
        if child.tag == f"{_P}grpSp":
            yield from sorted(_shapes(child), key=_place)
        elif child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            yield from _shapes(choice if choice is not None else child)
        elif child.tag in (f"{_P}sp", f"{_P}graphicFrame", f"{_P}pic", f"{_P}cxnSp"):
            yield child


def _placeholder(shape: Any) -> str | None:
    mark = shape.find(f".//{_P}nvPr/{_P}ph")
    return None if mark is None else mark.get("type")


def _place(shape: Any) -> tuple[int, int]:
    offset = next(shape.iter(f"{A}off"), None)
    if offset is None:  # where the layout has it: placeholders come first
        return 0, 0
    return int(offset.get("y", "0")) // _DOWN, int(offset.get("x", "0"))


def _title(shape: Any) -> Iterator[Element]:
    text = said_by(_text(shape, listed=False))
    if text:
        yield Element(kind="title", text=" ".join(text.split()))


def _text(shape: Any, listed: bool) -> Iterator[Element]:
    """Paragraphs of a shape's text."""
    body = shape.find(f"{_P}txBody")
    counts: Counter[int] = Counter()
    for paragraph in () if body is None else body.iterfind(f"{A}p"):
        text, struck = _runs(paragraph)
        if struck:
            yield Element(kind="paragraph", text=struck, unseen="struck")
        if any(map(str.isalnum, text)):
            kind, mark = _list_mark(paragraph, listed, counts)
            yield Element(kind=kind, text=f"{mark} {text}".strip())


def _runs(paragraph: Any) -> tuple[str, str]:
    """The text of a paragraph, and what is struck out in it."""
    text, struck = "", ""
    for node in paragraph:
        if node.tag == f"{A}br":
            text += "\n"
        elif node.tag == f"{A}r" or (node.tag == f"{A}fld" and node.get("type") != "slidenum"):
            properties, said = node.find(f"{A}rPr"), node.findtext(f"{A}t") or ""
            raised = int(properties.get("baseline", "0").rstrip("%")) if properties is not None else 0
            if properties is not None and properties.get("strike", "noStrike") != "noStrike":
                struck += said
            else:
                text += superscript(said) if raised > 0 else subscript(said) if raised < 0 else said
    lines = filter(None, map(clean, text.split("\n")))
    return " ".join(lines), clean(struck)


def _list_mark(paragraph: Any, listed: bool, counts: Counter[int]) -> tuple[Kind, str]:
    """Whether a paragraph is an item, and its number."""
    properties = paragraph.find(f"{A}pPr")
    level = int(properties.get("lvl", "0")) if properties is not None else 0
    for deeper in [depth for depth in counts if depth > level]:
        del counts[deeper]
    if properties is None:
        return ("list_item" if listed else "paragraph"), ""
    numbered = properties.find(f"{A}buAutoNum")
    if numbered is None:
        counts[level] = 0
        has_bullet = properties.find(f"{A}buChar") is not None
        is_item = has_bullet or (listed and properties.find(f"{A}buNone") is None)
        return ("list_item" if is_item else "paragraph"), ""
    start = int(numbered.get("startAt", "1"))
    counts[level] = counts[level] + 1 if counts[level] else start
    return "list_item", _numbered(numbered.get("type", ""), counts[level])


def _numbered(form: str, number: int) -> str:
    text = letter(number) if form.startswith("alpha") else roman(number) if form.startswith("roman") else str(number)
    text = text.upper() if "Uc" in form else text
    if form.endswith("ParenBoth"):
        return f"({text})"
    return f"{text})" if form.endswith("ParenR") else f"{text}."


def _span(cell: Any, name: str) -> int:
    return max(1, min(int(cell.get(name, "1")), _MOST_SPANNED))


def _table(table: Any) -> Iterator[Element]:
    cells = []
    properties = table.find(f"{A}tblPr")
    headed = properties is not None and properties.get("firstRow") in ("1", "true")
    for number, row in enumerate(table.iterfind(f"{A}tr")):
        for column, cell in enumerate(row.iterfind(f"{A}tc")):
            if cell.get("hMerge") in _ON or cell.get("vMerge") in _ON:
                continue
            text = " ".join(filter(None, (_runs(paragraph)[0] for paragraph in cell.iter(f"{A}p"))))
            span = _span(cell, "rowSpan"), _span(cell, "gridSpan")
            cells.append(Cell(number, column, text, *span, strong=headed and number == 0))
    if element := table_element(Table(tuple(cells))):
        yield element
