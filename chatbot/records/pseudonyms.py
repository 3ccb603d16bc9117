"""What people are called in records: by name, or by a pseudonym that only the key leads to."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from pathlib import Path

from chatbot.records.private_file import read_or_make


class Pseudonyms:
    """Names for records.

    Args:
        key_file: made at the first use, readable by its owner alone.
        wanted: whether records hold pseudonyms now.
    """

    def __init__(self, key_file: Path, wanted: Callable[[], bool]) -> None:
        self._file, self._wanted = key_file, wanted

    def name(self, person: str) -> str:
        """What a person is called in new records."""
        return self.pseudonym(person) if self._wanted() else person

    def all_names(self, person: str) -> tuple[str, ...]:
        """What a person may be called in records, old and new."""
        return (person, self.pseudonym(person)) if self._file.exists() else (person,)

    def pseudonym(self, person: str) -> str:
        """The same for the same person, by HMAC-SHA256 under the key (pseudonymisation as in GDPR article 4(5))."""
        return "P-" + hmac.new(self._key(), person.encode(), hashlib.sha256).hexdigest()[:12]

    def _key(self) -> bytes:
        return bytes.fromhex(read_or_make(self._file, lambda: secrets.token_hex(32)).strip())
