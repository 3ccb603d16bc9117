"""Where the head of a table ends, and which tables have none: by what the file marks, then by the shapes of values."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.partition.sheet_heads import is_second_row
from ingest.partition.table_model import Cell, Grid, filled
from ingest.partition.tick_boxes import BOXES
from ingest.partition.value_kinds import kind_of, names_column
from ingest.text.field_names import told_by_names

_SAME_SHAPE = 0.8  # share of a column's values that have its most frequent shape, below which they are of all kinds
_MANY_FIGURES = 2  # columns of figures, from which on one row below tells
_FEW_ROWS = 3  # from which shapes say something
_NAMES_COLUMNS = re.compile(r"(?:19|20)\d\d|.{0,12}\b(?:19|20)\d\d")  # years name columns
_ONE_NUMBER = re.compile(r"\D*\d+(?:[.,]\d+)?\D*")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")


def head_rows(grid: Grid, marked: int) -> int:
    """How many rows at the top are the head: those marked, else those that merged heads need."""
    if marked:
        return min(marked, len(grid) - 1)
    if len(grid[0]) == 1 or _is_headless(grid):
        return 0
    first = {cell for cell in grid[0] if cell}
    reach = max((cell.rows for cell in first), default=1)
    parted = any(cell.columns > 1 for cell in first) and len(first) > 1
    if reach == 1 and not parted and len(grid) > 2 and is_second_row(*map(filled, grid[:3])):
        return 2
    return min(max(reach, 2 if parted else 1), len(grid) - 1)


def _is_headless(grid: Grid) -> bool:
    """Whether the first row has values as those below it have: a telephone number, a date, a code names no column."""
    if len(grid) < 2 or any(cell.strong or cell.rows > 1 or cell.columns > 1 for cell in filled(grid[0])):
        return False
    if _is_ticked(grid) or _is_record(grid):
        return True
    for column in zip(*grid, strict=True):
        texts = [cell.text for cell in column if cell and cell.text]
        shapes = {_shape(text) for text in texts}
        if len(texts) == len(grid) and len(shapes) == 1 and not _NAMES_COLUMNS.fullmatch(texts[0]):
            shape = shapes.pop()
            if "0" in shape and shape not in ("0", "a 0", "0 a") and len(set(texts)) == len(texts):
                return True
    return False


def _is_ticked(grid: Grid) -> bool:
    """Whether boxes with their names stand in the first row, and below them the same: "☒ yes", "☐ no"."""
    first = [cell for cell in filled(grid[0]) if cell.text.startswith(BOXES) and any(map(str.isalpha, cell.text))]
    return any((below := grid[1][cell.column]) and below.text.startswith(BOXES) for cell in first)


def _is_record(grid: Grid) -> bool:
    """Whether the cells of the first row are of the same kinds as those below, and numbers or dates among them."""
    first = filled(grid[0])
    whole = [row for row in grid[1:] if len(filled(row)) >= len(first)] or list(grid[1:])  # sums have fewer cells
    is_from_left = all(cell.column == at for at, cell in enumerate(first))  # what is missing may be left out by others
    if not is_from_left or any(names_column(cell.text) for cell in first):
        return False
    if len(first) > 2 and _rises([cell.text for cell in first[1:]]):
        return False
    matching: list[int] = []
    for at, cell in enumerate(first):
        below = [other.text for row in whole if (other := row[at]) and other.text]
        kinds = {kind_of(text) for text in below}
        if kind_of(cell.text) in ("number", "date") and cell.text in below:
            return True  # no column is called by one of its values
        if kinds and kinds != {kind_of(cell.text)} and not (kind_of(cell.text) == "words" and "words" in kinds):
            return False
        if kind_of(cell.text) in ("number", "date") and below:
            matching.append(at)
    if len(first) == 2:
        return matching == [0] and len({len(row[0].text) for row in grid if row[0]}) == 1
    return len(matching) > 0 if len(whole) > 1 else len(matching) > _MANY_FIGURES


def _rises(texts: Sequence[str]) -> bool:
    """Whether all texts are numbers that grow, as sizes and days above columns do."""
    if not all(_ONE_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(re.sub(r"\D", "", text)) for text in texts]
    return all(one < other for one, other in pairwise(numbers))


def is_form_of_pairs(grid: Grid, marked: int, headed: bool | None) -> bool:
    """Whether the table is one of names and values, side by side."""
    width = len(grid[0])
    if marked or width % 2:
        return False
    rows = [row for row in grid if not _is_title(row)] or grid
    names = [cell for row in rows for at, cell in enumerate(row[0::2]) if cell and cell.text and cell.column == 2 * at]
    values = [cell for row in rows for at, cell in enumerate(row[1::2]) if cell and cell.column == 2 * at + 1]
    values = [cell for cell in values if cell.text]
    if names and all(cell.text.endswith(":") for cell in names):
        return True
    if width > 2 and not all(map(_has_pairs, rows)):
        return False
    if width != 2:
        return _are_pairs(names, values)
    if any(cell.strong for cell in (*names, *values)):
        return all(cell.strong for cell in names) and not any(cell.strong for cell in values)
    if headed:
        return _are_pairs(names, values) and kind_of(values[0].text) != "words"
    if headed is False:
        return True
    if names and values and kind_of(values[0].text) == "words":
        if kind_of(names[0].text) == "words" and all(kind_of(cell.text) != "words" for cell in names[1:]):
            return False  # below a head, all rows go by a number or a code
        if told := told_by_names([cell.text for cell in names], [cell.text for cell in values]):
            return told == "form"
    if _are_of_many_kinds([cell.text for cell in values]):
        return True
    # Read as a form, a table with a head loses less than a form loses that is read as one.
    shapes = Counter(_shape(cell.text) for cell in values[1:])
    shape, count = shapes.most_common(1)[0] if shapes else ("", 0)
    return len(values) < _FEW_ROWS or count / len(values[1:]) < _SAME_SHAPE or _shape(values[0].text) == shape


def _is_title(row: Sequence[Cell | None]) -> bool:
    """Whether a row is the title of those below it: one cell over all columns, or a bold one alone."""
    cells = [cell for cell in filled(row) if cell.text]
    return len(cells) == 1 and cells[0].column == 0 and (cells[0].columns == len(row) or cells[0].strong)


def _are_of_many_kinds(texts: Sequence[str]) -> bool:
    """Whether values begin with a figure above words, none twice: what stands beside names, and not below a name."""
    if not texts or kind_of(texts[0]) == "words" or names_column(texts[0]):
        return False
    return len(set(texts)) == len(texts) and "words" in map(kind_of, texts[1:])


def _has_pairs(row: Sequence[Cell | None]) -> bool:
    """Whether a row is filled by pairs from the left, each cell by itself; the last value may reach to the end."""
    cells = filled(row)
    return len(cells) % 2 == 0 and all(cell.column == at for at, cell in enumerate(cells))


def _are_pairs(names: Sequence[Cell], values: Sequence[Cell]) -> bool:
    """Whether columns alternate between names and values: only values have figures, and they are of all kinds."""
    if not names or len(values) < 2 or _have_figures(names):
        return False
    if any(cell.strong for cell in values):
        return False
    if len({cell.row for cell in values}) == 1:
        return len(values) > 1 and _have_figures(values)
    if len(values) < _FEW_ROWS:
        return False
    columns = {cell.column for cell in values}
    kinds = [{(kind_of(cell.text), _shape(cell.text)) for cell in values if cell.column == at} for at in columns]
    first = [cell for cell in values if cell.row == min(cell.row for cell in values)]
    has_figure = _have_figures(first)
    return (has_figure or all(cell.strong for cell in names)) and all(len(kind) > 1 for kind in kinds)


def _have_figures(cells: Sequence[Cell]) -> bool:
    return any(kind_of(cell.text) != "words" for cell in cells)


def _shape(text: str) -> str:
    """What kind of value a text is, by its words and numbers: `250 Tonnen` is `0 a`."""
    return _WORD.sub("a", _NUMBER.sub("0", text))
