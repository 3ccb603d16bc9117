"""What each column of the database says of people: `personal_data.toml`."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

DataKind = Literal["name", "words", "conduct", "rights", "secret", "technical"]
About = Literal["account", "asker", "auditor", "documents", "nobody"]
Kept = Literal[
    "account", "released", "session", "sign_in", "link", "retention", "chain", "erased", "index", "good"
]  # fmt: skip
PERSONAL: tuple[DataKind, ...] = ("name", "words", "conduct", "rights")


class TableData(BaseModel):
    """What a table holds of people.

    Attributes:
        about: who its rows are about.
        kept: how long they stay.
        columns: what each says.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: About
    kept: Kept
    columns: dict[str, DataKind]

    def of_kind(self, *kinds: DataKind) -> Iterator[str]:
        """The columns of some kinds."""
        return (name for name, kind in self.columns.items() if kind in kinds)


@cache
def personal_data() -> dict[str, TableData]:
    """What is known of each table, by its name."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {name: TableData.model_validate(entry) for name, entry in tomllib.loads(text).items()}
