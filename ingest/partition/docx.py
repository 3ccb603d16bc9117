"""Word documents, walked whole: insertions, content controls, text boxes, notes, comments, headers, nested tables.

unstructured and python-docx pass over all of these in silence. What a reader of the document does not see (deleted,
moved away, struck out, hidden) is no text of it. Read by lxml on the parts of the package (ECMA-376, part 1).
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ingest.documents import Element, Kind, Partitioned, Unseen
from ingest.partition import clean, joined_lines, said_by
from ingest.partition.docx_looks import Looks, is_on
from ingest.partition.docx_numbering import Numbering
from ingest.partition.docx_package import Style, WordPackage
from ingest.partition.drawings import drawn
from ingest.partition.embedded import embedded_members
from ingest.partition.office_package import MC, W, refuse_locked_package
from ingest.partition.properties import file_properties
from ingest.partition.scripts import subscript, superscript
from ingest.partition.table_layout import labelled, table_element
from ingest.partition.table_model import Cell, Table

_PASSED_OVER = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "instrText", "delText", "tblPr",
                                           "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "proofErr")} | {
    f"{MC}Fallback"}  # fmt: skip
_MAIN = "word/document.xml"
_SYMBOLS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": " "}
_NO_LEVEL = 9
_MOST_COLUMNS = 1_000
_HEADING = re.compile(r"(?:heading|überschrift) (\d)")
_PAGES = re.compile(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_PAGE = "\ue000"  # the number of a page
_PAGE_OF = re.compile(rf"(?:[^\W\d_]+\.?\s*)?{_PAGE}(?:\s*(?:[^\W\d_]+|/)\s*{_PAGE})?")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


class _Paragraph(NamedTuple):
    text: str
    boxes: list[Any]  # contents of text boxes that are anchored in it
    notes: list[tuple[str, str]]  # kind and id of footnotes
    drawings: list[Any]
    unseen: list[tuple[Unseen, str]]


def partition_docx(path: Path) -> Partitioned:
    """Elements of a Word document (docx, docm, dotx, dotm).

    Raises:
        DocumentFailed: locked by a password.
    """
    refuse_locked_package(path)
    package = WordPackage(path)
    elements = tuple(_Reader(package).elements())
    members = tuple(embedded_members(package, package.relations(_MAIN), path))
    return Partitioned(elements=elements, properties=file_properties(path), members=members)


class _Reader:
    """Reads one document."""

    def __init__(self, package: WordPackage) -> None:
        self._package, self._styles = package, package.styles
        self._numbering, self._looks = Numbering(package), Looks(package.styles)
        self._notes = {name: self._notes_of(name) for name in ("footnotes", "endnotes")}
        self._relations = package.relations(_MAIN)
        self._count = 0  # of notes so far
        self._beside: list[list[Element]] = []  # of each table that is being read: notes and what is not seen in it
        self._instruction, self._in_page_number = "", False

    def elements(self) -> Iterator[Element]:
        body = self._package.xml(_MAIN).find(f"{W}body")
        blocks = self._blocks(() if body is None else body)
        yield from (element for element in blocks if any(char.isalnum() for char in element.text))
        yield from self._margins()
        for _, root in self._package.word_parts("comments"):
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
                said = said_by(self._blocks(root), "\n", _without_pages).strip()
                if said and said not in seen and any(char.isalnum() for char in said):
                    seen.add(said)
                    yield Element(kind="margin", text=said)

    def _notes_of(self, name: str) -> dict[str, Any]:
        kind = f"{W}{name[:-1]}"
        notes = (note for _, root in self._package.word_parts(name) for note in root.iter(kind))
        return {note.get(f"{W}id"): note for note in notes if note.get(f"{W}type") in (None, "normal")}

    def _blocks(self, parent: Any) -> Iterator[Element]:
        for child in parent:
            if child.tag in _PASSED_OVER:
                continue
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif isinstance(child.tag, str):  # content controls and other wraps
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Element]:
        read = self._read(paragraph)
        text = joined_lines(read.text.split("\n"))
        kind, level = self._kind(paragraph)
        if text:
            label = self._numbering.label(paragraph)
            yield Element(kind=kind, level=level, text=f"{label} {text}" if label else text)
        for why, unseen in read.unseen:
            if any(char.isalnum() for char in unseen):
                yield Element(kind="paragraph", text=clean(unseen), unseen=why)
        for box in read.boxes:
            yield from self._blocks(box)
        for drawing in read.drawings:
            yield from drawn(drawing, self._package, self._relations)
        for name, mark, note in self._marked(read.notes):
            said = said_by(self._blocks(self._notes[name][note]))
            if said:
                yield Element(kind="note", text=f"{mark} {said}")

    def _marked(self, notes: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
        for name, identity in notes:
            self._count += 1
            if identity in self._notes[name]:
                yield name, superscript(str(self._count)), identity

    def _read(self, paragraph: Any) -> _Paragraph:
        found = _Paragraph("", [], [], [], [])
        return found._replace(text="".join(self._pieces(paragraph, found)))

    def _pieces(self, node: Any, found: _Paragraph) -> Iterator[str]:
        for child in node:
            if child.tag == f"{W}instrText":
                self._instruction += child.text or ""
            if child.tag == f"{W}del":
                found.unseen.append(("deleted", "".join(text.text or "" for text in child.iter(f"{W}delText"))))
            if child.tag in _PASSED_OVER or not isinstance(child.tag, str):
                continue
            name = child.tag.removeprefix(W)
            if name == "r":
                why = self._unseen(child)
                text = "".join(self._pieces(child, found))
                if why:
                    found.unseen.append((why, text))
                else:
                    yield self._raised(child, text)
            elif name == "t":
                yield "" if self._in_page_number else child.text or ""
            elif name == "fldChar":
                yield self._field(child)
            elif name == "fldSimple" and _PAGES.search(child.get(f"{W}instr") or ""):
                yield _PAGE
            elif name in _SYMBOLS:
                yield _SYMBOLS[name]
            elif name in _NOTES:
                found.notes.append((_NOTES[name], child.get(f"{W}id")))
                yield superscript(str(self._count + len(found.notes)))
            elif name == "txbxContent":
                found.boxes.append(child)
            else:
                if name == "drawing":
                    found.drawings.append(child)
                yield from self._pieces(child, found)

    def _field(self, mark: Any) -> str:
        """Follow a field from its begin to its end: the number of a page is no text of the document."""
        match mark.get(f"{W}fldCharType"):
            case "begin":
                self._instruction = ""
            case "separate":
                self._in_page_number = bool(_PAGES.search(self._instruction))
            case "end":
                was, self._in_page_number = bool(_PAGES.search(self._instruction)), False
                self._instruction = ""
                return _PAGE if was else ""
        return ""

    def _unseen(self, run: Any) -> Unseen | None:
        """Why a run is not seen, None if it is."""
        return self._looks.unseen(run)

    def _raised(self, run: Any, text: str) -> str:
        place = run.find(f"{W}rPr/{W}vertAlign")
        value = place.get(f"{W}val") if place is not None else ""
        return superscript(text) if value == "superscript" else subscript(text) if value == "subscript" else text

    def _kind(self, paragraph: Any) -> tuple[Kind, int]:
        identity = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self._styles.get(identity.get(f"{W}val")) if identity is not None else None
        level = self._heading_level(paragraph, style)
        if level is not None:
            return "title", level
        name = style.name if style is not None else ""
        if name.lower() == "caption":  # by its name in every language of Word
            return "caption", 0
        listed = self._numbering.is_numbered(paragraph) or name.startswith("List")
        return ("list_item" if listed else "paragraph"), 0

    def _heading_level(self, paragraph: Any, style: Style | None) -> int | None:
        """The depth of a heading, from 0; None for any other paragraph."""
        own = _number(paragraph.find(f"{W}pPr/{W}outlineLvl"), _NO_LEVEL)
        if own < _NO_LEVEL:
            return own
        while style is not None:
            name = style.name.lower()
            if name in ("title", "titel"):
                return 0
            level = _number(style.element.find(f"{W}pPr/{W}outlineLvl"), _NO_LEVEL)
            if level < _NO_LEVEL:
                return level
            if (named := _HEADING.fullmatch(name)) is not None:
                return int(named[1]) - 1
            style = self._styles.get(style.based_on)
        return None

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
        for number, row in enumerate(_inside(table, "tr")):
            column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            if heads == number and is_on(row.find(f"{W}trPr/{W}tblHeader")):
                heads += 1
            label = ""
            for place in _inside(row, "tc"):
                columns = max(1, min(_number(place.find(f"{W}tcPr/{W}gridSpan"), 1), _MOST_COLUMNS))
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
                    cells.append(Cell(number, column, text, 1, columns, _is_strong(place)))
                column += columns
        return cells, inner, heads

    def _cell_text(self, cell: Any) -> str:
        """Text of a cell without the tables in it, which follow by themselves."""
        children = [child for child in cell if child.tag not in _PASSED_OVER and child.tag != f"{W}tbl"]
        found = list(self._blocks(children))
        beside = [element for element in found if element.unseen or element.kind == "note"]
        self._beside[-1] += beside
        return " ".join(said_by(element for element in found if element not in beside).split())


def _without_pages(text: str) -> str:
    """A header or footer without the number of its page and the words around that."""
    return _PAGE_OF.sub("", text).replace(_PAGE, "").strip(" \t|·-–")


def _inside(node: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those in content controls; not those of tables within."""
    for child in node:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag not in _PASSED_OVER and child.tag not in (f"{W}tbl", f"{W}p", f"{W}tc", f"{W}tr"):
            yield from _inside(child, name)


def _is_strong(cell: Any) -> bool:
    """Whether all text of a cell is bold."""
    runs = [run for run in cell.iter(f"{W}r") if any((text.text or "").strip() for text in run.iter(f"{W}t"))]
    return bool(runs) and all(is_on(run.find(f"{W}rPr/{W}b")) for run in runs)


def _number(node: Any, default: int) -> int:
    value = node.get(f"{W}val") if node is not None else None
    return int(value) if value and value.isdigit() else default
