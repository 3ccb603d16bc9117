"""Zip archives: their files, unpacked within bounds."""

import lzma
import zipfile
import zlib
from pathlib import Path

from config.errors import DocumentFailed
from ingest.documents import Member, Partitioned
from ingest.partition.members import MemberFolder

MOST_FILES = 5_000
MOST_BYTES = 1_000_000_000  # unpacked
_MOST_RATIO = 200  # unpacked to packed, of members above this size:
_SMALL = 10_000_000
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
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES:
            raise DocumentFailed("archive.too_many", document=path.name, most=MOST_FILES)
        left = MOST_BYTES
        members = []
        for entry in entries:
            member, size = _unpack(archive, entry, left, folder)
            members.append(member)
            left -= size
    if not members:
        raise DocumentFailed("archive.empty", document=path.name)
    return Partitioned(members=tuple(members))


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, folder: MemberFolder) -> tuple[Member, int]:
    is_link = entry.external_attr >> 16 & 0o170000 == _LINK
    name = None if is_link else folder.claim(entry.filename)
    if name is None:
        error = DocumentFailed("archive.unsafe_name", document=_shown(entry), container=folder.name)
        return folder.refuse(_shown(entry), error), 0
    if entry.flag_bits & _ENCRYPTED:
        return Member(name=name, reason=DocumentFailed("document.locked", document=name).reason()), 0
    # The sizes in the archive's directory may lie: what counts is what comes out.
    file, size = folder.file_for(name), 0
    packed = max(entry.compress_size, 1)
    try:
        with archive.open(entry) as source, file.open("wb") as target:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > left or (size > _SMALL and size / packed > _MOST_RATIO):
                    raise DocumentFailed("archive.bomb", document=folder.name, member=name)
                target.write(chunk)
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
        return Member(name=name, reason=reason.reason()), size
    return Member(name=name, file=file), size


def _shown(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("/", "_").replace("\\", "_")[:100]
