"""What files say of themselves: title, author, dates, from the places where their formats keep them."""

import re
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from ingest.documents import Properties

_ZIPPED = {
    **dict.fromkeys((".docx", ".pptx", ".xlsx", ".docm", ".xlsm"), "docProps/core.xml"),
    **dict.fromkeys((".odt", ".ods", ".odp"), "meta.xml"),
}
# Local names in Dublin Core, Office's core properties, OpenDocument's meta.xml; the first filled one counts.
_NAMES = {
    "title": ("title",),
    "author": ("creator", "initial-creator", "lastModifiedBy"),
    "created": ("created", "creation-date"),
    "modified": ("modified", "date"),
}
_MOST = 1_000_000  # bytes of a properties part


def file_properties(path: Path, html: str | None = None) -> Properties:
    """Properties of an Office, OpenDocument or HTML file, or of HTML made from another format.

    Args:
        path: the file.
        html: its HTML, where it was converted.
    """
    part = _ZIPPED.get(path.suffix.lower())
    if part and zipfile.is_zipfile(path):
        return _from_xml(_part(path, part))
    if html is not None:
        return html_properties(html)
    return Properties()


def html_properties(html: str) -> Properties:
    """Title and the author and date `<meta>` of an HTML page."""
    from lxml import html as parser

    if not html.strip():
        return Properties()
    tree = parser.fromstring(html[:_MOST].encode(), parser=parser.HTMLParser(encoding="utf-8"))
    metas = {(m.get("name") or "").lower(): m.get("content") or "" for m in tree.iter("meta")}
    title = next((t.text_content() for t in tree.iter("title")), "")
    created = next((metas[n] for n in ("date", "dcterms.date", "dcterms.created", "created") if metas.get(n)), "")
    modified = next((metas[n] for n in ("last-modified", "dcterms.modified", "modified") if metas.get(n)), "")
    return properties(title, metas.get("author", ""), created, modified)


def properties(title: Any, author: Any, created: Any, modified: Any) -> Properties:
    """Properties from raw values: white space collapsed, dates cut to their ISO date."""
    return Properties(title=_text(title), author=_text(author), created=_date(created), modified=_date(modified))


def _text(value: Any) -> str:
    return " ".join(str(value or "").replace("\0", " ").split())[:300]


def _date(value: Any) -> str:
    """The ISO date of `2026-03-01T10:00:00Z`, PDF's `D:20260301100000` and their like; empty for others."""
    match = re.match(r"(?:D:)?\s*([0-9]{4})-?([0-9]{2})-?([0-9]{2})", str(value or ""))
    if not match or match[1] < "1970":
        return ""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""


def _part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        if name not in archive.namelist():
            return b""
        with archive.open(name) as file:
            return file.read(_MOST)


def _from_xml(content: bytes) -> Properties:
    from lxml import etree

    if not content:
        return Properties()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    tree = etree.fromstring(content, parser)
    if tree is None:
        return Properties()
    found: dict[str, str] = {}
    for node in tree.iter():
        if isinstance(node.tag, str) and node.text and node.text.strip():
            found.setdefault(etree.QName(node).localname, node.text)
    return properties(*(_first(found, names) for names in _NAMES.values()))


def _first(found: dict[str, str], names: Iterable[str]) -> str:
    return next((found[name] for name in names if name in found), "")
