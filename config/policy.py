"""Who may ask what: one TOML file, read anew when it changes, so that a change counts from the next question on."""

import time
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from config.access import Clearance, label, labels_of, plain_account, within
from config.errors import SettingsError

DataClass = Literal["public", "internal", "confidential", "strictly_confidential"]
Stage = Literal["pilot", "department", "all"]
RoleName = Literal["employee", "admin", "auditor"]


_SETTLED_S = 60.0
_TICK_NS = 1_000_000_000


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FolderPolicy(Part):
    """Who may see a folder or a document of a collection; what is not said is nobody's.

    Attributes:
        data_class: what is public is open to everybody who may use the assistant.
        groups: that may ask it.
        audited_by: groups whose auditors may inspect answers that could draw on it.
    """

    data_class: DataClass = "confidential"
    groups: tuple[str, ...] = ()
    audited_by: tuple[str, ...] = ()


class CollectionPolicy(FolderPolicy):
    """What a collection is, and who may ask it.

    Attributes:
        owner: account that is responsible for it, and always sees it.
        examples: questions that the page proposes to those who may ask it.
        folders: of it, and documents, that have rules of their own.
    """

    owner: str = ""
    purpose: str = ""
    examples: tuple[str, ...] = ()
    folders: dict[str, FolderPolicy] = Field(default_factory=dict)


class AssistantPolicy(Part):
    """Who may use the assistant at all.

    Attributes:
        stage: of the roll-out: pilot and department are open to `groups` only, all to every account.
        models: that may answer and check; none named means any that runs in this house.
    """

    stage: Stage = "all"
    groups: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


class RolesPolicy(Part):
    """Roles of people whom a company's own sign-in names; the others are employees.

    Attributes:
        admin: groups whose people look after the index.
        auditor: groups whose people read records.
        combined: people who have all the roles that are theirs, on purpose.
    """

    admin: tuple[str, ...] = ()
    auditor: tuple[str, ...] = ()
    combined: tuple[str, ...] = ()


class RecordsPolicy(Part):
    """What records of answers hold of people, and how long.

    Attributes:
        pseudonyms: name people by pseudonyms.
        retention_days: after which the content of a record is removed; 0 keeps it for good.
    """

    pseudonyms: bool = False
    retention_days: int = Field(0, ge=0)


class Terms(Part):
    """Terms of use that a person accepts once for each version; without a version there are none."""

    version: str = Field("", max_length=100)
    de: str = ""
    en: str = ""


class Policy(Part):
    """The whole file."""

    assistant: AssistantPolicy = AssistantPolicy()
    roles_by_group: RolesPolicy = Field(RolesPolicy(), alias="roles")
    records: RecordsPolicy = RecordsPolicy()
    terms: Terms = Terms()
    collections: dict[str, CollectionPolicy] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_clear(self) -> Self:
        for name, collection in self.collections.items():
            if not name.strip() or "/" in name:
                raise ValueError(f"collections: {name!r} cannot be a collection's name")
            for folder in collection.folders:
                parts = folder.removesuffix("/").split("/")
                if "\\" in folder or any(
                    not part.strip() or part != part.strip() or part in (".", "..") for part in parts
                ):
                    raise ValueError(f"collections.{name}.folders: {folder!r} is no path within the collection")
        places = [place for place, _, _ in self.places()]
        if len(set(places)) != len(places):
            raise ValueError("collections: two rules for the same place, but for upper and lower case")
        if self.terms.version and not (self.terms.de and self.terms.en):
            raise ValueError("terms: the text is missing in one of the two languages, de and en")
        return self

    def places(self) -> Iterator[tuple[str, FolderPolicy, str]]:
        """Each place that has a rule: its label, the rule, and the account that owns it."""
        for name, collection in self.collections.items():
            owner = plain_account(collection.owner)
            yield label(name), collection, owner
            for path, folder in collection.folders.items():
                yield label(name, path), folder, owner

    def deciding(self, collection: str, path: str) -> tuple[str, FolderPolicy] | None:
        """The rule for a document, that of its innermost place, with the place's label; None where no rule fits."""
        rules = {place: rule for place, rule, _ in self.places()}
        return next(((one, rules[one]) for one in reversed(labels_of(collection, path)) if one in rules), None)

    def may_use(self, groups: Iterable[str]) -> bool:
        """Whether somebody in these groups may use the assistant in the present stage."""
        return self.assistant.stage == "all" or not set(groups).isdisjoint(self.assistant.groups)

    def asks(self, name: str, groups: Iterable[str]) -> Clearance:
        """What a person may ask: what one of the groups may, and what the person owns.

        Args:
            name: of the account.
            groups: that the person is in.
        """
        mine = set(groups)
        usable = self.may_use(mine)
        return _clearance(
            (place, _owns(owner, name) or (usable and _is_open(rule, rule.groups, mine)))
            for place, rule, owner in self.places()
        )

    def inspects(self, name: str, groups: Iterable[str]) -> Clearance:
        """What an auditor may see of answers: those whose askers could see no more than this.

        Args:
            name: of the account.
            groups: that the auditor is in.
        """
        mine = set(groups)
        return _clearance(
            (place, _owns(owner, name) or _is_open(rule, rule.audited_by, mine)) for place, rule, owner in self.places()
        )

    def roles(self, name: str, groups: Iterable[str]) -> frozenset[RoleName]:
        """The roles of a person whom the company's own sign-in names.

        Whoever is in groups of both special roles has neither, unless that is meant.

        Args:
            name: of the person.
            groups: that the person is in.
        """
        mine, special = set(groups), set[RoleName]()
        if not mine.isdisjoint(self.roles_by_group.admin):
            special.add("admin")
        if not mine.isdisjoint(self.roles_by_group.auditor):
            special.add("auditor")
        if name in map(plain_account, self.roles_by_group.combined):
            return frozenset(special | {"employee"})
        return frozenset(special) if len(special) == 1 else frozenset({"employee"})

    def allows_model(self, model: str) -> bool:
        """Whether a model may answer or check."""
        return not self.assistant.models or model in self.assistant.models


class PolicyFile:
    """The file as it is now.

    Args:
        path: of the TOML file; without one nothing is said, and nobody may ask anything.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._known: tuple[tuple[int, ...], Policy] = (), Policy()

    def current(self) -> Policy:
        """The policy that counts now.

        Raises:
            SettingsError: the file is missing or wrong; nobody is let in by an older one.
        """
        seen, policy = self._known
        if self.path is None:
            return policy
        try:
            found = _state(self.path)
            if found == seen:
                return policy
            while True:
                policy = Policy.model_validate(tomllib.loads(self.path.read_text(encoding="utf-8")))
                before, found = found, _state(self.path)
                if found == before:  # else it was saved in the middle of being read
                    break
            # What was saved a moment ago may be saved again in the same tick of the file system's clock.
            self._known = (found if time.time_ns() - found[0] > _TICK_NS else ()), policy
        except ValidationError as error:
            first = error.errors()[0]
            reason = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise SettingsError("policy.wrong", path=self.path, reason=reason) from error
        except (OSError, ValueError) as error:
            raise SettingsError("policy.wrong", path=self.path, reason=str(error)) from error
        return policy

    def is_settled(self) -> bool:
        """Whether the file has not changed for a minute: what is removed by it cannot be brought back.

        Raises:
            SettingsError: it is missing.
        """
        if self.path is None:
            return True
        try:
            return time.time() - self.path.stat().st_mtime > _SETTLED_S
        except OSError as error:
            raise SettingsError("policy.wrong", path=self.path, reason=str(error)) from error


def _state(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns


def _owns(owner: str, name: str) -> bool:
    return bool(owner) and owner == name


def _is_open(rule: FolderPolicy, groups: Iterable[str], mine: set[str]) -> bool:
    return rule.data_class == "public" or not mine.isdisjoint(groups)


def _clearance(decided: Iterable[tuple[str, bool]]) -> Clearance:
    """Closed places outside the open ones are left out: they are closed anyway, and their names need not get about."""
    places = dict(decided)
    opened = frozenset(place for place, is_open in places.items() if is_open)
    closed = frozenset(p for p in places.keys() - opened if any(within(p, one) for one in opened))
    return Clearance(labels=opened, closed=closed)
