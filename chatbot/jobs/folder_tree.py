"""The folders of this machine that an admin may choose from on the page, a level at a time."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from chatbot.jobs.folders import FolderRules
from ingest.sync.plan import readable

_MOST = 300  # folders of a level


class Node(NamedTuple):
    """A folder in the tree.

    Attributes:
        path: of it, as it is.
        name: as the tree shows it.
        below: its folders; None while it is closed.
        files: that can be read and lie in it directly; None while it is closed.
        is_cut: whether it has more folders than are shown.
        is_closed_to_us: whether this account may not look into it.
    """

    path: Path
    name: str
    below: "tuple[Node, ...] | None" = None
    files: int | None = None
    is_cut: bool = False
    is_closed_to_us: bool = False


def roots_of(rules: FolderRules) -> tuple[Path, ...]:
    """Where a tree begins: what the operator allows; without sign-in, also all of the machine.

    Args:
        rules: that say what the page may index.
    """
    named = tuple(root.resolve() for root in rules.settings.ingest.roots)
    return named if named or rules.guarded else (Path.home(), Path("/"))


def tree(roots: Sequence[Path], opened: Iterable[Path], hidden: Path) -> tuple[Node, ...]:
    """The tree with the folders that are opened.

    Args:
        roots: where it begins.
        opened: folders that are looked into; what lies below no root is passed over.
        hidden: the program's own data, which nobody indexes.
    """
    wanted = {path for path in opened if any(path == root or path.is_relative_to(root) for root in roots)}
    return tuple(_node(root, str(root), wanted, hidden) for root in roots)


def _node(path: Path, name: str, opened: set[Path], hidden: Path) -> Node:
    if path not in opened:
        return Node(path, name)
    try:
        with os.scandir(path) as entries:
            listed = sorted(entries, key=lambda entry: entry.name.casefold())
            # Links are not followed by a run either: what they lead to is chosen where it lies.
            folders = [one for one in listed if not one.name.startswith(".") and one.is_dir(follow_symlinks=False)]
            files = sum(one.is_file(follow_symlinks=False) and readable(one.name) for one in listed)
    except OSError:
        return Node(path, name, (), 0, is_closed_to_us=True)
    shown = [one for one in folders if Path(one.path) != hidden][:_MOST]
    below = tuple(_node(Path(one.path), one.name, opened, hidden) for one in shown)
    return Node(path, name, below, files, is_cut=len(folders) > _MOST)
