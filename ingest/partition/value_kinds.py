"""What kind of value a text is: the values of a table's column are of one kind, those of a form of many."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from ingest.text.languages import words_of
from ingest.text.units import unit_of

Kind = Literal["number", "date", "code", "words"]

_TIME = r"(?:,? ?T?\d{1,2}[:.]\d\d.*)?"
_DATE = re.compile(
    r"(?:\d{1,4}([-./])\d{1,2}\1(?:\d{1,4})?|\d{1,2}\.? [^\W\d]+\.? \d{2,4}|[^\W\d]+ \d{1,2}, \d{4})" + _TIME
)
_NUMBER = re.compile(r"[^\w\s]{0,2}\s?\d[\d\s.,:'’/–-]*(?:\s?(?:[^\W\d]{1,12}|[%€$£°]\w?)(?:[²³]|/[^\W\d]{1,6})?)?")
_NUMBERED = re.compile(r"\d{1,3}\. [^\W\d]")
_SCALES = frozenset(words_of("units.scales"))
_LETTERS = 4  # of a unit that is not known, such as GWh
_LONGEST_UNIT = 8  # letters
_YEAR = re.compile(r"\D{0,20}\b(?:19|20)\d\d")


def kind_of(text: str) -> Kind:
    """Whether a text is a number with or without a unit, a date, a code with figures in it, or words.

    Args:
        text: of a cell.
    """
    if not any(map(str.isdecimal, text)) or _has_only_units(text):  # a raised figure is none: m²
        return "words"
    if _DATE.fullmatch(text):
        return "date"
    return "number" if _NUMBER.fullmatch(text) else "code"


@lru_cache(maxsize=10_000)
def _has_only_units(text: str) -> bool:
    """Whether all figures in a text are of units that are written with one: `Area m2`."""
    with_figures = [part for part in text.split() if any(map(str.isdecimal, part))]
    units = [part.strip("()[],;:") for part in with_figures]
    return all(unit[:1].isalpha() and bool(unit_of(unit).kind) for unit in units)


def behind_figures(text: str) -> str:
    """What stands behind the figures of a number; empty for all else.

    Args:
        text: of a cell.
    """
    return text.lstrip("+-–± 0123456789.,:'’/") if kind_of(text) == "number" else ""


def is_quantity(text: str) -> bool:
    """Whether a text is a number by itself or with a unit: `1.284`, `18,6 GWh`, `4,8 Mio. €`, and not `1.1 Scope`.

    Args:
        text: of a line.
    """
    said = " ".join(word for word in text.split() if word.rstrip(".").lower() not in _SCALES)
    unit = behind_figures(said).strip()
    is_unit = bool(unit_of(unit).kind) or (len(unit) <= _LETTERS and not unit.istitle())
    is_numbered = bool(_NUMBERED.match(text))  # "2. Quartal", and an item of a list
    return kind_of(said) == "number" and not is_numbered and (is_unit or not any(map(str.isalpha, unit)))


def names_column(text: str) -> bool:
    """Whether a text with figures in it may be the head of a column: a year, or a name with a year.

    Args:
        text: of a cell.
    """
    return bool(_YEAR.fullmatch(text))


def are_units(texts: Sequence[str]) -> bool:
    """Whether texts are units of measure, as they stand below the names of columns: `Stk`, `EUR`, `[mm]`.

    Args:
        texts: of a row.
    """
    names = [text.strip("[]()") for text in texts]
    if any(len(name) > _LONGEST_UNIT or " " in name or kind_of(name) != "words" for name in names):
        return False
    return 2 * sum(name == "%" or bool(unit_of(name).kind) for name in names) >= len(names) > 0
