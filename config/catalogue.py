"""The models the product can fetch by itself: names, licences, origins and digests, from `models.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

ModelRole = Literal["answers", "embeddings"]


class Part(BaseModel):
    """A piece of a model file, as data inside a wheel."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    package: str  # name==version
    member: str  # path inside the wheel
    sha256: str


class CatalogueModel(BaseModel):
    """A model file and where its pieces come from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    variant: str
    licence: str
    origin: str
    file: str
    bytes: int
    sha256: str
    parts: tuple[Part, ...]

    @property
    def label(self) -> str:
        return f"{self.name} {self.variant}"


@cache
def embedded_models() -> dict[ModelRole, CatalogueModel]:
    """The model for each role."""
    table = tomllib.loads(Path(__file__).with_name("models.toml").read_text(encoding="utf-8"))
    return {role: CatalogueModel.model_validate(entry) for role, entry in table.items()}  # type: ignore[misc]
