"""What may come out of one file, all its archives together."""

import shutil

from config.errors import DocumentFailed
from ingest.documents import Member

_DEEPEST = 3  # archives in archives
_MOST_FILES, _MOST_BYTES = 10_000, 2_000_000_000


class Budget:
    """Bounds on the documents that come out of one file.

    Args:
        path: of the file.
    """

    def __init__(self, path: str) -> None:
        self._path, self._files, self._bytes = path, _MOST_FILES, _MOST_BYTES
        self.paths: set[str] = set()  # of the documents so far

    def spend(self, members: tuple[Member, ...], depth: int) -> None:
        """Count what an archive held.

        Raises:
            DocumentFailed: more than the bounds, or too deep.
        """
        if depth >= _DEEPEST:
            raise DocumentFailed("archive.too_deep", document=self._path, most=_DEEPEST)
        self._files -= len(members)
        self._bytes -= sum(member.file.stat().st_size for member in members if member.file)
        if self._files < 0 or self._bytes < 0:
            most = f"{_MOST_FILES} / {_MOST_BYTES // 1_000_000} MB"
            for member in members:
                if member.file:
                    shutil.rmtree(member.file.parent, ignore_errors=True)
                    break
            raise DocumentFailed("archive.too_large", document=self._path, most=most)
