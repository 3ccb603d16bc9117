"""Checkpoints of the chain, written out where the database's writer cannot change them, time-stamped if wanted.

Each line of the file is JSON: time, number and hash of the chain's last entry, and the time-stamp token in base64.
"""

import base64
import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from sqlalchemy import Engine, select

from chatbot.records.chain import know_time, timestamp
from chatbot.records.integrity import IntegrityError
from chatbot.records.tables import chain_head
from config.errors import EngineFailed, SettingsError
from config.sections import AuditSettings
from ingest.documents import Frozen

_SECONDS = 20.0
_APART = timedelta(days=1)  # between a head's own time and its token's


class Checkpoint(Frozen):
    """The end of the chain at a time.

    Attributes:
        token: time-stamp response of RFC 3161 over the hash, in base64; empty without a server.
    """

    at: str
    number: int
    hash: str
    token: str = ""


def checkpoint_of(engine: Engine) -> Checkpoint:
    """The end of the chain now."""
    with engine.connect() as connection:
        row = connection.execute(select(chain_head)).one()
    return Checkpoint(at=timestamp(datetime.now(UTC)), number=row.number, hash=row.hash)


def write_checkpoint(engine: Engine, settings: AuditSettings, file: Path) -> Checkpoint:
    """Add the chain's head to the file.

    Args:
        engine: of the database.
        settings: name the time-stamp server, if any.
        file: to add to; made where it is missing.

    Raises:
        EngineFailed: the time-stamp server does not answer; the head is written without.
        SettingsError: the file cannot be written.
    """
    with engine.begin() as connection:  # no later entry may have an earlier time
        at = know_time(connection, datetime.now(UTC))
        row = connection.execute(select(chain_head)).one()
    head, failure = Checkpoint(at=at, number=row.number, hash=row.hash), None
    if settings.timestamp_url:
        try:
            head = head.model_copy(update={"token": _token(head, settings.timestamp_url)})
        except EngineFailed as error:
            failure = error
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        torn = file.exists() and file.read_bytes()[-1:] not in (b"", b"\n")  # a kill may have cut the last line
        with file.open("a", encoding="utf-8") as target:
            target.write(("\n" if torn else "") + head.model_dump_json() + "\n")
            target.flush()
            os.fsync(target.fileno())
    except OSError as error:
        raise SettingsError("heads.unwritable", file=file, reason=error.strerror or error) from error
    if failure:
        raise failure
    return head


class Checkpoints(NamedTuple):
    """Checkpoints in a file.

    Attributes:
        unreadable: numbers of the lines that are none, as a kill in the middle leaves one.
    """

    heads: tuple[Checkpoint, ...] = ()
    unreadable: tuple[int, ...] = ()

    def expected(self) -> dict[int, str]:
        """Hash by number; of two that were written out for one number the earlier counts."""
        return {head.number: head.hash for head in reversed(self.heads)}

    def times(self) -> dict[int, str]:
        """When each number was the last one, at the latest: what comes after it cannot have an earlier time."""
        return {head.number: head.at for head in sorted(self.heads, key=lambda head: head.at)}

    def breaks(self) -> Iterator[IntegrityError]:
        """What does not fit in the file itself."""
        yield from (IntegrityError(line, "", "line") for line in self.unreadable)
        first = self.expected()
        yield from (IntegrityError(head.number, "", "head") for head in self.heads if first[head.number] != head.hash)


def read_checkpoints(file: Path) -> Checkpoints:
    """The heads in a file, none if it is missing."""
    if not file.exists():
        return Checkpoints()
    heads, unreadable = [], []
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        try:
            heads.append(Checkpoint.model_validate_json(line))
        except ValidationError:
            unreadable.append(number)
    return Checkpoints(tuple(heads), tuple(unreadable))


def stamped_at(head: Checkpoint, roots: Path) -> datetime | None:
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
    at = response.tst_info.gen_time
    return at if abs(at - datetime.fromisoformat(head.at)) < _APART else None


def _token(head: Checkpoint, url: str) -> str:
    import httpx
    from rfc3161_client import HashAlgorithm, PKIStatus, TimestampRequestBuilder, decode_timestamp_response

    builder = TimestampRequestBuilder().data(head.hash.encode()).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.cert_request(cert_request=True).build()
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
    stamped, info = hashlib.sha256(head.hash.encode()).digest(), response.tst_info
    if info.nonce != request.nonce or info.message_imprint.message != stamped:
        raise EngineFailed("timestamp.unavailable", url=url, reason="another request's token")
    return base64.b64encode(reply.content).decode()
