"""What is written in JSON and XML, appointments, address cards and e-books, by patterns in their text."""

import html
import json
import posixpath
import quopri
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from ingest.partition.encodings import decoded_text
from ingest.partition.raw_pages import html_lines
from ingest.partition.raw_parts import Raw

_MOST_BYTES = 100_000_000  # of a part
_JSON = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\btrue\b|\bfalse\b')
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([\w.-]+)")
_XML_DROPPED = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.S)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_XML_TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_STRUCK = re.compile(r"<(s|del|strike)\b[^<>]*>.*?</\1>", re.S | re.I)
_ATTRIBUTE = re.compile(r"\s([^\s=<>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FOLDED = re.compile(r"\r?\n[ \t]")
_CARD_LINE = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)', re.S)
_SAID_OF_PERSON = re.compile(r'CN=("[^"]*"|[^;:]*)', re.I)
# Properties that hold words; dates and states are shown in words of the reader's language.
_CARD_WORDS = frozenset(
    "SUMMARY LOCATION DESCRIPTION COMMENT CATEGORIES ATTENDEE ORGANIZER CONTACT RESOURCES FN ORG TITLE ROLE NOTE ADR "
    "TEL EMAIL URL NICKNAME".split()
)
_PEOPLE = ("ATTENDEE", "ORGANIZER")
_PASSED_OVER = ("VALARM", "VTIMEZONE", "VFREEBUSY", "VAVAILABILITY")
_MAILTO = re.compile(r"\s*mailto:", re.I)
_BACKSLASH = re.compile(r"\\(.)", re.S)
_ROOTFILE = re.compile(r"<(?:\w+:)?rootfile\b[^>]*?\bfull-path\s*=\s*[\"']([^\"']+)")
_ITEM = re.compile(r"<(?:\w+:)?(item|itemref)\b([^>]*)>")


def json_values(path: Path) -> Raw:
    """All values of a JSON file, the empty ones apart; names are none.

    Args:
        path: of the file.
    """
    text = decoded_text(path.read_bytes()[:_MOST_BYTES])
    values = (match for match in _JSON.finditer(text) if not match[2])
    return Raw([json.loads(match[1], strict=False) if match[1] else match[0] for match in values], [])


def xml_values(path: Path) -> Raw:
    """Texts and attributes of an XML file; of texts that are pieces of pages what these show.

    Args:
        path: of the file.
    """
    content = path.read_bytes()[:_MOST_BYTES]
    named = _XML_ENCODING.match(content.lstrip(b"\xef\xbb\xbf"))
    try:
        text = content.decode(named[1].decode()) if named else decoded_text(content)
    except (LookupError, UnicodeDecodeError):
        text = decoded_text(content)
    text = _XML_DROPPED.sub("", _CDATA.sub(lambda match: html.escape(match[1]), text))
    lines: list[str] = []
    for tag in _XML_TAG.findall(text):
        attributes = ((name, one or other) for name, one, other in _ATTRIBUTE.findall(tag))
        lines += [html.unescape(value) for name, value in attributes if not name.startswith("xmlns")]
    for piece in _XML_TAG.split(text):
        said = html.unescape(piece)
        lines += html_lines(_STRUCK.sub(" ", said)) if "<" in said else [said]
    return Raw(lines, [])


def cards(path: Path) -> Raw:
    """Words of appointments and cards, without alarms, time zones and what is of programs.

    Args:
        path: of the file.
    """
    lines: list[str] = []
    passing = ""
    for line in _unfolded(decoded_text(path.read_bytes()[:_MOST_BYTES])):
        match = _CARD_LINE.fullmatch(line)
        if match is None:
            continue
        name, parameters, value = match[1].upper(), match[2], match[3]
        if name in ("BEGIN", "END"):
            part = value.strip().upper()
            if part in _PASSED_OVER and not passing and name == "BEGIN":
                passing = part
            elif part == passing:
                passing = ""
        elif not passing and name in _CARD_WORDS:
            lines += _card_words(name, parameters, value)
    return Raw(lines, [])


def _unfolded(text: str) -> Iterator[str]:
    """Lines of which each holds a property."""
    held = ""
    for line in _FOLDED.sub("", text).splitlines():
        held += line
        if "QUOTED-PRINTABLE" in held[:200].upper() and held.endswith("="):
            held = held[:-1]
            continue
        yield held
        held = ""
    if held:
        yield held


def _card_words(name: str, parameters: str, value: str) -> Iterator[str]:
    if "QUOTED-PRINTABLE" in parameters.upper():
        value = decoded_text(quopri.decodestring(value.encode()))
    if name in _PEOPLE:
        named = _SAID_OF_PERSON.search(parameters)
        yield named[1] if named else ""
    said = _BACKSLASH.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
    yield _MAILTO.sub("", said)


def book(path: Path) -> Raw:
    """Text of a book's chapters, in the order of its spine.

    Args:
        path: of the file.
    """
    lines: list[str] = []
    with zipfile.ZipFile(path) as package:
        root = _ROOTFILE.search(_part(package, "META-INF/container.xml"))
        if root is None:
            return Raw([], [])
        package_file = _part(package, root[1])
        items: dict[str, str] = {}
        chapters: list[str] = []
        for kind, attributes in _ITEM.findall(package_file):
            said = {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(f" {attributes}")}
            if kind == "item" and said.get("media-type") == "application/xhtml+xml":
                items[said.get("id", "")] = said.get("href", "")
            elif kind == "itemref":
                chapters.append(said.get("idref", ""))
        for chapter in dict.fromkeys(chapters):
            if chapter in items:
                name = posixpath.normpath(posixpath.join(posixpath.dirname(root[1]), unquote(items[chapter])))
                lines += html_lines(_part(package, name))
    return Raw(lines, [])


def _part(package: zipfile.ZipFile, name: str) -> str:
    entry = package.getinfo(name)
    return decoded_text(package.read(entry)) if entry.file_size <= _MOST_BYTES else ""
