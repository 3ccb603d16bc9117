"""Where the head of a table ends, and which tables have none: by what the file marks, then by the shapes of values."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.partition.table_model import Cell, Grid, filled
from ingest.partition.value_kinds import kind_of, names_column

_SAME_SHAPE = 0.8  # share of a column's values that have its most frequent shape, below which they are of all kinds
_FEW_ROWS = 3  # from which shapes say something
_NAMES_COLUMNS = re.compile(r"(?:19|20)\d\d|.{0,12}\b(?:19|20)\d\d")  # years name columns
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
    return min(max(reach, 2 if parted else 1), len(grid) - 1)


def _is_headless(grid: Grid) -> bool:
    """Whether the first row has values as those below it have: a telephone number, a date, a code names no column."""
    if len(grid) < 2 or any(cell.strong or cell.rows > 1 or cell.columns > 1 for cell in filled(grid[0])):
        return False
    if _is_record(grid):
        return True
    for column in zip(*grid, strict=True):
        texts = [cell.text for cell in column if cell and cell.text]
        shapes = {_shape(text) for text in texts}
        if len(texts) == len(grid) and len(shapes) == 1 and not _NAMES_COLUMNS.fullmatch(texts[0]):
            shape = shapes.pop()
            if "0" in shape and shape not in ("0", "a 0", "0 a") and len(set(texts)) == len(texts):
                return True
    return False


def _is_record(grid: Grid) -> bool:
    """Whether the cells of the first row are of the same kinds as those below, and numbers or dates among them."""
    with_figures: list[int] = []
    for at, column in enumerate(zip(*grid, strict=True)):
        first, *below = [cell.text if cell else "" for cell in column]
        kinds = {kind_of(text) for text in below if text}
        if not first or names_column(first):
            return False
        if kinds and kinds != {kind_of(first)} and not (kind_of(first) == "words" and "words" in kinds):
            return False
        if kind_of(first) in ("number", "date") and sum(map(bool, below)) > 1:
            with_figures.append(at)
    texts = [cell.text if cell else "" for cell in grid[0]]
    if len(texts) == 2:
        return with_figures == [0] and len({len(cell.text) for row in grid if (cell := row[0])}) == 1
    return bool(with_figures) and not _rises(texts[1:])


def _rises(texts: Sequence[str]) -> bool:
    """Whether all texts are numbers that grow, as sizes and days above columns do."""
    if any(kind_of(text) != "number" for text in texts):
        return False
    numbers = [int(re.sub(r"\D", "", text)) for text in texts]
    return all(one < other for one, other in pairwise(numbers))


def is_form_of_pairs(grid: Grid, marked: int, headed: bool | None) -> bool:
    """Whether the table is one of names and values, side by side."""
    width = len(grid[0])
    if marked or width % 2 or (width > 2 and not all(map(_has_pairs, grid))):
        return False
    names = [cell for row in grid for cell in row[0::2] if cell and cell.text]
    values = [cell for row in grid for cell in row[1::2] if cell and cell.text]
    if names and all(cell.text.endswith(":") for cell in names):
        return True
    if width != 2:
        return _are_pairs(names, values)
    if any(cell.strong for cell in (*names, *values)):
        return all(cell.strong for cell in names) and not any(cell.strong for cell in values)
    if headed:
        return _are_pairs(names, values) and any(map(str.isdigit, values[0].text))
    if headed is False:
        return True
    # Read as a form, a table with a head loses less than a form loses that is read as one.
    shapes = Counter(_shape(cell.text) for cell in values[1:])
    shape, count = shapes.most_common(1)[0] if shapes else ("", 0)
    return len(values) < _FEW_ROWS or count / len(values[1:]) < _SAME_SHAPE or _shape(values[0].text) == shape


def _has_pairs(row: Sequence[Cell | None]) -> bool:
    """Whether a row is filled by pairs from the left, each cell by itself."""
    filled = [cell for cell in row if cell and cell.text]
    return len(filled) % 2 == 0 and list(row[: len(filled)]) == filled and len(set(filled)) == len(filled)


def _are_pairs(names: Sequence[Cell], values: Sequence[Cell]) -> bool:
    """Whether columns alternate between names and values: only values have figures, and they are of all kinds."""
    if not names or len(values) < 2 or any(map(str.isdigit, "".join(cell.text for cell in names))):
        return False
    if any(cell.strong for cell in values):
        return False
    if len({cell.row for cell in values}) == 1:
        return len(values) > 1 and any(map(str.isdigit, "".join(cell.text for cell in values)))
    if len(values) < _FEW_ROWS:
        return False
    columns = {cell.column for cell in values}
    kinds = [{_shape(cell.text) for cell in values if cell.column == column} for column in columns]
    first = [cell for cell in values if cell.row == min(cell.row for cell in values)]
    has_figure = any(map(str.isdigit, "".join(cell.text for cell in first)))
    return (has_figure or all(cell.strong for cell in names)) and all(len(kind) > 1 for kind in kinds)


def _shape(text: str) -> str:
    """What kind of value a text is, by its words and numbers: `250 Tonnen` is `0 a`."""
    return _WORD.sub("a", _NUMBER.sub("0", text))
