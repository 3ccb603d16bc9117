"""Text files: HTML, and plain text by unstructured."""

import re
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Kind, Partitioned
from ingest.partition import clean
from ingest.partition.encodings import decoded_text
from ingest.partition.html import html_elements
from ingest.partition.html_inline import RULE
from ingest.partition.offline import take_offline
from ingest.partition.properties import file_properties

_SKIPPED = {"PageBreak", "Header", "Footer", "PageNumber", "EmailAddress"}
_KINDS: dict[str, Kind] = {"Title": "title", "ListItem": "list_item"}
_DEEPEST = 200  # nested tags of a page; browsers stop at about 500


def partition_office(path: Path) -> Partitioned:
    """Elements of a txt or html file.

    Raises:
        DocumentFailed: unstructured found nothing in a file that is not empty.
    """
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm"):
        html = _html(path)
        return partition_html_text(html, path).model_copy(update={"properties": file_properties(path, html)})
    return partition_plain_text(read_text(path), path)


def partition_html_text(html: str, path: Path) -> Partitioned:
    """Elements of HTML.

    Args:
        html: the page.
        path: the file that it is, or was made from.

    Raises:
        DocumentFailed: no text in it, or tags nested so deep that no person wrote them.
    """
    from lxml import html as parser

    if not html.strip():
        raise DocumentFailed("document.no_text", document=path.name)
    tree = parser.fromstring(html.encode(), parser=parser.HTMLParser(encoding="utf-8"))
    if _depth(tree) > _DEEPEST:
        raise DocumentFailed("document.too_deep", document=path.name, most=_DEEPEST)
    elements = tuple(html_elements(tree))
    if all(element.unseen for element in elements):
        raise DocumentFailed("document.no_text", document=path.name)
    return Partitioned(elements=elements)


def partition_plain_text(text: str, path: Path) -> Partitioned:
    """Elements of text without markup.

    Args:
        text: what is partitioned.
        path: the file it is from.

    Raises:
        DocumentFailed: no text in it.
    """
    take_offline()
    from unstructured.partition.text import partition_text

    return Partitioned(elements=_elements(partition_text(text=text) if text.strip() else [], path.name))


def read_text(path: Path) -> str:
    """The text of a file in whatever encoding, without NUL."""
    return decoded_text(path.read_bytes()).replace("\0", "").replace("\r\n", "\n")


def _elements(found: Any, name: str) -> tuple[Element, ...]:
    elements = tuple(element for raw in found if (element := _element(raw)))
    if not elements:
        raise DocumentFailed("document.no_text", document=name)
    return elements


def _depth(tree: Any) -> int:
    deepest, level, nodes = 0, 0, [tree]
    while nodes:
        deepest, level = level, level + 1
        nodes = [child for node in nodes for child in node]
    return deepest


def _html(path: Path) -> str:
    content = path.read_bytes()
    named = re.search(rb"""<meta[^>]{0,200}charset=["']?([\w-]+)""", content[:5000], re.I)
    try:
        # Browsers read what is called Latin-1 as Windows-1252 (WHATWG Encoding).
        name = named[1].decode().lower() if named else ""
        return content.decode("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name)
    except (LookupError, UnicodeDecodeError):
        return decoded_text(content)


def _element(raw: Any) -> Element | None:
    name = type(raw).__name__
    if name in _SKIPPED:
        return None
    text = clean(RULE.sub(" ", raw.text))
    if not any(char.isalnum() for char in text):
        return None
    return Element(kind=_KINDS.get(name, "paragraph"), text=text, level=raw.metadata.category_depth or 0)
