"""Text without markup: paragraphs between empty lines, items of lists, aligned columns, titles that something marks.

unstructured takes short sentences, greetings and names for titles, loses the marks of lists and lines with nothing but
an address, and lays tables into one line.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.list_marks import DASHES, MARK_CLASS
from ingest.partition.mail_heads import head_at
from ingest.partition.named_lines import form_of, named_values, without_leaders
from ingest.partition.plain_columns import columns_of_prose
from ingest.partition.plain_lines import (
    SIGNATURE,
    blocks_of,
    ends_early,
    is_ended,
    own_lines,
    paragraph,
    usual_width,
    width_of,
    words_in,
)
from ingest.partition.plain_tables import may_be_row, table_at
from ingest.partition.plain_titles import Title, marked_by_itself, numbered, underlined
from ingest.text.dates import is_month

_BULLET = re.compile(rf"[{MARK_CLASS}+o]")
_ITEM = re.compile(
    rf"(?P<indent>\s*)(?P<mark>[{MARK_CLASS}+o]|\(?\d{{1,3}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+(?=\s+[A-ZÄÖÜ])|\(?[A-Za-z]\)"
    r"|[a-z]\.(?!\s*\w\.)|\(?[ivx]{1,5}(?:\)|\.(?!\s*\w\.))|\[[ xX]\]|[☐☑☒])\s+(?=(?P<said>\S+))"
)
_MOST_ROWS = 200_000  # of a table
_TRIES = 5  # lines above a table that have wide gaps, too


class _Piece(NamedTuple):
    """Lines that belong together: of an item, with its mark, or of a paragraph."""

    mark: str
    indent: int
    lines: list[str]


def plain_elements(text: str, titled: bool) -> Iterator[Element]:
    """Elements of a text without markup.

    Args:
        text: what is read.
        titled: whether it may have titles; a mail has none.
    """
    blocks = [part for block in blocks_of(text) for part in columns_of_prose(block) or [block]]
    usual, known = usual_width(blocks), words_in(blocks)
    by_number = numbered(blocks) if titled else frozenset()
    depths: dict[str, int] = {}
    in_list = False
    for at, block in enumerate(blocks):
        if block[0] == SIGNATURE:
            yield from _signature(block[1:])
            continue
        width = width_of(block, usual)
        title = Title(block[0], 1, "number 1") if at in by_number else None
        if titled and title is None:
            following = blocks[at + 1] if at + 1 < len(blocks) else []
            title = underlined(block, begins_block=True) or marked_by_itself(block, width, following)
        if title:
            yield _heading(title, depths, at)
            in_list = False
        rest = block[title.lines if title else 0 :]
        in_list = in_list and bool(rest) and _indent(rest[0]) > 0
        for part in parted(rest, titled):
            if isinstance(part, Title):
                yield _heading(part, depths, at)
            elif isinstance(part, Element):
                yield part
            else:
                for piece in _pieces(part, width):
                    in_list = bool(piece.mark) or (in_list and _indent(piece.lines[0]) > 0)
                    yield from _element(piece, width, known, in_list)


def _heading(title: Title, depths: dict[str, int], block: int) -> Element:
    """A title at the depth of what marks it, in the order in which the marks come; the first names the whole text only
    where nothing stands above it."""
    outermost = depths.setdefault("", min(block, 1))
    depth = depths.setdefault(title.mark, len(depths) - 1 + outermost)
    return Element(kind="title", text=clean(title.text), level=depth)


def _signature(lines: Sequence[str]) -> Iterator[Element]:
    if any(map(str.isalnum, "".join(lines))):
        yield Element(kind="paragraph", text="\n".join(own_lines(lines)))


def parted(lines: Sequence[str], titled: bool) -> Iterator[Title | Element | Sequence[str]]:
    """Titles, tables and what is neither, in their order.

    Args:
        lines: of a block.
        titled: whether it may have titles.
    """
    start = at = tries = 0
    while at < len(lines):
        title = underlined(lines[at : at + 3], begins_block=False) if titled else None
        tries = tries + 1 if may_be_row(lines[at]) else 0
        found = table_at(lines[at : at + _MOST_ROWS]) if not title and 0 < tries <= _TRIES else None
        taken = title.lines if title else found.lines if found else 0
        if taken:
            if at > start:
                yield lines[start:at]
            yield title or found.element  # type: ignore[union-attr]
            start, tries = at + taken, 0
        at += taken or 1
    if at > start:
        yield lines[start:at]


def _pieces(lines: Sequence[str], width: int) -> Iterator[_Piece]:
    """Items and paragraphs of a block."""
    held: _Piece | None = None
    for line in lines:
        match = _ITEM.match(line)
        if match and _begins_item(match, held, width):
            if held:
                yield held
            # Blanks take the place of the mark: how long the line is says whether it was wrapped.
            said = " " * match.end() + line[match.end() :]
            held = _Piece(match["mark"], len(match["indent"].expandtabs()), [said])
        elif held and _belongs(line, held, width):
            held.lines.append(line)
        else:
            if held:
                yield held
            held = _Piece("", _indent(line), [line])
    if held:
        yield held


def _begins_item(match: re.Match[str], held: _Piece | None, width: int) -> bool:
    """Whether what looks like the mark of an item is one, and no number, dash or date within a sentence."""
    mark = match["mark"]
    if mark.endswith(".") and is_month(match["said"]):
        return False
    if mark in DASHES and match.string.endswith(f" {mark}"):  # "- as agreed -"
        return False
    if held is None:
        return True
    last = held.lines[-1]
    if held.mark and (_BULLET.fullmatch(mark) or 0 <= _number(held.mark) == _number(mark) - 1):
        return True
    return is_ended(last) or (ends_early(last, match[0] + match["said"], width) and not last.endswith(","))


def _belongs(line: str, held: _Piece, width: int) -> bool:
    """Whether a line without a mark goes on what is above it."""
    if not held.mark or _indent(line) > held.indent:
        return True
    return line.strip()[0].islower() or not ends_early(held.lines[-1], line, width)


def _number(mark: str) -> int:
    """Of an item, which letters count, too; -1 for any other mark."""
    sign = mark.strip("().[]")
    if len(sign) == 1 and "a" <= sign.lower() <= "z":
        return ord(sign.lower()) - ord("a") + 1
    return int(sign) if sign.isdecimal() else -1


def _indent(line: str) -> int:
    wide = line.expandtabs()
    return len(wide) - len(wide.lstrip())


def _element(piece: _Piece, width: int, known: frozenset[str], in_list: bool) -> Iterator[Element]:
    text = paragraph(piece.lines, width, known, is_item=bool(piece.mark))
    if not any(char.isalnum() for char in text):
        return
    # The fields of an earlier mail are no form: they say what follows.
    values = [] if piece.mark or in_list else named_values(map(without_leaders, piece.lines))
    if values and not head_at("\n".join(piece.lines)):
        yield form_of(values)
        return
    if not piece.mark:
        yield Element(kind="list_item" if in_list else "paragraph", text=text)
        return
    # A dash before a figure may be a minus.
    is_shown = not _BULLET.fullmatch(piece.mark) or (piece.mark in f"{DASHES}+" and text[0].isdigit())
    yield Element(kind="list_item", text=f"{piece.mark} {text}" if is_shown else text)
