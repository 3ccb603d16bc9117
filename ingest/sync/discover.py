"""Finds the files of a folder, and says what in it could not be looked at."""

import errno
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from config.errors import DocumentFailed, SettingsError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


LONGEST_PATH = 900  # characters that the registry keeps


class FoundFile(NamedTuple):
    """A file below the folder. `path` is relative, with forward slashes."""

    path: str
    file: Path
    size: int
    modified_ns: int


class Listing(NamedTuple):
    """What is in a collection's folders."""

    files: tuple[FoundFile, ...]
    unlisted: dict[str, DocumentFailed]  # folders that could not be listed, and links and devices passed over


def discover(folders: Sequence[Path], ignore: Sequence[str]) -> Listing:
    """All files below the folders in a stable order.

    Links are not followed; what they lead to inside is found anyway. With several folders each path begins with
    its folder's name.

    Args:
        folders: of one collection.
        ignore: patterns of what is passed over, as in .gitignore.

    Raises:
        SettingsError: a folder does not exist or cannot be listed, or two have one name.
    """
    from pathspec import GitIgnoreSpec

    ignored = GitIgnoreSpec.from_lines(ignore)
    files: list[FoundFile] = []
    unlisted: dict[str, DocumentFailed] = {}
    for folder, prefix in zip(folders, folder_prefixes(folders), strict=True):
        root = folder.resolve()
        if not root.is_dir():
            raise SettingsError("folder.missing", folder=folder)
        files += _walk(root, root, prefix, ignored, unlisted)
    return Listing(tuple(_distinct(sorted(files), unlisted)), unlisted)


def folder_prefixes(folders: Sequence[Path]) -> list[str]:
    """What the paths of each folder's documents begin with: nothing, or its name where there are several.

    Raises:
        SettingsError: two have one name.
    """
    names = [folder.resolve().name for folder in folders]
    if len(set(names)) < len(names):
        raise SettingsError("folder.same_name", name=next(name for name in names if names.count(name) > 1))
    return [f"{name}/" for name in names] if len(names) > 1 else [""] * len(names)


def _distinct(files: Sequence[FoundFile], unlisted: dict[str, DocumentFailed]) -> Iterator[FoundFile]:
    """Files by whose path a document can be named: not too long, and no two that are written alike."""
    last = None
    for file in files:
        if len(file.path) > LONGEST_PATH:
            unlisted[file.path] = DocumentFailed("document.name_too_long", document=file.path, most=LONGEST_PATH)
        elif file.path == last:
            unlisted[f"{file.path} (2)"] = DocumentFailed("document.same_name", document=file.path)
        else:
            yield file
        last = file.path


def _walk(
    root: Path, folder: Path, prefix: str, ignored: "GitIgnoreSpec", unlisted: dict[str, DocumentFailed]
) -> Iterator[FoundFile]:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        if folder == root:
            raise SettingsError("folder.missing", folder=folder) from error
        unlisted[prefix.rstrip("/")] = DocumentFailed("folder.unlisted", document=prefix, reason=error.strerror)
        return
    for entry in entries:
        path = prefix + _readable(entry.name)
        is_folder = entry.is_dir(follow_symlinks=False)
        if ignored.match_file(f"{path}/" if is_folder else path):
            continue
        if is_folder:
            yield from _walk(root, folder / entry.name, f"{path}/", ignored, unlisted)
            continue
        try:
            stat = entry.stat()
        except OSError as error:
            # Gone meanwhile, or a link that leads nowhere; anything else is a disk that does not answer.
            is_gone = error.errno in (errno.ENOENT, errno.ELOOP)
            key = "document.no_regular_file" if is_gone else "document.unreadable"
            unlisted[path] = DocumentFailed(key, document=path)
            continue
        if entry.is_symlink():
            # Under the link's path other people might find what they must not find under its own.
            if not Path(os.path.realpath(entry.path)).is_relative_to(root):
                unlisted[path] = DocumentFailed("document.link_outside", document=path)
            elif not S_ISDIR(stat.st_mode):
                unlisted[path] = DocumentFailed("document.link_inside", document=path)
        elif S_ISREG(stat.st_mode):
            yield FoundFile(path, folder / entry.name, stat.st_size, stat.st_mtime_ns)
        elif not S_ISDIR(stat.st_mode):
            unlisted[path] = DocumentFailed("document.no_regular_file", document=path)


def _readable(name: str) -> str:
    """A name that can be stored: old disks have names in other encodings, and some have line breaks in them."""
    return "".join(char if char.isprintable() else "�" for char in name.encode("utf-8", "replace").decode())
