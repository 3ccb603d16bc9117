"""Finds the files of a folder, and says what in it could not be looked at."""

import errno
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from config.errors import DocumentFailed, SettingsError
from ingest.sync.source_files import Place, opened_folder, place_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


LONGEST_PATH = 900  # characters that the registry keeps


class FoundFile(NamedTuple):
    """A file below the folder. `path` is relative, with forward slashes."""

    path: str
    place: Place
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
        try:
            files += _walk(place_of(root), prefix, ignored, unlisted)
        except OSError as error:
            raise SettingsError("folder.missing", folder=folder) from error
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
    folder: Place, prefix: str, ignored: "GitIgnoreSpec", unlisted: dict[str, DocumentFailed]
) -> Iterator[FoundFile]:
    """Files of a folder and of those below it.

    Raises:
        OSError: the collection's folder itself cannot be listed.
    """
    try:
        with opened_folder(folder) as handle:
            entries = [_looked_at(entry) for entry in os.scandir(handle)]
    except OSError as error:
        if not folder.parts:
            raise
        unlisted[prefix.rstrip("/")] = DocumentFailed("folder.unlisted", document=prefix, reason=error.strerror)
        return
    for entry in entries:
        path = prefix + _readable(entry.name)
        is_folder = isinstance(entry.stat, os.stat_result) and S_ISDIR(entry.stat.st_mode)
        if ignored.match_file(f"{path}/" if is_folder else path):
            continue
        if isinstance(entry.stat, OSError):
            unlisted[path] = _unseen(path, entry.stat)
        elif is_folder:
            yield from _walk(folder.below(entry.name, entry.stat), f"{path}/", ignored, unlisted)
        elif S_ISLNK(entry.stat.st_mode):
            if reason := _link(folder, entry.name, path):
                unlisted[path] = reason
        elif S_ISREG(entry.stat.st_mode):
            place = folder.below(entry.name, entry.stat)
            yield FoundFile(path, place, entry.stat.st_size, entry.stat.st_mtime_ns)
        else:
            unlisted[path] = DocumentFailed("document.no_regular_file", document=path)


class _Entry(NamedTuple):
    """A name in a folder, and what the disk says of it, a link not followed."""

    name: str
    stat: os.stat_result | OSError


def _looked_at(entry: "os.DirEntry[str]") -> _Entry:
    try:
        return _Entry(entry.name, entry.stat(follow_symlinks=False))
    except OSError as error:
        return _Entry(entry.name, error)


def _link(folder: Place, name: str, path: str) -> DocumentFailed | None:
    """Why a link is passed over; nothing where it leads to a folder inside, whose files are found anyway."""
    link = folder.root.joinpath(*folder.parts, name)
    try:
        leads_to = link.stat()
    except OSError as error:
        return _unseen(path, error)
    # Under the link's path other people might find what they must not find under its own.
    if not Path(os.path.realpath(link)).is_relative_to(folder.root):
        return DocumentFailed("document.link_outside", document=path)
    return None if S_ISDIR(leads_to.st_mode) else DocumentFailed("document.link_inside", document=path)


def _unseen(path: str, error: OSError) -> DocumentFailed:
    # Gone meanwhile, or a link that leads nowhere; anything else is a disk that does not answer.
    is_gone = error.errno in (errno.ENOENT, errno.ELOOP)
    return DocumentFailed("document.no_regular_file" if is_gone else "document.unreadable", document=path)


def _readable(name: str) -> str:
    """A name that can be stored: old disks have names in other encodings, and some have line breaks in them."""
    return "".join(char if char.isprintable() else "�" for char in name.encode("utf-8", "replace").decode())
