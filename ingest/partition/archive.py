"""Archives (zip, tar, gz): their files, unpacked within bounds."""

import gzip
import lzma
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import IO, cast

from config.errors import DocumentFailed
from ingest.documents import Member, Partitioned
from ingest.partition.members import MemberFolder, is_beside_file

MOST_FILES = 5_000
MOST_BYTES = 1_000_000_000  # unpacked
MOST_RATIO = 200  # unpacked to packed, of members above this size:
SMALL = 10_000_000
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_LINK = 0o120000


def partition_zip(path: Path) -> Partitioned:
    """The members of an archive; the archive itself has no text.

    Raises:
        DocumentFailed: damaged, too many files, or a bomb.
    """
    folder = MemberFolder(path)
    with zipfile.ZipFile(path) as archive:
        entries = [e for e in archive.infolist() if not e.is_dir() and not is_beside_file(e.filename)]
        if len(entries) > MOST_FILES:
            raise DocumentFailed("archive.too_many", document=path.name, most=MOST_FILES)
        left = MOST_BYTES
        members = []
        for entry in entries:
            member, size = _unpack(archive, entry, left, folder)
            members.append(member)
            left -= size
    return unpacked(members, path)


def partition_tar(path: Path) -> Partitioned:
    """The members of a tar archive, compressed or not; links and devices are refused by name.

    Raises:
        DocumentFailed: too many files, or a bomb.
    """
    folder, members, left = MemberFolder(path), list[Member](), MOST_BYTES
    packed = path.stat().st_size
    with tarfile.open(path) as archive:
        for entry in archive:
            if entry.isdir() or is_beside_file(entry.name):
                continue
            if len(members) >= MOST_FILES:
                raise DocumentFailed("archive.too_many", document=path.name, most=MOST_FILES)
            source = archive.extractfile(entry) if entry.isreg() else None
            name = folder.claim(entry.name) if source else None
            if source is None or name is None:
                shown = shown_name(entry.name)
                error = DocumentFailed("archive.unsafe_name", document=shown, container=folder.name)
                members.append(folder.refuse(shown, error))
                continue
            file = folder.file_for(name)
            left -= _copy(source, file, left, packed, (folder.name, name))
            members.append(Member(name=name, file=file))
    return unpacked(members, path)


def partition_gz(path: Path) -> Partitioned:
    """The one file in a gz, or the members of the tar archive that it is.

    Raises:
        DocumentFailed: damaged, or a bomb.
    """
    if tarfile.is_tarfile(path):
        return partition_tar(path)
    folder = MemberFolder(path)
    name = folder.claim(path.stem) or "?"
    file = folder.file_for(name)
    with gzip.open(path) as source:
        _copy(cast("IO[bytes]", source), file, MOST_BYTES, path.stat().st_size, (folder.name, name))
    return Partitioned(members=(Member(name=name, file=file),))


def unpacked(members: list[Member], path: Path) -> Partitioned:
    """What was found in an archive.

    Args:
        members: unpacked or refused.
        path: of the archive.

    Raises:
        DocumentFailed: there are none.
    """
    if not members:
        raise DocumentFailed("archive.empty", document=path.name)
    return Partitioned(members=tuple(members))


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, folder: MemberFolder) -> tuple[Member, int]:
    is_link = entry.external_attr >> 16 & 0o170000 == _LINK
    name = None if is_link else folder.claim(entry.filename)
    if name is None:
        shown = shown_name(entry.filename)
        return folder.refuse(shown, DocumentFailed("archive.unsafe_name", document=shown, container=folder.name)), 0
    if entry.flag_bits & _ENCRYPTED:
        return Member(name=name, reason=DocumentFailed("document.locked", document=name).reason()), 0
    file = folder.file_for(name)
    try:
        with archive.open(entry) as source:
            size = _copy(source, file, left, max(entry.compress_size, 1), (folder.name, name))
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
    ) as error:
        reason = DocumentFailed("document.damaged", document=name, reason=str(error)[:200])
        return Member(name=name, reason=reason.reason()), file.stat().st_size if file.exists() else 0
    return Member(name=name, file=file), size


def _copy(source: IO[bytes], file: Path, left: int, packed: int, names: tuple[str, str]) -> int:
    """Unpack one file and return its size; the sizes in an archive's directory may lie: what counts is what comes out.

    Args:
        source: of the archive.
        file: to write.
        left: bytes that may still come.
        packed: bytes that it comes from.
        names: of the archive and of the file in it.

    Raises:
        DocumentFailed: it is a bomb.
    """
    size = 0
    with file.open("wb") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > left or (size > SMALL and size / packed > MOST_RATIO):
                raise DocumentFailed("archive.bomb", document=names[0], member=names[1])
            target.write(chunk)
    return size


def shown_name(name: str) -> str:
    """A name in an archive that can be told without following it."""
    return name.replace("/", "_").replace("\\", "_")[:100]
