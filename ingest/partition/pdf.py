"""Digital PDFs, read by pypdfium2: text with the box of every word.

PDFium is used instead of unstructured's `fast` strategy because it is several times faster, keeps the box
of each word (the highlight needs them) and needs none of the layout packages.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from config.errors import DocumentFailed
from ingest.documents import Element, Word
from ingest.partition import clean, clean_words
from ingest.partition.pdfium import PDFIUM_LOCK, open_pdf
from ingest.partition.tables import table_lines

Box = tuple[float, float, float, float]
_MARGIN = 0.09  # share of the page's height at top and bottom where running heads and page numbers stand
_LIST_ITEM = re.compile(r"^([•\-–▪*]|\d{1,2}[.)]|[a-z]\))\s")
_LOOK_BACK = 8  # rows that a cell drawn late may belong to
_SOFT_HYPHENS = ("\u0002", "\u00ad")


class Run(NamedTuple):
    """Neighbouring words on one line, with no wide gap between them."""

    words: tuple[tuple[str, Box], ...]
    size: float
    bold: bool
    page: int
    hyphenated: bool = False  # the last word goes on in the next line

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)

    @property
    def left(self) -> float:
        return self.words[0][1][0]

    @property
    def right(self) -> float:
        return self.words[-1][1][2]

    @property
    def top(self) -> float:
        return min(box[1] for _, box in self.words)

    @property
    def bottom(self) -> float:
        return max(box[3] for _, box in self.words)


def partition_pdf(path: Path) -> list[Element]:
    """Titles, paragraphs, list items and tables of a PDF that has text.

    Raises:
        DocumentFailed: locked by a password, or no page has text (a scan).
    """
    with PDFIUM_LOCK, open_pdf(path) as pdf:
        pages = [_page_runs(page, number) for number, page in enumerate(pdf, 1)]
    pages = _without_running_heads(pages)
    runs = [run for page, _ in pages for run in page]
    if not runs:
        raise DocumentFailed("document.scanned", document=path.name)
    body = statistics.mode(round(run.size, 1) for run in runs for _ in run.text)
    heads = sorted({round(run.size, 1) for run in runs if _is_head(run, body)}, reverse=True)
    elements = [element for page, _ in pages for element in _elements(page, body, heads)]
    return list(_joined_across_pages(elements))


def _page_runs(page: Any, number: int) -> tuple[list[Run], float]:
    import pypdfium2.raw as c

    height, text = page.get_height(), page.get_textpage()
    runs: list[Run] = []
    words: list[tuple[str, Box]] = []
    word, box, size, bold = "", None, 0.0, False

    def end_word() -> None:
        nonlocal word, box
        if word and box and clean(word):
            words.append((clean(word), box))
        word, box = "", None

    def end_run(hyphenated: bool = False) -> None:
        end_word()
        if words:
            runs.append(Run(tuple(words), size, bold, number, hyphenated))
            words.clear()

    for index in range(text.count_chars()):
        char = chr(c.FPDFText_GetUnicode(text, index))
        if char in "\r\n" or char in _SOFT_HYPHENS:
            end_run(hyphenated=char in _SOFT_HYPHENS)
        elif char.isspace():
            end_word()
        else:
            left, bottom, right, top = text.get_charbox(index, loose=True)
            place = (left, height - top, right, height - bottom)
            char_size = c.FPDFText_GetFontSize(text, index)
            last = box or (words[-1][1] if words else None)
            if last and (place[0] - last[2] > 0.9 * char_size or place[0] < last[0] - char_size):
                end_run()
            if not words and not word:
                size, bold = char_size, c.FPDFText_GetFontWeight(text, index) >= 600
            word += char
            box = _union(box, place) if box else place
    end_run()
    text.close()
    return runs, height


def _union(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _without_running_heads(pages: list[tuple[list[Run], float]]) -> list[tuple[list[Run], float]]:
    """Drop lines that stand in the margin of at least three pages, numbers apart."""

    def key(run: Run, height: float) -> str | None:
        in_margin = run.bottom < _MARGIN * height or run.top > (1 - _MARGIN) * height
        return re.sub(r"\d+", "#", run.text) if in_margin else None

    seen = Counter(k for runs, height in pages for k in {key(run, height) for run in runs} if k)
    return [([r for r in runs if seen[key(r, height) or ""] < 3], height) for runs, height in pages]


def _is_head(run: Run, body: float) -> bool:
    return run.size > 1.12 * body and len(run.text) < 150


def _elements(runs: list[Run], body: float, heads: list[float]) -> Iterator[Element]:
    """Group a page's runs into elements, in reading order."""
    block: list[Run] = []
    for rows in _table_or_line(runs):
        if len(rows) > 1:
            if block:
                yield _paragraph(block, body, heads)
            block = []
            yield _table(rows)
            continue
        (run,) = rows[0]
        if block and not _continues(block[-1], run, body):
            yield _paragraph(block, body, heads)
            block = []
        block.append(run)
    if block:
        yield _paragraph(block, body, heads)


def _table_or_line(runs: list[Run]) -> Iterator[list[list[Run]]]:
    """Yield single lines as [[run]], and stretches of two or more rows of several cells as their rows."""
    rows: list[list[Run]] = []
    for run in runs:
        if rows and _wraps(rows[-1], run):
            rows[-1].append(run)
        elif (first := _row_beside(rows, run)) is not None:
            # What came after that row's first cell are the further lines of its wrapped cells.
            rows[first:] = [[r for row in rows[first:] for r in row] + [run]]
        else:
            rows.append([run])
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and len(_columns([rows[end]])) > 1:
            end += 1
        if end - start >= 2:
            yield rows[start:end]
            start = end
        else:
            yield from ([[run]] for run in rows[start])
            start += 1


def _wraps(row: list[Run], run: Run) -> bool:
    """Whether a run is the next line of the row's last cell."""
    last = row[-1]
    below = -0.5 * run.size < run.top - last.bottom < 0.55 * run.size
    return len(_columns([row])) > 1 and below and abs(run.left - last.left) < 1 and run.left > row[0].left


def _row_beside(rows: list[list[Run]], run: Run) -> int | None:
    """The first of the last rows that stand beside a run: at its height, and none over or under it."""
    found = None
    for index in range(len(rows) - 1, max(-1, len(rows) - 1 - _LOOK_BACK), -1):
        row = rows[index]
        if any(run.left < r.right and r.left < run.right for r in row):
            break
        overlap = min(run.bottom, max(r.bottom for r in row)) - max(run.top, min(r.top for r in row))
        if overlap > 0.15 * (run.bottom - run.top) or (found is not None and _same_cell(row, rows[found])):
            found = index
    return found


def _same_cell(row: list[Run], following: list[Run]) -> bool:
    """Whether two single lines are so close that they are one cell's."""
    (upper, *more), lower = row, following[0]
    return not more and abs(upper.left - lower.left) < 1 and lower.top - upper.bottom < 0.35 * lower.size


def _continues(last: Run, run: Run, body: float) -> bool:
    if _is_head(last, body) != _is_head(run, body) or abs(last.size - run.size) > 0.6:
        return False
    if last.bold != run.bold and len(last.words) < 12:
        return False
    gap = run.top - last.bottom
    # "zum / 1. Januar" is a broken line, no list: an item follows a finished sentence or another item.
    starts_item = _LIST_ITEM.match(run.text) and last.text[-1] in ".:;!?"
    return -last.size < gap < 0.55 * run.size and not starts_item


def _paragraph(runs: list[Run], body: float, heads: list[float]) -> Element:
    words: list[tuple[str, int, Box]] = []
    glue = False
    parts: list[tuple[int, str]] = []
    for run in runs:
        for text, box in run.words:
            if glue and words:
                parts.append((len(words) - 1, text))
            words.append((text, run.page, box))
            glue = False
        glue = run.hyphenated
    text, placed = clean_words(words)
    for index, _ in reversed(parts):
        text, placed = _glue(text, placed, index)
    size = round(runs[0].size, 1)
    if _is_head(runs[0], body):
        return Element(kind="title", text=text, level=heads.index(size), page=runs[0].page, words=placed)
    kind = "list_item" if _LIST_ITEM.match(text) else "paragraph"
    return Element(kind=kind, text=text, page=runs[0].page, words=placed)  # type: ignore[arg-type]


def _glue(text: str, words: tuple[Word, ...], index: int) -> tuple[str, tuple[Word, ...]]:
    """Remove the space after word `index`, which a line break had hyphenated."""
    end = words[index].end
    moved = tuple(w._replace(start=w.start - 1, end=w.end - 1) for w in words[index + 1 :])
    return text[:end] + text[end + 1 :], words[: index + 1] + moved


def _table(rows: list[list[Run]]) -> Element:
    """Rows as lines; words keep their boxes where the line repeats them."""
    columns = _columns(rows)
    grid = [[[r for r in row if left <= r.left < right] for left, right in columns] for row in rows]
    cells = [[" ".join(run.text for run in cell) for cell in row] for row in grid]
    has_head = all(r.bold for r in rows[0]) and not all(r.bold for r in rows[1])
    text = table_lines(cells, head=has_head or len(columns) > 2)
    lined = [[run for cell in row for run in cell] for row in grid]
    return Element(kind="table", text=text, page=rows[0][0].page, words=_placed(text, lined))


def _columns(rows: list[list[Run]]) -> list[tuple[float, float]]:
    """Columns as intervals of x: where the projections of all rows leave gaps."""
    merged: list[tuple[float, float]] = []
    for left, right in sorted((run.left, run.right) for row in rows for run in row):
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _placed(text: str, rows: list[list[Run]]) -> tuple[Word, ...]:
    """Find each row's words in its line. The head's words stand in every line and belong to none."""
    placed, lines = [], text.split("\n")
    offsets = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    body = rows[len(rows) - len(lines) :]
    for line, offset, row in zip(lines, offsets, body, strict=False):
        position = 0
        for run in row:
            for word, box in run.words:
                found = line.find(word, position)
                if found >= 0:
                    position = found + len(word)
                    placed.append(Word(offset + found, offset + position, run.page, *box))
    return tuple(placed)


def _joined_across_pages(elements: list[Element]) -> Iterator[Element]:
    """Join a paragraph that a page break cut in the middle of a sentence."""
    held: Element | None = None
    for element in elements:
        if held and _goes_on(held, element):
            shift = len(held.text) + 1
            words = tuple(w._replace(start=w.start + shift, end=w.end + shift) for w in element.words)
            held = held.model_copy(update={"text": f"{held.text} {element.text}", "words": held.words + words})
            continue
        if held:
            yield held
        held = element
    if held:
        yield held


def _goes_on(held: Element, element: Element) -> bool:
    return (
        held.kind in ("paragraph", "list_item") and element.kind == "paragraph" and held.page != element.page
        and held.text[-1] not in ".:!?;" and element.text[:1].islower()
    )
