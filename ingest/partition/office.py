"""Office, web and text files, partitioned by unstructured."""

import codecs
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Kind, Partitioned
from ingest.partition import clean
from ingest.partition.html import html_elements
from ingest.partition.offline import take_offline
from ingest.partition.properties import file_properties, properties
from ingest.partition.tables import table_lines

_SKIPPED = {"PageBreak", "Header", "Footer", "PageNumber", "EmailAddress"}
_RULE = re.compile(r"[-=_*~#]{4,}")  # lines drawn with characters
_KINDS: dict[str, Kind] = {"Title": "title", "ListItem": "list_item", "Table": "table"}
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.S)
_DEEPEST = 200  # nested tags of a page; browsers stop at about 500


def partition_office(path: Path) -> Partitioned:
    """Elements of a md, txt, html or pptx file.

    Raises:
        DocumentFailed: unstructured found nothing in a file that is not empty.
    """
    take_offline()
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm"):
        html = path.read_text(encoding=_html_encoding(path), errors="replace")
        return partition_html_text(html, path).model_copy(update={"properties": file_properties(path, html)})
    if suffix == ".md":
        return _markdown(path)
    if suffix == ".txt":
        return partition_plain_text(read_text(path), path)
    elements = _elements(_PARTITION[suffix](path), suffix, path.name)
    return Partitioned(elements=elements, properties=file_properties(path))


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
    if not elements:
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

    return Partitioned(elements=_elements(partition_text(text=text) if text.strip() else [], ".txt", path.name))


def text_encoding(path: Path) -> str:
    """UTF-8 or UTF-16 where the bytes are that, else what German Windows programs write."""
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def read_text(path: Path) -> str:
    """The text of a file in whatever encoding, without NUL."""
    return path.read_bytes().decode(text_encoding(path), "replace").replace("\0", "").replace("\r\n", "\n")


def _elements(found: Any, suffix: str, name: str) -> tuple[Element, ...]:
    elements = tuple(element for raw in found if (element := _element(raw, suffix)))
    if not elements:
        raise DocumentFailed("document.no_text", document=name)
    return elements


def _depth(tree: Any) -> int:
    deepest, level, nodes = 0, 0, [tree]
    while nodes:
        deepest, level = level, level + 1
        nodes = [child for node in nodes for child in node]
    return deepest


def _html_encoding(path: Path) -> str:
    named = re.search(rb"""<meta[^>]{0,200}charset=["']?([\w-]+)""", path.read_bytes()[:5000], re.I)
    try:
        return codecs.lookup(named[1].decode()).name if named else text_encoding(path)
    except LookupError:
        return text_encoding(path)


def _element(raw: Any, suffix: str) -> Element | None:
    name = type(raw).__name__
    if name in _SKIPPED:
        return None
    metadata = raw.metadata
    kind = _KINDS.get(name, "paragraph")
    if kind == "table" and metadata.text_as_html:
        text = table_lines(_html_rows(metadata.text_as_html))
    else:
        text = clean(_RULE.sub(" ", raw.text))
    if not any(char.isalnum() for char in text):
        return None
    if kind == "title" and not _is_heading(raw, suffix):
        kind = "paragraph"
    # Only slides are real pages here; other formats flow and have no fixed page numbers.
    page = metadata.page_number if suffix == ".pptx" else None
    level = metadata.category_depth or 0
    return Element(kind=kind, text=text, level=level, page=page, label=metadata.page_name)


def _is_heading(raw: Any, suffix: str) -> bool:
    # In formats with real headings only those count; a short line is none. On slides it is the slide's title.
    if suffix == ".pptx":
        return bool(raw.metadata.category_depth == 0)
    return suffix == ".txt" or raw.metadata.category_depth is not None


def _html_rows(html: str) -> list[list[str]]:
    from lxml import html as parser

    rows = parser.fromstring(html).iter("tr")
    return [[clean(cell.text_content()) for cell in row.iter("td", "th")] for row in rows]


def _markdown(path: Path) -> Partitioned:
    import yaml
    from markdown import markdown

    text = read_text(path)
    matter = _FRONT_MATTER.match(text)
    said: Any = {}
    if matter:
        with suppress(yaml.YAMLError):
            said = yaml.safe_load(matter[1])
        text = text[matter.end() :]
    said = said if isinstance(said, dict) else {}
    found = properties(said.get("title"), said.get("author"), said.get("date"), said.get("lastmod"))
    page = markdown(text, extensions=["tables", "fenced_code", "sane_lists", "def_list", "footnotes"])
    return partition_html_text(page, path).model_copy(update={"properties": found})


def _pptx(path: Path) -> Any:
    from unstructured.partition.pptx import partition_pptx

    return partition_pptx(str(path))


_PARTITION = {".pptx": _pptx}
