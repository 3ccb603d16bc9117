"""Secrets that have to be read again, encrypted with the installation's own key."""

import base64
import secrets
from pathlib import Path

from chatbot.records.private_file import read_or_make
from config.errors import SettingsError

_NONCE = 12  # bytes (NIST SP 800-38D)


class Sealing:
    """Encrypts with AES-256-GCM; what was sealed for one name opens for no other.

    Args:
        key_file: made at the first use, readable by its owner alone.
    """

    def __init__(self, key_file: Path) -> None:
        self._file = key_file

    def seal(self, text: str, name: str) -> str:
        """What may be kept of a text.

        Args:
            text: to be kept.
            name: whose it is.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self._key()).encrypt(nonce, text.encode(), name.encode())
        return base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str, name: str) -> str:
        """The text again.

        Args:
            sealed: from `seal`.
            name: whose it is.

        Raises:
            SettingsError: it was sealed with another key, or for another name.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        kept = base64.b64decode(sealed)
        try:
            return AESGCM(self._key()).decrypt(kept[:_NONCE], kept[_NONCE:], name.encode()).decode()
        except InvalidTag as error:
            raise SettingsError("factor.other_key", name=name, file=self._file) from error

    def _key(self) -> bytes:
        return bytes.fromhex(read_or_make(self._file, lambda: secrets.token_hex(32)).strip())
