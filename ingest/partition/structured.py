"""JSON and XML: every value behind the path that names it.

unstructured reads only its own JSON, and of XML it keeps the values without the names that give them sense.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned
from ingest.partition import clean
from ingest.partition.html_inline import inline, one_line
from ingest.partition.office import read_text

_DEEPEST = 100
_MARKUP = re.compile(r"<(?:p|br|b|i|a|ul|ol|li|div|span|strong|em|table|h[1-6]|img)\b[^<>]*/?>", re.I)
_MOST_VALUES = 200_000


def partition_json(path: Path) -> Partitioned:
    """Objects as lines of `name: value`; each object of a list is one element.

    Raises:
        DocumentFailed: not JSON, nested too deep, or too many values.
    """
    try:
        tree = json.loads(read_text(path))
    except RecursionError as error:
        raise DocumentFailed("document.too_deep", document=path.name, most=_DEEPEST) from error
    return _partitioned(_json_records(tree, (), path.name), path)


def partition_xml(path: Path) -> Partitioned:
    """Elements that hold only values as one line each, named by their path and attributes.

    Raises:
        DocumentFailed: not XML, nested too deep, or too many values.
    """
    from lxml import etree

    # Entities are not resolved, nothing is loaded: the document cannot reach this machine or grow.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        tree = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        key = "document.too_deep" if "depth" in str(error).lower() else "document.damaged"
        raise DocumentFailed(key, document=path.name, reason=str(error)[:200], most=_DEEPEST) from error
    return _partitioned(_xml_records(tree, (), path.name), path)


Record = tuple[tuple[str, ...], list[str]]


def _partitioned(records: Iterator[Record], path: Path) -> Partitioned:
    elements: list[Element] = []
    last: tuple[str, ...] = ()
    values = 0
    for names, lines in records:
        values += len(lines)
        if values > _MOST_VALUES:
            raise DocumentFailed("document.too_large", document=path.name, most=f"{_MOST_VALUES} values")
        for level, name in enumerate(names):
            if names[: level + 1] != last[: level + 1]:
                elements.append(Element(kind="title", text=name, level=level + 1))
        last = names
        if lines:
            elements.append(Element(kind="table", text="; ".join(lines)))
    return Partitioned(elements=tuple(elements))


def _json_records(tree: Any, names: tuple[str, ...], document: str) -> Iterator[Record]:
    if len(names) > _DEEPEST:
        raise DocumentFailed("document.too_deep", document=document, most=_DEEPEST)
    if isinstance(tree, dict):
        values = [(clean(str(name)), value) for name, value in tree.items()]
        if flat := [f"{name}: {_plain(value)}" for name, value in values if _is_plain(value) and _plain(value)]:
            yield names, flat
        for name, value in values:
            if not _is_plain(value):
                yield from _json_records(value, (*names, name or "?"), document)
    elif isinstance(tree, list):
        for value in tree:
            yield from _json_records(value, names, document)
    elif _plain(tree):
        yield names, [_plain(tree)]


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list) or (isinstance(value, list) and all(map(_is_scalar, value)))


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    return "" if value is None else clean(str(value).lower() if isinstance(value, bool) else str(value))


def _xml_records(node: Any, names: tuple[str, ...], document: str) -> Iterator[Record]:
    from lxml import etree

    if len(names) > _DEEPEST:
        raise DocumentFailed("document.too_deep", document=document, most=_DEEPEST)
    children = [child for child in node if isinstance(child.tag, str)]
    lines = [f"{_local(key)}: {clean(value)}" for key, value in node.attrib.items() if value.strip()]
    if own := _said(node.text):
        lines.append(own)
    inner = []
    for child in children:
        if len(child) == 0 and not child.attrib:
            if text := _said(child.text):
                lines.append(f"{_local(child.tag)}: {text}")
        else:
            inner.append(child)
        if tail := _said(child.tail):
            lines.append(tail)
    name = clean(etree.QName(node).localname)
    if lines:
        yield (*names, name), lines
    for child in inner:
        yield from _xml_records(child, (*names, name), document)


def _said(text: str | None) -> str:
    """The text of an element; where it is a piece of a page itself, as in feeds, what that says."""
    if not text or not _MARKUP.search(text):
        return clean(text or "")
    from lxml import html

    return one_line(inline(html.fragment_fromstring(text, create_parent="div")))


def _local(name: str) -> str:
    return clean(name.rpartition("}")[2])
