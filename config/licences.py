"""What a firm may do with a language model, by the licence that the model names: `licences.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

Use = Literal["allowed", "conditions", "forbidden", "unknown"]
_MARKUP = str.maketrans("#*=", "   ")
_READ = 2_000  # characters of a licence text, in which its name stands


class Licence(BaseModel):
    """A licence, and what it lets a firm do.

    Attributes:
        begins: how its text begins, or its short name, in small letters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    use: Use
    begins: tuple[str, ...] = ()


UNKNOWN = Licence(name="", use="unknown")


@cache
def _known() -> tuple[Licence, ...]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(Licence.model_validate(entry) for entry in tomllib.loads(text)["licence"])


def licence_of(text: str, short_name: str = "") -> Licence:
    """The licence that a model names; of a text that is not known its first line, with an unknown use.

    Args:
        text: of the licence, as the model brings it.
        short_name: such as "apache-2.0"; counts where there is no text.
    """
    said = " ".join(text[:_READ].lower().translate(_MARKUP).split()) or short_name.strip().lower()
    if not said:
        return UNKNOWN
    found = [(len(begin), one) for one in _known() for begin in one.begins if _begins(said, begin)]
    if found:
        return max(found, key=lambda pair: pair[0])[1]
    first = next((line.strip() for line in (text or short_name).splitlines() if line.strip()), "")
    return Licence(name=first[:80], use="unknown")


def _begins(said: str, begin: str) -> bool:
    """Whether a text begins so; a short name has to be the whole of it."""
    return said == begin or ((" " in begin or "-" in begin) and said.startswith(begin))
