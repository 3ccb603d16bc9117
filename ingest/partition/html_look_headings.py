"""Headings of pages that mark none: as programs for texts save them, they are paragraphs in bold or large letters."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from ingest.documents import Element, Kind
from ingest.partition.heading_lines import TextLook
from ingest.partition.html_headings import HEADINGS
from ingest.partition.html_inline import BLOCKS, block_text, inline, is_unseen
from ingest.partition.html_places import is_bold
from ingest.partition.html_styles import SIZE
from ingest.partition.look_headings import LookHeadings

_SIZE = re.compile(r"(\d*\.?\d+)(pt|px|em|rem|%)")
_USUAL = 12.0  # points
_POINTS = {"pt": 1.0, "px": 0.75}
_FONTS = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}  # of old tags
_APART: dict[str, Kind] = {"table": "table", "ul": "list_item", "ol": "list_item", "dl": "form"}


def mark_headings(body: Any) -> None:
    """Make headings of the paragraphs of a page that look so, if none of it is marked as one, or only its title.

    Args:
        body: of a page whose styles are read.
    """
    if len(list(islice(body.iter(*HEADINGS), 2))) > 1:
        return
    looks, nodes = LookHeadings(), list[Any]()
    elements = list[Element]()
    for node, kind in _blocks(body):
        is_text = kind in ("paragraph", "title")
        element = Element(kind=kind, text=block_text(inline(node)) if is_text else "", level=HEADINGS.get(node.tag, 0))
        if is_text:
            looks.note(element, _looks(node))
        elements.append(element)
        nodes.append(node)
    for node, told in zip(nodes, looks.told(elements), strict=False):
        if told.kind == "title" and node.tag not in HEADINGS and told.text == block_text(inline(node)):
            node.tag = next(tag for tag, level in HEADINGS.items() if level == min(told.level, len(HEADINGS) - 1))


def _blocks(node: Any) -> Iterator[tuple[Any, Kind]]:
    """Paragraphs, tables and lists of a page in order."""
    for child in node:
        if not isinstance(child.tag, str) or is_unseen(child):
            continue
        if child.tag in _APART:
            yield child, _APART[child.tag]
        elif child.tag in HEADINGS:
            yield child, "title"
        elif child.tag in BLOCKS and next(child.iterdescendants(*BLOCKS), None) is None:
            if any(char.isalnum() for char in "".join(child.itertext())):
                yield child, "paragraph"
        else:
            yield from _blocks(child)


def _looks(node: Any) -> Mapping[TextLook, int]:
    """How many letters of a paragraph have each look."""
    counts = Counter[TextLook]()
    for text, bold, size in _texts(node, False, _inherited(node)):
        counts[TextLook(size, bold)] += len(text.strip())
    return {look: count for look, count in counts.items() if count}


def _inherited(node: Any) -> float:
    size = _USUAL
    for outer in reversed(list(node.iterancestors())):
        size = _size(outer, size)
    return size


def _texts(node: Any, bold: bool, size: float) -> Iterator[tuple[str, bool, float]]:
    bold, size = is_bold(node, bold), _size(node, size)
    yield node.text or "", bold, size
    for child in node:
        if isinstance(child.tag, str) and not is_unseen(child):
            yield from _texts(child, bold, size)
        yield child.tail or "", bold, size


def _size(node: Any, inherited: float) -> float:
    """The size of a node's letters in points."""
    if node.tag == "font" and (size := _FONTS.get((node.get("size") or "").strip())):
        return size
    match = _SIZE.fullmatch((node.get(SIZE) or "").strip())
    if match is None:
        return inherited
    number, unit = float(match[1]), match[2]
    if unit in _POINTS:
        return number * _POINTS[unit]
    return number * (inherited / 100 if unit == "%" else inherited if unit == "em" else _USUAL)
