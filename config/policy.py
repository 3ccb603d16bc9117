"""Who may ask what: one TOML file, read anew when it changes, so that a change counts from the next question on."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.errors import SettingsError

DataClass = Literal["public", "internal", "confidential", "strictly_confidential"]
Stage = Literal["pilot", "department", "all"]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CollectionPolicy(Part):
    """What a collection is, and who may ask it.

    Attributes:
        owner: account that is responsible for it, and always sees it.
        groups: that may ask it; a public collection is open to everybody who may use the assistant.
    """

    owner: str = ""
    purpose: str = ""
    data_class: DataClass = "confidential"
    groups: tuple[str, ...] = ()


class AssistantPolicy(Part):
    """Who may use the assistant at all.

    Attributes:
        stage: of the roll-out: pilot and department are open to `groups` only, all to every account.
    """

    stage: Stage = "all"
    groups: tuple[str, ...] = ()


class Policy(Part):
    """The whole file."""

    assistant: AssistantPolicy = AssistantPolicy()
    collections: dict[str, CollectionPolicy] = Field(default_factory=dict)

    def may_use(self, groups: Iterable[str]) -> bool:
        """Whether somebody in these groups may use the assistant in the present stage."""
        return self.assistant.stage == "all" or not set(groups).isdisjoint(self.assistant.groups)

    def labels(self, name: str, groups: Iterable[str]) -> frozenset[str]:
        """Access labels of a person: the collections that one of the groups may ask, and those the person owns.

        What the file does not name is nobody's.

        Args:
            name: of the account.
            groups: that the person is in.
        """
        mine = set(groups)
        open_to_me = {
            label
            for label, policy in self.collections.items()
            if policy.data_class == "public" or not mine.isdisjoint(policy.groups)
        }
        owned = {label for label, policy in self.collections.items() if policy.owner and policy.owner.lower() == name}
        return frozenset(open_to_me | owned) if self.may_use(mine) else frozenset(owned)


class PolicyFile:
    """The file as it is now.

    Args:
        path: of the TOML file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._policy = Policy()

    def current(self) -> Policy:
        """The policy that counts now.

        Raises:
            SettingsError: the file is missing or wrong; nobody is let in by an older one.
        """
        try:
            found = self._path.stat()
            if (found.st_mtime_ns, found.st_size) != self._seen:
                self._policy = Policy.model_validate(tomllib.loads(self._path.read_text(encoding="utf-8")))
                self._seen = (found.st_mtime_ns, found.st_size)
        except ValidationError as error:
            first = error.errors()[0]
            reason = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise SettingsError("policy.wrong", path=self._path, reason=reason) from error
        except (OSError, ValueError) as error:
            raise SettingsError("policy.wrong", path=self._path, reason=str(error)) from error
        return self._policy
