"""The files of a backup, packed one after the other (tar, gzip), with a list of their digests at the end."""

import gzip
import hashlib
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pydantic import ValidationError

from chatbot.backup.contents import CONTENTS, FORM, HEADER, Contents, Header, Member
from config.errors import FundstelleError, SettingsError
from config.free_space import Room
from config.private_files import opened_plain

_PACKED = 1  # level of gzip: files of the engine are half empty, all else is packed already
_PIECE = 1 << 16
_LONGEST_HEAD = 1 << 16
_LONGEST_LIST = 1 << 30


class ArchiveWriter:
    """Adds files to an archive, and remembers their digests.

    Args:
        tar: open for writing.
    """

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar: Any = tar
        self.members: list[Member] = []

    def add_bytes(self, name: str, content: bytes) -> None:
        self._add(name, BytesIO(content), len(content))

    def add_file(self, name: str, file: Path) -> None:
        """Add a file as it is when it is opened; it may be replaced meanwhile, not changed.

        Raises:
            OSError: it is gone, or cannot be read.
        """
        with opened_plain(file) as source:
            self._add(name, source, os.fstat(source.fileno()).st_size)

    def _add(self, name: str, source: Any, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        counted = _Digested(source)
        self._tar.addfile(info, counted)
        self._tar.members.clear()  # the library remembers them all, and a vault has many
        self.members.append(Member(name=name, size=size, digest=counted.digest.hexdigest()))


class _Digested:
    """A file that is read once, with the digest of what was read."""

    def __init__(self, source: Any) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece: bytes = self._source.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def written_archive(stream: IO[bytes], header: Header) -> Iterator[ArchiveWriter]:
    """An archive that is written to a stream: the header first, the list of contents last.

    Args:
        stream: to be written to from its beginning to its end.
        header: what the backup says of itself.
    """
    with (
        gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=_PACKED, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        writer = ArchiveWriter(tar)
        writer.add_bytes(HEADER, header.model_dump_json().encode())
        yield writer
        contents = Contents(members=tuple(writer.members))
        writer.add_bytes(CONTENTS, contents.model_dump_json().encode())


class ArchiveReader:
    """Reads an archive from a stream, once, and compares it with its list of contents.

    Args:
        stream: to be read from its beginning to its end.
        file: what to call it in messages.
    """

    def __init__(self, stream: IO[bytes], file: Path) -> None:
        self._tar: Any = tarfile.open(fileobj=stream, mode="r|gz")  # noqa: SIM115 - it ends with its stream
        self._file = file
        self._found: list[Member] = []
        self.header = self._header()

    def unpack(self, folder: Path | None, room: Room) -> Contents:
        """Read everything, into a folder or only to compare.

        Args:
            folder: where the files go; None to keep nothing.
            room: of its disk.

        Raises:
            SettingsError: something in it is not as its list of contents says.
            DiskFull: there is no room for a file.
        """
        listed: Contents | None = None
        while info := self._next():
            if listed is not None or not info.isfile() or not _is_inside(info.name):
                raise self._changed()
            source = self._tar.extractfile(info)
            if source is None:
                raise self._changed()
            if info.name == CONTENTS:
                listed = self._list(source)
            else:
                self._take(info, source, folder and folder / info.name, room)
        if listed is None or list(listed.members) != self._found:
            raise self._changed()
        return listed

    def _next(self) -> tarfile.TarInfo | None:
        self._tar.members.clear()  # the library remembers them all, and a vault has many
        found: tarfile.TarInfo | None = self._tar.next()
        return found

    def _header(self) -> Header:
        info = self._next()
        source = self._tar.extractfile(info) if info and info.name == HEADER else None
        if source is None:
            raise SettingsError("backup.none", file=self._file)
        content = source.read(_LONGEST_HEAD)
        self._found.append(Member(name=HEADER, size=len(content), digest=hashlib.sha256(content).hexdigest()))
        try:
            header = Header.model_validate_json(content)
        except ValidationError:  # a later form may say other things of itself
            header = None
        if header is None or header.form != FORM:
            raise SettingsError("backup.other_form", file=self._file)
        return header

    def _list(self, source: IO[bytes]) -> Contents:
        try:
            return Contents.model_validate_json(source.read(_LONGEST_LIST))
        except ValidationError as error:
            raise self._changed() from error

    def _take(self, info: tarfile.TarInfo, source: IO[bytes], target: Path | None, room: Room) -> None:
        counted, size = _Digested(source), 0
        with _made(target, room) as copy:
            while piece := counted.read(_PIECE):
                size += len(piece)
                copy(piece)
        self._found.append(Member(name=info.name, size=size, digest=counted.digest.hexdigest()))

    def _changed(self) -> FundstelleError:
        return SettingsError("backup.changed", file=self._file)


@contextmanager
def _made(target: Path | None, room: Room) -> Iterator[Any]:
    """What writes a file, or does not where there is none; an error of the disk is said as such."""
    if target is None:
        yield lambda piece: None
        return
    room.check()
    with _said(room):
        target.parent.mkdir(parents=True, exist_ok=True)
        file = target.open("xb")

    def write(piece: bytes) -> None:
        with _said(room):
            file.write(piece)

    try:
        yield write
    finally:
        with _said(room):
            file.close()


@contextmanager
def _said(room: Room) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise room.failed(error) or SettingsError(
            "data.unwritable", path=room.folder, reason=error.strerror or error
        ) from error


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and bool(path.parts)
