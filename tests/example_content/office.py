"""Word, Excel and PowerPoint files, packed so that the same content gives the same bytes."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

import docx
import openpyxl
import pptx
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from pptx.dml.color import RGBColor as SlideColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.text import CT_TextParagraphProperties
from pptx.presentation import Presentation
from pptx.slide import Slide as PptxSlide
from pptx.util import Inches
from pptx.util import Pt as SlidePt

from example_content import markup
from example_content.document import COMPANY, Deck, Document, Sheet, Slide, Workbook

NAVY = "17365D"
PALE = "E8EEF5"
SLIDE_NAVY = SlideColor(0x17, 0x36, 0x5D)
SLIDE_PALE = SlideColor(0xE8, 0xEE, 0xF5)
SLIDE_GREY = SlideColor(0x5A, 0x65, 0x70)
SLIDE_WHITE = SlideColor(0xFF, 0xFF, 0xFF)
LANGUAGES = {"de": "de-DE", "en": "en-GB"}
PAGE_WORDS = {"de": ("Seite ", " von "), "en": ("Page ", " of ")}


def write_docx(document: Document) -> bytes:
    word = docx.Document()
    _core(word, document.title, document.author, document.changed, document.lang)
    _docx_styles(word, document.lang)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = f"{COMPANY} · {document.title}"
    footer = section.footer.paragraphs[0]
    page, of = PAGE_WORDS[document.lang]
    footer.add_run(f"{document.edition}\t\t{page}")
    _field(footer, "PAGE")
    footer.add_run(of)
    _field(footer, "NUMPAGES")
    word.add_paragraph(document.title, style="Title")
    word.add_paragraph(document.edition, style="Subtitle")
    for block in markup.parse(document.text):
        _add_block(word, block)
    return _packed(word.save, document.changed)


def _add_block(word: Docx, block: markup.Block) -> None:
    match block:
        case markup.Heading(level, text):
            word.add_heading(text, level)
        case markup.Paragraph(text):
            _add_runs(word.add_paragraph(), text)
        case markup.Note(text):
            _add_runs(word.add_paragraph(style="Intense Quote"), text)
        case markup.Items(entries, ordered):
            for entry in entries:
                _add_runs(word.add_paragraph(style="List Number" if ordered else "List Bullet"), entry)
        case markup.Table():
            _add_table(word, block)


def _add_runs(paragraph: DocxParagraph, text: str) -> None:
    for piece, bold in markup.runs(text):
        paragraph.add_run(piece).bold = bold or None


def _add_table(word: Docx, block: markup.Table) -> None:
    table = word.add_table(rows=0, cols=len(block.header))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, texts in enumerate((block.header, *block.rows)):
        for cell, text, width in zip(table.add_row().cells, texts, block.widths, strict=True):
            cell.width = Cm(16 * width / sum(block.widths))
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            if number == 0:
                shade = OxmlElement("w:shd")
                for name, value in (("val", "clear"), ("color", "auto"), ("fill", PALE)):
                    shade.set(qn(f"w:{name}"), value)
                cell._tc.get_or_add_tcPr().append(shade)
                paragraph.add_run(text).bold = True
            else:
                _add_runs(paragraph, text)
    word.add_paragraph()


def _docx_styles(word: Docx, lang: str) -> None:
    sizes = {"Normal": 10.5, "Title": 22.0, "Subtitle": 11.0, "Heading 1": 14.0, "Heading 2": 12.0}
    for name, size in sizes.items():
        style = word.styles[name]
        style.font.name = "Calibri"
        style.font.size = Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x17, 0x36, 0x5D)
            style.font.italic = False
    word.styles["Normal"].paragraph_format.space_after = Pt(7)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[lang])
    word.styles["Normal"].element.get_or_add_rPr().append(language)


def _field(paragraph: DocxParagraph, instruction: str) -> None:
    """A field Word fills in by itself, such as the page number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def write_xlsx(workbook: Workbook) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = workbook.title
    book.properties.creator = book.properties.lastModifiedBy = workbook.author
    book.properties.created = workbook.changed
    for sheet in workbook.sheets:
        _fill_sheet(book.create_sheet(sheet.name), sheet)
    return _packed(book.save, workbook.changed)


def _fill_sheet(worksheet: Worksheet, sheet: Sheet) -> None:
    line = Side(style="thin", color="A9B6C4")
    worksheet.append([sheet.title])
    worksheet.append([sheet.note])
    worksheet.append([])
    worksheet.append(sheet.header)
    for row in sheet.rows:
        worksheet.append(row)
    worksheet["A1"].font = Font(bold=True, size=14, color=NAVY)
    worksheet["A2"].font = Font(italic=True)
    for cell in worksheet[4]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=NAVY)
    for row in worksheet.iter_rows(min_row=4, max_col=len(sheet.header)):
        for cell in row:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            right = isinstance(cell.value, int) or str(cell.value).endswith(" EUR")
            side = "right" if right else "left"
            cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    for number, width in enumerate(sheet.widths, start=1):
        worksheet.column_dimensions[get_column_letter(number)].width = width
    last = get_column_letter(len(sheet.header))
    worksheet.auto_filter.ref = f"A4:{last}{4 + len(sheet.rows)}"
    worksheet.freeze_panes = "A5"
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True


def write_pptx(deck: Deck) -> bytes:
    show = pptx.Presentation()
    show.slide_width, show.slide_height = Inches(13.333), Inches(7.5)
    _core(show, deck.title, deck.author, deck.changed, deck.lang)
    first = show.slides.add_slide(show.slide_layouts[0])
    for shape, text, top, size in zip(
        first.placeholders, (deck.title, deck.subtitle), (2.3, 4.2), (40, 20), strict=True
    ):
        shape.left, shape.top, shape.width, shape.height = Inches(1), Inches(top), Inches(11.3), Inches(1.5)
        shape.text_frame.text = text
        for paragraph in shape.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
            paragraph.font.size = SlidePt(size)
            paragraph.font.color.rgb = SLIDE_NAVY if text == deck.title else SLIDE_GREY
    for number, slide in enumerate(deck.slides, start=2):
        _add_slide(show, deck, slide, number)
    return _packed(show.save, deck.changed)


def _add_slide(show: Presentation, deck: Deck, slide: Slide, number: int) -> None:
    page = show.slides.add_slide(show.slide_layouts[5])
    title = page.shapes.title
    title.left, title.top, title.width, title.height = Inches(0.6), Inches(0.35), Inches(12.1), Inches(0.8)
    title.text_frame.text = slide.title
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    heading = title.text_frame.paragraphs[0]
    heading.alignment = PP_ALIGN.LEFT
    heading.font.size, heading.font.bold = SlidePt(28), True
    heading.font.color.rgb = SLIDE_NAVY
    top = 1.35
    if slide.boxes:
        _add_boxes(page, slide.boxes, top)
        top += 1.35 * len(slide.boxes)
    for block in markup.parse(slide.text):
        top += _add_slide_block(page, block, top)
    _add_text(page, [f"{COMPANY} · {deck.title} · {number}"], 7.0, 0.35, 10, bullet=False)
    if slide.notes:
        page.notes_slide.notes_text_frame.text = slide.notes


def _add_slide_block(page: PptxSlide, block: markup.Block, top: float) -> float:
    """The height in inches that the block takes."""
    match block:
        case markup.Table(header, rows, widths):
            height = 0.36 * (len(rows) + 1)
            frame = page.shapes.add_table(
                len(rows) + 1, len(header), Inches(0.6), Inches(top), Inches(12.1), Inches(height)
            )
            for number, width in enumerate(widths):
                frame.table.columns[number].width = Inches(12.1 * width / sum(widths))
            for row, texts in zip(frame.table.rows, (header, *rows), strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text_frame.text = markup.plain(text)
                    cell.margin_top = cell.margin_bottom = Inches(0.03)
                    cell.text_frame.paragraphs[0].font.size = SlidePt(14)
            return height + 0.25
        case markup.Items(entries, _):
            height = 0.42 * sum(1 + len(entry) // 105 for entry in entries)
            _add_text(page, list(entries), top, height, 18, bullet=True)
            return height + 0.2
        case markup.Paragraph(text) | markup.Note(text):
            height = 0.36 * (1 + len(text) // 115)
            _add_text(page, [text], top, height, 16, bullet=False)
            return height + 0.2
        case _:
            raise ValueError(f"no place on a slide for {block}")


def _add_text(page: PptxSlide, texts: list[str], top: float, height: float, size: int, *, bullet: bool) -> None:
    box = page.shapes.add_textbox(Inches(0.6), Inches(top), Inches(12.1), Inches(height))
    box.text_frame.word_wrap = True
    for number, text in enumerate(texts):
        paragraph = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
        paragraph.space_after = SlidePt(5)
        for piece, bold in markup.runs(text):
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold = piece, SlidePt(size), bold
        if bullet:
            _bullet(paragraph._p.get_or_add_pPr())


def _bullet(properties: CT_TextParagraphProperties) -> None:
    properties.set("marL", "285750")
    properties.set("indent", "-285750")
    mark = properties.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buChar", {"char": "•"})
    properties.append(mark)


def _add_boxes(page: PptxSlide, rows: tuple[tuple[str, ...], ...], top: float) -> None:
    """A row as long as the one above it hangs box from box, any other from the middle of the row above."""
    above: list[float] = []
    for depth, texts in enumerate(rows):
        width = min(3.0, 12.1 / len(texts) - 0.2)
        left = 0.6 + (12.1 - len(texts) * (width + 0.2) + 0.2) / 2
        y = top + depth * 1.35
        for column, text in enumerate(texts):
            x = left + column * (width + 0.2)
            box = page.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Inches(x), Inches(y), Inches(width), Inches(0.95))
            box.fill.solid()
            box.fill.fore_color.rgb = SLIDE_PALE if depth else SLIDE_NAVY
            box.line.color.rgb = SLIDE_NAVY
            box.text_frame.word_wrap = True
            box.text_frame.text = text
            for paragraph in box.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.CENTER
                paragraph.font.size = SlidePt(12)
                paragraph.font.color.rgb = SLIDE_NAVY if depth else SLIDE_WHITE
        middles = [left + column * (width + 0.2) + width / 2 for column in range(len(texts))]
        hooks = above if len(above) == len(middles) else [6.65] * len(middles)
        for hook, middle in zip(hooks, middles, strict=True) if depth else ():
            page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(hook), Inches(y - 0.4), Inches(middle), Inches(y))
        above = middles


def _core(office: Docx | Presentation, title: str, author: str, changed: datetime, lang: str) -> None:
    core = office.core_properties
    core.title, core.author, core.last_modified_by, core.language = title, author, author, LANGUAGES[lang]
    core.created = core.modified = changed
    core.revision, core.comments = 1, ""


def _packed(save: Callable[[io.BytesIO], None], changed: datetime) -> bytes:
    """The saved file packed anew: the libraries put the present time on members and properties."""
    saved, packed = io.BytesIO(), io.BytesIO()
    save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                stamp = changed.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            member = zipfile.ZipInfo(name, changed.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            target.writestr(member, data)
    return packed.getvalue()
