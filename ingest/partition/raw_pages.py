"""What is written in pages, mails and texts, by their bytes."""

import html
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from ingest.partition.encodings import decoded_text
from ingest.partition.raw_parts import Raw

_MOST_BYTES = 100_000_000  # of a part
_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"'][^\"'\n]*[\"'])?\)|\]\[[^\]\n]*\]")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]^\n][^\]\n]*\]:\s*\S+(?:\s+[\"'(].*[\"')])?\s*$", re.M)
_FENCE = re.compile(r"^(\s*(?:```+|~~~+)).*$", re.M)
_NOTE_OR_TASK = re.compile(r"\[\^[^\]\n]+\]:?|^\s*(?:[-*+]|\d{1,3}[.)])\s+\[[ xX]\]", re.M)
_MATTER_PROPERTY = re.compile(r"^(?:title|author|date|lastmod):.*$", re.M)
_OUTLOOK_TEXTS = ("0037", "1000")  # subject and plain text
_SEPARATOR = re.compile(r"\A\ufeff?sep=.[\r\n]+")
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN_HTML = re.compile(
    r"<(script|style|noscript|template|head|desc|metadata|title|iframe|object|audio|video|canvas)\b.*?</\1\s*>|<!--.*?-->",
    re.S | re.I,
)
_BLOCK_HTML = re.compile(r"</?(?:p|div|br|td|th|tr|li|h\d|table|dt|dd|section|article|pre|option|hr)\b[^>]*>", re.I)


def html_lines(content: str) -> list[str]:
    """Lines that a page shows.

    Args:
        content: of the page.
    """
    seen = _BLOCK_HTML.sub("\n", _UNSEEN_HTML.sub(" ", content))
    return html.unescape(_TAG.sub("", seen)).split("\n")


def html_text(path: Path) -> Raw:
    """Text of a page."""
    return Raw(html_lines(_decoded(path)), [])


def markdown(path: Path) -> Raw:
    """Lines without what a page made of them does not say: marks, targets of links, properties of the file."""
    text = _MATTER_PROPERTY.sub("", _decoded(path).replace("\r\n", "\n"))
    for mark, said in ((_TARGET, "]"), (_FENCE, ""), (_REFERENCE, ""), (_NOTE_OR_TASK, " ")):
        text = mark.sub(said, text)
    return Raw(html_lines(text), [])


def web_archive(path: Path) -> Raw:
    """Text of the pages in a web archive."""
    pages = [part for part in message_from_bytes(path.read_bytes()).walk() if part.get_content_type() == "text/html"]
    contents = (_part_text(part) for part in pages)
    return Raw([line for content in contents if "<frameset" not in content.lower() for line in html_lines(content)], [])


def _part_text(part: Any) -> str:
    payload = part.get_payload(decode=True)
    named = part.get_content_charset() or ""
    try:
        return str(payload, named)
    except (LookupError, UnicodeDecodeError, TypeError):
        return decoded_text(payload) if isinstance(payload, bytes) else ""


def outlook(path: Path) -> Raw:
    """Subject and text of Outlook's mail, by the numbers of their streams (MS-OXMSG)."""
    import olefile

    with olefile.OleFileIO(str(path)) as file:
        lines = [line for name in _OUTLOOK_TEXTS for line in _stream(file, name).split("\n")]
    return Raw(lines, [])


def _stream(file: Any, name: str) -> str:
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1252")):
        if file.exists(f"__substg1.0_{name}{kind}"):
            return str(file.openstream(f"__substg1.0_{name}{kind}").read(_MOST_BYTES), encoding, "replace")
    return ""


def plain(path: Path) -> Raw:
    """Lines of a text, without the one that tells Excel what parts cells."""
    return Raw(_SEPARATOR.sub("", _decoded(path)).split("\n"), [])


def mail_text(path: Path) -> Raw:
    """The parts that are shown: of two that say the same one."""
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = next((part for kind in ("text/html", "text/plain") for part in _shown(mail, kind)), None)
    lines = [str(mail[name] or "") for name in ("Subject", "From", "To")]
    if body is not None:
        payload = body.get_payload(decode=True)
        content = decoded_text(payload) if isinstance(payload, bytes) else ""
        lines += html_lines(content) if body.get_content_subtype() == "html" else content.split("\n")
    return Raw(lines, [])


def _shown(part: Any, kind: str) -> Iterator[Any]:
    """Parts of a kind that are no documents of their own, as those with a name and forwarded mails are."""
    if part.is_multipart() and part.get_content_type() != "message/rfc822":
        for inner in part.iter_parts():
            yield from _shown(inner, kind)
    elif part.get_content_type() == kind and not part.get_filename() and not part.is_attachment():
        yield part


def _decoded(path: Path) -> str:
    return decoded_text(path.read_bytes()[:_MOST_BYTES])
