"""The legal texts that the papers rest on, with the date from which each has to be looked at again: `law.toml`."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from config.messages import Language


class Provision(BaseModel):
    """A text of law, or a part of one.

    Attributes:
        applies: from when; where there are several dates, the note says what each is for.
        source: address of the published text.
        read: the published text itself was read, or what others write of it.
        review: after this day it has to be looked at again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    de: str
    en: str
    applies: tuple[date, ...]
    note_de: str
    note_en: str
    source: str
    read: Literal["source", "secondary"]
    checked: date
    review: date

    def name(self, language: Language) -> str:
        return self.de if language == "de" else self.en

    def note(self, language: Language) -> str:
        return self.note_de if language == "de" else self.note_en


@cache
def provisions() -> tuple[Provision, ...]:
    """All texts of the file, in its order."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(Provision.model_validate(entry) for entry in tomllib.loads(text)["provision"])


def provision(identity: str) -> Provision:
    """One of them by its id."""
    return next(one for one in provisions() if one.id == identity)


def overdue(today: date) -> tuple[Provision, ...]:
    """Those that should have been looked at again by a day."""
    return tuple(one for one in provisions() if one.review < today)
