"""Cells that name a range of numbers: "3. bis 9. Jahr", "ab 51 Stück", "under 100", "10-19"."""

import re
from decimal import Decimal
from typing import NamedTuple

from chatbot.computing.tables import Column, DataTable
from ingest.partition.cell_values import read_value
from ingest.text.languages import pattern_of

_NUMBER = r"(\d+(?:[.,]\d+)*)\.?"
_UP_TO = re.compile(rf"{_NUMBER}\s?[^\W\d_%€]{{0,12}}\s?(?:{pattern_of('computing.compared.most')}|-|–|…)\s?{_NUMBER}")
_BOUNDS = tuple(
    (side, re.compile(rf"(?<![\w-])(?:{pattern_of(f'computing.compared.{side}')}|{sign})\s?{_NUMBER}"))
    for side, sign in (("more", ">"), ("least", "≥|>="), ("less", "<"), ("most", "≤|<="))
)
_ONE = re.compile(rf"{_NUMBER}")
_RANGES = 0.6  # share of a column's cells that name ranges


class Range(NamedTuple):
    """Numbers from one to another; None where it is open."""

    low: Decimal | None
    high: Decimal | None
    above: bool = False  # without the low end itself
    below: bool = False  # without the high end itself

    def holds(self, number: Decimal) -> bool:
        """Whether a number lies in it."""
        if self.low is not None and (number < self.low or (self.above and number == self.low)):
            return False
        return self.high is None or number < self.high or (number == self.high and not self.below)


def range_in(text: str) -> Range | None:
    """The range that a cell names; a single number is one of itself.

    Args:
        text: of the cell.
    """
    text = text.lower()
    if between := _UP_TO.search(text):
        low, high = map(_number, between.groups())
        return Range(low, high) if low is not None and high is not None and low <= high else None
    for side, pattern in _BOUNDS:
        if match := pattern.search(text):
            number = _number(match[match.lastindex or 1])
            if number is None:
                return None
            is_low = side in ("more", "least")
            return Range(number if is_low else None, None if is_low else number, side == "more", side == "less")
    found = _ONE.findall(text)
    number = _number(found[0]) if len(found) == 1 else None
    return Range(number, number) if number is not None else None


def are_ranges(column: Column, table: DataTable) -> bool:
    """Whether the cells of a column name ranges, and not only numbers.

    Args:
        column: of the table.
        table: with its cells.
    """
    cells = table.values(column.number)
    found = [one for cell in cells if (one := range_in(cell.text))]
    is_mostly = column.type == "text" and len(found) >= max(2, _RANGES * len(cells))
    return is_mostly and any(one.low != one.high and not column.is_code for one in found)


def _number(written: str) -> Decimal | None:
    value = read_value(written, ",")
    return Decimal(value.raw) if value.type == "number" else None
