"""Passages as text to read: headings, paragraphs and tables in their order, with marks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from chatbot.rendering.passage_rows import Rows, rows_and_text
from ingest.documents import Passage

Span = tuple[int, int]
_SEPARATOR = " › "
_DEEPEST = 6


class Piece(NamedTuple):
    """Some characters, marked or not."""

    text: str
    marked: bool


class Block(NamedTuple):
    """Something that stands by itself.

    Attributes:
        kind: what it is; a page is no text of the document but says where one begins.
        lines: its text, each line in pieces; of a table, none.
        level: of a heading, 2 and more.
        heads: of a table.
        rows: of a table, each with its cells in pieces.
        page: 1-based, with what is printed on it, where a page begins.
        is_quoted: from an earlier mail.
    """

    kind: Literal["heading", "text", "table", "page"]
    lines: tuple[tuple[Piece, ...], ...] = ()
    level: int = 2
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    page: tuple[int, str] = (0, "")
    is_quoted: bool = False


def blocks(passages: Sequence[Passage], marks: Sequence[Span]) -> Iterator[Block]:
    """The text of passages that follow each other; what two of them share is shown once.

    Args:
        passages: of one version, in order.
        marks: characters of the version's text.
    """
    done, page = -1, None
    for passage in passages:
        places = passage.places
        if passage.page is not None and passage.page != page:
            page = passage.page
            yield Block("page", page=(page, passage.page_label))
        for start, end in _stretches(passage, done):
            place = passage.place_at(start)
            if place.page is not None and place.page != page and any(one.start == start for one in places):
                page = place.page
                yield Block("page", page=(page, place.page_label))
            yield from _of_stretch(passage, start, end, marks)
        done = max(done, passage.end)


def joined(found: Iterable[Block]) -> Iterator[Block]:
    """The same with names and values that follow each other, such as the head of a mail, in one table."""
    held: Block | None = None
    for block in found:
        is_pair = block.kind == "table" and len(block.heads) == len(block.rows) == 1
        if held and is_pair and held.is_quoted == block.is_quoted:
            held = held._replace(heads=held.heads + block.heads, rows=((*held.rows[0], *block.rows[0]),))
            continue
        if held:
            yield held
        held = block if is_pair else None
        if not is_pair:
            yield block
    if held:
        yield held


def _stretches(passage: Passage, done: int) -> Iterator[Span]:
    """Parts of a passage from one element to the next, behind what was shown before."""
    begin = max(passage.start, done)
    starts = {place.start for place in passage.places if begin < place.start < passage.end}
    bounds = [begin, *sorted(starts), passage.end]
    yield from ((start, end) for start, end in pairwise(bounds) if start < end)


def _of_stretch(passage: Passage, start: int, end: int, marks: Sequence[Span]) -> Iterator[Block]:
    text = passage.text[start - passage.start : end - passage.start]
    cells = [c.shifted(-start) for c in passage.table if start <= min(c.head_start, c.start) and c.end <= end]
    own = [(max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and start < b]
    for part in rows_and_text(text, cells):
        if isinstance(part, Rows):
            heads = tuple(text[slice(*head)] for head in part.heads)
            rows = tuple(tuple(pieces(text, *value, own) for value in row) for row in part.values)
            yield Block("table", heads=heads, rows=rows, is_quoted=passage.is_quotation)
            continue
        yield from _paragraphs(passage, text, start, (part.start, part.end), own)


def _paragraphs(passage: Passage, text: str, at: int, span: Span, marks: Sequence[Span]) -> Iterator[Block]:
    """Headings where a line is that of its section, and what stands between them."""
    held: list[tuple[Piece, ...]] = []
    begin = span[0]
    for line in text[slice(*span)].split("\n"):
        end = begin + len(line)
        level = _heading_level(passage, line, at + begin)
        if level or not line.strip():
            if held:
                yield Block("text", tuple(held), is_quoted=passage.is_quotation)
            held = []
        if level:
            yield Block("heading", (pieces(text, begin, end, marks),), level=level)
        elif line.strip():
            held.append(pieces(text, begin, end, marks))
        begin = end + 1
    if held:
        yield Block("text", tuple(held), is_quoted=passage.is_quotation)


def _heading_level(passage: Passage, line: str, at: int) -> int:
    """The level of a line that is a heading, else 0."""
    said = " ".join(line.split())[:120]
    if not said:
        return 0
    if said == passage.title:
        return 2
    path = passage.place_at(at).section.split(_SEPARATOR)
    return min(_DEEPEST, 2 + len(path)) if path[-1] == said else 0


def pieces(text: str, start: int, end: int, marks: Sequence[Span]) -> tuple[Piece, ...]:
    """A span of a text, cut where a mark begins or ends.

    Args:
        text: that the span is in.
        start: of the span.
        end: excluded.
        marks: in the same text.
    """
    cuts = sorted({start, end, *(min(max(edge, start), end) for mark in marks for edge in mark)})
    return tuple(
        Piece(text[a:b], any(first <= a and b <= last for first, last in marks)) for a, b in pairwise(cuts) if a < b
    )
