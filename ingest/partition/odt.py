"""OpenDocument texts, walked whole: numbering, tables, frames, notes, comments, headers and footers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest.documents import Element, Kind, Partitioned
from ingest.partition import clean, joined_lines, said_by
from ingest.partition.alternative_text import alternative
from ingest.partition.heading_lines import TextLook
from ingest.partition.look_headings import LookHeadings
from ingest.partition.named_lines import NamedValue, form_of
from ingest.partition.odf import OdfPackage
from ingest.partition.odf_controls import control_at
from ingest.partition.odf_kinds import kind_of, level_of
from ingest.partition.odf_lists import Lists
from ingest.partition.odf_looks import Look
from ingest.partition.odf_names import ANNOTATIONS, DC, DRAW, OFFICE, STYLE, SVG, TABLE, TEXT, XLINK
from ingest.partition.odf_objects import CHART, object_root, picture, point_labels
from ingest.partition.odf_shown import is_hidden_section, is_hidden_shape, used_masters
from ingest.partition.odf_tables import MOST_REPEATED, is_bold, spanned, table_rows
from ingest.partition.odf_text import Said, said
from ingest.partition.page_numbers import PAGE, without_pages
from ingest.partition.properties import file_properties
from ingest.partition.scripts import superscript
from ingest.partition.tab_columns import Block, TabLine, parted, tab_line, with_tables
from ingest.partition.table_layout import labelled, table_element
from ingest.partition.table_model import Cell, Table

_ANCHORED = {f"{DRAW}frame", f"{DRAW}control", f"{DRAW}custom-shape", f"{DRAW}g", f"{TEXT}note", *ANNOTATIONS}
_PASSED_OVER = {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{OFFICE}forms", f"{TEXT}alphabetical-index"}
_LONGEST_NAME = 60  # characters of what stands before a control


def partition_odt(path: Path) -> Partitioned:
    """Elements of an OpenDocument text."""
    package = OdfPackage(path)
    elements = tuple(OdfReader(package).document())
    return Partitioned(elements=elements, properties=file_properties(path))


class OdfReader:
    """Reads the blocks of text in an OpenDocument file.

    Args:
        package: which the file is.
        lists: that count their items; those of texts where none are given.
        is_on_paper: whether what is behind its text is white, unless the file says otherwise.
        page: what stands for the number of a page.
    """

    def __init__(
        self, package: OdfPackage, lists: Lists | None = None, is_on_paper: bool = True, page: str = ""
    ) -> None:
        self._package, self._is_on_paper = package, is_on_paper
        self._lists = lists or Lists(package)
        self._headings = LookHeadings()
        self._page = page

    def document(self) -> Iterator[Element]:
        """Elements of a text from its beginning to its end, then what stands in its margins."""
        for change in self._package.body.iter(f"{TEXT}deletion"):
            text = clean(" ".join("".join(line.itertext()) for line in change.iter(f"{TEXT}p", f"{TEXT}h")))
            if text:
                yield Element(kind="paragraph", text=text, unseen="deleted")
        blocks = self.blocks(self._package.body)
        yield from self._headings.told([one for one in blocks if any(map(str.isalnum, one.text))])
        yield from self._margins()

    def leave_lists(self) -> None:
        """Begin all lists anew, as each shape of a slide does."""
        self._lists.leave()

    def blocks(self, parent: Iterable[Any]) -> Iterator[Element]:
        """Elements of all blocks within a node."""
        return with_tables(self._parts(parent))

    def _parts(self, parent: Iterable[Any]) -> Iterator[Block]:
        for child in parent:
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                self._lists.leave()
                yield self._line(child), list(self._paragraph(child))
            elif child.tag == f"{TEXT}list":
                yield None, list(self._list(child, 0, None))
            elif child.tag == f"{TABLE}table":
                yield None, list(self._table(child))
            elif child.tag in _ANCHORED:
                yield None, list(self.anchored(child))
            elif isinstance(child.tag, str) and child.tag not in _PASSED_OVER:
                if is_hidden_section(child):
                    yield None, list(_unseen(self.blocks(child)))
                else:
                    yield from self._parts(child)

    def _line(self, node: Any) -> TabLine | None:
        """A paragraph as a line of a table that tab stops make; None for most."""
        if node.tag != f"{TEXT}p" or node.find(f".//{TEXT}tab") is None:
            return None
        name = node.get(f"{TEXT}style-name")
        own = next((found for found in self._package.properties("paragraph", name, "paragraph")
                    if found.find(f"{STYLE}tab-stops") is not None), None)  # fmt: skip
        stops = own.iterfind(f"{STYLE}tab-stops/{STYLE}tab-stop") if own is not None else ()
        return tab_line(self._said(node).text, [stop.get(f"{STYLE}position") or "" for stop in stops])

    def _said(self, node: Any) -> Said:
        shapes = [parent.tag for parent in node.iterancestors(f"{DRAW}*")]
        may_cover = bool(shapes) and f"{DRAW}page" not in shapes  # a frame in a text may stand over a picture
        return said(self._package, node, self._is_on_paper and not may_cover, self._page)

    def _paragraph(self, node: Any, mark: str = "", listed: bool = False) -> Iterator[Element]:
        found = self._said(node)
        level = level_of(self._package, node)
        if form := self._filled_in(found):
            yield form
            return
        text = joined_lines((found.text if level is not None else parted(found.text)).split("\n"))
        if text:
            number = mark or self._lists.heading(node)
            kind: Kind = "title" if level is not None else "list_item" if listed else kind_of(self._package, node)
            element = Element(kind=kind, level=level or 0, text=f"{number} {text}".strip())
            if next(node.iterancestors(f"{DRAW}*"), None) is None:
                self._headings.note(element, _letters(found.looks))
            yield element
        for why, unseen in found.unseen:
            if any(map(str.isalnum, unseen)):
                yield Element(kind="paragraph", text=clean(unseen), unseen=why)
        for anchored in found.anchored:
            yield from self.anchored(anchored)

    def _filled_in(self, found: Said) -> Element | None:
        """A name with the one control that stands at it; None for all other paragraphs."""
        controls = [control_at(one, self._package.controls) for one in found.anchored]
        name = clean(found.text).rstrip(":").strip()
        if len(controls) != 1 or found.unseen or not name or len(name) > _LONGEST_NAME:
            return None
        control = controls[0]
        return form_of([NamedValue(name, control.text)]) if control and control.is_value and control.text else None

    def anchored(self, node: Any) -> Iterator[Element]:
        """What is anchored in a paragraph: frames, pictures, notes, comments."""
        if is_hidden_shape(node):  # a shape that somebody has hidden
            yield from _unseen(self._anchored(node))
        else:
            yield from self._anchored(node)

    def _anchored(self, node: Any) -> Iterator[Element]:
        if node.tag == f"{TEXT}note":
            mark = superscript(node.findtext(f"{TEXT}note-citation") or "")
            body = node.find(f"{TEXT}note-body")
            text = said_by(self.blocks(() if body is None else body))
            if text:
                yield Element(kind="note", text=f"{mark} {text}".strip())
        elif node.tag in ANNOTATIONS:
            if text := said_by(self.blocks(node)):
                yield Element(kind="note", text=": ".join(filter(None, [node.findtext(f"{DC}creator"), text])))
        elif (control := control_at(node, self._package.controls)) is not None:
            if control.name and control.text:
                yield form_of([NamedValue(control.name, control.text)])
            elif any(map(str.isalnum, control.text)):
                yield Element(kind="paragraph", text=control.text)
        else:
            for inner in node:
                if inner.tag == f"{DRAW}image":
                    yield from picture(self._package, inner.get(f"{XLINK}href") or "")
                elif inner.tag == f"{DRAW}object":
                    yield from self._object(inner.get(f"{XLINK}href") or "")
                else:
                    yield from self.blocks([inner])
            yield from alternative(node.findtext(f"{SVG}title"), node.findtext(f"{SVG}desc"))

    def _object(self, name: str) -> Iterator[Element]:
        """A chart's titles, its table, and what is written at its points."""
        if (root := object_root(self._package, name)) is not None:
            for node in root.iter(f"{CHART}title"):
                yield from self.blocks(node)
            for table in root.iter(f"{TABLE}table"):
                yield from self._table(table)
            yield from point_labels(root)

    def _list(self, node: Any, depth: int, style: str | None) -> Iterator[Element]:
        style = node.get(f"{TEXT}style-name") or style
        continued = node.get(f"{TEXT}continue-numbering") == "true" or bool(node.get(f"{TEXT}continue-list"))
        self._lists.begin(style, depth, continued or depth > 0)
        for item in node:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            mark = ""
            if item.tag == f"{TEXT}list-item" and any(_has_text(part) for part in item):
                mark = self._lists.next(style, depth, item.get(f"{TEXT}start-value"))
            for part in item:
                if part.tag == f"{TEXT}list":
                    yield from self._list(part, depth + 1, style)
                elif part.tag in (f"{TEXT}p", f"{TEXT}h"):
                    yield from self._paragraph(part, mark, listed=True)
                    mark = ""
                else:
                    yield from self.blocks([part])

    def _table(self, node: Any) -> Iterator[Element]:
        cells: list[Cell] = []
        inner: list[tuple[str, Any]] = []
        beside: list[Element] = []
        heads = 0
        for number, (row, in_head) in enumerate(table_rows(node)):
            heads += in_head and heads == number
            column, label = 0, ""
            for place in row:
                repeated = min(int(place.get(f"{TABLE}number-columns-repeated", "1")), MOST_REPEATED)
                if place.tag == f"{TABLE}table-cell":
                    tables = [part for part in place if part.tag == f"{TABLE}table"]
                    found = [element for part in place if part not in tables for element in self.blocks([part])]
                    beside += [element for element in found if element.unseen or element.kind == "note"]
                    text = " ".join(" ".join(e.text for e in found if not e.unseen and e.kind != "note").split())
                    if place.get(f"{OFFICE}value") == "NaN":  # a point that a chart does not have
                        text = ""
                    label = label or text
                    inner += [(label, table) for table in tables]
                    span = spanned(place, "rows"), spanned(place, "columns")
                    strong = bool(text) and is_bold(self._package, place)
                    cells += [Cell(number, column + at, text, *span, strong) for at in range(repeated) if text]
                column += repeated
        if element := table_element(Table(tuple(cells), heads)):
            yield element
        yield from beside
        for label, table in inner:
            yield from (labelled(element, label) if label else element for element in self._table(table))

    def _margins(self) -> Iterator[Element]:
        seen: set[str] = set()
        self._page = PAGE
        masters = [master for root in self._package.roots for master in root.iter(f"{STYLE}master-page")]
        used = used_masters(masters, self._package.roots)
        for master in sorted(masters, key=lambda one: one.get(f"{STYLE}name") not in used):
            for part in master:
                if isinstance(part.tag, str) and part.tag.rpartition("}")[2].startswith(("header", "footer")):
                    text = said_by(self.blocks(part), "\n", without_pages).strip()
                    if text and text not in seen:
                        seen.add(text)
                        is_shown = master.get(f"{STYLE}name") in used and part.get(f"{STYLE}display") != "false"
                        yield Element(kind="margin", text=text, unseen=None if is_shown else "hidden")


def _letters(looks: Counter[Look]) -> Mapping[TextLook, int]:
    """Characters that have each look, as far as that tells headings."""
    if len(looks) == 1:  # as in most paragraphs
        return {look.letters: count for look, count in looks.items()}
    found: Counter[TextLook] = Counter()
    for look, count in looks.items():
        found[look.letters] += count
    return found


def _has_text(node: Any) -> bool:
    return node.tag in (f"{TEXT}p", f"{TEXT}h")


def _unseen(elements: Iterable[Element]) -> Iterator[Element]:
    yield from (element.model_copy(update={"unseen": element.unseen or "hidden"}) for element in elements)
