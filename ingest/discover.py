"""Finds the files of a folder that can be read."""

from collections.abc import Iterator
from pathlib import Path

from config.errors import SettingsError
from ingest.documents import Frozen

_IGNORED_PREFIXES = (".", "~$")  # hidden files, and Office's lock files


class Found(Frozen):
    """A file below the folder. `path` is relative, with forward slashes."""

    path: str
    file: Path
    size: int
    modified_ns: int


def discover(folder: Path) -> Iterator[Found]:
    """All files below `folder` in a stable order; links are not followed out of it.

    Raises:
        SettingsError: the folder does not exist or cannot be listed.
    """
    root = folder.resolve()
    if not root.is_dir():
        raise SettingsError("folder.missing", folder=folder)
    for file in sorted(root.rglob("*")):
        relative = file.relative_to(root)
        if any(part.startswith(_IGNORED_PREFIXES) for part in relative.parts):
            continue
        if file.is_file() and file.resolve().is_relative_to(root):
            stat = file.stat()
            name = relative.as_posix().encode("utf-8", "replace").decode()  # old disks have names in other encodings
            yield Found(path=name, file=file, size=stat.st_size, modified_ns=stat.st_mtime_ns)
