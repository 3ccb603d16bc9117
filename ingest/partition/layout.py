"""Layout of pages: runs of words become titles, paragraphs, list items and tables, with the box of every word."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.documents import Element, Word
from ingest.partition import clean_words
from ingest.partition.captioned_lines import with_names_over
from ingest.partition.continued_tables import Stretch, heads_above, with_heads, with_whole_rows, without_repeated_heads
from ingest.partition.dot_leaders import without_leaders
from ingest.partition.joined_pages import joined_across_pages
from ingest.partition.line_breaks import known_words
from ingest.partition.list_marks import SIGN_CLASS
from ingest.partition.page import Page
from ingest.partition.page_paragraphs import LIST_ITEM, is_head, page_paragraph, starts_with_sign
from ingest.partition.pdf_tables import rows_or_lines, table_element
from ingest.partition.picture_turns import Turn
from ingest.partition.reading_order import in_reading_order
from ingest.partition.ruled_tables import RuledTable, ruled_element, ruled_tables
from ingest.partition.running_heads import without_running_heads
from ingest.partition.runs import Run, usual_size
from ingest.partition.tables_beside import apart
from ingest.partition.tagged_pages import tagged_parts
from ingest.partition.tiles import with_tiles
from ingest.partition.turned_text import page_of

# Gap between lines of a paragraph, in shares of their size; wide within a sentence, widest where no comma ends a line.
_NARROW, _WIDE, _WIDEST = 0.55, 1.3, 2.2
_OUTDENTED = 3.0  # points
_BULLET = re.compile(rf"[{SIGN_CLASS}]\s")
_ITEM_NUMBER = re.compile(r"(\d{1,2}|[a-z])[.)]\s")


def lay_out_pages(pages: Sequence[Page]) -> list[Element]:
    """Elements of a document in reading order.

    Args:
        pages: what stands on each of them.
    """
    pages = [without_leaders(page) for page in pages]
    turns = {run.page: page.turn for page in pages if page.turn for run in page.runs[:1]}
    pages, repeated = without_running_heads(pages)
    margins = [_margin(run) for run in repeated]
    runs = [run for page in pages for run in page.runs]
    if not runs:
        return [_as_drawn(margin, turns) for margin in margins]
    body = usual_size(runs)
    heads = sorted({round(run.size, 1) for run in runs if is_head(run, body)}, reverse=True)
    known = known_words(runs)
    stretches = without_repeated_heads([(list(_stretches(page)), page.height) for page in pages])
    above = heads_above(stretches)
    stretches = with_whole_rows(stretches, above)
    elements = [
        element
        for number, page in enumerate(with_heads(stretches))
        for element in _elements(page, body, heads, known, above.get(number))
    ]
    return [_as_drawn(element, turns) for element in (*joined_across_pages(elements, known), *margins)]


def _as_drawn(element: Element, turns: dict[int, Turn]) -> Element:
    """An element whose words stand where the page as it is drawn has them."""
    if not turns.keys() & {word.page for word in element.words}:
        return element
    words = (
        Word(word.start, word.end, page_of(word.page), *turns[word.page].back(word[3:])) if word.page in turns else word
        for word in element.words
    )
    page = page_of(element.page) if element.page else None
    return element.model_copy(update={"words": tuple(words), "page": page})


def _margin(run: Run) -> Element:
    text, words = clean_words([(word, run.page, box) for word, box in run.words])
    return Element(kind="margin", text=text, page=run.page, words=words)


def _stretches(page: Page) -> Iterator[Stretch]:
    """Lines and tables of a page in reading order."""
    if page.tags is not None:
        for is_told, parts in groupby(tagged_parts(page.runs, page.tags), key=_is_told):
            if is_told:
                yield from (part if isinstance(part, RuledTable) else [[part]] for part in parts)
            else:
                yield from _rows_or_lines([part for part in parts if isinstance(part, Run)])
        return
    for _, group in groupby(
        ruled_tables(in_reading_order(page.runs), page.grids), key=lambda item: isinstance(item, RuledTable)
    ):
        items = list(group)
        yield from (item for item in items if isinstance(item, RuledTable))
        yield from _rows_or_lines([item for item in items if isinstance(item, Run)])


def _rows_or_lines(runs: Sequence[Run]) -> Iterator[Stretch]:
    for is_apart, group in groupby(
        with_tiles(with_names_over(runs)), key=lambda run: run.name is not None or run.stands_alone
    ):
        if is_apart:
            yield from ([[run]] for run in group)
        else:
            for part in apart(list(group)):
                yield from rows_or_lines(part)


def _is_told(part: Run | RuledTable) -> bool:
    """Whether tags say what a part of a page is."""
    return isinstance(part, RuledTable) or bool(part.tag and part.tag.role)


def _elements(
    page: list[Stretch], body: float, heads: list[float], known: frozenset[str], above: RuledTable | None
) -> Iterator[Element]:
    """Group a page's lines and tables into elements, in reading order.

    Args:
        above: the table that the page's first one goes on.
    """
    block: list[Run] = []
    for rows in page:
        if isinstance(rows, RuledTable):
            if block:
                yield page_paragraph(block, body, heads, known)
            block = []
            if element := ruled_element(rows, above, known):
                yield element
            above = None
            continue
        if len(rows) > 1 or len(rows[0]) > 1:
            if block:
                yield page_paragraph(block, body, heads, known)
            block = []
            yield table_element(rows, known)
            continue
        (run,) = rows[0]
        if run.name or (block and block[-1].name):
            if block and not (run.name and block[-1].name):
                yield page_paragraph(block, body, heads, known)
                block = []
        elif block and not _continues(block, run, body):
            yield page_paragraph(block, body, heads, known)
            block = []
        block.append(run)
    if block:
        yield page_paragraph(block, body, heads, known)


def _continues(block: Sequence[Run], run: Run, body: float) -> bool:
    """Whether a line belongs to the paragraph, heading or item of those before it."""
    last = block[-1]
    if last.stands_alone or run.stands_alone:
        return False
    if last.tag and run.tag and (last.tag.role or last.tag.block != run.tag.block):
        return last.tag.block == run.tag.block
    if abs(last.size - run.size) > 0.6:
        return False
    if is_head(last, body) != is_head(run, body) and not starts_with_sign(block[0]):
        return False
    if last.bold != run.bold and len(last.words) < 12:
        return False
    if (block[0].is_item or LIST_ITEM.match(block[0].text)) and run.left < block[0].left - _OUTDENTED:
        return False
    gap = run.top - last.bottom
    # "zum / 1. Januar" is a broken line, no list: an item follows a finished sentence or another item.
    starts_item = run.is_item or _starts_item(block, run)
    goes_on = (
        last.text[-1] not in ".:;!?"
        and run.text[:1].islower()
        and (abs(run.left - last.left) < run.size or last.is_item)
    )
    wide = _WIDEST if last.text[-1].isalnum() else _WIDE  # behind "Dear Ms Reed," a paragraph begins
    return -last.size < gap < (wide if goes_on else _NARROW) * run.size and not starts_item


def _starts_item(block: Sequence[Run], run: Run) -> bool:
    """Whether a line begins with the mark of a list, and does not only go on with a number or a dash."""
    if not LIST_ITEM.match(run.text):
        return False
    if block[-1].text[-1] in ".:;!?" or _BULLET.match(run.text):
        return True
    before, number = _ITEM_NUMBER.match(block[0].text), _ITEM_NUMBER.match(run.text)
    return before is not None and number is not None and _next_mark(before[1]) == number[1]


def _next_mark(mark: str) -> str:
    """The number or letter that follows in a list."""
    return str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)
