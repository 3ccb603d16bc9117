"""Layout of pages: runs of words become titles, paragraphs, list items and tables, with the box of every word."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.documents import Element, Word
from ingest.partition import clean_words
from ingest.partition.continued_tables import Stretch, heads_above, with_heads, without_repeated_heads
from ingest.partition.field_names import form_of_fields
from ingest.partition.line_breaks import joined, known_words, unbroken
from ingest.partition.list_marks import MARK_CLASS, SIGN_CLASS
from ingest.partition.page import Page
from ingest.partition.pdf_tables import rows_or_lines, table_element
from ingest.partition.picture_turns import Turn
from ingest.partition.reading_order import in_reading_order
from ingest.partition.ruled_tables import RuledTable, ruled_element, ruled_tables
from ingest.partition.running_heads import without_running_heads
from ingest.partition.runs import Box, Run, is_larger, usual_size
from ingest.partition.tables_beside import apart
from ingest.partition.tagged_pages import tagged_parts
from ingest.partition.turned_text import page_of

_NARROW, _WIDE = 0.55, 1.3  # gap between lines of a paragraph, in shares of their size; wide within a sentence
_CLAUSE = re.compile(r"(?:§|Art\.|Artikel|Article)\s*(\d+[a-z]?)\s+")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+")
_HEADING_LINES, _LONGEST_HEADING = 2, 120
_LIST_ITEM = re.compile(rf"([{MARK_CLASS}]|\d{{1,2}}[.)]|[a-z][.)])\s")
_BULLET = re.compile(rf"[{SIGN_CLASS}]\s")
_ITEM_NUMBER = re.compile(r"(\d{1,2}|[a-z])[.)]\s")


def lay_out_pages(pages: Sequence[Page]) -> list[Element]:
    """Elements of a document in reading order.

    Args:
        pages: what stands on each of them.
    """
    turns = {run.page: page.turn for page in pages if page.turn for run in page.runs[:1]}
    pages, repeated = without_running_heads(pages)
    margins = [_margin(run) for run in repeated]
    runs = [run for page in pages for run in page.runs]
    if not runs:
        return [_as_drawn(margin, turns) for margin in margins]
    body = usual_size(runs)
    heads = sorted({round(run.size, 1) for run in runs if _is_head(run, body)}, reverse=True)
    known = known_words(runs)
    stretches = without_repeated_heads([(list(_stretches(page)), page.height) for page in pages])
    above = heads_above(stretches)
    elements = [
        element
        for number, page in enumerate(with_heads(stretches))
        for element in _elements(page, body, heads, known, above.get(number))
    ]
    return [_as_drawn(element, turns) for element in (*_joined_across_pages(elements, known), *margins)]


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
    for is_named, group in groupby(runs, key=lambda run: run.name is not None):
        if is_named:
            yield from ([[run]] for run in group)
        else:
            for part in apart(list(group)):
                yield from rows_or_lines(part)


def _is_told(part: Run | RuledTable) -> bool:
    """Whether tags say what a part of a page is."""
    return isinstance(part, RuledTable) or bool(part.tag and part.tag.role)


def _is_head(run: Run, body: float) -> bool:
    return is_larger(run, body) and len(run.text) < 150


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
                yield _paragraph(block, body, heads, known)
            block = []
            if element := ruled_element(rows, above, known):
                yield element
            above = None
            continue
        if len(rows) > 1 or len(rows[0]) > 1:
            if block:
                yield _paragraph(block, body, heads, known)
            block = []
            yield table_element(rows, known)
            continue
        (run,) = rows[0]
        if run.name or (block and block[-1].name):
            if block and not (run.name and block[-1].name):
                yield _paragraph(block, body, heads, known)
                block = []
        elif block and not _continues(block, run, body):
            yield _paragraph(block, body, heads, known)
            block = []
        block.append(run)
    if block:
        yield _paragraph(block, body, heads, known)


def _continues(block: Sequence[Run], run: Run, body: float) -> bool:
    """Whether a line belongs to the paragraph, heading or item of those before it."""
    last = block[-1]
    if last.tag and run.tag and (last.tag.role or last.tag.block != run.tag.block):
        return last.tag.block == run.tag.block
    if _is_head(last, body) != _is_head(run, body) or abs(last.size - run.size) > 0.6:
        return False
    if last.bold != run.bold and len(last.words) < 12:
        return False
    gap = run.top - last.bottom
    # "zum / 1. Januar" is a broken line, no list: an item follows a finished sentence or another item.
    starts_item = run.is_item or _starts_item(block, run)
    goes_on = (
        last.text[-1] not in ".:;!?"
        and run.text[:1].islower()
        and (abs(run.left - last.left) < run.size or last.is_item)
    )
    return -last.size < gap < (_WIDE if goes_on else _NARROW) * run.size and not starts_item


def _starts_item(block: Sequence[Run], run: Run) -> bool:
    """Whether a line begins with the mark of a list, and does not only go on with a number or a dash."""
    if not _LIST_ITEM.match(run.text):
        return False
    if block[-1].text[-1] in ".:;!?" or _BULLET.match(run.text):
        return True
    before, number = _ITEM_NUMBER.match(block[0].text), _ITEM_NUMBER.match(run.text)
    return before is not None and number is not None and _next_mark(before[1]) == number[1]


def _next_mark(mark: str) -> str:
    """The number or letter that follows in a list."""
    return str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)


def _paragraph(runs: list[Run], body: float, heads: list[float], known: frozenset[str]) -> Element:
    if runs[0].name:
        return form_of_fields(runs)
    words: list[tuple[str, int, Box]] = []
    glue = False
    broken: list[int] = []  # words that go on in the next line
    for run in unbroken(runs, known):
        for text, box in run.words:
            if glue and words:
                broken.append(len(words) - 1)
            words.append((text, run.page, box))
            glue = False
        glue = run.goes_on
    text, placed = clean_words(words)
    for index in reversed(broken):
        text, placed = _glue(text, placed, index)
    size, tag = round(runs[0].size, 1), runs[0].tag
    if tag and tag.role not in ("", "paragraph", "table"):
        return Element(kind=tag.role, text=text, level=tag.level, page=runs[0].page, words=placed)  # type: ignore[arg-type]
    if _is_head(runs[0], body):
        return Element(kind="title", text=text, level=heads.index(size), page=runs[0].page, words=placed)
    if depth := _numbered_depth(runs, text):
        return Element(kind="title", text=text, level=max(1, len(heads) + depth - 1), page=runs[0].page, words=placed)
    kind = "list_item" if runs[0].is_item or _LIST_ITEM.match(text) else "paragraph"
    return Element(kind=kind, text=text, page=runs[0].page, words=placed)  # type: ignore[arg-type]


def _numbered_depth(runs: list[Run], text: str) -> int:
    """The depth of a heading set as its text is: a clause with its name, or a bold line with a number; 0 for none."""
    match = _CLAUSE.match(text) or (_NUMBERED.match(text) if all(run.bold for run in runs) else None)
    if match is None or len(runs) > _HEADING_LINES or len(text) > _LONGEST_HEADING:
        return 0
    if text[-1] in ".,:;" or "..." in text:
        return 0
    if not text[match.end() :][:1].isupper() or text[-1].isdigit():  # a reference, or a line of a table of contents
        return 0
    return 1 + match[1].count(".")


def _glue(text: str, words: tuple[Word, ...], index: int) -> tuple[str, tuple[Word, ...]]:
    """Remove the space after word `index`, which goes on in the next line."""
    end = words[index].end
    moved = tuple(w._replace(start=w.start - 1, end=w.end - 1) for w in words[index + 1 :])
    return text[:end] + text[end + 1 :], words[: index + 1] + moved


def _joined_across_pages(elements: list[Element], known: frozenset[str]) -> Iterator[Element]:
    """Join a paragraph that a page break cut in the middle of a sentence."""
    held: Element | None = None
    for element in elements:
        if held and _goes_on(held, element):
            held = _joined(held, element, known)
            continue
        if held:
            yield held
        held = element
    if held:
        yield held


def _joined(held: Element, element: Element, known: frozenset[str]) -> Element:
    before, _, last = held.text.rpartition(" ")
    word, between = joined(last, element.text.partition(" ")[0], known)
    text = f"{before} {word}".lstrip() + between
    words = tuple(w._replace(end=min(w.end, len(text))) for w in held.words)
    words += tuple(w._replace(start=w.start + len(text), end=w.end + len(text)) for w in element.words)
    return held.model_copy(update={"text": text + element.text, "words": words})


def _is_next_column(held: Element, element: Element) -> bool:
    """Whether an element stands beside and above the end of another."""
    return bool(held.words and element.words) and (
        element.words[0].bottom < held.words[-1].top and element.words[0].left > held.words[-1].left
    )


def _goes_on(held: Element, element: Element) -> bool:
    return (
        held.kind in ("paragraph", "list_item")
        and element.kind == "paragraph"
        and (held.page != element.page or _is_next_column(held, element))
        and held.text[-1] not in ".:!?;"
        and element.text[:1].islower()
    )
