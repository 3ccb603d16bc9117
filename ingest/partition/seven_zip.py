"""7z archives: their files, unpacked within bounds by py7zr."""

from collections.abc import Mapping
from pathlib import Path

import py7zr
from py7zr.io import Py7zIO, WriterFactory

from config.errors import DocumentFailed
from ingest.documents import Member, Partitioned
from ingest.partition.archive import MOST_BYTES, MOST_FILES, MOST_RATIO, SMALL, shown_name, unpacked
from ingest.partition.members import MemberFolder, is_beside_file


def partition_7z(path: Path) -> Partitioned:
    """The members of a 7z archive.

    Raises:
        DocumentFailed: locked by a password, too many files, or a bomb.
    """
    folder = MemberFolder(path)
    try:
        archive = py7zr.SevenZipFile(path)
    except py7zr.exceptions.PasswordRequired as error:
        raise DocumentFailed("document.locked", document=path.name) from error
    with archive:
        if archive.needs_password():
            raise DocumentFailed("document.locked", document=path.name)
        entries = [e for e in archive.list() if not e.is_directory and not is_beside_file(e.filename)]
        if len(entries) > MOST_FILES:
            raise DocumentFailed("archive.too_many", document=path.name, most=MOST_FILES)
        names: dict[str, str | None] = {}
        files: dict[str, Path] = {}
        for entry in entries:
            names[entry.filename] = claimed = None if entry.is_symlink else folder.claim(entry.filename)
            if claimed:
                files[entry.filename] = folder.file_for(claimed)
        archive.extract(targets=list(files), factory=_Files(files, path))
    members = [Member(name=claimed, file=files[name]) for name, claimed in names.items() if claimed]
    for shown in (shown_name(name) for name, claimed in names.items() if not claimed):
        members.append(folder.refuse(shown, DocumentFailed("archive.unsafe_name", document=shown, container=path.name)))
    return unpacked(members, path)


class _Files(WriterFactory):
    """Opens the files that py7zr writes to, and ends it when too much comes out of the archive."""

    def __init__(self, files: Mapping[str, Path], archive: Path) -> None:
        self._files, self._archive = files, archive
        packed = archive.stat().st_size
        self._left = min(MOST_BYTES, max(SMALL, MOST_RATIO * packed))

    def create(self, filename: str) -> Py7zIO:
        return _File(self, self._files[filename])

    def spend(self, size: int, file: Path) -> None:
        self._left -= size
        if self._left < 0:
            raise DocumentFailed("archive.bomb", document=self._archive.name, member=file.name)


class _File(Py7zIO):
    def __init__(self, files: _Files, path: Path) -> None:
        self._files, self._path = files, path
        self._file = path.open("w+b")

    def write(self, s: bytes | bytearray) -> int:
        self._files.spend(len(s), self._path)
        return self._file.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def flush(self) -> None:
        self._file.flush()

    def size(self) -> int:
        self._file.flush()
        return self._path.stat().st_size

    def close(self) -> None:
        self._file.close()
