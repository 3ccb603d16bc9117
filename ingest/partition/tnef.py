"""winmail.dat (TNEF), in which Outlook wraps a mail's attachments and its text where it thinks it speaks to itself."""

import struct
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned
from ingest.partition.convert import partition_with_pandoc
from ingest.partition.members import MemberFolder
from ingest.partition.office import partition_html_text, partition_plain_text

_CODE_PAGE = 0x00069007
_HEAD = 6  # bytes of signature and key
_WINDOWS, _LATIN = 1252, 28591


def partition_tnef(path: Path) -> Partitioned:
    """The text of the mail, and its attachments as members.

    Raises:
        DocumentFailed: there is nothing in it.
    """
    wrapped = _opened(path.read_bytes())
    folder = MemberFolder(path)
    members = tuple(
        folder.keep(attachment.long_filename() or attachment.name or f"part-{number}", attachment.data, flat=True)
        for number, attachment in enumerate(folder.limited(wrapped.attachments), 1)
    )
    elements: tuple[Element, ...] = ()
    html, plain = _text(wrapped.htmlbody), _text(wrapped.body)
    if html.strip():
        elements = partition_html_text(html, path).elements
    elif plain.strip():
        elements = partition_plain_text(plain, path, titled=False).elements
    elif packed := wrapped.rtfbody:
        text = path.with_name(f"{path.name}.rtf")
        text.write_bytes(packed)
        elements = partition_with_pandoc(text).elements
    if not members and not elements:
        raise DocumentFailed("document.no_text", document=path.name)
    return Partitioned(elements=elements, members=members)


def _opened(content: bytes) -> Any:
    """A TNEF read; programs that name no code page write that of Windows."""
    from tnefparse import TNEF

    try:
        return TNEF(_with_code_page(content, _WINDOWS))
    except UnicodeDecodeError:
        return TNEF(_with_code_page(content, _LATIN))


def _with_code_page(content: bytes, number: int) -> bytes:
    """A TNEF that names a code page first (MS-OXTNEF, attOemCodepage); one that it names itself holds behind that."""
    said = struct.pack("<II", number, 0)
    named = struct.pack("<BII", 1, _CODE_PAGE, len(said)) + said + struct.pack("<H", sum(said) % 0x10000)
    return content[:_HEAD] + named + content[_HEAD:]


def _text(body: object) -> str:
    if isinstance(body, bytes):
        return body.decode("cp1252", "replace")
    return "" if body is None else str(body)
