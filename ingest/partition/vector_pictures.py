"""Text in drawings that are no bitmaps: metafiles of Windows, as Office keeps SmartArt and charts in them, and SVG.

Pillow reads none of these here. They say their text, so that nothing is recognised and nothing misread.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.documents import Element
from ingest.partition import clean, unread
from ingest.partition.drawn_words import drawn_elements
from ingest.partition.emf import draws_glyphs, emf_pictures, emf_texts, is_emf
from ingest.partition.wmf import is_wmf, wmf_pictures, wmf_texts

_ZIPPED, _MOST_BYTES = b"\x1f\x8b", 50_000_000
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>]")
_HEAD = 4_000  # bytes in which an SVG names itself
_NOT_SHOWN = ("defs", "symbol", "metadata", "title", "desc", "style", "script")


class Drawing(NamedTuple):
    """What a drawing says: its elements, and bitmaps in it that are to be read."""

    elements: Sequence[Element]
    pictures: Sequence[bytes] = ()


def drawing(content: bytes, name: str) -> Drawing | None:
    """What a drawing says; None of bitmaps.

    Args:
        content: bytes of the picture.
        name: of it, by which it is named where its letters cannot be told.
    """
    if content[:2] == _ZIPPED:  # as in emz, wmz and svgz
        try:
            content = zlib.decompressobj(wbits=31).decompress(content, _MOST_BYTES)
        except zlib.error:
            return Drawing([unread(name)])
    if is_emf(content):
        texts = list(emf_texts(content))
        if not texts and draws_glyphs(content):
            return Drawing([unread(name)])
        return Drawing(list(drawn_elements(texts)), list(emf_pictures(content)))
    if is_wmf(content):
        return Drawing(list(drawn_elements(list(wmf_texts(content)))), list(wmf_pictures(content)))
    if _SVG.search(content[:_HEAD]):
        return Drawing(list(_svg(content, name)))
    return None


def _svg(content: bytes, name: str) -> Iterator[Element]:
    """The texts of an SVG, each a paragraph, its lines joined."""
    from lxml import etree

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        yield unread(name)
        return
    for node in root.iter("{*}text"):
        parents = {etree.QName(parent).localname for parent in node.iterancestors("{*}*")}
        if parents.isdisjoint(_NOT_SHOWN) and (text := clean(" ".join(_pieces(node)))):
            yield Element(kind="paragraph", text=text)


def _pieces(node: object) -> Iterator[str]:
    """Of a text, what stands at places of its own; what goes on where the last one ended belongs to it."""
    said = ""
    for one in node.iter():  # type: ignore[attr-defined]
        if one is not node and (one.get("x") or one.get("y")):
            yield said
            said = ""
        said += (one.text or "") if isinstance(one.tag, str) else ""
        said += (one.tail or "") if one is not node else ""
    yield said
