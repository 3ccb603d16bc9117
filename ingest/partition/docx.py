"""Word documents, walked whole: insertions, content controls, text boxes, notes, comments, headers, nested tables.

unstructured and python-docx pass over all of these in silence. What a reader of the document does not see (deleted,
moved away, struck out, hidden) is no text of it. Read by lxml on the parts of the package (ECMA-376, part 1).
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from textwrap import shorten
from typing import Any

from ingest.documents import Element, Partitioned, Unseen
from ingest.partition import clean, joined_lines, said_by
from ingest.partition.docx_chunks import Chunks
from ingest.partition.docx_kinds import Kinds, number_of
from ingest.partition.docx_looks import Looks
from ingest.partition.docx_marks import goes_on, is_mark_gone, is_strong, leading, why_cell, why_row
from ingest.partition.docx_numbering import Numbering
from ingest.partition.docx_package import WordPackage, is_on
from ingest.partition.docx_text import PASSED_OVER, Paragraph, TextReader
from ingest.partition.drawings import drawn
from ingest.partition.embedded import embedded_members
from ingest.partition.look_headings import LookHeadings
from ingest.partition.members import MemberFolder
from ingest.partition.office_package import R, W, refuse_locked_package
from ingest.partition.page_numbers import without_pages
from ingest.partition.properties import file_properties
from ingest.partition.tab_columns import Block, parted, tab_line, with_tables
from ingest.partition.table_layout import labelled, table_element
from ingest.partition.table_model import Cell, Table

_MOST_COLUMNS = 1_000
_NEAR = 50  # characters of a text beside what could not be read


def partition_docx(path: Path) -> Partitioned:
    """Elements of a Word document (docx, docm, dotx, dotm).

    Raises:
        DocumentFailed: locked by a password.
    """
    refuse_locked_package(path)
    package = WordPackage(path)
    folder = MemberFolder(path)
    chunks = Chunks(package, folder)
    elements = tuple(_Reader(package, chunks).elements())
    members = (*chunks.members, *embedded_members(package, package.read_parts, folder))
    return Partitioned(elements=elements, properties=file_properties(path), members=members)


class _Reader:
    """Reads one document."""

    def __init__(self, package: WordPackage, chunks: Chunks) -> None:
        self._package, self._kinds, self._chunks = package, Kinds(package.styles), chunks
        self._numbering = Numbering(package)
        self._text = TextReader(Looks(package.styles, package.has_coloured_pages, package.usual_properties), package)
        self._headings = LookHeadings()
        self._notes = {name: self._notes_of(name) for name in ("footnotes", "endnotes")}
        self._relations = package.relations(package.main)
        self._near = ""  # the last text, by which people find what could not be read
        self._beside: list[list[Element]] = []  # of each table that is being read: notes and what is not seen in it

    def elements(self) -> Iterator[Element]:
        body = self._package.document.find(f"{W}body")
        self._text.take(self._package.document, relations=self._relations)
        blocks = self._blocks(() if body is None else body)
        yield from self._headings.told([element for element in blocks if any(map(str.isalnum, element.text))])
        yield from self._margins()
        for _, root in self._package.word_parts("comments"):
            self._text.take(root)
            for comment in root.iter(f"{W}comment"):
                said = said_by(self._blocks(comment))
                if said:
                    yield Element(kind="note", text=": ".join(filter(None, [comment.get(f"{W}author"), said])))

    def _margins(self) -> Iterator[Element]:
        """Headers and footers, once each, however many sections and first pages repeat them."""
        seen: set[str] = set()
        for name in ("header", "footer"):
            for part, root in self._package.word_parts(name):
                self._relations = self._package.relations(part)
                self._text.take(root, is_margin=True, relations=self._relations)
                said = said_by(self._blocks(root), "\n", without_pages).strip()
                if said and said not in seen and any(char.isalnum() for char in said):
                    seen.add(said)
                    unseen: Unseen | None = "hidden" if part in self._package.unused_margins else None
                    yield Element(kind="margin", text=said, unseen=unseen)

    def _notes_of(self, name: str) -> dict[str, Any]:
        kind, notes = f"{W}{name[:-1]}", list[Any]()
        for _, root in self._package.word_parts(name):
            self._text.take(root)
            notes += root.iter(kind)
        return {note.get(f"{W}id"): note for note in notes if note.get(f"{W}type") in (None, "normal")}

    def _blocks(self, parent: Iterable[Any]) -> Iterator[Element]:
        return with_tables(self._parts(parent))

    def _parts(self, parent: Iterable[Any]) -> Iterator[Block]:
        joined: list[Any] = []  # paragraphs whose mark is gone: they are the beginning of the next one
        for child in parent:
            if child.tag in PASSED_OVER:
                continue
            if child.tag == f"{W}p":
                joined.append(child)
                if goes_on(child):
                    continue
            yield from self._joined(joined)
            joined = []
            if child.tag == f"{W}tbl":
                yield None, list(self._table(child))
            elif child.tag == f"{W}altChunk":
                yield None, list(self._chunks.elements(self._relations.get(child.get(f"{R}id"))))
            elif child.tag != f"{W}p" and isinstance(child.tag, str):  # content controls and other wraps
                yield from self._parts(child)
        yield from self._joined(joined)

    def _joined(self, paragraphs: list[Any]) -> Iterator[Block]:
        if paragraphs:
            read, first = self._text.read(paragraphs), leading(paragraphs)
            elements = list(self._paragraph(read, first))
            if elements and not elements[0].unseen and next(first.iterancestors(f"{W}txbxContent"), None) is None:
                self._headings.note(elements[0], read.looks)
            is_line = bool(elements) and elements[0].kind == "paragraph" and not elements[0].unseen
            yield tab_line(read.text, self._kinds.tab_stops(first)) if is_line else None, elements

    def _paragraph(self, read: Paragraph, paragraph: Any) -> Iterator[Element]:
        kind, level = self._kinds.of(paragraph, self._numbering.is_numbered(paragraph))
        text = joined_lines((read.text if kind == "title" else parted(read.text)).split("\n"))
        label = self._numbering.label(paragraph) if text or not is_mark_gone(paragraph, "vanish") else ""
        if text or (label and next(paragraph.iterancestors(f"{W}tc"), None) is not None):  # "No." | 1.
            yield Element(kind=kind, level=level, text=f"{label} {text}".strip())
        for why, unseen in read.unseen:
            if any(char.isalnum() for char in unseen):
                yield Element(kind="paragraph", text=clean(unseen), unseen=why)
        yield from (Element(kind="paragraph", text=said) for said in map(clean, read.art) if said)
        for box in read.boxes:
            yield from self._blocks(box)
        self._near = text or self._near
        for drawing in read.drawings:
            for element in drawn(drawing, self._package, self._relations):
                yield _with_place(element, self._near)
        for note in read.notes:
            if note.identity in self._notes[note.kind]:
                said = said_by(self._blocks(self._notes[note.kind][note.identity]))
                if said:
                    yield Element(kind="note", text=f"{note.mark} {said}")

    def _table(self, table: Any) -> Iterator[Element]:
        self._beside.append([])
        cells, inner, heads = self._cells(table)
        if element := table_element(Table(tuple(cells), heads)):
            yield element
        yield from self._beside.pop()
        for label, nested in inner:
            for element in self._table(nested):
                yield labelled(element, label) if label else element

    def _cells(self, table: Any) -> tuple[list[Cell], list[tuple[str, Any]], int]:
        cells: list[Cell] = []
        inner: list[tuple[str, Any]] = []
        open_cells: dict[int, int] = {}  # column -> index of the cell that goes on downwards
        heads = 0
        for number, row in enumerate(self._seen(_inside(table, "tr"), why_row)):
            column = number_of(row.find(f"{W}trPr/{W}gridBefore"), 0)
            if heads == number and is_on(row.find(f"{W}trPr/{W}tblHeader")):
                heads += 1
            label = ""
            for place in self._seen(_inside(row, "tc"), why_cell):
                columns = max(1, min(number_of(place.find(f"{W}tcPr/{W}gridSpan"), 1), _MOST_COLUMNS))
                merge = place.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(f"{W}val") != "restart" and column in open_cells:
                    above = open_cells[column]
                    cells[above] = cells[above]._replace(rows=number - cells[above].row + 1)
                else:
                    tables = list(_inside(place, "tbl"))
                    text = self._cell_text(place)
                    label = label or text
                    inner += [(label, nested) for nested in tables]
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = len(cells)
                    cells.append(Cell(number, column, text, 1, columns, is_strong(place)))
                column += columns
        return cells, inner, heads

    def _seen(self, nodes: Iterable[Any], why: Callable[[Any], Unseen | None]) -> Iterator[Any]:
        """Rows or cells that are seen; the text of all others is kept beside the table."""
        for node in nodes:
            if (unseen := why(node)) is None:
                yield node
            elif text := clean(" ".join(part.text or "" for part in node.iter(f"{W}t", f"{W}delText"))):
                self._beside[-1].append(Element(kind="paragraph", text=text, unseen=unseen))

    def _cell_text(self, cell: Any) -> str:
        """Text of a cell without the tables in it, which follow by themselves."""
        children = [child for child in cell if child.tag not in PASSED_OVER and child.tag != f"{W}tbl"]
        found = list(self._blocks(children))
        beside = [element for element in found if element.unseen or element.kind == "note"]
        self._beside[-1] += beside
        return " ".join(said_by(element for element in found if element not in beside).split())


def _with_place(element: Element, near: str) -> Element:
    """An element; of one that could not be read with the text that it is near."""
    if element.unseen != "unread" or not near:
        return element
    return element.model_copy(update={"text": f"{element.text} ({shorten(near, _NEAR, placeholder=' …')})"})


def _inside(node: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those in content controls; not those of tables within."""
    for child in node:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag not in PASSED_OVER and child.tag not in (f"{W}tbl", f"{W}p", f"{W}tc", f"{W}tr"):
            yield from _inside(child, name)
