"""Words that name a field of a form or a column of a table, such as a date of delivery, and are no value of one."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from ingest.text.languages import pattern_of

_MOST = 0.5  # share of the names of a form that are known


def told_by_names(names: Sequence[str], values: Sequence[str]) -> Literal["form", "table"] | None:
    """Whether two columns of words are a form, or a table with a head; None where the words do not tell.

    Args:
        names: of the first column.
        values: of the second.
    """
    below = [_is(name, "names") for name in names[1:]]
    if not below:
        return None
    share = sum(below) / len(below)
    if _is(values[0], "columns"):
        return "table"
    if _is(values[0], "names"):
        return "table" if share < _MOST else None
    return "form" if share >= _MOST and _is(names[0], "names") else None


def names_place(head: str) -> bool:
    """Whether below or beside a name stand places with their postcodes.

    Args:
        head: of a column, or name of a field.
    """
    return _is(head, "places")


def _is(text: str, entry: str) -> bool:
    words = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", text).rstrip(" .:").lower().split()
    return bool(words) and bool(_pattern(entry).fullmatch(words[-1]))


@cache
def _pattern(entry: str) -> re.Pattern[str]:
    return re.compile(pattern_of(f"fields.{entry}"))
