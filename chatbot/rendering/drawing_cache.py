"""Pages that were drawn once, kept below the data directory by what they show; bounded, and readable by nobody else."""

import os
import re
import shutil
import tempfile
import threading
from collections.abc import Container
from pathlib import Path

_MOST_BYTES = 400_000_000
_KEPT_SHARE = 0.8  # of that, when there were more
_VERSION = re.compile(r"[0-9a-f]{64}")


class DrawingCache:
    """Files of pictures, in a folder for each version.

    Args:
        folder: created on the first write.
        most_bytes: that all of them may have.
    """

    def __init__(self, folder: Path, most_bytes: int = _MOST_BYTES) -> None:
        self._folder, self._most = folder, most_bytes
        self._lock = threading.Lock()
        self._size: int | None = None  # bytes, counted when it is first needed

    def get(self, version: str, key: str) -> bytes | None:
        """A picture that was kept; it counts as used now."""
        file = self._file(version, key)
        try:
            content = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return content

    def put(self, version: str, key: str, content: bytes) -> None:
        """Keep a picture; where there is no room for all, those not used for longest go."""
        file = self._file(version, key)
        self._make(file.parent)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as written:  # mode 0600
            written.write(content)
        os.replace(written.name, file)
        with self._lock:
            self._size = (self._size if self._size is not None else self._count()) + len(content)
            if self._size > self._most:
                self._make_room()

    def forget(self, version: str) -> None:
        """Remove all pictures of a version."""
        shutil.rmtree(self._file(version, "").parent, ignore_errors=True)
        with self._lock:
            self._size = None

    def tidy(self, kept: Container[str]) -> None:
        """Remove pictures of versions that are not kept any more, and what is too much.

        Args:
            kept: versions of the vault.
        """
        for place in self._folder.glob("??/*"):
            if place.name not in kept:
                shutil.rmtree(place, ignore_errors=True)
        with self._lock:
            self._size = self._count()
            if self._size > self._most:
                self._make_room()

    def _make_room(self) -> None:
        found = sorted((file.stat() for file in self._files()), key=lambda stat: stat.st_mtime_ns)
        total, most = sum(stat.st_size for stat in found), self._most * _KEPT_SHARE
        oldest = {}
        for stat in found:
            if total <= most:
                break
            oldest[stat.st_ino] = stat
            total -= stat.st_size
        for file in self._files():
            if file.stat().st_ino in oldest:
                file.unlink(missing_ok=True)
        self._size = total

    def _count(self) -> int:
        return sum(file.stat().st_size for file in self._files())

    def _files(self) -> list[Path]:
        return list(self._folder.glob("??/*/*"))

    def _make(self, place: Path) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (place.parent, place):
            folder.mkdir(mode=0o700, exist_ok=True)

    def _file(self, version: str, key: str) -> Path:
        if not _VERSION.fullmatch(version):
            raise ValueError(f"no version: {version!r}")
        return self._folder / version[:2] / version / f"{key}.png"
