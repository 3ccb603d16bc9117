"""Documents as slides."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Cm, Pt

from eval.reading.model import Block, Document, Form, Heading, ListItem, Paragraph, Row, Table, placed

_ROWS = 9  # of a table that fit on a slide
_TITLE_ONLY, _TITLE_AND_TEXT = 5, 1


def write_deck(document: Document, path: Path) -> None:
    """Write a pptx file: a slide for each heading, and for each table."""
    deck = Presentation()
    texts: list[Block] = []
    title = document.title
    for block in document.blocks:
        if isinstance(block, Heading):
            _text_slide(deck, title, texts)
            title, texts = f"{block.number} {block.text}".strip(), []
        elif isinstance(block, Table):
            _text_slide(deck, title, texts)
            title, texts = "", []
            for part in _parts(block):
                _table_slide(deck, part)
        else:
            texts.append(block)
    _text_slide(deck, title, texts)
    deck.save(str(path))


def _text_slide(deck: Any, title: str, texts: list[Block]) -> None:
    if not title and not texts:
        return
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_AND_TEXT])
    slide.shapes.title.text = title
    frame = slide.placeholders[1].text_frame
    notes = [block.footnote for block in texts if isinstance(block, Paragraph) and block.footnote]
    for number, line in enumerate(line for block in texts for line in _lines(block)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = line
    if notes:
        box = slide.shapes.add_textbox(Cm(1), Cm(17), Cm(22), Cm(1))
        box.text_frame.text = "\n".join(notes)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case ListItem():
            yield f"{block.lead_in} {block.text}".strip()
        case Form():
            yield from (f"{name.rstrip(':')}: {value}" for name, value in block.pairs)
        case Paragraph():
            yield block.text


def _parts(table: Table) -> Iterator[Table]:
    """The table in parts that fit on a slide, parted where no merged cell is cut."""
    rows: list[Row] = []
    covered = 0  # rows still under a merged cell
    for row in table.rows:
        if len(rows) >= _ROWS and not covered:
            yield table.model_copy(update={"rows": tuple(rows), "note": ""})
            rows = []
        rows.append(row)
        covered = max(covered - 1, *(cell.rows - 1 for cell in row), 0)
    yield table.model_copy(update={"rows": tuple(rows)})


def _table_slide(deck: Any, table: Table) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    slide.shapes.title.text = table.title
    height = len(table.heads) + len(table.rows)
    shape = slide.shapes.add_table(height, table.width, Cm(1), Cm(4), Cm(23), Cm(0.8 * height))
    for row, column, cell in placed((*table.heads, *table.rows)):
        place = shape.table.cell(row, column)
        if cell.rows > 1 or cell.columns > 1:
            place.merge(shape.table.cell(row + cell.rows - 1, column + cell.columns - 1))
        place.text = cell.text
        for paragraph in place.text_frame.paragraphs:
            paragraph.font.size = Pt(10)
    if table.note:
        box = slide.shapes.add_textbox(Cm(1), Cm(17), Cm(22), Cm(1))
        box.text_frame.text = table.note
