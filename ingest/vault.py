"""Keeps every indexed version: its bytes and its extraction, named by the SHA-256 of the bytes."""

import gzip
import os
import tempfile
from pathlib import Path

from config.errors import IndexUnavailable
from ingest.documents import Extraction


class Vault:
    """Content-addressed files below one folder.

    Args:
        folder: created on the first write.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, version: str, suffix: str, content: bytes, extraction: Extraction) -> None:
        """Store a version; storing the same one again changes nothing but its extraction."""
        place = self._place(version)
        place.mkdir(parents=True, exist_ok=True)
        if not (place / f"original{suffix}").exists():
            _write(place / f"original{suffix}", content)
        _write(place / "extraction.json.gz", gzip.compress(extraction.model_dump_json().encode(), mtime=0))

    def extraction(self, version: str) -> Extraction:
        """Text, parts and word boxes of a version.

        Raises:
            IndexUnavailable: the version is not kept here.
        """
        return Extraction.model_validate_json(gzip.decompress(self._read(version, "extraction.json.gz")))

    def original(self, version: str) -> Path:
        """The file as it was indexed.

        Raises:
            IndexUnavailable: the version is not kept here.
        """
        found = next(self._place(version).glob("original*"), None)
        if found is None:
            raise IndexUnavailable("vault.missing", version=version[:12], folder=self._folder)
        return found

    def _read(self, version: str, name: str) -> bytes:
        try:
            return (self._place(version) / name).read_bytes()
        except FileNotFoundError as error:
            raise IndexUnavailable("vault.missing", version=version[:12], folder=self._folder) from error

    def _place(self, version: str) -> Path:
        return self._folder / version[:2] / version


def _write(target: Path, content: bytes) -> None:
    # A temporary file and a rename: a kill leaves the old content or the new, never a half.
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, target)
