"""What a tagged PDF says of its own structure: headings, paragraphs, items of lists, and the cells of its tables.

Word, browsers and LibreOffice write such tags (ISO 32000-2, 14.8), and they say what a page's geometry only lets guess:
which lines are one paragraph, which words one cell, and in what order they are read.
"""

import ctypes
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ingest.partition.pdf_objects import address
from ingest.partition.runs import GridCell, Tag

_BLOCKS = {
    **{f"H{depth}": "title" for depth in range(1, 7)},
    "H": "title", "Title": "title", "P": "paragraph", "LI": "list_item", "Caption": "caption", "Note": "note",
    "FENote": "note", "TOCI": "paragraph", "Formula": "paragraph", "BlockQuote": "paragraph", "Aside": "paragraph",
}  # fmt: skip
_INLINE = ("Span", "Link", "Em", "Strong", "Code", "Quote", "Reference", "Annot")  # parts of a line
_BOXES = ("cb", "rb")  # check boxes and radio buttons
_DEEPEST = 60  # elements within elements
_MOST_SPANNED = 200  # rows or columns of a cell


class PageTags(NamedTuple):
    """The tags of a page.

    Attributes:
        by_content: what each piece of marked content belongs to, by its number on the page.
        cells: of each table, by its number.
        heads: rows at the top of each table that are marked as its head; None where nothing is marked.
        ticks: which boxes that browsers draw are ticked, by the number of their marked content.
    """

    by_content: Mapping[int, Tag]
    cells: Mapping[int, tuple[GridCell, ...]]
    heads: Mapping[int, int | None]
    ticks: Mapping[int, bool]


def page_tags(page: Any) -> PageTags | None:
    """The tags of a page; None where it has none.

    Args:
        page: of pypdfium2.
    """
    import pypdfium2.raw as c

    tree = c.FPDF_StructTree_GetForPage(page)
    if not tree:
        return None
    reader = _Reader()
    try:
        for index in range(max(0, c.FPDF_StructTree_CountChildren(tree))):
            if element := c.FPDF_StructTree_GetChildAtIndex(tree, index):
                reader.read(element, None, 0, _Flow())
        return reader.tags() if reader.by_content else None
    finally:
        c.FPDF_StructTree_Close(tree)


def contents_by_text(page: Any) -> dict[int, int]:
    """The number of the marked content that each text of a page is part of, by the text's address.

    Args:
        page: of pypdfium2.
    """
    import pypdfium2.raw as c

    items = (c.FPDFPage_GetObject(page, index) for index in range(c.FPDFPage_CountObjects(page)))
    texts = (item for item in items if c.FPDFPageObj_GetType(item) == c.FPDF_PAGEOBJ_TEXT)
    return {address(item): content for item in texts if (content := c.FPDFPageObj_GetMarkedContentID(item)) >= 0}


class _Table:
    """Cells of a table as they come, row by row."""

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self.heads = 0  # rows so far of nothing but cells of the head
        self.has_heads = self._has_body = False
        self._row, self._taken = -1, set[tuple[int, int]]()
        self._kinds: list[str] = []

    def begin_row(self) -> None:
        self.end_row()
        self._row += 1

    def end_row(self) -> None:
        if "TH" in self._kinds and "TD" not in self._kinds and not self._has_body:
            self.heads += 1
            self.has_heads = True
        self._has_body = self._has_body or "TD" in self._kinds
        self._kinds = []

    def add(self, kind: str, rows: int, columns: int) -> GridCell:
        self._row = max(self._row, 0)
        column = 0
        while (self._row, column) in self._taken:
            column += 1
        self._taken |= {(self._row + down, column + right) for down in range(rows) for right in range(columns)}
        self._kinds.append(kind)
        self.cells.append(GridCell(self._row, column, rows, columns))
        return self.cells[-1]


class _Flow:
    """What stands in an element that is no block of its own: parts of lines, up to the next block.

    Browsers print `<div>Only <b>today</b></div>` as two elements of no kind in a third.
    """

    def __init__(self) -> None:
        self.tag: Tag | None = None


class _Reader:
    """Walks the elements of a page from the first to the last."""

    def __init__(self) -> None:
        self.by_content: dict[int, Tag] = {}
        self._tables: list[_Table] = []
        self._blocks = 0
        self._ticks: dict[int, bool] = {}

    def tags(self) -> PageTags:
        for table in self._tables:
            table.end_row()
        numbered = dict(enumerate(self._tables))
        return PageTags(
            self.by_content,
            {number: tuple(table.cells) for number, table in numbered.items()},
            {number: table.heads if table.has_heads else None for number, table in numbered.items()},
            self._ticks,
        )

    def read(self, element: Any, within: Tag | None, depth: int, flow: _Flow, table: int | None = None) -> None:
        """Read one element and all in it.

        Args:
            element: of PDFium.
            within: the block that it is part of.
            depth: of elements within elements.
            flow: of what stands around it.
            table: number of the one that it is part of.
        """
        import pypdfium2.raw as c

        kind = _text(lambda *into: c.FPDF_StructElement_GetType(element, *into))
        if kind == "Table":
            self._tables.append(_Table())
            table = len(self._tables) - 1
        elif kind == "TR" and table is not None:
            self._tables[table].begin_row()
        tag = self._tag(kind, element, within, table)
        contents = _contents(element)
        if kind == "Form" and _attribute(element, b"Role") in _BOXES:
            self._ticks |= dict.fromkeys(contents, _attribute(element, b"checked") == "on")
        is_block = tag is None and not (kind in _INLINE or any(content >= 0 for content in contents))
        if is_block or (tag is not None and tag is not within):
            flow.tag, flow = None, _Flow()
        for index, content in enumerate(contents):
            child = c.FPDF_StructElement_GetChildAtIndex(element, index)
            if child and depth < _DEEPEST:
                self.read(child, tag, depth + 1, flow, table)
            elif content >= 0:
                self.by_content[content] = tag or self._loose(flow)
            elif kind == "TR" and table is not None and not child:
                self._tables[table].add("", 1, 1)  # PDFium leaves out what has no content: an empty cell

    def _loose(self, flow: _Flow) -> Tag:
        """The block of what stands in no block."""
        flow.tag = flow.tag or self._block("", 0)
        return flow.tag

    def _tag(self, kind: str, element: Any, within: Tag | None, table: int | None) -> Tag | None:
        """What the content of an element belongs to."""
        if kind in ("TD", "TH") and table is not None:
            rows, columns = (_spanned(element, name) for name in (b"RowSpan", b"ColSpan"))
            cell = self._tables[table].add(kind, rows, columns)
            return self._block("table", 0)._replace(table=table, cell=cell)
        role = _BLOCKS.get(kind)
        is_inner = within is not None and (within.cell is not None or (within.role == "list_item" and kind == "P"))
        if role is None or (is_inner and role != "list_item") or (within is not None and within.cell is not None):
            return within
        return self._block(role, int(kind[1:]) - 1 if role == "title" and kind[1:].isdigit() else 0)

    def _block(self, role: str, level: int) -> Tag:
        self._blocks += 1
        return Tag(self._blocks, role, level)


def _contents(element: Any) -> list[int]:
    """Numbers of the content directly in an element, -1 for what is an element itself."""
    import pypdfium2.raw as c

    count = max(0, c.FPDF_StructElement_CountChildren(element))
    return [c.FPDF_StructElement_GetChildMarkedContentID(element, index) for index in range(count)]


def _spanned(element: Any, name: bytes) -> int:
    """How many rows or columns a cell covers."""
    import pypdfium2.raw as c

    value = ctypes.c_float()
    for index in range(max(0, c.FPDF_StructElement_GetAttributeCount(element))):
        attribute = c.FPDF_StructElement_GetAttributeAtIndex(element, index)
        found = c.FPDF_StructElement_Attr_GetValue(attribute, name)
        if found and c.FPDF_StructElement_Attr_GetNumberValue(found, value):
            return max(1, min(int(value.value), _MOST_SPANNED))
    return 1


def _attribute(element: Any, name: bytes) -> str:
    """A word that is said of an element; empty where nothing is said."""
    import pypdfium2.raw as c

    for index in range(max(0, c.FPDF_StructElement_GetAttributeCount(element))):
        attribute = c.FPDF_StructElement_GetAttributeAtIndex(element, index)
        if value := c.FPDF_StructElement_Attr_GetValue(attribute, name):
            letters, size = (c.FPDF_WCHAR * 32)(), ctypes.c_ulong()
            if c.FPDF_StructElement_Attr_GetStringValue(value, letters, ctypes.sizeof(letters), size):
                return bytes(letters)[: size.value].decode("utf-16-le", "replace").rstrip("\0")
    return ""


def _text(read: Callable[..., int]) -> str:
    size = read(None, 0)
    letters = ctypes.create_string_buffer(size)
    read(letters, size)
    return letters.raw.decode("utf-16-le", "replace").rstrip("\0")
