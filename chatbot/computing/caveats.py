"""What of a table forbids to count its rows, to add up its values or to compare them."""

import re
from collections.abc import Sequence
from decimal import Decimal

from chatbot.computing.calculation import Condition
from chatbot.computing.ranges import are_ranges
from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import written
from ingest.partition.cell_values import SHARE
from ingest.text.languages import pattern_of
from ingest.text.units import unit_of

VOIDED, PLANNED = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("voided", "planned"))
_AMOUNTS, _SINGLE, _QUANTITIES = (
    re.compile(pattern_of(f"computing.{entry}")) for entry in ("amounts", "single", "quantities")
)
_SCALED = re.compile(r"[€$£]|EUR|USD|GBP|CHF")
_ADD_UP = ("currency", "volume", "mass", "energy", "area")


def adds_up(column: Column) -> bool:
    """Whether values may be added: amounts and quantities, and no shares, ratings, or prices of one of several."""
    if column.type != "number" or len(column.units) != 1:
        return False
    (unit,), words = column.units, written(column.head)
    if unit == SHARE or any(map(_SINGLE.fullmatch, words)) or "/" in unit:
        return False
    return _says_how_much(column) if unit == "" else unit_of(unit).kind in _ADD_UP or _SCALED.search(unit) is not None


def is_ordered(column: Column, table: DataTable) -> bool:
    """Whether one value can be called the largest: not where some are below zero, nor bare numbers that only name."""
    if column.type != "number":
        return True
    is_below = any(cell.span.raw.startswith("-") for cell in table.values(column.number))
    return not is_below and (column.units != {""} or _says_how_much(column))


def are_comparable(column: Column, table: DataTable) -> bool:
    """Whether values are of one unit; where another column names the unit of each row, they are not."""
    others = [other for other in table.columns if other.number != column.number and other.type == "text"]
    named = ({cell.text for cell in table.values(other.number)} for other in others)
    return not any(len(units) > 1 and all(map(_is_unit, units)) for units in named)


def has_ranges(table: DataTable) -> bool:
    """Whether rows are steps: the values of all of them together say nothing."""
    return any(are_ranges(column, table) for column in table.columns)


def has_sums(table: DataTable) -> bool:
    """Whether a row is what those above it come to: it may be a total that does not say so."""
    for column in table.columns:
        if column.type == "number" and not column.is_code and column.units != {SHARE}:
            so_far, values = (
                Decimal(),
                [Decimal(c.span.raw) for c in table.values(column.number) if c.span.raw and c.span.type == "number"],
            )
            for number, value in enumerate(values):
                if number > 1 and value and value == so_far:
                    return True
                so_far += value
    return False


def has_others(table: DataTable, conditions: Sequence[Condition], kind: re.Pattern[str]) -> bool:
    """Whether rows are not what the others are, and the question says nothing of the column that tells so.

    Args:
        table: with the rows.
        conditions: that the question names.
        kind: `VOIDED` for what is taken back, `PLANNED` for what is planned beside what happened.
    """
    told = {condition.column for condition in conditions}
    cells = (cell for column in table.columns if column.number not in told for cell in table.values(column.number))
    return any(kind.fullmatch(word) for cell in cells if cell.span.type == "text" for word in written(cell.text))


def has_quantities(table: DataTable, conditions: Sequence[Condition]) -> bool:
    """Whether a column says how many there are of each row, and the question nothing of that column."""
    found = {column.number for column in table.columns if column.type == "number" and _has(column, _QUANTITIES)}
    return bool(found) and not found & {condition.column for condition in conditions}


def _says_how_much(column: Column) -> bool:
    return _has(column, _AMOUNTS) or _has(column, _QUANTITIES)


def _has(column: Column, pattern: re.Pattern[str]) -> bool:
    return any(map(pattern.fullmatch, written(column.head)))


def _is_unit(text: str) -> bool:
    return bool(unit_of(text).kind) or _SCALED.fullmatch(text) is not None
