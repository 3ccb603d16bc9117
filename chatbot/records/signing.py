"""The key that signs what is given out (Ed25519, RFC 8032); the chain notes every public key, when it began to be used.

The private key is a file that its owner alone may read. Whoever has a signed file and the public key can check it
without this program; `docs/proof.md` says how.
"""

from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, Engine, select

from chatbot.records.chain import append, hold
from chatbot.records.private_file import read_or_make, replace
from chatbot.records.schema import KeyNoted
from chatbot.records.tables import entries
from config.errors import SettingsError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Signature(NamedTuple):
    """A signature and the public key that it is checked by, both in hexadecimal."""

    key: str
    value: str


class NotedKey(NamedTuple):
    """A public key as the chain notes it.

    Attributes:
        key: in hexadecimal.
        since: when it began to be used.
        until: when the next one took its place; empty for the one of now.
        entry: of the chain.
    """

    key: str
    since: str
    until: str
    entry: int


class Signer:
    """Signs with the key of this installation.

    Args:
        engine: of the database with the chain.
        file: with the private key, made at the first use.
    """

    def __init__(self, engine: Engine, file: Path) -> None:
        self._engine, self._file = engine, file

    def sign(self, content: bytes) -> Signature:
        """Sign bytes, after the chain has noted the key.

        Raises:
            SettingsError: the key cannot be read.
        """
        private = self._private()
        key = _public(private)
        self._note(key)
        return Signature(key, private.sign(content).hex())

    def public_key(self) -> str:
        """The public key of now, in hexadecimal; made and noted where there is none yet.

        Raises:
            SettingsError: the key cannot be read.
        """
        key = _public(self._private())
        self._note(key)
        return key

    def noted(self) -> tuple[NotedKey, ...]:
        """All public keys that the chain notes, oldest first."""
        with self._engine.connect() as connection:
            noted = _noted(connection)
        return tuple(one._replace(until=later.since if later else "") for one, later in zip_longest(noted, noted[1:]))

    def renew(self) -> str:
        """Put a new key in place of the old one, whose private part is gone then; returns the new public key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self.public_key()  # the chain has the old one
        private = Ed25519PrivateKey.generate()
        replace(self._file, _pem(private))
        self._note(_public(private))
        return _public(private)

    def _note(self, key: str) -> None:
        with self._engine.connect() as connection:
            if _is_last(connection, key):
                return
        with self._engine.begin() as connection:
            end = hold(connection)
            if not _is_last(connection, key):  # another process may have been faster
                body = KeyNoted(algorithm="Ed25519", key=key)
                append(connection, "key", "", datetime.now(UTC), body.model_dump(mode="json"), end=end)

    def _private(self) -> "Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            text = read_or_make(self._file, lambda: _pem(Ed25519PrivateKey.generate()))
            private = load_pem_private_key(text.encode(), password=None)
        except (OSError, ValueError) as error:
            raise SettingsError("signing.unreadable", file=self._file, reason=error) from error
        if not isinstance(private, Ed25519PrivateKey):
            raise SettingsError("signing.unreadable", file=self._file, reason=type(private).__name__)
        return private


def _pem(private: "Ed25519PrivateKey") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _public(private: "Ed25519PrivateKey") -> str:
    return private.public_key().public_bytes_raw().hex()


def _noted(connection: Connection) -> list[NotedKey]:
    chosen = select(entries.c.number, entries.c.at, entries.c.body).where(
        entries.c.record == "", entries.c.kind == "key"
    )
    rows = connection.execute(chosen.order_by(entries.c.number))
    return [NotedKey(KeyNoted.model_validate_json(row.body).key, row.at, "", row.number) for row in rows]


def _is_last(connection: Connection, key: str) -> bool:
    noted = _noted(connection)
    return bool(noted) and noted[-1].key == key
