"""Keeps every indexed version: its bytes and what was read from them, named by the SHA-256 of the bytes.

A version may be read anew by later partitioners. The readings before stay, since records count characters in them.
"""

import gzip
import hashlib
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from pydantic import ValidationError

from config.errors import IndexUnavailable
from config.free_space import Room
from config.private_files import opened_plain
from ingest.documents import Extraction

_WORTH_PACKING = 0.9  # of its size; office files and most PDFs are packed already
_UNUSED = "unused"


class Original(NamedTuple):
    """The bytes of a version, with the suffix of the file they were read from."""

    suffix: str
    content: bytes


class Vault:
    """Content-addressed files below one folder.

    Args:
        folder: created on the first write.
        room: on its disk; without it as much as there is may be used.
    """

    def __init__(self, folder: Path, room: Room | None = None) -> None:
        self._folder, self.room = folder, room or Room(folder, 0)

    def keep(self, version: str, file: Path, extraction: Extraction) -> None:
        """Store a version; storing it again adds another reading where its text is another.

        Args:
            version: SHA-256 of the file's bytes.
            file: the bytes, under a name with the document's suffix.
            extraction: what was read from them.

        Raises:
            DiskFull: there is too little room.
        """
        self.room.check()
        try:
            self._keep(version, file, extraction)
        except OSError as error:
            raise self.room.failed(error) or error from error

    def _keep(self, version: str, file: Path, extraction: Extraction) -> None:
        place, suffix = self._place(version), file.suffix.lower()
        place.mkdir(parents=True, exist_ok=True)
        if self._original(version) is None:
            _write_original(place, suffix, file)
        newest = place / _extraction_name(suffix)
        before = _read(newest) if newest.exists() else None
        if newest.exists() and (before is None or before.extraction_id != extraction.extraction_id):
            aside = before.extraction_id if before else f"unread-{hashlib.sha256(newest.read_bytes()).hexdigest()[:8]}"
            os.replace(newest, place / _extraction_name(suffix, aside))
        packed = gzip.compress(extraction.model_dump_json().encode(), compresslevel=6, mtime=0)
        _write(newest, BytesIO(packed))
        self.needed(version)

    def extraction(self, version: str, suffix: str, extraction_id: str = "") -> Extraction:
        """Text, parts and word boxes of a version.

        Args:
            version: SHA-256 of the file's bytes.
            suffix: of the document: the same bytes read as another format give another text.
            extraction_id: which one; without it the newest.

        Raises:
            IndexUnavailable: the version, or this reading of it, is not kept here.
        """
        place, suffix = self._place(version), suffix.lower()
        for name in (_extraction_name(suffix, extraction_id), _extraction_name(suffix)):
            if (
                (place / name).exists()
                and (found := _read(place / name))
                and extraction_id in ("", found.extraction_id)
            ):
                return found
        raise IndexUnavailable("vault.missing", version=version[:12], folder=self._folder)

    def readings(self, version: str) -> Iterator[Extraction | None]:
        """All that was read from a version, by whatever partitioners; None for one that cannot be read any more."""
        yield from (_read(file) for file in sorted(self._place(version).glob("extraction*.json.gz")))

    def made_before(self, version: str, suffix: str, state: str) -> Extraction | None:
        """The extraction of a version, if it is kept and the present state of the partitioners made it."""
        try:
            kept = self.extraction(version, suffix)
        except IndexUnavailable:  # an old or damaged one is made anew
            return None
        return kept if kept.made_by == state else None

    def original(self, version: str) -> Original:
        """The file as it was indexed.

        Raises:
            IndexUnavailable: the version is not kept here, or cannot be read any more.
        """
        try:
            found = self._original(version)
            if found is not None and found.suffix == ".gz":
                return Original(Path(found.stem).suffix, gzip.decompress(found.read_bytes()))
            if found is not None:
                return Original(found.suffix, found.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise IndexUnavailable("vault.damaged", version=version[:12], folder=self._folder) from error
        raise IndexUnavailable("vault.missing", version=version[:12], folder=self._folder)

    @contextmanager
    def opened(self, version: str) -> Iterator[IO[bytes] | gzip.GzipFile]:
        """The bytes of a version, to be read piece by piece.

        Raises:
            IndexUnavailable: the version is not kept here.
        """
        found = self._original(version)
        if found is None:
            raise IndexUnavailable("vault.missing", version=version[:12], folder=self._folder)
        with found.open("rb") as file:
            yield gzip.GzipFile(fileobj=file) if found.suffix == ".gz" else file

    def is_genuine(self, version: str) -> bool:
        """Whether the bytes that are kept are those that the version is named after.

        Raises:
            IndexUnavailable: the version is not kept here.
        """
        return hashlib.sha256(self.original(version).content).hexdigest() == version

    def versions(self) -> Iterator[str]:
        """All versions that are kept."""
        yield from (place.name for place in sorted(self._folder.glob("??/*")) if len(place.name) == 64)

    def size(self, version: str) -> int:
        """Bytes on the disk."""
        return sum(file.stat().st_size for file in self._place(version).glob("*"))

    def unused_since(self, version: str) -> float | None:
        """When it was noted that nothing needs a version, in seconds since 1970; None while something does."""
        try:
            return (self._place(version) / _UNUSED).stat().st_mtime
        except FileNotFoundError:
            return None

    def not_needed(self, version: str) -> None:
        """Note that nothing needs a version, for whoever removes it later."""
        (self._place(version) / _UNUSED).touch()

    def needed(self, version: str) -> None:
        (self._place(version) / _UNUSED).unlink(missing_ok=True)

    def remove(self, version: str) -> None:
        """Remove all that is kept of a version."""
        shutil.rmtree(self._place(version), ignore_errors=True)

    def _original(self, version: str) -> Path | None:
        return next(self._place(version).glob("original*"), None)

    def _place(self, version: str) -> Path:
        return self._folder / version[:2] / version


def _extraction_name(suffix: str, extraction_id: str = "") -> str:
    return f"extraction{suffix}.{extraction_id}.json.gz" if extraction_id else f"extraction{suffix}.json.gz"


def _read(file: Path) -> Extraction | None:
    try:
        return Extraction.model_validate_json(gzip.decompress(file.read_bytes()))
    except (ValidationError, OSError, EOFError, zlib.error):  # of an older program, or damaged
        return None


def _write_original(place: Path, suffix: str, file: Path) -> None:
    with tempfile.TemporaryFile(dir=place) as packed:
        with opened_plain(file) as source, gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=6, mtime=0) as target:
            shutil.copyfileobj(source, target)
        if packed.tell() < _WORTH_PACKING * file.stat().st_size:
            packed.seek(0)
            _write(place / f"original{suffix}.gz", packed)
            return
    with opened_plain(file) as source:
        _write(place / f"original{suffix}", source)


def _write(target: Path, source: IO[bytes]) -> None:
    # A temporary file and a rename: a kill leaves the old content or the new, never a half.
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        shutil.copyfileobj(source, file)
    os.replace(file.name, target)
