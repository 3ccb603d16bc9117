"""Signed and encrypted mails (S/MIME, RFC 8551): the mail in a signed one is read, an encrypted one is named."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

_WRAPPED = ("application/pkcs7-mime", "application/x-pkcs7-mime")


def signed_mail(part: Any) -> EmailMessage | None:
    """The mail that a part wraps and signs; None where it wraps none that can be read.

    Args:
        part: of a mail.
    """
    if part.get_content_type() not in _WRAPPED:
        return None
    return mail_in(part.get_payload(decode=True) or b"")


def mail_in(data: bytes) -> EmailMessage | None:
    """The mail in a signed message of the cryptographic syntax; None in an encrypted one, and in what is none.

    Args:
        data: its bytes.
    """
    from asn1crypto import cms

    try:
        wrapped = cms.ContentInfo.load(data)
        if wrapped["content_type"].native != "signed_data":
            return None
        content = wrapped["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError):
        return None
    mail = message_from_bytes(content, policy=policy.default) if isinstance(content, bytes) else None
    return mail if isinstance(mail, EmailMessage) else None


def is_encrypted(part: Any) -> bool:
    """Whether a part is a mail that only its receiver can open.

    Args:
        part: of a mail.
    """
    return part.get_content_type() in _WRAPPED and signed_mail(part) is None


def is_signature(part: Any) -> bool:
    """Whether a part only signs the mail.

    Args:
        part: of a mail.
    """
    kinds = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
    return part.get_content_type() in kinds
