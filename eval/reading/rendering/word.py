"""Documents as Word writes them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from lxml.builder import ElementMaker
from lxml.etree import tostring

from eval.reading.model import Cell, Document, Form, Heading, ListItem, Paragraph, Table, placed
from eval.reading.rendering.widths import SIZE, column_widths

_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WIDE = 6  # columns, above which a page lies on its long side
_HEADINGS, _FIRST_LIST = 900, 901  # numbers of our own lists; the template's are lower
_LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl>'
)


def write_word(document: Document, path: Path) -> None:
    """Write a docx file."""
    _Writer(document).write(path)


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._word: WordDocument = docx.Document()
        self._notes: list[str] = []
        self._lists = _FIRST_LIST
        self._list = ""  # form of the list under way
        self._width = self._set_page()

    def write(self, path: Path) -> None:
        self._word.core_properties.title = self._document.title
        self._word.core_properties.author = ""
        if self._document.numbers_headings:
            self._define(_HEADINGS, (("decimal", "%1"), ("decimal", "%1.%2")))
        for block in self._document.blocks:
            form = _form_of_list(block) if isinstance(block, ListItem) else ""
            if form and form != self._list:
                self._lists += 1
                self._define(self._lists, ((("decimal", "%1.") if form == "1" else ("lowerLetter", "%1)")),))
            self._list = form
            self._add(block)
        section = self._word.sections[0]
        if self._document.header:
            section.header.paragraphs[0].text = self._document.header
        if self._document.footer:
            section.footer.paragraphs[0].text = f"{self._document.footer}\t"
            _page_number(section.footer.paragraphs[0], "Seite " if self._document.language == "de" else "Page ")
        if self._notes:
            self._write_notes()
        self._word.save(str(path))

    def _set_page(self) -> float:
        """Lay the page out; its width between the margins, in points."""
        section = self._word.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        if any(table.width > _WIDE for table in self._document.tables):
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        return float((section.page_width - Cm(4)) / Pt(1))

    def _add(self, block: Any) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                paragraph = self._word.add_paragraph(block.text)
                if block.footnote:
                    self._note(paragraph, block.footnote)
            case ListItem():
                self._item(block)
            case Form():
                self._form(block)
            case Table():
                self._table(block)

    def _heading(self, heading: Heading) -> None:
        is_automatic = self._document.numbers_headings and heading.number
        text = heading.text if is_automatic or not heading.number else f"{heading.number} {heading.text}"
        paragraph = self._word.add_heading(text, heading.level)
        if is_automatic:
            _number(paragraph, _HEADINGS, heading.level - 1)

    def _item(self, item: ListItem) -> None:
        paragraph = self._word.add_paragraph(style="List Paragraph" if item.number else "List Bullet")
        if item.number:
            _number(paragraph, self._lists, 0)
        if item.lead_in:
            paragraph.add_run(f"{item.lead_in} ").bold = True
        paragraph.add_run(item.text)

    def _form(self, form: Form) -> None:
        if form.layout == "lines":
            for name, value in form.pairs:
                paragraph = self._word.add_paragraph()
                paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(5))
                paragraph.add_run(name).bold = form.bold
                paragraph.add_run(f"\t{value}")
            return
        count = 2 if form.layout == "wide" else 1
        rows = [form.pairs[at : at + count] for at in range(0, len(form.pairs), count)]
        table = self._word.add_table(len(rows), 2 * count, style="Table Grid")
        for row, pairs in zip(table.rows, rows, strict=True):
            for cell, text, bold in zip(row.cells, _flattened(pairs), (form.bold, False) * count, strict=False):
                cell.text = ""
                cell.paragraphs[0].add_run(text).bold = bold
        self._word.add_paragraph()

    def _table(self, table: Table) -> None:
        if table.title:
            self._word.add_paragraph(table.title, style="Caption")
        made = self._word.add_table(len(table.heads) + len(table.rows), table.width, style="Table Grid")
        made.autofit = False
        places = [list(row.cells) for row in made.rows]
        for column, width in enumerate(column_widths(table, self._width)):
            made.columns[column].width = Pt(width)
            for cells in places:
                cells[column].width = Pt(width)
        for row, column, cell in placed((*table.heads, *table.rows)):
            place = places[row][column]
            if cell.rows > 1 or cell.columns > 1:
                place = place.merge(places[row + cell.rows - 1][column + cell.columns - 1])
            is_head = row < len(table.heads)
            _write_cell(place, cell, (is_head and table.head != "plain") or cell.columns == table.width)
        if table.head == "marked":
            for word_row in made.rows[: len(table.heads)]:
                word_row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        self._word.add_paragraph(table.note)

    def _define(self, number: int, levels: Iterable[tuple[str, str]]) -> None:
        """A list of its own, so that its numbers begin anew."""
        numbering = self._word.part.numbering_part.element
        inside = "".join(_LEVEL.format(level=at, form=form, text=text) for at, (form, text) in enumerate(levels))
        kind = f'<w:multiLevelType w:val="multilevel"/>{inside}'
        numbering.insert(
            0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{kind}</w:abstractNum>')
        )
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )

    def _note(self, paragraph: WordParagraph, text: str) -> None:
        self._notes.append(text)
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{len(self._notes)}"/>'))

    def _write_notes(self) -> None:
        """The part with the footnotes, which python-docx does not know."""
        make = ElementMaker(namespace=_NAMESPACE, nsmap={"w": _NAMESPACE})
        root = make.footnotes()
        for number, (kind, tag) in enumerate((("separator", "separator"), ("continuationSeparator",) * 2), -1):
            root.append(_note_element(make, number, make(tag), kind))
        for number, text in enumerate(self._notes, 1):
            raised = make.r(make.rPr(make.vertAlign({f"{{{_NAMESPACE}}}val": "superscript"})), make.footnoteRef())
            space = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
            root.append(_note_element(make, number, raised, text=make.t(f" {text}", space)))
        content = tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), _NOTES, content, self._word.part.package)
        self._word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _note_element(make: Any, number: int, first: Any, kind: str = "", text: Any = None) -> Any:
    about = {f"{{{_NAMESPACE}}}id": str(number)} | ({f"{{{_NAMESPACE}}}type": kind} if kind else {})
    runs = [first if first.tag.endswith("}r") else make.r(first)]
    return make.footnote(about, make.p(*runs, *([make.r(text)] if text is not None else [])))


def _form_of_list(item: ListItem) -> str:
    return "" if not item.number else "1" if item.number[0].isdigit() else "a"


def _number(paragraph: WordParagraph, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _page_number(paragraph: WordParagraph, before: str) -> None:
    paragraph.add_run(before)
    begin, separate, end = (f'<w:fldChar w:fldCharType="{name}"/>' for name in ("begin", "separate", "end"))
    for content in (begin, "<w:instrText>PAGE</w:instrText>", separate, "<w:t>1</w:t>", end):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{content}</w:r>"))


def _write_cell(place: Any, cell: Cell, bold: bool) -> None:
    place.text = cell.text
    paragraph = place.paragraphs[0]
    if isinstance(cell.value, float | int):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for run in paragraph.runs:
        run.bold = bold
        run.font.size = Pt(SIZE)


def _flattened(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [text for pair in pairs for text in pair]
