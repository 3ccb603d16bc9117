"""What the judge's weights are: name, licence, origin and digest."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from ingest.documents import Frozen

WEIGHTS = Path(__file__).with_name("weights.npz")


class Card(Frozen):
    """Of the weights that come with the program."""

    name: str
    licence: str
    origin: str
    sha256: str


@cache
def card() -> Card:
    """The card of the weights, from `weights.toml`."""
    return Card.model_validate(tomllib.loads(WEIGHTS.with_suffix(".toml").read_text(encoding="utf-8")))


def is_whole() -> bool:
    """Whether the weights are those that the card names."""
    return WEIGHTS.is_file() and hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() == card().sha256
