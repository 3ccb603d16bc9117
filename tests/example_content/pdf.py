"""PDF: an optional cover sheet with contents, then numbered pages with header and footer."""

import io
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable
from reportlab.platypus.tableofcontents import TableOfContents

from example_content import markup
from example_content.document import COMPANY, Document

WIDTH, HEIGHT = A4
MARGIN = 25 * mm
TEXT_WIDTH = WIDTH - 2 * MARGIN
NAVY = colors.HexColor("#17365d")
PALE = colors.HexColor("#e8eef5")
GREY = colors.HexColor("#5a6570")

BODY = ParagraphStyle("Body", fontName="Helvetica", fontSize=10.5, leading=14.5, spaceAfter=7, alignment=TA_LEFT)
HEADINGS = {
    1: ParagraphStyle(
        "Heading1", BODY, fontName="Helvetica-Bold", fontSize=16, leading=20, spaceBefore=16, spaceAfter=8,
        textColor=NAVY, keepWithNext=1,
    ),
    2: ParagraphStyle(
        "Heading2", BODY, fontName="Helvetica-Bold", fontSize=12.5, leading=16, spaceBefore=9, spaceAfter=4,
        textColor=NAVY, keepWithNext=1,
    ),
}  # fmt: skip
TITLE = ParagraphStyle("Title", BODY, fontName="Helvetica-Bold", fontSize=26, leading=32, textColor=NAVY)
SUBTITLE = ParagraphStyle("Subtitle", BODY, fontSize=12, leading=16, textColor=GREY, spaceAfter=14)
CELL = ParagraphStyle("Cell", BODY, fontSize=9.5, leading=12, spaceAfter=0)
CELL_HEAD = ParagraphStyle("CellHead", CELL, fontName="Helvetica-Bold", textColor=colors.white)
NOTE = ParagraphStyle("Note", BODY, fontSize=10, leading=13.5, spaceAfter=0)
MOST_ROWS_KEPT_WHOLE = 10
CONTENTS = [
    ParagraphStyle("Contents1", CELL, fontName="Helvetica-Bold", fontSize=10, leading=12, spaceBefore=2),
    ParagraphStyle("Contents2", CELL, leading=11, leftIndent=12),
]
WORDS = {
    "de": {"page": "Seite {} von {}", "contents": "Inhalt"},
    "en": {"page": "Page {} of {}", "contents": "Contents"},
}


class _Template(BaseDocTemplate):
    """Tells the contents page and the outline of each heading, and draws header and footer."""

    def __init__(self, target: io.BytesIO, document: Document, pages: int) -> None:
        super().__init__(
            target, pagesize=A4, title=document.title, author=document.author, subject=document.edition,
            creator=COMPANY, lang=document.lang, invariant=1,
        )  # fmt: skip
        self._document = document
        self._pages = pages
        frame = Frame(MARGIN, 24 * mm, TEXT_WIDTH, HEIGHT - 52 * mm, leftPadding=0, rightPadding=0)
        self.addPageTemplates([
            PageTemplate("cover", frames=[frame], onPage=self._cover),
            PageTemplate("page", frames=[frame], onPage=self._frame),
        ])  # fmt: skip

    def afterFlowable(self, flowable: Flowable) -> None:
        for level, style in HEADINGS.items():
            if isinstance(flowable, PdfParagraph) and flowable.style is style:
                text = flowable.getPlainText()
                key = f"heading-{text}"
                self.canv.bookmarkPage(key)
                self.canv.addOutlineEntry(text, key, level=level - 1, closed=level == 1)
                self.notify("TOCEntry", (level - 1, text, self.page, key))

    def _frame(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8.5)
        canvas.setFillColor(GREY)
        canvas.setStrokeColor(NAVY)
        canvas.setLineWidth(0.6)
        canvas.drawString(MARGIN, HEIGHT - 16 * mm, f"{COMPANY} · {self._document.title}")
        canvas.line(MARGIN, HEIGHT - 18.5 * mm, WIDTH - MARGIN, HEIGHT - 18.5 * mm)
        canvas.line(MARGIN, 18 * mm, WIDTH - MARGIN, 18 * mm)
        canvas.drawString(MARGIN, 13.5 * mm, self._document.edition)
        number = WORDS[self._document.lang]["page"].format(canvas.getPageNumber(), self._pages)
        canvas.drawRightString(WIDTH - MARGIN, 13.5 * mm, number)
        canvas.restoreState()

    def _cover(self, canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFillColor(NAVY)
        canvas.rect(0, HEIGHT - 9 * mm, WIDTH, 9 * mm, stroke=0, fill=1)
        canvas.restoreState()
        self._frame(canvas, template)


def write(document: Document) -> bytes:
    """Laid out twice: the first time tells how many pages there are."""
    _, pages = _build(document, 0)
    data, _ = _build(document, pages)
    return data


def _build(document: Document, pages: int) -> tuple[bytes, int]:
    target = io.BytesIO()
    template = _Template(target, document, pages)
    template.multiBuild(_story(document))
    return target.getvalue(), template.page


def _story(document: Document) -> list[Flowable]:
    story: list[Flowable] = []
    if document.facts:
        contents = TableOfContents(dotsMinLevel=-1)
        contents.levelStyles = CONTENTS
        contents.tableStyle = TableStyle([
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ])  # fmt: skip
        heading = ParagraphStyle("ContentsTitle", HEADINGS[1], fontSize=16)
        story += [
            NextPageTemplate("page"),
            Spacer(1, 62 * mm),
            PdfParagraph(COMPANY, SUBTITLE),
            PdfParagraph(escape(document.title), TITLE),
            PdfParagraph(escape(document.edition), SUBTITLE),
            Spacer(1, 12 * mm),
            _facts(document.facts),
            PageBreak(),
            PdfParagraph(WORDS[document.lang]["contents"], heading),
            contents,
            PageBreak(),
        ]
    else:
        story += [
            NextPageTemplate("page"),
            PdfParagraph(escape(document.title), TITLE),
            PdfParagraph(escape(document.edition), SUBTITLE),
        ]
    for block in markup.parse(document.text):
        story += _flowables(block)
    return story


def _flowables(block: markup.Block) -> list[Flowable]:
    match block:
        case markup.Heading(level, text):
            return [PdfParagraph(escape(text), HEADINGS[level])]
        case markup.Paragraph(text):
            return [PdfParagraph(_inline(text), BODY)]
        case markup.Note(text):
            box = PdfTable([[PdfParagraph(_inline(text), NOTE)]], colWidths=[TEXT_WIDTH])
            box.setStyle(TableStyle([
                ("BACKGROUND", (0, 0), (-1, -1), PALE),
                ("LINEBEFORE", (0, 0), (0, -1), 3, NAVY),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]))  # fmt: skip
            return [box, Spacer(1, 8)]
        case markup.Items(entries, ordered):
            listed = [ListItem(PdfParagraph(_inline(entry), BODY), leftIndent=16) for entry in entries]
            style = {"bulletType": "1", "bulletFormat": "%s."} if ordered else {"bulletType": "bullet"}
            return [
                ListFlowable(listed, leftIndent=16, bulletFontSize=10 if ordered else 7,
                             bulletOffsetY=0 if ordered else -2, start=1 if ordered else "circle", **style),
                Spacer(1, 3),
            ]  # fmt: skip
        case markup.Table():
            table = _table(block)
            whole = len(block.rows) <= MOST_ROWS_KEPT_WHOLE
            return [KeepTogether([table]) if whole else table, Spacer(1, 9)]


def _table(table: markup.Table) -> PdfTable:
    unit = TEXT_WIDTH / sum(table.widths)
    head = [PdfParagraph(_inline(cell), CELL_HEAD) for cell in table.header]
    body = [[PdfParagraph(_inline(cell), CELL) for cell in row] for row in table.rows]
    laid_out = PdfTable([head, *body], colWidths=[width * unit for width in table.widths], repeatRows=1)
    laid_out.setStyle(TableStyle([
        ("BACKGROUND", (0, 0), (-1, 0), NAVY),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, PALE]),
        ("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor("#a9b6c4")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]))  # fmt: skip
    return laid_out


def _facts(facts: tuple[tuple[str, str], ...]) -> PdfTable:
    label = ParagraphStyle("FactLabel", CELL, fontName="Helvetica-Bold", fontSize=10.5, leading=14)
    value = ParagraphStyle("FactValue", CELL, fontSize=10.5, leading=14)
    rows = [[PdfParagraph(escape(name), label), PdfParagraph(escape(text), value)] for name, text in facts]
    table = PdfTable(rows, colWidths=[50 * mm, TEXT_WIDTH - 50 * mm], hAlign="LEFT")
    table.setStyle(TableStyle([
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.HexColor("#a9b6c4")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]))  # fmt: skip
    return table


def _inline(text: str) -> str:
    return "".join(f"<b>{escape(piece)}</b>" if bold else escape(piece) for piece, bold in markup.runs(text))
