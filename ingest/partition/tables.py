"""Tables as lines that can be read, searched and cited one at a time."""

from collections.abc import Iterator
from itertools import zip_longest


def table_lines(rows: list[list[str]], head: bool = True) -> str:
    """One line a row, each cell behind its column's head: `Jahr: 2; Urlaubstage: 29`.

    Args:
        rows: cells of the table.
        head: whether the first row with two or more filled cells names the columns; without a head, a
            table of two columns is read as names and values.

    Returns:
        Lines joined by line breaks; rows before the head stay as they are.
    """
    rows = [row for row in rows if any(row)]
    if not head:
        return "\n".join(_pair(*row) if len(row) == 2 and all(row) else "; ".join(filter(None, row)) for row in rows)
    return "\n".join(line for _, _, line in row_lines(rows))


def row_lines(rows: list[list[str]]) -> Iterator[tuple[int, list[str], str]]:
    """Number, cells and line of each row that becomes one; the head goes into the lines of the others.

    Args:
        rows: cells of a table or sheet; empty rows are passed over.
    """
    filled = [(number, row) for number, row in enumerate(rows) if any(row)]
    first = next((i for i, (_, row) in enumerate(filled) if sum(map(bool, row)) >= 2), len(filled))
    is_last = first == len(filled) - 1
    for number, row in filled[: first + is_last]:
        yield number, row, "; ".join(filter(None, row))
    for number, row in filled[first + 1 :]:
        cells = zip_longest(filled[first][1], row, fillvalue="")
        if _is_remark(row):
            yield number, row, "; ".join(filter(None, row))
        else:
            yield number, row, "; ".join(_pair(name, cell) if name else cell for name, cell in cells if cell)


def _pair(name: str, value: str) -> str:
    return f"{name.rstrip(': ')}: {value}"


def _is_remark(row: list[str]) -> bool:
    """A single cell of several words is a note below the table or a heading within it, no value of a column."""
    words = " ".join(row).split()
    return sum(map(bool, row)) == 1 < len(row) and len(words) > 1
