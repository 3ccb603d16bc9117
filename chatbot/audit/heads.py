"""Heads of the chain, written out where the database's writer cannot change them, with a signed time-stamp if wanted.

Each line of the file is JSON: time, number and hash of the chain's last entry, and the time-stamp token in base64.
"""

import base64
import os
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Engine, select

from chatbot.audit.chain import timestamp
from config.errors import ChainBroken, EngineFailed, SettingsError
from config.settings import AuditSettings
from ingest.documents import Frozen
from ingest.tables import chain_head

_SECONDS = 20.0


class Head(Frozen):
    """The end of the chain at a time.

    Attributes:
        token: time-stamp response of RFC 3161 over the hash, in base64; empty without a server.
    """

    at: str
    number: int
    hash: str
    token: str = ""


def head_of(engine: Engine) -> Head:
    """The end of the chain now."""
    with engine.connect() as connection:
        row = connection.execute(select(chain_head)).one()
    return Head(at=timestamp(datetime.now(UTC)), number=row.number, hash=row.hash)


def write_head(engine: Engine, settings: AuditSettings, file: Path) -> Head:
    """Add the chain's head to the file.

    Args:
        engine: of the database.
        settings: name the time-stamp server, if any.
        file: to add to; made where it is missing.

    Raises:
        EngineFailed: the time-stamp server does not answer; the head is written without.
        SettingsError: the file cannot be written.
    """
    head, failure = head_of(engine), None
    if settings.timestamp_url:
        try:
            head = head.model_copy(update={"token": _token(head, settings.timestamp_url)})
        except EngineFailed as error:
            failure = error
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as target:
            target.write(head.model_dump_json() + "\n")
            target.flush()
            os.fsync(target.fileno())
    except OSError as error:
        raise SettingsError("heads.unwritable", file=file, reason=error.strerror or error) from error
    if failure:
        raise failure
    return head


def read_heads(file: Path) -> list[Head]:
    """The heads in a file, none if it is missing.

    Raises:
        ChainBroken: a line is no head.
    """
    if not file.exists():
        return []
    heads = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            heads.append(Head.model_validate_json(line))
        except ValidationError as error:
            raise ChainBroken("heads.unreadable", file=file, line=number) from error
    return heads


def stamped_at(head: Head, roots: Path) -> datetime | None:
    """When the time-stamp server has seen a head; None where its token does not prove that.

    Args:
        head: with a token.
        roots: PEM file with the certificates that the server's signature has to rest on.

    Raises:
        SettingsError: the certificates cannot be read.
    """
    from cryptography import x509
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        trusted = x509.load_pem_x509_certificates(roots.read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsError("timestamp.no_roots", file=roots, reason=error) from error
    builder = VerifierBuilder()
    for certificate in trusted:
        builder = builder.add_root_certificate(certificate)
    try:
        response = decode_timestamp_response(base64.b64decode(head.token))
        builder.build().verify_message(response, head.hash.encode())
    except (VerificationError, ValueError):
        return None
    return response.tst_info.gen_time


def _token(head: Head, url: str) -> str:
    import httpx
    from rfc3161_client import PKIStatus, TimestampRequestBuilder, decode_timestamp_response

    request = TimestampRequestBuilder().data(head.hash.encode()).cert_request(cert_request=True).build()
    try:
        reply = httpx.post(
            url,
            content=request.as_bytes(),
            headers={"content-type": "application/timestamp-query"},
            timeout=_SECONDS,
            trust_env=False,
        )
        reply.raise_for_status()
        response = decode_timestamp_response(reply.content)
    except (httpx.HTTPError, ValueError) as error:
        raise EngineFailed("timestamp.unavailable", url=url, reason=error) from error
    if PKIStatus(response.status) not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
        raise EngineFailed("timestamp.unavailable", url=url, reason=PKIStatus(response.status).name)
    return base64.b64encode(reply.content).decode()
