"""Who may ask and inspect what, at which stage of the roll-out, and what it means for one person."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from config.access import Clearance, label, labels_of, plain_account, within

DataClass = Literal["public", "internal", "confidential", "strictly_confidential"]
Stage = Literal["pilot", "department", "all"]
RoleName = Literal["employee", "admin", "auditor"]


_LONGEST_NAME = 200  # as wide as the column that holds it


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FolderPolicy(Part):
    """Who may see a folder or a document of a collection; what is not said is nobody's.

    A rule for a folder without `data_class` has that of the rule around it, but is never public by that: a folder gets
    a rule to say who may see it. Groups and auditors are those that it names itself, since what a rule leaves out must
    not open anything.

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
        owner: account that is responsible for it, and sees all of it; within the stage, as everybody else.
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
            if not is_fit_name(name):
                raise PydanticCustomError("policy.bad_name", "{name}", {"name": repr(name)})
            for folder in collection.folders:
                parts = folder.removesuffix("/").split("/")
                if "\\" in folder or any(
                    not part.strip() or part != part.strip() or part in (".", "..") for part in parts
                ):
                    raise PydanticCustomError("policy.bad_folder", "{name}", {"name": name, "folder": repr(folder)})
        places = Counter(place for place, _, _ in self.places())
        if twice := [place for place, count in places.items() if count > 1]:
            raise PydanticCustomError("policy.twice", "{place}", {"place": twice[0]})
        if self.terms.version and not (self.terms.de and self.terms.en):
            raise PydanticCustomError("policy.half_terms", "terms")
        return self

    def examples_for(self, clearance: Clearance) -> tuple[str, ...]:
        """Questions to begin with: those of the collections that somebody may ask."""
        questions = (q for name, one in self.collections.items() if clearance.covers(name) for q in one.examples)
        return tuple(dict.fromkeys(questions))

    def places(self) -> Iterator[tuple[str, FolderPolicy, str]]:
        """Each place that has a rule: its label, the rule with what it inherits, and the account that owns it."""
        for name, collection in self.collections.items():
            owner = plain_account(collection.owner)
            rules: dict[str, FolderPolicy] = {label(name): collection}
            yield label(name), collection, owner
            for path, folder in sorted(collection.folders.items(), key=lambda entry: len(label(name, entry[0]))):
                around = next(rules[one] for one in reversed(labels_of(name, path)) if one in rules)
                place = label(name, path)
                rules[place] = _completed(folder, around)
                yield place, rules[place], owner

    def collection(self, name: str) -> CollectionPolicy | None:
        """What is said of a collection, however its name is spelled; None where nothing is said."""
        wanted = label(name)
        return next((entry for known, entry in self.collections.items() if label(known) == wanted), None)

    def group_uses(self) -> Counter[str]:
        """How often the policy names each group."""
        named = [self.assistant.groups, self.roles_by_group.admin, self.roles_by_group.auditor]
        for _, rule, _ in self.places():
            named += [rule.groups, rule.audited_by]
        return Counter(group for groups in named for group in groups)

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


def is_fit_name(name: str) -> bool:
    """Whether something can be the name of a collection: labels part at slashes, and what nobody sees misleads."""
    return bool(name.strip()) and len(name) <= _LONGEST_NAME and name.isprintable() and not set(name) & set("/\\")


def _completed(folder: FolderPolicy, around: FolderPolicy) -> FolderPolicy:
    """A rule for a folder with what it leaves to the one around it."""
    # Where it would become public, a rule that names only its groups would open the folder to everybody.
    if "data_class" in folder.model_fields_set or around.data_class == "public":
        return folder
    return folder.model_copy(update={"data_class": around.data_class})


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
