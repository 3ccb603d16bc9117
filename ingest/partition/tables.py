"""Tables as lines that can be read, searched and cited one at a time."""

from itertools import zip_longest


def table_lines(rows: list[list[str]]) -> str:
    """One line a row, each cell behind its column's head: `Jahr: 2; Urlaubstage: 29`.

    Args:
        rows: cells of the table; the first row with two or more filled cells is taken as the head.

    Returns:
        Lines joined by line breaks; rows before the head stay as they are.
    """
    rows = [row for row in rows if any(row)]
    head = next((i for i, row in enumerate(rows) if sum(map(bool, row)) >= 2), None)
    if head is None or head == len(rows) - 1:
        return "\n".join("; ".join(filter(None, row)) for row in rows)
    lines = ["; ".join(filter(None, row)) for row in rows[:head]]
    for row in rows[head + 1 :]:
        cells = zip_longest(rows[head], row, fillvalue="")
        lines.append("; ".join(f"{name}: {cell}" if name else cell for name, cell in cells if cell))
    return "\n".join(lines)
