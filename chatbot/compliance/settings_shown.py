"""All settings with their values, without secrets."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr

from config.messages import Language, message
from config.settings import Settings, setting_names

# Both are greedy, because a password may hold an @ itself, and where all is one address, even a space.
_USER = re.compile(r"(?<=://)\S*@")
_WHOLE = re.compile(r"^(\w[\w+.-]*://).*@", re.DOTALL)
_QUERY = re.compile(r"(://[^\s?]*)\?\S*")  # keys are passed there, too


def setting_rows(settings: Settings, language: Language) -> tuple[tuple[str, str], ...]:
    """Name and value of every setting, secrets masked.

    Args:
        settings: of this installation.
        language: of the reader.
    """
    return tuple((name, shown(_value(settings, name), language)) for name in setting_names())


def shown(value: Any, language: Language) -> str:
    """A setting's value as text; a secret is only said to be there, and addresses lose user, password and query."""
    if isinstance(value, SecretStr):
        return message("settings.secret", language)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or value == "" or (isinstance(value, tuple | Mapping) and not value):
        return "–"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {shown(item, language)}" for name, item in value.items())
    if isinstance(value, tuple):
        return ", ".join(shown(item, language) for item in value)
    return without_password(str(value)) if not isinstance(value, Path) else str(value)


def without_password(words: str) -> str:
    """Text whose addresses have no user, password or query any more."""
    return _QUERY.sub(r"\1?…", _USER.sub("…@", _WHOLE.sub(r"\1…@", words)))


def _value(settings: Settings, name: str) -> Any:
    value: BaseModel | Any = settings
    for part in name.split("."):
        value = getattr(value, part)
    return value
