"""What changed in what is recorded of people, release by release: `logging_changes.toml`."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from config.messages import Language


class Change(BaseModel):
    """A notice of a release.

    Attributes:
        data: beginning of the SHA-256 of `personal_data.toml` as it is since; empty for releases before that file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    release: str
    data: str
    de: str
    en: str

    def text(self, language: Language) -> str:
        return self.de if language == "de" else self.en


@cache
def changes() -> tuple[Change, ...]:
    """All notices, the newest first."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(Change.model_validate(entry) for entry in tomllib.loads(text)["change"])


def data_digest() -> str:
    """The beginning of the SHA-256 of what is said of each column."""
    return hashlib.sha256(Path(__file__).with_name("personal_data.toml").read_bytes()).hexdigest()[:16]
