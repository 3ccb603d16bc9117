"""From which share of its characters on a file counts as read whole: fitted by `eval/reading/fit_completeness.py`."""

import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("completeness.toml")


@cache
def complete_share() -> float:
    """The least share of a file that was read whole, as both counts of its words never agree in all files."""
    return float(tomllib.loads(DATA.read_text(encoding="utf-8"))["share"])
