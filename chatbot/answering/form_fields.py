"""What the other fields of a form say: "Baujahr: 2011" is about the machine that another field names."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ingest.documents import CellSpan, Passage
from ingest.partition.value_kinds import kind_of

_FEW = 3  # rows
_LONGEST = 60  # characters of a value
_MOST_OF_A_KIND = 0.6  # of the values of a form, which say all sorts of things
_KINDS = 3


class Field(NamedTuple):
    """A field of a form."""

    name: str
    value: str


class InForm(NamedTuple):
    """A line of a form.

    Attributes:
        field: the first that is on it.
        beside: those on all other lines.
    """

    field: Field
    beside: tuple[Field, ...]


def in_forms(passage: Passage) -> dict[CellSpan, InForm]:
    """For each field of a form what it says, with the fields on the other lines.

    A table of two columns whose values are of many kinds is a form, too, whatever stands over it ("Field; Entry").

    Args:
        passage: with its cells; those of other tables are left out.
    """
    found: dict[CellSpan, InForm] = {}
    for lines, fields in (*_forms(passage), *_tables_of_pairs(passage)):
        names = [field.name for of_line in fields for field in of_line]
        if len(set(names)) < len(names):  # such as a table of one column, or two forms
            continue
        for number, own in enumerate(lines):
            others = tuple(field for other, of_line in enumerate(fields) if other != number for field in of_line)
            found |= dict.fromkeys(own, InForm(fields[number][0], others))
    return found


def _forms(passage: Passage) -> Iterator[tuple[list[Sequence[CellSpan]], list[list[Field]]]]:
    for is_form, group in groupby(passage.cells_by_line(), key=_are_fields):
        if is_form:
            lines = list[Sequence[CellSpan]](group)
            yield lines, [[_field(passage, cell) for cell in cells] for cells in lines]


def _tables_of_pairs(passage: Passage) -> Iterator[tuple[list[Sequence[CellSpan]], list[list[Field]]]]:
    for is_pair, group in groupby(passage.cells_by_line(), key=_are_pair):
        lines = list[Sequence[CellSpan]](group)
        if not is_pair or len(lines) < _FEW:
            continue
        fields = [Field(*(passage.between(cell.start, cell.end) for cell in cells)) for cells in lines]
        if _say_all_sorts([field.value for field in fields]):
            yield lines, [[field] for field in fields]


def _field(passage: Passage, cell: CellSpan) -> Field:
    return Field(passage.between(cell.head_start, cell.head_end), passage.between(cell.start, cell.end))


def _are_fields(cells: Sequence[CellSpan]) -> bool:
    """Whether a line has cells, all of which have names, and no row has."""
    return bool(cells) and all(cell.head_end > cell.head_start and cell.key_start == cell.key_end for cell in cells)


def _are_pair(cells: Sequence[CellSpan]) -> bool:
    """Whether a line is a row of two cells, the first of which names it."""
    return len(cells) == 2 and (cells[1].key_start, cells[1].key_end) == (cells[0].start, cells[0].end)


def _say_all_sorts(values: Sequence[str]) -> bool:
    kinds = [kind_of(value) for value in values]
    most = max(kinds.count(kind) for kind in kinds)
    is_short = all(len(value) <= _LONGEST for value in values)
    return is_short and len(set(kinds)) >= _KINDS and most <= _MOST_OF_A_KIND * len(kinds)
