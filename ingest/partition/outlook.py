"""What is in Outlook's mails (MS-OXMSG) beside their text: attachments, and mails within as mails of their own.

A property is a stream that is named by its number and its type; a mail within is a folder of the same kind, which no
file can be made of. It becomes an RFC 5322 mail.
"""

import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import HeaderParser
from email.utils import format_datetime, formataddr
from typing import Any, NamedTuple

from ingest.partition import clean
from ingest.partition.encodings import decoded_text
from ingest.partition.outlook_calendar import calendar_of, named_properties
from ingest.partition.smime import mail_in

_SUBJECT, _HEADERS, _CLASS = "0037", "007D", "001A"
_SENDER, _ADDRESSES = "0C1A", ("5D01", "0C1F")
_RECEIVER, _RECEIVER_ADDRESSES = "3001", ("39FE", "3003")
_PLAIN, _HTML = "1000", "1013"
_NAMES, _CONTENT, _KIND, _CONTENT_ID = ("3707", "3704", "3001"), "3701", "370E", "3712"
_SENT = 0x00390040  # tag and type of the time
_HEAD, _HEAD_WITHIN = 32, 24  # bytes before the properties of a mail, and of one within another
_SECURE = "IPM.NOTE.SMIME"
_SIGNED_BESIDE = "IPM.NOTE.SMIME.MULTIPARTSIGNED"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_DEEPEST = 20  # mails within mails


class Attached(NamedTuple):
    """An attachment.

    Attributes:
        name: of the file.
        content: its bytes; None for what is no file and no mail.
        is_picture_in_text: whether the text of the mail shows it.
    """

    name: str
    content: bytes | None
    is_picture_in_text: bool


def attached_to(mail: Any) -> Iterator[Attached]:
    """The attachments of a mail.

    Args:
        mail: its storage, as of oxmsg.
    """
    yield from _attached(mail, 0, named_properties(mail))


def appointment_in(mail: Any) -> str:
    """Time, place and people of a meeting as a calendar's text; empty for any other mail.

    Args:
        mail: its storage, as of oxmsg.
    """
    return calendar_of(mail, _text(mail, _CLASS), named_properties(mail), _HEAD)


def is_secure(mail: Any) -> bool:
    """Whether a mail is signed or encrypted (S/MIME): its text stands in its attachment.

    Args:
        mail: its storage, as of oxmsg.
    """
    return _text(mail, _CLASS).upper().startswith(_SECURE)


def signed_in(mail: Any) -> EmailMessage | None:
    """The mail in a secure one; None where only its receiver can open that.

    Args:
        mail: its storage, as of oxmsg.
    """
    content = next((one.content for one in attached_to(mail) if one.content), b"")
    if _text(mail, _CLASS).upper().startswith(_SIGNED_BESIDE):
        found = message_from_bytes(content, policy=policy.default)
        return found if isinstance(found, EmailMessage) and found.is_multipart() else None
    return mail_in(content)


def html_of(mail: Any) -> str:
    """The text of a mail as a page; empty where it has none.

    Args:
        mail: its storage, as of oxmsg.
    """
    return decoded_text(_stream(mail, f"{_HTML}0102") or b"") or _text(mail, _HTML)


def _attached(mail: Any, depth: int, names: Mapping[int, int]) -> Iterator[Attached]:
    for number, storage in enumerate(mail.iter_attachment_storages(), 1):
        name = next(filter(None, (_text(storage, tag) for tag in _NAMES)), f"part-{number}")
        within = next((one for one in storage.storages if one.name == f"__substg1.0_{_CONTENT}000D"), None)
        if within is not None and _text(within, _CLASS).upper().startswith("IPM") and depth < _DEEPEST:
            subject = clean(_text(within, _SUBJECT)) or name
            yield Attached(f"{subject}.eml", _as_mail(within, depth + 1, names).as_bytes(), is_picture_in_text=False)
        else:
            is_picture = _text(storage, _KIND).lower().startswith("image/") and bool(_text(storage, _CONTENT_ID))
            yield Attached(name, _stream(storage, f"{_CONTENT}0102"), is_picture)


def _as_mail(storage: Any, depth: int, names: Mapping[int, int]) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = clean(_text(storage, _SUBJECT))
    if sender := _person(storage, _SENDER, _ADDRESSES):
        mail["From"] = sender
    receivers = (_person(one, _RECEIVER, _RECEIVER_ADDRESSES) for one in storage.iter_recipient_storages())
    if to := ", ".join(filter(None, receivers)):
        mail["To"] = to
    if sent := _sent(storage):
        mail["Date"] = sent
    plain, html = _text(storage, _PLAIN), html_of(storage)
    mail.set_content(plain or " ")
    if html.strip():
        mail.add_alternative(html, subtype="html")
    if calendar := calendar_of(storage, _text(storage, _CLASS), names, _HEAD_WITHIN):
        mail.add_alternative(calendar, subtype="calendar")
    for one in _attached(storage, depth, names):
        if one.content is not None:
            mail.add_attachment(one.content, maintype="application", subtype="octet-stream", filename=one.name)
    return mail


def _person(storage: Any, name: str, addresses: tuple[str, ...]) -> str:
    address = next((text for tag in addresses if "@" in (text := _text(storage, tag))), "")
    return formataddr((clean(_text(storage, name)), address)) if address else ""


def _sent(mail: Any) -> str:
    """When a mail was sent, by its own head or by the time that Outlook keeps."""
    if said := HeaderParser().parsestr(_text(mail, _HEADERS))["Date"]:
        return clean(said)
    properties = mail.properties_stream_bytes[_HEAD_WITHIN:]
    for tag, _, ticks in struct.iter_unpack("<IIQ", properties[: len(properties) // 16 * 16]):
        if tag == _SENT:
            return format_datetime(_EPOCH + timedelta(microseconds=ticks // 10))
    return ""


def _text(storage: Any, tag: str) -> str:
    wide = _stream(storage, f"{tag}001F")
    if wide is not None:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    return decoded_text(_stream(storage, f"{tag}001E") or b"").rstrip("\0")


def _stream(storage: Any, name: str) -> bytes | None:
    streams = (one.bytes_ for one in storage.streams if one.path.rpartition("/")[2] == f"__substg1.0_{name}")
    return next(streams, None)
