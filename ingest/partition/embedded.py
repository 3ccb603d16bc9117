"""Files that stand within Office documents, such as a workbook in a report: documents of their own."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from config.errors import DocumentFailed
from ingest.documents import Member
from ingest.partition.formats import suffix_of
from ingest.partition.members import MemberFolder
from ingest.partition.office_package import OfficePackage

_MOST = 200  # formulas are embedded, too


def embedded_members(package: OfficePackage, parts: Iterable[str], folder: MemberFolder) -> Iterator[Member]:
    """Files embedded in parts, unpacked; what is in no format that can be told is named.

    Args:
        package: of the document.
        parts: names of those that people read; charts are none of these: their workbooks hold what the charts show.
        folder: in which they are unpacked.
    """
    kinds = ("package", "oleObject")
    relations = dict.fromkeys(one for part in parts for one in package.relations(part).values())
    embedded = [one for one in relations if one.kind in kinds and one.target in package.names]
    for relation in embedded[:_MOST]:
        name = PurePosixPath(relation.target).name
        member = folder.keep(name, package.content(relation.target), flat=True)
        suffix = _suffix(member)
        if PurePosixPath(name).suffix.lower() != ".bin":
            yield member
        elif member.file and suffix != ".bin":
            renamed = member.file.rename(member.file.with_suffix(suffix))
            yield member.model_copy(update={"name": f"{name.removesuffix('.bin')}{suffix}", "file": renamed})
        else:
            error = DocumentFailed("archive.not_unpacked", document=name, container=folder.name)
            yield Member(name=member.name, reason=error.reason())


def _suffix(member: Member) -> str:
    """Of the format that a member has; its own where it is damaged."""
    try:
        return suffix_of(member.file) if member.file else ""
    except OSError:  # olefile's, of a compound file that is none
        return ".bin"
