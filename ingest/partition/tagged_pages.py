"""The lines and tables of a page in the order and the parts that its tags say."""

from collections import defaultdict
from collections.abc import Sequence

from ingest.partition.justified_lines import joined_lines
from ingest.partition.pdf_tags import PageTags
from ingest.partition.ruled_grids import RuledGrid
from ingest.partition.ruled_tables import RuledTable, table_of
from ingest.partition.runs import GridCell, Run, in_lines

_COLUMN = 1.0  # of a line's size, by which it stands above the one before it in another column
_TAGGED = 0.8  # share of a page's letters that must stand in tags: else these were made for something else


def is_tagged(runs: Sequence[Run]) -> bool:
    """Whether tags say of a page what stands where.

    Args:
        runs: of the page.
    """
    letters = sum(len(run.text) for run in runs)
    return sum(len(run.text) for run in runs if run.tag) >= _TAGGED * letters > 0


def leave_out_cells(runs: Sequence[Run], grids: Sequence[RuledGrid]) -> bool:
    """Whether tags say nothing of some cells of a table: of fields, and of heads that a browser has turned.

    Args:
        runs: of a page.
        grids: of lines on it.
    """
    for grid in grids:
        inside = [run for run in runs if grid.cell_at((run.left + run.right) / 2, (run.top + run.bottom) / 2)]
        if len({run.tag is None for run in inside}) > 1:
            return True
    return False


def tagged_parts(runs: Sequence[Run], tags: PageTags) -> list[Run | RuledTable]:
    """Lines and tables of a page as its tags order them; what has no tag follows what is drawn before it.

    Args:
        runs: of the page, in the order in which they are drawn.
        tags: of it.
    """
    by_block = defaultdict[int, list[Run]](list)
    block = 0
    for run in runs:
        block = run.tag.block if run.tag else block
        by_block[block].append(run)
    found: list[Run | RuledTable] = []
    for number in sorted(by_block):
        held = by_block[number]
        table = next((run.tag.table for run in held if run.tag), None)
        last = found[-1] if found else None
        cells = _cells(held)
        if table is None:
            told = [run for run in held if run.tag]
            is_told = bool(told and told[0].tag and told[0].tag.role)
            found += [line for part in _by_column(told) for line in (in_lines if is_told else joined_lines)(part)]
        elif isinstance(last, RuledTable) and last.number == table:
            found[-1] = last._replace(lines={**last.lines, **cells})
        else:
            found.append(RuledTable(_grid(tags.cells[table]), cells, table, tags.heads[table]))
        found += (run for run in held if run.tag is None)
    return [part for one in found for part in ([one] if isinstance(one, Run) else table_of(_in_place(one)))]


def _by_column(runs: Sequence[Run]) -> list[list[Run]]:
    """The lines of a block in parts, where it goes on at the top of the next column."""
    parts: list[list[Run]] = []
    for run in runs:
        last = parts[-1][-1] if parts else None
        if last and not (run.bottom < last.top - _COLUMN * run.size and run.left >= last.left):
            parts[-1].append(run)
        else:
            parts.append([run])
    return parts


def _cells(runs: Sequence[Run]) -> dict[GridCell, list[Run]]:
    cells = defaultdict[GridCell, list[Run]](list)
    for run in runs:
        if run.tag and run.tag.cell:
            cells[run.tag.cell].append(run)
    return {cell: in_lines(lines) for cell, lines in cells.items()}


def _grid(cells: Sequence[GridCell]) -> RuledGrid:
    """A grid whose edges are numbers, as tags tell no places."""
    columns = max(cell.column + cell.columns for cell in cells)
    rows = max(cell.row + cell.rows for cell in cells)
    return RuledGrid(tuple(map(float, range(columns + 1))), tuple(map(float, range(rows + 1))), tuple(cells))


def _in_place(table: RuledTable) -> RuledTable:
    """A table whose short rows stand below the columns where they are drawn: browsers leave out what is empty."""
    width = len(table.grid.xs) - 1
    taken = defaultdict[int, set[int]](set)
    for cell in table.grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            taken[row] |= set(range(cell.column, cell.column + cell.columns))
    columns = _columns(table, [row for row, filled in taken.items() if len(filled) == width])
    moved: dict[GridCell, GridCell] = {}
    for row, filled in taken.items():
        if len(filled) < width == len(columns):
            moved |= _moved([cell for cell in table.lines if cell.row == row], table, columns)
    lines = {moved.get(cell, cell): runs for cell, runs in table.lines.items()}
    cells = tuple(sorted(moved.get(cell, cell) for cell in table.grid.cells))
    return table._replace(grid=table.grid._replace(cells=cells), lines=lines)


def _columns(table: RuledTable, rows: Sequence[int]) -> dict[int, tuple[float, float]]:
    """Left and right of what stands in each column of whole rows."""
    found: dict[int, tuple[float, float]] = {}
    for cell, runs in table.lines.items():
        if cell.row in rows and cell.columns == 1 and runs:
            left, right = min(run.left for run in runs), max(run.right for run in runs)
            known = found.get(cell.column, (left, right))
            found[cell.column] = min(left, known[0]), max(right, known[1])
    return found


def _moved(
    row: Sequence[GridCell], table: RuledTable, columns: dict[int, tuple[float, float]]
) -> dict[GridCell, GridCell]:
    """The cells of a short row by their right places; none where these are not in order."""
    places = {}
    for cell in row:
        left = min(run.left for run in table.lines[cell])
        right = max(run.right for run in table.lines[cell])
        shared = {column: min(right, end) - max(left, start) for column, (start, end) in columns.items()}
        places[cell] = cell._replace(column=max(shared, key=lambda column: shared[column]))
    found = [place.column for _, place in sorted(places.items())]
    return places if found == sorted(set(found)) else {}
