"""Tables as lines that can be read, searched and cited one at a time."""

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
        return "\n".join((": " if len(row) == 2 else "; ").join(filter(None, row)) for row in rows)
    first = next((i for i, row in enumerate(rows) if sum(map(bool, row)) >= 2), len(rows))
    lines = ["; ".join(filter(None, row)) for row in rows[:first]]
    if first == len(rows) - 1:
        lines.append("; ".join(filter(None, rows[first])))
    for row in rows[first + 1 :]:
        cells = zip_longest(rows[first], row, fillvalue="")
        lines.append("; ".join(f"{name}: {cell}" if name else cell for name, cell in cells if cell))
    return "\n".join(lines)
