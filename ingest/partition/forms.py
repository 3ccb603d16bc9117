"""Forms on sheets and in tables whose head is none: names beside their values, above, below or instead of a table.

A form has two columns in which something begins, or twice two, whatever they are merged over. That it is one is told
by colons behind all names, by bold names beside values that are not, or by its values: those of a table's column are
of one kind below a head that is none, those of a form are of many kinds and begin in its first row.
"""

from collections.abc import Iterable, Iterator, Sequence

from ingest.partition.form_signs import Pair, Pairs, has_colons, is_form, reach_over_columns
from ingest.partition.sheet_heads import head_height, spread_heads
from ingest.partition.table_layout import form_line, laid_out, says_value
from ingest.partition.table_model import Cell, Line, Table
from ingest.partition.tick_boxes import BOXES
from ingest.partition.value_kinds import behind_figures, kind_of

_COLUMNS = (2, 4)

_Row = list[Cell]


def sheet_lines(cells: Sequence[Cell], above_table: bool = False) -> Iterator[Line]:
    """The lines of a part of a sheet, in which forms may stand above and below a table.

    Args:
        cells: in the order of rows and columns, each once.
        above_table: whether a table of more columns follows.
    """
    rows = _rows(cells)
    while rows:
        count, pairs = _leading_form(rows, above_table)
        if not count:
            break
        yield from _form_lines(pairs)
        rows = rows[count:]
    below = _form_below(rows)
    if rows[:below]:
        yield from _table_lines(rows[:below])
    if rows[below:]:
        yield from _form_lines(_pairs(rows[below:]) or [])


def whole_form(cells: Sequence[Cell]) -> list[Line]:
    """The lines of a table, or a part of a sheet, that is nothing but one form; empty for any other.

    Args:
        cells: in the order of rows and columns, each once.
    """
    rows = _rows(cells)
    count, pairs = _leading_form(rows, above_table=False) if rows else (0, [])
    return list(_form_lines(pairs)) if count and count == len(rows) else []


def columns_of(cells: Iterable[Cell]) -> set[int]:
    """The columns in which cells begin.

    Args:
        cells: of a row.
    """
    return {cell.column for cell in cells}


def _rows(cells: Sequence[Cell]) -> list[_Row]:
    rows: dict[int, _Row] = {}
    for cell in cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    return [rows[row] for row in sorted(rows)]


def _leading_form(rows: Sequence[_Row], above_table: bool) -> tuple[int, Pairs]:
    """How many rows at the top are a form with the titles above and within it, and their pairs; 0 for none."""
    first = next((at for at, row in enumerate(rows) if len(row) > 1), len(rows))
    if first == len(rows) or _groups_columns(rows[first], rows[first + 1 : first + 2]):
        return 0, []
    end, starts = first + 1, columns_of(rows[first])
    while end < len(rows) and _goes_on(rows[first], starts, rows[end]):
        starts |= columns_of(rows[end]) if len(rows[end]) > 1 else set()
        end += 1
    while len(rows[end - 1]) == 1 < end - first and end < len(rows):  # a title of what follows
        end -= 1
    pairs = _pairs(rows[first:end])
    follows = any(len(row) > len(rows[first]) for row in rows[end : end + 2]) or (above_table and end == len(rows))
    has_units = any(map(_has_unit, rows[first:end])) and not any(cell.strong for cell in rows[first])
    if pairs is None or not (has_units or is_form(pairs, follows)):
        return 0, []
    return end, [[Pair(row[0], None)] for row in rows[:first]] + pairs


def _groups_columns(row: _Row, below: Sequence[_Row]) -> bool:
    """Whether each cell of a row covers several names of the row below: the outer part of a head."""
    if not below:
        return False
    named = columns_of(below[0])
    groups = [len(named & set(range(outer.column, outer.column + outer.columns))) > 1 for outer in row]
    return any(groups) and all(is_group or outer.rows > 1 for is_group, outer in zip(groups, row, strict=True))


def _goes_on(first: _Row, starts: set[int], row: _Row) -> bool:
    """Whether a row may belong to a form.

    Args:
        first: row of the form.
        starts: columns in which something begins in it.
    """
    if len(row) == 1:
        return True
    if all(cell.strong for cell in row) and not all(cell.strong for cell in first):
        return False  # the head of a table
    names = sorted(starts | columns_of(row))[0::2]
    if not columns_of(row) <= starts:
        is_head = all(kind_of(cell.text) == "words" and not cell.text.endswith(":") for cell in row)
        return not is_head and (len(starts | columns_of(row)) in _COLUMNS or _has_unit(row))
    if len(row) == len(starts) == 3 > len(first) and not _has_unit(row) and not row[0].text.endswith(":"):
        return False  # the head of a table, below values with units
    own = [cell.text for cell in row if cell.column in names]
    return not first[0].text.endswith(":") or all(text.endswith(":") for text in own)


def _form_below(rows: Sequence[_Row]) -> int:
    """Where a form begins that stands behind an empty row below a table: its names end with colons, are words where
    the table's rows go by numbers, or are values of the table, as in a legend."""
    for at in range(2, len(rows)):
        gap = rows[at][0].row - rows[at - 1][0].row - max(cell.rows for cell in rows[at - 1])
        if gap > 0:
            if _is_unfilled(rows[at:]):
                return at
            width = max(map(len, rows[:at]))
            pairs = _pairs(rows[at:]) if all(row[0].text.endswith(":") for row in rows[at:]) else None
            if pairs and len(pairs[0]) * 2 < width + 1 and has_colons(pairs):
                return at
            if width > 2 and _are_pairs(rows[at:]) and _are_named(rows[at:], rows[1:at], gap):
                return at
    return len(rows)


def _are_pairs(rows: Sequence[_Row]) -> bool:
    """Whether each row has a name, none twice, and a value beside it."""
    if any(len(row) != 2 or row[1].column != row[0].column + 1 for row in rows):
        return False
    return len({row[0].text for row in rows}) == len(rows)


def _are_named(rows: Sequence[_Row], above: Sequence[_Row], gap: int) -> bool:
    """Whether pairs are names with values, and no rows of the table above them.

    Args:
        rows: of two cells.
        above: rows of the table.
        gap: empty rows between.
    """
    names = [row[0].text for row in rows]
    inner = {cell.text for row in above for cell in row[1:]}
    if len(rows) > 1 and 2 * sum(name in inner for name in names) >= len(names):
        return True  # a legend
    if any(kind_of(name) != "words" for name in names):
        return False
    left = min(row[0].column for row in above)
    numbered = [row[0].text for row in above if len(row) > 1 and row[0].column == left]
    if not any(kind_of(text) == "words" for text in numbered):
        return True
    if reach_over_columns([row[0] for row in rows], [row[1] for row in rows]):
        return True
    column = rows[0][1].column
    known = {_kind(cell) for row in above for cell in row if cell.column == column}
    return gap > 1 and known.isdisjoint(_kind(row[1]) for row in rows)


def _kind(cell: Cell) -> tuple[str, str]:
    """The kind of a value, with its unit."""
    return kind_of(cell.text), behind_figures(cell.text)


def _pairs(rows: Sequence[_Row]) -> Pairs | None:
    """Names and values of rows that begin in two columns, in twice two, or in three where colons stand behind the
    names: `Spannung: | 400 | V`; None for other rows."""
    if _is_unfilled(rows):
        return [[Pair(cell, None) for cell in row] for row in rows]
    whole = [row for row in rows if len(row) > 1]
    starts = sorted({cell.column for row in whole for cell in row})
    has_units = len(starts) == 3 and _have_units(whole, starts)
    if len(starts) not in _COLUMNS and not has_units:
        return None
    found = []
    for row in rows:
        if len(row) == 1 and (row[0].column == starts[0] or row[0].column not in starts):
            found.append([Pair(row[0], None)])
            continue
        at = {cell.column: cell for cell in row}
        sides = (
            [(starts[0], starts[1]), (None, starts[2])] if has_units else zip(starts[0::2], starts[1::2], strict=True)
        )
        pairs = [Pair(at.get(name) if name is not None else None, at.get(value)) for name, value in sides]
        found.append([pair for pair in pairs if pair.name or pair.value])
    return found


def _is_unfilled(rows: Sequence[_Row]) -> bool:
    """Whether all cells are names that nobody has written a value behind, or hold their value themselves."""
    cells = [cell for row in rows for cell in row]
    names = [cell for cell in cells if cell.text.endswith(":")]
    return bool(names) and all(cell in names or says_value(cell) for cell in cells)


def _have_units(rows: Sequence[_Row], starts: Sequence[int]) -> bool:
    """Whether three columns are names, values and units: `Spannung: | 400 | V`, and not a table with a head."""
    if any(row[0].column != starts[0] for row in rows):
        return False
    if all(row[0].text.endswith(":") for row in rows):
        return True
    return len(rows[0]) == 2 and all(_has_unit(row) for row in rows if len(row) > 2)


def _has_unit(row: _Row) -> bool:
    """Whether a row is a name, a number and words behind that."""
    return len(row) == 3 and [kind_of(cell.text) for cell in row] == ["words", "number", "words"]


def _form_lines(pairs: Pairs) -> Iterator[Line]:
    names: dict[int, Cell] = {}  # by side: a value without a name goes on with the one above it
    for row in pairs:
        pieces = []
        for side, (name, value) in enumerate(row):
            if name and value and name.text.startswith(BOXES):  # it is ticked or not, and names nothing
                pieces += [("", name), ("", value)]
                continue
            if name and value:
                names[side] = name
            if value:
                known = name or names.get(side)
                pieces.append((known.text.rstrip(": ") if known else "", value))
            elif name:
                pieces.append(("", name._replace(text=name.text.rstrip(": "))))
        first = row[0].name or row[0].value
        yield form_line(first.row if first else 0, pieces)


def _table_lines(rows: Sequence[_Row]) -> list[Line]:
    """Rows that are no form: where they could be taken for one, the first is marked as the head."""
    titles = next((at for at, row in enumerate(rows) if len(row) > 1), 0)
    first = rows[titles]
    if height := head_height(rows[titles:]):
        end = titles + height
        heads = spread_heads(rows[titles:end])
        cells = [cell for row in rows[:titles] for cell in row] + heads + [cell for row in rows[end:] for cell in row]
        return laid_out(Table(tuple(cells), heads=rows[end - 1][0].row + 1, headed=True))
    has_figures = any(kind_of(cell.text) != "words" for cell in first[1::2])
    is_head = _pairs(rows) is not None and has_figures and all(kind_of(cell.text) == "words" for cell in first[0::2])
    cells = [cell for row in rows for cell in row]
    return laid_out(Table(tuple(cells), heads=first[0].row + 1 if is_head else 0, headed=True))
