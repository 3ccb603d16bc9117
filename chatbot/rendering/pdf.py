"""A report as a PDF: A4, numbered pages, an outline, and the same bytes for the same report."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

from chatbot.rendering.fonts import drawable, folded, fonts
from chatbot.rendering.pdf_blocks import MUTED, flowables, text_flowables
from chatbot.rendering.pdf_extras import Attachment, add_extras
from chatbot.rendering.report import Heading, Report, one_line
from config.messages import message

_WIDTH, _HEIGHT, _MARGIN = 595.27, 841.89, 50.0  # A4, in points
_FRAME = (_WIDTH - 2 * _MARGIN - 12, _HEIGHT - 2 * _MARGIN - 12)  # reportlab keeps 6 points on each side of it free
_FOOT, _FOOT_SIZE = 32.0, 8.0
_HEADING_SPACE = 90  # points; with less left, a heading goes to the next page with what follows it


class _Entry(NamedTuple):
    """A line of the outline."""

    title: str
    bookmark: str
    level: int


def as_pdf(report: Report, attachment: Attachment | None = None) -> bytes:
    """Write a report as a PDF.

    Characters that the fonts lack become a box; anchors of headings are not used.

    Args:
        report: of any length; a cell or code may be longer than a page.
        attachment: a file that goes with it.

    Raises:
        OSError: a picture is damaged.
    """
    return _built(report, _built(report, 0, None).pages, attachment).file


class _Built(NamedTuple):
    file: bytes
    pages: int


def _built(report: Report, pages: int, attachment: Attachment | None) -> _Built:
    """Set the report. Its number of pages, which every foot shows, is only known after a first time."""
    from reportlab.platypus import SimpleDocTemplate  # type: ignore[import-untyped]

    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=(_WIDTH, _HEIGHT),
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=one_line(report.title),
        subject=one_line(report.subtitle),
        author="Fundstelle",
        creator="Fundstelle",
        lang=report.language,
        invariant=1,
    )
    document.afterFlowable = partial(_add_to_outline, document)
    document.beforeDocument = lambda: add_extras(document.canv, report.source_type, attachment)
    foot = partial(_draw_foot, report, pages)
    document.build(list(_story(report)), onFirstPage=foot, onLaterPages=foot)
    return _Built(file.getvalue(), document.page)


def _story(report: Report) -> Iterator[Any]:
    yield from text_flowables(report.title, "title")
    if report.subtitle:
        yield from text_flowables(report.subtitle, "muted")
    level = -1
    for number, block in enumerate(report.blocks):
        if isinstance(block, Heading):
            level = min(block.level - 1, level + 1)  # an outline cannot skip a level
            yield from _heading(block, f"heading-{number}", level)
        else:
            yield from flowables(block, *_FRAME)


def _heading(heading: Heading, name: str, level: int) -> Iterator[Any]:
    from reportlab.platypus import CondPageBreak
    from reportlab.platypus.flowables import AnchorFlowable  # type: ignore[import-untyped]

    anchor = AnchorFlowable(name)
    anchor.entry = _Entry(one_line(heading.text), name, level)
    yield CondPageBreak(_HEADING_SPACE)
    yield anchor
    yield from flowables(heading, *_FRAME)


def _add_to_outline(document: Any, flowable: Any) -> None:
    if entry := getattr(flowable, "entry", None):
        document.canv.addOutlineEntry(*entry)


def _draw_foot(report: Report, pages: int, canvas: Any, _document: Any) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]

    font, left, right = fonts().text, _MARGIN + 6, _WIDTH - _MARGIN - 6
    label = message("pdf.page", report.language, page=canvas.getPageNumber(), pages=pages)
    room = right - left - stringWidth(label, font, _FOOT_SIZE) - 20
    footer = drawable(one_line(report.footer), font)
    if len(lines := folded(footer, font, _FOOT_SIZE, room)) > 1:
        footer = lines[0].rstrip() + "…"
    canvas.saveState()
    canvas.setFont(font, _FOOT_SIZE)
    canvas.setFillColor(MUTED)
    canvas.drawString(left, _FOOT, footer)
    canvas.drawRightString(right, _FOOT, label)
    canvas.restoreState()
