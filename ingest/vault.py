"""Keeps every indexed version: its bytes and its extraction, named by the SHA-256 of the bytes."""

import gzip
import os
import shutil
import tempfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from config.errors import IndexUnavailable
from ingest.documents import Extraction


class Vault:
    """Content-addressed files below one folder.

    Args:
        folder: created on the first write.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, version: str, file: Path, extraction: Extraction) -> None:
        """Store a version; storing the same one again changes nothing but its extraction.

        Args:
            version: SHA-256 of the file's bytes.
            file: the bytes, under a name with the document's suffix.
            extraction: what was read from them.
        """
        place, suffix = self._place(version), file.suffix.lower()
        place.mkdir(parents=True, exist_ok=True)
        if not (place / f"original{suffix}").exists():
            with file.open("rb") as source:
                _write(place / f"original{suffix}", source)
        packed = gzip.compress(extraction.model_dump_json().encode(), compresslevel=6, mtime=0)
        _write(place / _extraction_name(suffix), BytesIO(packed))

    def extraction(self, version: str, suffix: str) -> Extraction:
        """Text, parts and word boxes of a version.

        Args:
            version: SHA-256 of the file's bytes.
            suffix: of the document: the same bytes read as another format give another text.

        Raises:
            IndexUnavailable: the version is not kept here.
        """
        try:
            packed = (self._place(version) / _extraction_name(suffix.lower())).read_bytes()
        except FileNotFoundError as error:
            raise IndexUnavailable("vault.missing", version=version[:12], folder=self._folder) from error
        return Extraction.model_validate_json(gzip.decompress(packed))

    def made_before(self, version: str, suffix: str, state: str) -> Extraction | None:
        """The extraction of a version, if it is kept and the present state of the partitioners made it."""
        try:
            kept = self.extraction(version, suffix)
        except (IndexUnavailable, ValidationError, OSError, EOFError, zlib.error):  # an old or damaged one is made anew
            return None
        return kept if kept.made_by == state else None

    def original(self, version: str) -> Path:
        """The file as it was indexed.

        Raises:
            IndexUnavailable: the version is not kept here.
        """
        found = next(self._place(version).glob("original*"), None)
        if found is None:
            raise IndexUnavailable("vault.missing", version=version[:12], folder=self._folder)
        return found

    def _place(self, version: str) -> Path:
        return self._folder / version[:2] / version


def _extraction_name(suffix: str) -> str:
    return f"extraction{suffix}.json.gz"


def _write(target: Path, source: IO[bytes]) -> None:
    # A temporary file and a rename: a kill leaves the old content or the new, never a half.
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        shutil.copyfileobj(source, file)
    os.replace(file.name, target)
