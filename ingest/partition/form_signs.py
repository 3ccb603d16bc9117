"""What tells that rows of pairs are names with their values, and not a table of two columns with its head."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.partition.table_layout import says_value
from ingest.partition.table_model import Cell
from ingest.partition.value_kinds import Kind, behind_figures, kind_of, names_column
from ingest.text.field_names import told_by_names

_LONGEST_NAME = 60  # characters; longer ones are sentences
_MANY_KINDS = 3  # below the first row: numbers of several units, dates and words stand in no column of a table
_FEW_STRANGE = 3  # names, one of which may have figures
_MOST_ROWS = 12  # of a form of words


class Pair(NamedTuple):
    """A name and its value, either may be missing; a heading within a form has a name alone."""

    name: Cell | None
    value: Cell | None


Pairs = list[list[Pair]]  # by row


def is_form(pairs: Pairs, above_table: bool) -> bool:
    """Whether rows of pairs are names with values, and not a table with a head.

    Args:
        pairs: by row.
        above_table: whether a table of more columns follows.
    """
    full = [row for row in pairs if any(pair.value for pair in row)]
    names = [pair.name for row in full for pair in row if pair.name]
    values = [pair.value for row in full for pair in row if pair.value]
    if not names or not full[0][0].name or any(map(says_value, names)):
        return False
    if has_colons(full):
        return True
    if any(cell.strong for cell in (*names, *values)):
        first = [pair.value.strong for pair in full[0] if pair.value]
        if all(cell.strong for cell in names):
            return not any(first)
        return all(first) and not any(pair.name.strong for pair in full[0] if pair.name)  # a head is bold as a whole
    # "ISO 9001: yes" may stand among others, "Rest 2025" wherever a name may.
    strange = sum(kind_of(name.text) != "words" and not names_column(name.text) for name in names)
    most = len(names) // _FEW_STRANGE if all(len(row) == 1 for row in full) else 0
    if any(len(name.text) > _LONGEST_NAME for name in names) or strange > most:
        return False
    if all(len(row) == 1 for row in full) and reach_over_columns(names, values):
        return True
    texts = [pair.name.text for row in full for pair in row[:1] if pair.name]
    told = told_by_names(texts, [value.text for value in values]) if all(len(row) == 1 for row in full) else None
    kinds = {kind_of(value.text) for value in values[1:]}
    if told and (kind_of(values[0].text) == "words" or (kind_of(values[0].text) == "code" and "words" in kinds)):
        return told == "form"
    columns = [[pair.value.text for row in full for pair in row[side : side + 1] if pair.value] for side in (0, 1)]
    return _are_values([column for column in columns if column], above_table)


def reach_over_columns(names: Sequence[Cell], values: Sequence[Cell]) -> bool:
    """Whether values are merged over columns and names are not, as in a form that has a place for long values.

    Args:
        names: of rows.
        values: beside them.
    """
    return any(cell.columns > 1 for cell in values) and all(cell.columns == 1 for cell in names)


def has_colons(pairs: Pairs) -> bool:
    """Whether a colon stands behind each name that has a value.

    Args:
        pairs: by row.
    """
    names = [pair.name.text for row in pairs for pair in row if pair.name and pair.value]
    return bool(names) and all(name.endswith(":") for name in names)


def _are_values(columns: Sequence[Sequence[str]], above_table: bool) -> bool:
    """Whether columns beside names hold values from their first row on, and not a head first.

    Args:
        columns: texts of one column, or of two.
        above_table: whether a table of more columns follows.
    """
    first = [kind_of(column[0]) for column in columns]
    below: list[set[Kind]] = [{kind_of(text) for text in column[1:]} for column in columns]
    kinds = set[Kind]().union(*below)
    if any(kind != "words" for kind in first):
        if any(names_column(column[0]) for column in columns):
            return len(kinds) > 1 and len(columns) == 1
        # `ab 50 Stück` may be a head, `50 Stück` is none, nor is `P-2210` above numbers and words.
        is_plain = any(kind in ("number", "date") for kind in first)
        is_code = kinds == {"words"} or (len(kinds) > 1 and not any(" " in column[0] for column in columns))
        return is_plain or is_code or not below[0] or any(kind != "number" for kind in kinds - {"words"})
    if len(columns) == 2:
        return len(columns[0]) > 2 and all(len(one) > 1 for one in below)
    if above_table:
        return len(columns[0]) == 2 or kinds != {"number"}
    if "words" in kinds and kinds <= {"words", "code"}:
        # Read as a form, a table of words loses its head; a form that is read as a table loses what each value is of.
        return len(columns[0]) <= _MOST_ROWS and len(set(columns[0])) == len(columns[0])
    found = {(kind_of(text), behind_figures(text)) for text in columns[0][1:]}
    return len(found) >= _MANY_KINDS - (" " in columns[0][0])  # heads are mostly one word
