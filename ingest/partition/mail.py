"""Mails, eml and Outlook's msg: head and body here, each attachment a file of its own.

unstructured would lay the attachments into the mail's text; then a citation could not name the attachment.
"""

from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Member, Partitioned, Properties
from ingest.partition import clean
from ingest.partition.cards import card_elements
from ingest.partition.mail_text import decoded, header_text, is_decoration, is_small_picture, text_parts
from ingest.partition.members import MemberFolder
from ingest.partition.named_lines import NamedValue, form_of
from ingest.partition.office import partition_html_text, partition_plain_text
from ingest.partition.outlook import Attached, appointment_in, attached_to, html_of, is_secure, signed_in
from ingest.partition.properties import properties
from ingest.partition.quotations import stretches, with_quotations
from ingest.partition.smime import is_encrypted, is_signature, signed_mail

_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_HEAD = ("From", "To", "Cc", "Date")


def partition_eml(path: Path) -> Partitioned:
    """An RFC 5322 mail.

    Raises:
        DocumentFailed: it has neither a head nor a body, or too many attachments.
    """
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - the policy makes it one
    said = {name: clean(header_text(mail, name)) for name in ("Subject", *_HEAD)}
    head = {name: text for name, text in said.items() if text}
    mail = signed_mail(mail) or mail
    shown = text_parts(mail)
    texts = [(decoded(part), part.get_content_type()) for part in shown]
    members = tuple(_eml_attachments(mail, shown, MemberFolder(path)))
    return _mail(path, head, texts, members)


def partition_msg(path: Path) -> Partitioned:
    """An Outlook message."""
    import olefile
    import oxmsg
    from oxmsg.storage import Storage

    mail = oxmsg.Message.load(str(path))
    with olefile.OleFileIO(str(path)) as file:
        storage = Storage.from_ole(file)
    to = ", ".join(recipient.name or recipient.email_address for recipient in mail.recipients)
    sent = mail.sent_date.isoformat(" ", "minutes") if mail.sent_date else ""
    said = {"Subject": mail.subject, "From": mail.sender, "To": to, "Date": sent}
    head = {name: clean(str(value)) for name, value in said.items() if value}
    plain, html = mail.body or "", html_of(storage)
    if is_secure(storage):
        return _secure_msg(path, head, signed_in(storage), plain)
    # Tables are lost in the plain text.
    is_html = bool(html.strip()) and (not plain.strip() or "<table" in html.lower())
    members = tuple(_msg_attachments(attached_to(storage), MemberFolder(path)))
    texts = [(html, "text/html") if is_html else (plain, "text/plain"), (appointment_in(storage), "text/calendar")]
    return _mail(path, head, texts, members)


def _secure_msg(path: Path, head: dict[str, str], signed: EmailMessage | None, plain: str) -> Partitioned:
    """A mail that is signed, with what it holds; one that is encrypted is named, and has what its receiver kept."""
    folder = MemberFolder(path)
    if signed is None:
        name = "smime.p7m"
        return _mail(
            path,
            head,
            [(plain, "text/plain")],
            (folder.refuse(name, DocumentFailed("document.encrypted_mail", document=name)),),
        )
    shown = text_parts(signed)
    texts = [(decoded(part), part.get_content_type()) for part in shown]
    return _mail(path, head, texts, tuple(_eml_attachments(signed, shown, folder)))


def _mail(path: Path, head: dict[str, str], texts: list[tuple[str, str]], members: tuple[Member, ...]) -> Partitioned:
    elements: list[Element] = []
    if head.get("Subject"):
        elements.append(Element(kind="title", text=head["Subject"]))
    if fields := [NamedValue(name, head[name]) for name in _HEAD if name in head]:
        elements.append(form_of(fields))
    for text, kind in texts:
        if text.strip():
            elements += with_quotations(_read(text, kind, path))
    if not elements:
        raise DocumentFailed("document.no_text", document=path.name)
    return Partitioned(elements=tuple(elements), properties=_properties(head), members=members)


def _read(text: str, kind: str, path: Path) -> Iterator[Element]:
    """Elements of one text of a mail; its quoted lines are quotations."""
    if kind == "text/calendar":
        yield from card_elements(text)
    elif kind == "text/html":
        yield from partition_html_text(text, path).elements
    else:
        for stretch in stretches(text):
            for element in (
                partition_plain_text(stretch.text, path, titled=False).elements if stretch.text.strip() else ()
            ):
                yield element.model_copy(update={"kind": "quotation"}) if stretch.quoted else element


def _properties(head: dict[str, str]) -> Properties:
    name, address = parseaddr(head.get("From", ""))
    sent = head.get("Date", "")
    try:
        sent = parsedate_to_datetime(sent).date().isoformat()
    except (TypeError, ValueError, IndexError):
        sent = sent[:10]
    return properties(head.get("Subject"), name or address, sent, "")


def _eml_attachments(mail: EmailMessage, shown: list[EmailMessage], folder: MemberFolder) -> Iterator[Member]:
    parts = (
        part for part in _leaves(mail) if part not in shown and not _is_other_form(part) and not is_decoration(part)
    )
    for number, part in enumerate(folder.limited(parts)):
        name = part.get_filename() or f"part-{number + 1}.{part.get_content_subtype()}"
        if part.get_content_type() in _TNEF or name.lower() == "winmail.dat":
            name = "winmail.tnef"
        try:
            if is_signature(part):
                continue
            if is_encrypted(part):
                yield folder.refuse(name, DocumentFailed("document.encrypted_mail", document=name))
                continue
            if part.get_content_type() == "message/rfc822":
                inner = part.get_content()
                yield folder.keep(f"{inner['subject'] or f'mail-{number + 1}'}.eml", inner.as_bytes(), flat=True)
            elif content := part.get_payload(decode=True):
                yield folder.keep(name, content, flat=True)
        except (LookupError, ValueError, TypeError, AttributeError):  # a part that is not what it says
            yield folder.refuse(name, DocumentFailed("archive.not_unpacked", document=name, container=folder.name))


def _is_other_form(part: Any) -> bool:
    """Text without a name that is no attachment: what is shown says the same in another form."""
    return part.get_content_maintype() == "text" and not part.is_attachment() and not part.get_filename()


def _leaves(part: Any) -> Iterator[Any]:
    """Parts that hold something, however deep programs have wrapped them; forwarded mails stay whole."""
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    for inner in part.iter_parts():
        yield from _leaves(inner)


def _msg_attachments(attachments: Iterable[Attached], folder: MemberFolder) -> Iterator[Member]:
    parts = (one for one in attachments if not (one.is_picture_in_text and is_small_picture(one.content or b"")))
    for one in folder.limited(parts):
        if one.content is None:
            error = DocumentFailed("archive.not_unpacked", document=one.name, container=folder.name)
            yield folder.refuse(one.name, error)
        else:
            yield folder.keep(one.name, one.content, flat=True)
