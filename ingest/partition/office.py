"""Text files: HTML, and plain text."""

import re
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Partitioned
from ingest.partition.encodings import decoded_text
from ingest.partition.html import html_elements
from ingest.partition.plain_text import plain_elements
from ingest.partition.properties import file_properties

_DEEPEST = 200  # nested tags of a page; browsers stop at about 500


def partition_office(path: Path) -> Partitioned:
    """Elements of a txt or html file.

    Raises:
        DocumentFailed: there is no text in it.
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


def partition_plain_text(text: str, path: Path, titled: bool = True) -> Partitioned:
    """Elements of text without markup.

    Args:
        text: what is partitioned.
        path: the file it is from.
        titled: whether it may have titles; a mail has none.

    Raises:
        DocumentFailed: no text in it.
    """
    elements = tuple(plain_elements(text, titled))
    if not elements:
        raise DocumentFailed("document.no_text", document=path.name)
    return Partitioned(elements=elements)


def read_text(path: Path) -> str:
    """The text of a file in whatever encoding, without NUL."""
    return decoded_text(path.read_bytes()).replace("\0", "").replace("\r\n", "\n")


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
