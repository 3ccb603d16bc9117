"""Files that stand within Office documents, such as a workbook in a report: documents of their own."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from config.errors import DocumentFailed
from ingest.documents import Member
from ingest.partition.formats import suffix_of
from ingest.partition.members import MemberFolder
from ingest.partition.office_package import OfficePackage, Relation
from ingest.partition.ole_objects import Packed, packed_file, packed_in

_MOST = 200  # formulas are embedded, too
_KINDS = ("package", "oleObject")
_OBJECTS = ("MBD", "_")  # beginnings of the names of storages in which old Excel and Word keep objects


def embedded_relations(package: OfficePackage, parts: Iterable[str]) -> list[Relation]:
    """The files that parts embed, each once.

    Args:
        package: of the document.
        parts: their names.
    """
    relations = dict.fromkeys(one for part in parts for one in package.relations(part).values())
    return [one for one in relations if one.kind in _KINDS and one.target in package.names]


def embedded_members(package: OfficePackage, parts: Iterable[str], folder: MemberFolder) -> Iterator[Member]:
    """Files embedded in parts, unpacked; what is in no format that can be told is named.

    Args:
        package: of the document.
        parts: names of those that people read; charts are none of these: their workbooks hold what the charts show.
        folder: in which they are unpacked.
    """
    relations = embedded_relations(package, parts)
    for relation in relations[:_MOST]:
        name, content = PurePosixPath(relation.target).name, package.content(relation.target)
        if PurePosixPath(name).suffix.lower() != ".bin":
            yield folder.keep(name, content, flat=True)
        else:
            yield _kept(name, packed_file(content) or Packed("", content), folder)
    for relation in relations[_MOST : _MOST + 1]:
        error = DocumentFailed("archive.too_many", document=folder.name, most=_MOST)
        yield folder.refuse(PurePosixPath(relation.target).name, error)


def members_of_compound(path: Path, folder: MemberFolder) -> Iterator[Member]:
    """Files embedded in an old Office file, unpacked; those of old programs, which no file can be made of, are named.

    Args:
        path: of the file.
        folder: in which they are unpacked.
    """
    import olefile

    if not olefile.isOleFile(str(path)):
        return
    with olefile.OleFileIO(str(path)) as file:
        storages = [one for one in file.listdir(streams=False, storages=True) if one[-1].startswith(_OBJECTS)]
        for storage in storages[:_MOST]:
            yield _kept(storage[-1], packed_in(file, storage), folder)


def _kept(name: str, packed: Packed | None, folder: MemberFolder) -> Member:
    """A file by its own name, or by that of its object with the suffix that its content tells."""
    error = DocumentFailed("archive.not_unpacked", document=name, container=folder.name)
    if packed is None:
        return folder.refuse(name, error)
    if packed.name:
        return folder.keep(packed.name, packed.content, flat=True)
    member = folder.keep(name, packed.content, flat=True)
    suffix = _suffix(member)
    if not member.file or suffix in ("", ".bin"):
        return Member(name=member.name, reason=error.reason())
    renamed = member.file.rename(member.file.with_suffix(suffix))
    return member.model_copy(update={"name": f"{name.removesuffix('.bin')}{suffix}", "file": renamed})


def _suffix(member: Member) -> str:
    """Of the format that a member has; its own where it is damaged."""
    try:
        return suffix_of(member.file) if member.file else ""
    except OSError:  # olefile's, of a compound file that is none
        return ".bin"
