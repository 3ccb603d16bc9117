"""Files inside mails, PDFs and archives, unpacked beside them under numbers, so that no name can lead elsewhere."""

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TypeVar

from config.errors import DocumentFailed
from ingest.documents import Member

_T = TypeVar("_T")
_MOST_ATTACHMENTS = 500


class MemberFolder:
    """Where one container's members are put.

    Args:
        container: the mail, PDF or archive; the folder is made beside it.
    """

    def __init__(self, container: Path) -> None:
        self.name = container.name
        self._folder = container.with_name(f"{container.name}.members")
        self._names: set[str] = set()

    def keep(self, name: str, content: bytes, flat: bool = False) -> Member:
        """Write a member.

        Args:
            name: as the container has it.
            content: its bytes.
            flat: whether slashes in the name mean nothing, as in a mail.
        """
        named = self._readable_name(name.replace("/", "_").replace("\\", "_") if flat else name)
        file = self.file_for(named)
        file.write_bytes(content)
        return Member(name=named, file=file)

    def limited(self, attachments: Iterable[_T]) -> Iterator[_T]:
        """Attachments one by one.

        Raises:
            DocumentFailed: more than anybody attaches.
        """
        for number, attachment in enumerate(attachments):
            if number >= _MOST_ATTACHMENTS:
                raise DocumentFailed("archive.too_many", document=self.name, most=_MOST_ATTACHMENTS)
            yield attachment

    def file_for(self, name: str) -> Path:
        """A new file with a number for a name, and the suffix of `name`."""
        self._folder.mkdir(exist_ok=True)
        return self._folder / f"{len(self._names)}{Path(name).suffix.lower()[:12]}"

    def refuse(self, name: str, error: DocumentFailed) -> Member:
        """A member that is named with its reason and not unpacked."""
        return Member(name=self._readable_name(name), reason=error.reason())

    def claim(self, name: str) -> str | None:
        """The path of an archive's member, or None if it leads out of the archive or is no name at all."""
        path = PurePosixPath(name.replace("\\", "/"))
        if not path.parts or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            return None
        return None if len(name) > 400 or name != _visible(name) else self._readable_name(str(path))

    def _readable_name(self, name: str) -> str:
        name = _visible(name)[-200:] or "?"
        path, number = PurePosixPath(name), 1
        while name in self._names:  # two attachments of one name are two documents
            number += 1
            name = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        self._names.add(name)
        return name


def is_beside_file(name: str) -> bool:
    """Whether a name in an archive is of what macOS keeps beside a file (AppleDouble), and of no document.

    Args:
        name: path in the archive.
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "__MACOSX" in parts[:-1] or bool(parts and (parts[-1].startswith("._") or parts[-1] == ".DS_Store"))


def _visible(name: str) -> str:
    """A name without control and format characters."""
    return "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp")).strip()
