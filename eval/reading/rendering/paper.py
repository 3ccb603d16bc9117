"""Documents as a program prints them to PDF without an office."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph as Text  # type: ignore[import-untyped]
from reportlab.platypus import SimpleDocTemplate, Spacer  # type: ignore[import-untyped]
from reportlab.platypus import Table as Grid  # type: ignore[import-untyped]

from chatbot.rendering.fonts import fonts
from eval.reading.model import Block, Document, Form, Heading, ListItem, Paragraph, Table, placed
from eval.reading.rendering.widths import SIZE, column_widths

_MARGIN = 56.0
_WIDE = 6  # columns, above which a page lies on its long side
_SIZES = (17, 13, 11)
_LINES = {"marked": "GRID", "bold": "LINEBELOW", "plain": "GRID"}  # around all cells, or below rows only


def write_paper(document: Document, path: Path) -> None:
    """Write a pdf file."""
    notes: list[str] = []
    size = landscape(A4) if any(table.width > _WIDE for table in document.tables) else A4
    width = size[0] - 2 * _MARGIN
    story = [flowable for block in document.blocks for flowable in _flowables(block, notes, width)]
    for number, note in enumerate(notes, 1):
        story.append(Text(f"<super>{number}</super> {escape(note)}", _style("note", 8)))

    def frame(canvas: Any, template: Any) -> None:
        canvas.setFont(fonts().text, 8)
        canvas.drawString(_MARGIN, size[1] - 34, document.header)
        canvas.drawString(_MARGIN, 30, document.footer)
        page = "Seite" if document.language == "de" else "Page"
        canvas.drawRightString(size[0] - _MARGIN, 30, f"{page} {template.page}")

    template = SimpleDocTemplate(str(path), pagesize=size, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN,
                                 bottomMargin=_MARGIN, title=document.title, invariant=1)  # fmt: skip
    template.build(story, onFirstPage=frame, onLaterPages=frame)


def _flowables(block: Block, notes: list[str], width: float) -> list[Any]:
    match block:
        case Heading():
            text = escape(f"{block.number} {block.text}".strip())
            style = _style(f"h{block.level}", _SIZES[block.level], bold=True)
            style.spaceBefore, style.keepWithNext = 8, 1
            return [Text(text, style)]
        case Paragraph():
            mark = ""
            if block.footnote:
                notes.append(block.footnote)
                mark = f"<super>{len(notes)}</super>"
            return [Text(escape(block.text) + mark, _style("text", 10))]
        case ListItem():
            style = _style("item", 10)
            style.leftIndent, style.bulletIndent = 20, 4
            lead_in = f"<b>{escape(block.lead_in)}</b> " if block.lead_in else ""
            return [Text(lead_in + escape(block.text), style, bulletText=block.number or "•")]
        case Form():
            return [_form(block, width), Spacer(1, 10)]
        case Table():
            title = [Text(escape(block.title), _style("title", 10, bold=True))] if block.title else []
            note = [Text(escape(block.note), _style("note", 9))] if block.note else []
            return [*title, _table(block, width), *note, Spacer(1, 10)]
    return []


def _style(name: str, size: int, bold: bool = False, right: bool = False) -> Any:
    face = fonts().bold if bold else fonts().text
    return ParagraphStyle(name, fontName=face, fontSize=size, leading=1.3 * size, spaceAfter=5, alignment=2 * right)


def _form(form: Form, width: float) -> Any:
    count = 2 if form.layout == "wide" else 1
    rows = [form.pairs[at : at + count] for at in range(0, len(form.pairs), count)]
    cells = [
        [made for name, value in row for made in (_text(name, form.bold), _text(value, False))] for row in rows
    ]  # fmt: skip
    cells = [row + [""] * (2 * count - len(row)) for row in cells]
    lines = [] if form.layout == "lines" else [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    widths = [110, width / count - 110] * count
    return Grid(cells, colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *lines], hAlign="LEFT")


def _table(table: Table, width: float) -> Any:
    rows = (*table.heads, *table.rows)
    cells: list[list[Any]] = [[""] * table.width for _ in rows]
    # Without lines between columns nobody sees which of them a merged cell covers.
    is_merged = any(1 < cell.columns < table.width for row in table.rows for cell in row)
    lines = "GRID" if is_merged else _LINES[table.head]
    style: list[Any] = [(lines, (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for row, column, cell in placed(rows):
        is_bold = (row < len(table.heads) and table.head != "plain") or cell.columns == table.width
        cells[row][column] = _text(cell.text, is_bold, isinstance(cell.value, float | int))
        if cell.rows > 1 or cell.columns > 1:
            style.append(("SPAN", (column, row), (column + cell.columns - 1, row + cell.rows - 1)))
    repeated = len(table.heads) if table.repeats else 0
    return Grid(cells, colWidths=column_widths(table, width), repeatRows=repeated, style=style, hAlign="LEFT")


def _text(text: str, bold: bool, right: bool = False) -> Any:
    return Text(escape(text).replace("\n", "<br/>"), _style("cell", SIZE, bold, right))
