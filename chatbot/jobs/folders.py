"""Which folders a run may read: inside what the operator allows, and so that rules for folders still meet theirs."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from config.access import label, within
from config.errors import SettingsError
from config.policy_file import PolicyFile
from config.settings import Settings
from ingest.db.registry import Registry
from ingest.sync.discover import folder_prefixes
from ingest.sync.pipeline import refuse_unclear_name

_OWN = ("vault", "index", "models", "evaluation")  # folders of the data directory


class FolderRules(NamedTuple):
    """What decides which folders a run may read; built in one place and passed down.

    Attributes:
        registry: of the collections there are.
        policy: with rules for folders.
        settings: name the folders that the page may index.
    """

    registry: Registry
    policy: PolicyFile
    settings: Settings

    @property
    def guarded(self) -> bool:
        """Whether people sign in, so that an admin on the page may not name any folder of the machine."""
        return self.settings.server.sign_in != "none"


def check_folders(rules: FolderRules, collection: str, folders: Sequence[Path], on_page: bool) -> None:
    """Refuse a collection's name and folders where the policy's rules would not be clear, or not meet.

    Args:
        rules: that decide.
        collection: its name.
        folders: that a run would read.
        on_page: whether an admin named them on the page; who has the machine itself may name any folder.

    Raises:
        SettingsError: the collection cannot have this name, or a folder holds the program's own data, is not one
            that the page may name, has documents of another collection, or would leave a rule of the policy without
            the documents it is for.
    """
    collections = rules.registry.collections()
    refuse_unclear_name(collection, collections)
    known = collections.get(collection, ())
    guarded = on_page and rules.guarded
    for folder in folders:
        place = folder.resolve()
        if _holds_own_data(place, rules.settings):
            raise SettingsError("folder.own_data", folder=folder, data_dir=rules.settings.data_dir)
        if guarded and not _may_name(place, (*rules.settings.ingest.roots, *known)):
            raise SettingsError("folder.not_allowed", folder=folder)
    for folder, other in shared_folders(rules.registry, collection, folders):
        # What the operator has given to both collections may be brought up to date.
        if guarded and not _may_name(folder.resolve(), known):
            raise SettingsError("folder.of_another", folder=folder, other=other, collection=collection)
    policy = rules.policy.current().collection(collection)
    if policy and known and policy.folders:
        for rule, needed in missed_rules(
            known, folders, _met(rules.registry, collection, policy.folders), policy.folders
        ):
            if needed is None:
                raise SettingsError("policy.whole_folder", rule=rule, file=rules.policy.path)
            raise SettingsError("policy.other_paths", rule=rule, needed=needed, file=rules.policy.path)


def shared_folders(registry: Registry, collection: str, folders: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Folders that are, hold or lie in one of another collection, whose rules would not count for this one.

    Args:
        registry: of the collections.
        collection: name of the one that the folders would belong to.
        folders: of it.

    Yields:
        The folder, and the name of the other collection.
    """
    others = {name: places for name, places in registry.collections().items() if name != collection}
    for folder in folders:
        place = folder.resolve()
        for other, places in others.items():
            taken = [one.resolve() for one in places]
            if any(place.is_relative_to(one) or one.is_relative_to(place) for one in taken):
                yield folder, other


def missed_rules(
    known: Sequence[Path], folders: Sequence[Path], rules: Iterable[str], others: Iterable[str] = ()
) -> Iterator[tuple[str, str | None]]:
    """Rules for folders that would not meet their documents any more, since these would have other paths.

    Args:
        known: folders of the collection so far.
        folders: its folders from now on.
        rules: places of those that meet documents, as paths within the collection.
        others: places of further rules.

    Yields:
        The rule, and the place for which a rule is needed; None where that would be the whole collection.
    """
    places = {_plain(rule): rule for rule in rules}
    there = places.keys() | {_plain(rule) for rule in others}
    before = list(zip([folder.resolve() for folder in known], folder_prefixes(known), strict=True))
    after = list(zip([folder.resolve() for folder in folders], folder_prefixes(folders), strict=True))
    for place, rule in places.items():
        for old, was in before:
            for new, will in after:
                needed = _needed(place, (old, was), (new, will))
                if needed is not None and needed not in there:
                    yield rule, needed or None


def _needed(place: str, before: tuple[Path, str], after: tuple[Path, str]) -> str | None:
    """Where a rule's place lies in a new folder, "" for all of the collection; None where it does not lie in it."""
    (old, was), (new, will) = before, after
    if new.is_relative_to(old):
        begin = _plain(was + new.relative_to(old).as_posix())
        if not begin or place.startswith(f"{begin}/"):
            return _plain(will + place[len(begin) :].strip("/"))
        return _plain(will) if place == begin or begin.startswith(f"{place}/") else None
    if old.is_relative_to(new):
        begin, end = _plain(was), f"{will}{old.relative_to(new).as_posix()}/"
        if not begin or place.startswith(f"{begin}/"):
            return _plain(end + place[len(begin) :].strip("/"))
        return _plain(end) if place == begin else None
    return None


def _plain(path: str) -> str:
    """A path as labels have it."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return label("", "/".join(parts)).strip("/")


def _met(registry: Registry, collection: str, rules: Iterable[str]) -> list[str]:
    """The rules that meet a document now; others may have been made for the folders to come."""
    generation = registry.active_generation()
    known = registry.documents(generation.name, collection) if generation else {}
    labels = [label(collection, path) for path in known]
    return [rule for rule in rules if any(within(one, label(collection, rule)) for one in labels)]


def _holds_own_data(place: Path, settings: Settings) -> bool:
    own = settings.data_dir.resolve()
    if any(place.is_relative_to(own / name) for name in _OWN):
        return True
    # Hidden folders are passed over, so that a home folder may be indexed that has the data in one.
    way = own.relative_to(place).parts if own.is_relative_to(place) else (".",)
    return not any(part.startswith(".") for part in way)


def _may_name(place: Path, roots: Iterable[Path]) -> bool:
    return any(place.is_relative_to(root.resolve()) for root in roots)
