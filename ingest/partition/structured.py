"""JSON and XML: every value behind the path that names it.

unstructured reads only its own JSON, and of XML it keeps the values without the names that give them sense.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

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
        # Numbers stay as they are written, and a name that stands twice keeps both values.
        tree = json.loads(
            read_text(path), parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_Object
        )
    except RecursionError as error:
        raise DocumentFailed("document.too_deep", document=path.name, most=_DEEPEST) from error
    return _partitioned(_json_records(tree, (), path.name), path)


def partition_xml(path: Path) -> Partitioned:
    """Elements that hold only values as one line each, named by their path and attributes.

    Raises:
        DocumentFailed: not XML, nested too deep, or too many values.
    """
    from lxml import etree

    # Only its own entities are resolved, up to the limits of libxml2; nothing is loaded: the document cannot reach
    # this machine or grow.
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        key = "document.too_deep" if "depth" in str(error).lower() else "document.damaged"
        raise DocumentFailed(key, document=path.name, reason=str(error)[:200], most=_DEEPEST) from error
    return _partitioned(_xml_records(tree, (), path.name), path)


Record = tuple[tuple[str, ...], list[str]]


class _Object(NamedTuple):
    """An object of JSON: its names with their values."""

    pairs: list[tuple[str, Any]]


def _partitioned(records: Iterator[Record], path: Path) -> Partitioned:
    elements: list[Element] = []
    last: tuple[str, ...] = ()
    values = 0
    for names, lines in records:
        values += len(lines)
        if values > _MOST_VALUES:
            raise DocumentFailed("document.too_large", document=path.name, most=f"{_MOST_VALUES} values")
        goes_back = len(names) < len(last) and names == last[: len(names)]
        for level, name in enumerate(names):
            # What follows its own inner parts is named anew, or it would seem to belong to the last of these.
            if names[: level + 1] != last[: level + 1] or (goes_back and level == len(names) - 1):
                elements.append(Element(kind="title", text=name, level=level + 1))
        last = names
        if lines:
            elements.append(Element(kind="table", text="; ".join(lines)))
    return Partitioned(elements=tuple(elements))


def _json_records(tree: Any, names: tuple[str, ...], document: str) -> Iterator[Record]:
    if len(names) > _DEEPEST:
        raise DocumentFailed("document.too_deep", document=document, most=_DEEPEST)
    if isinstance(tree, _Object):
        values = [(clean(name), value) for name, value in tree.pairs]
        said = [(name, _plain(value)) for name, value in values if _is_plain(value)]
        if flat := [": ".join(filter(None, pair)) for pair in said if pair[1]]:
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
    return _is_scalar(value) or (isinstance(value, list) and all(map(_is_scalar, value)))


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, _Object | list)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    return "" if value is None else clean(str(value).lower() if isinstance(value, bool) else str(value))


def _xml_records(node: Any, names: tuple[str, ...], document: str) -> Iterator[Record]:
    from lxml import etree

    if len(names) > _DEEPEST:
        raise DocumentFailed("document.too_deep", document=document, most=_DEEPEST)
    own, children = _pieces(node)
    lines = _attributes(node)
    if said := _said(own):
        lines.append(said)
    inner, tags = [], Counter(child.tag for child, _ in children)
    for child, behind in children:
        text, within = _pieces(child)
        said, name = _said(text), _local(child.tag)
        if within or (child.attrib and (not said or tags[child.tag] > 1)):
            inner.append(child)
        elif said:  # a value, with what its attributes say of it
            lines.append(f"{name}: {said}")
            lines += [f"{name} {attribute}" for attribute in _attributes(child)]
        if said := _said(behind):
            lines.append(said)
    name = clean(etree.QName(node).localname)
    if lines:
        yield (*names, name), lines
    for child in inner:
        yield from _xml_records(child, (*names, name), document)


def _attributes(node: Any) -> list[str]:
    """Each attribute of an element that has a value, as "name: value"."""
    return [f"{_local(key)}: {clean(value)}" for key, value in node.attrib.items() if value.strip()]


def _pieces(node: Any) -> tuple[str, list[tuple[Any, str]]]:
    """The text of an element, and those in it with the text behind each; names of entities are text as they stand."""
    own, children = node.text or "", list[tuple[Any, str]]()
    for child in node:
        behind = child.tail or ""
        if isinstance(child.tag, str):
            children.append((child, behind))
        elif children:
            children[-1] = (children[-1][0], f"{children[-1][1]}{child.text}{behind}")
        else:
            own += f"{child.text}{behind}"
    return own, children


def _said(text: str) -> str:
    """The text of an element; where it is a piece of a page itself, as in feeds, what that says."""
    if not _MARKUP.search(text):
        return clean(text)
    from lxml import html

    return one_line(inline(html.fragment_fromstring(text, create_parent="div")))


def _local(name: str) -> str:
    return clean(name.rpartition("}")[2])
