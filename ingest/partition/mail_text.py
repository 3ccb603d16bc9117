"""What a mail says: all its text parts in their order, each decoded by what its bytes are.

Programs write text behind attachments, and name character sets that they do not use: Outlook's "iso-8859-1" is
Windows-1252, and text without a name is UTF-8 more often than not.
"""

import io
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from ingest.partition.encodings import decoded_text
from ingest.partition.picture_limits import SMALL

_WEAK = frozenset(("us-ascii", "ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "unknown-8bit", ""))
_SIGNATURE = "-- "
_CALENDAR = "text/calendar"  # beside the others, as it says more
_KINDS = ("text/html", "text/plain")  # of alternatives the first that is there


def text_parts(mail: EmailMessage) -> list[EmailMessage]:
    """The parts that a reader sees as the text of a mail, of alternatives one; attachments are none."""
    return list(_shown(mail))


def decoded(part: EmailMessage) -> str:
    """The text of a part."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    text = _decoded(part, content)
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    return unflowed(text, deletes_blank=str(part.get_param("delsp", "")).lower() == "yes")


def unflowed(text: str, deletes_blank: bool) -> str:
    """A text in which a blank at a line's end says that the line goes on (RFC 3676, format=flowed), its lines whole.

    Args:
        text: with marks of quotations, which go on only in lines as deep as they are.
        deletes_blank: whether that blank is none of the text's (DelSp).
    """
    found: list[tuple[str, str]] = []
    goes_on = False
    for line in text.splitlines():
        said = line.lstrip(">")
        marks = line[: len(line) - len(said)]
        said = said.removeprefix(" ")  # a blank is put before what would begin with a mark
        if goes_on and found[-1][0] == marks and said != _SIGNATURE:
            found[-1] = (marks, found[-1][1] + said)
        else:
            found.append((marks, said))
        goes_on = said.endswith(" ") and said != _SIGNATURE
        if goes_on and deletes_blank:
            found[-1] = (marks, found[-1][1][:-1])
    return "\n".join(f"{marks} {said}" if marks else said for marks, said in found)


def header_text(mail: EmailMessage, name: str) -> str:
    """A header field, empty without one; bytes that no program has encoded are decoded by what they are."""
    raw = next((value for field, value in mail.raw_items() if field.lower() == name.lower()), "")
    try:
        str(raw).encode("utf-8")
    except UnicodeEncodeError:
        return decoded_text(str(raw).encode("utf-8", "surrogateescape"))
    return str(mail[name] or "")


def is_decoration(part: Any) -> bool:
    """Whether a part is a small picture within the text, such as the logo of a signature, and no document."""
    if part.get_content_maintype() != "image" or not part["Content-ID"]:
        return False
    return is_small_picture(part.get_payload(decode=True) or b"")


def is_small_picture(content: bytes) -> bool:
    """Whether bytes are a picture as small as a logo.

    Args:
        content: of a file.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return False
    return width * height < SMALL


def _decoded(part: EmailMessage, content: bytes) -> str:
    named = str(part.get_content_charset("") or "").lower()
    if named not in _WEAK:
        try:
            return content.decode(named)
        except (LookupError, UnicodeDecodeError):
            pass  # it is something else than it says: its bytes tell
    return decoded_text(content)


def _shown(part: Any) -> Iterator[Any]:
    if part.get_content_type() == "message/rfc822":
        return
    if not part.is_multipart():
        if part.get_content_type() in (*_KINDS, _CALENDAR) and not part.is_attachment() and not part.get_filename():
            yield part
        return
    inner = list(part.iter_parts())
    if part.get_content_type() == "multipart/alternative":
        found: dict[str, list[Any]] = {}
        for one in inner:
            if texts := list(_shown(one)):
                found[texts[0].get_content_type()] = texts
        yield from next((found[kind] for kind in _KINDS if kind in found), [])
        yield from found.get(_CALENDAR, [])
        return
    for one in inner:
        yield from _shown(one)
