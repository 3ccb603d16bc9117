"""What the other fields of a form say: "Baujahr: 2011" is about the machine that another field names."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from ingest.documents import CellSpan, Passage


class Field(NamedTuple):
    """A field of a form."""

    name: str
    value: str


def fields_beside(passage: Passage) -> dict[CellSpan, tuple[Field, ...]]:
    """For each field of a form the fields on its other lines.

    Args:
        passage: with its cells; those of tables are left out.
    """
    found: dict[CellSpan, tuple[Field, ...]] = {}
    for is_form, group in groupby(passage.cells_by_line(), key=_are_fields):
        lines = list(group)
        names = [passage.between(cell.head_start, cell.head_end) for cells in lines for cell in cells]
        if not is_form or len(set(names)) < len(names):  # such as a table of one column, or two forms
            continue
        for own in lines:
            others = tuple(_field(passage, cell) for cells in lines if cells is not own for cell in cells)
            found |= dict.fromkeys(own, others)
    return found


def _field(passage: Passage, cell: CellSpan) -> Field:
    return Field(passage.between(cell.head_start, cell.head_end), passage.between(cell.start, cell.end))


def _are_fields(cells: Sequence[CellSpan]) -> bool:
    """Whether a line has cells, all of which have names, and no row has."""
    return bool(cells) and all(cell.head_end > cell.head_start and cell.key_start == cell.key_end for cell in cells)
