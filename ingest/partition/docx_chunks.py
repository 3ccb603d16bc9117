"""Documents that a Word document takes in where they stand, as report generators write them: html, rtf, docx, text."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from config.errors import DocumentFailed
from ingest.documents import Element, Member
from ingest.partition import partition
from ingest.partition.members import MemberFolder
from ingest.partition.office_package import OfficePackage, Relation


class Chunks:
    """Reads what a document takes in.

    Args:
        package: of the document.
        folder: in which parts are unpacked.
    """

    def __init__(self, package: OfficePackage, folder: MemberFolder) -> None:
        self._package, self._folder = package, folder
        self.members: list[Member] = []  # files in these documents, and those that could not be read

    def elements(self, relation: Relation | None) -> Iterator[Element]:
        """Elements of a document that stands at a place of the text.

        Args:
            relation: to its part; None where there is none.
        """
        if relation is None or relation.target not in self._package.names:
            return
        member = self._folder.keep(
            PurePosixPath(relation.target).name, self._package.content(relation.target), flat=True
        )
        if member.file is None:
            return
        try:
            found = partition(member.file)
        except DocumentFailed as error:
            self.members.append(Member(name=member.name, reason=error.reason()))
            return
        self.members += found.members
        yield from found.elements
