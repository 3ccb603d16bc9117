"""The policy's TOML file, read anew when it changes, so that a change counts from the next question on."""

import difflib
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from config.errors import SettingsError
from config.policy import AssistantPolicy, CollectionPolicy, FolderPolicy, Policy, RecordsPolicy, RolesPolicy, Terms

_SETTLED_S = 60.0
_TICK_NS = 1_000_000_000
# What pydantic calls a mistake, and the message for it; those of the policy's own checks are called by their message.
_MISTAKES = {
    "tuple_type": "policy.not_a_list",
    "string_type": "policy.not_a_text",
    "model_type": "policy.not_a_table",
    "dict_type": "policy.not_a_table",
    "literal_error": "policy.not_one_of",
    "policy.bad_name": "policy.bad_name",
    "policy.bad_folder": "policy.bad_folder",
    "policy.twice": "policy.twice",
    "policy.half_terms": "policy.half_terms",
}


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
            raise _explained(error, self.path) from error
        except (OSError, ValueError) as error:
            raise _unreadable(error, self.path) from error
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
            raise _unreadable(error, self.path) from error


def _unreadable(error: Exception, path: Path) -> SettingsError:
    if isinstance(error, FileNotFoundError):
        return SettingsError("policy.missing", path=path.absolute())
    return SettingsError("policy.wrong", path=path.absolute(), reason=str(error))


def _explained(error: ValidationError, path: Path) -> SettingsError:
    """The first mistake as a sentence."""
    first, path = error.errors()[0], path.absolute()
    way = [str(part) for part in first["loc"]]
    details: dict[str, Any] = {"path": path, "entry": ".".join(way), **first.get("ctx", {})}
    if first["type"] == "extra_forbidden":
        known = _known_keys(way[:-1])
        near = difflib.get_close_matches(way[-1], known, n=1)
        details |= {"nearest": "".join(near), "known": ", ".join(known)}
        return SettingsError("policy.unknown_near" if near else "policy.unknown", **details)
    if first["type"] == "literal_error":
        details["expected"] = str(details["expected"]).replace(" or ", ", ").replace("'", '"')
    if first["type"] in _MISTAKES:
        return SettingsError(_MISTAKES[first["type"]], **details)
    return SettingsError("policy.wrong", path=path, reason=f"{'.'.join(way)}: {first['msg']}")


def _known_keys(way: Sequence[str]) -> list[str]:
    """The keys that a table of the file may have."""
    tables: dict[str, type[BaseModel]] = {
        "assistant": AssistantPolicy, "roles": RolesPolicy, "records": RecordsPolicy, "terms": Terms,
        "collections": FolderPolicy if "folders" in way[2:3] else CollectionPolicy,
    }  # fmt: skip
    model = tables[way[0]] if way else Policy
    return [field.alias or name for name, field in model.model_fields.items()]


def _state(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns
