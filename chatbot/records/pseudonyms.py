"""What people are called in records: by name, or by a pseudonym that only the key leads to."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path


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
        try:
            return bytes.fromhex(self._file.read_text().strip())
        except FileNotFoundError:
            pass
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        try:
            os.link(fresh, self._file)  # whoever is first makes the key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return self._key()
