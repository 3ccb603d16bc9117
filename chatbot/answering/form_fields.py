"""What the other fields of a form say: "Baujahr: 2011" is about the machine that another field names."""

from collections.abc import Sequence
from itertools import groupby

from ingest.documents import CellSpan, Passage


def values_beside(passage: Passage) -> dict[CellSpan, str]:
    """For each field of a form the values of the fields on its other lines, without their names.

    Args:
        passage: with its cells; those of tables are left out.
    """
    found: dict[CellSpan, str] = {}
    for is_form, group in groupby(passage.cells_by_line(), key=_are_fields):
        lines = list(group)
        names = [passage.between(cell.head_start, cell.head_end) for cells in lines for cell in cells]
        if not is_form or len(set(names)) < len(names):  # such as a table of one column, or two forms
            continue
        for own in lines:
            others = (cell for cells in lines if cells is not own for cell in cells)
            found |= dict.fromkeys(own, " ".join(passage.between(cell.start, cell.end) for cell in others))
    return found


def _are_fields(cells: Sequence[CellSpan]) -> bool:
    """Whether a line has cells, all of which have names, and no row has."""
    return bool(cells) and all(cell.head_end > cell.head_start and cell.key_start == cell.key_end for cell in cells)
