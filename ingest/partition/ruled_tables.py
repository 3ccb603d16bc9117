"""Tables of a PDF page whose cells are parted by drawn lines: what stands in a cell is its text."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ingest.documents import Element
from ingest.partition.captioned_cells import captioned, with_captions
from ingest.partition.letter_boxes import with_words
from ingest.partition.line_breaks import text_of, unbroken, within
from ingest.partition.pdf_tables import placed_words
from ingest.partition.ruled_grids import RuledGrid
from ingest.partition.runs import GridCell, Run, in_lines, spelled
from ingest.partition.table_layout import element_of, laid_out
from ingest.partition.table_model import Cell, Table
from ingest.partition.value_kinds import kind_of

_LONGEST = 2_000  # characters of a cell; more is a page that lines divide
_SAME_EDGE = 3.0  # points
_FORM_EDGES = 3  # lines between and around two columns


class RuledTable(NamedTuple):
    """A table on one page.

    Attributes:
        grid: of its cells.
        lines: in each cell.
        number: of the table, where tags say that it is one.
        heads: rows at the top that are marked as its head; None where nothing is marked.
    """

    grid: RuledGrid
    lines: dict[GridCell, list[Run]]
    number: int | None = None
    heads: int | None = None

    @property
    def page(self) -> int:
        return next(runs[0].page for runs in self.lines.values() if runs)

    def texts(self, row: int) -> list[str]:
        """What stands in the cells of a row."""
        return [" ".join(run.text for run in self.lines.get(cell, ())) for cell in self.grid.cells if cell.row == row]


def ruled_tables(runs: Sequence[Run], grids: Sequence[RuledGrid]) -> list[Run | RuledTable]:
    """Runs of a page with the tables in the place of the words that stand in them.

    Args:
        runs: of a page in reading order.
        grids: of lines on it.
    """
    if not grids:
        return list(runs)
    runs, grids = with_words(runs, grids)
    runs = with_captions(runs, grids)
    inside: dict[int, list[tuple[GridCell, Run]]] = {}
    kept: list[tuple[int, Run | None]] = []  # grid's number and None, or -1 and a run
    for run in runs:
        for number, piece in _pieces(run, grids):
            if number < 0:
                kept.append((-1, piece))
                continue
            cell = _cell(piece, grids[number])
            assert cell is not None  # noqa: S101 - its words lie in the grid
            inside.setdefault(number, []).append((cell, piece))
            kept.append((number, None))
    tables = {number: table for number, found in inside.items() if (table := _table(grids[number], found)) is not None}
    return _in_order(kept, inside, tables)


def ruled_element(table: RuledTable, head: RuledTable | None, known: frozenset[str]) -> Element | None:
    """A table as an element.

    Args:
        table: as it stands on its page.
        head: the table on the page before that it goes on, whose head names its columns.
        known: words of the document, by which those cut at the end of a line are told.
    """
    cells = _model_cells(table, known)
    shift = 0
    if head is not None:
        shift = head_rows(head)
        above = [cell for cell in _model_cells(head, known) if cell.row < shift]
        cells = [*above, *(cell._replace(row=cell.row + shift) for cell in cells)]
    heads = shift or table.heads or 0
    lines = [line for line in laid_out(Table(tuple(cells), heads=heads)) if line.row >= shift]
    if not lines:
        return None
    element = element_of(lines)
    rows = [_runs_of_row(table, line.row - shift) for line in lines]
    return element.model_copy(update={"page": table.page, "words": placed_words(element.text, rows)})


def head_rows(table: RuledTable) -> int:
    """How many rows at the top name the columns: those that merged cells need, or the bold ones."""
    if table.heads:
        return table.heads
    cells, at = table.grid.cells, 0
    while len([cell for cell in cells if cell.row == at]) == 1 and any(cell.row > at for cell in cells):
        at += 1  # a title over all columns
    first = [cell for cell in cells if cell.row == at]
    reach = max((cell.rows for cell in first), default=1)
    parted = len(first) > 1 and any(cell.columns > 1 for cell in first)
    return at + max(reach, 2 if parted else 1)


def goes_on(table: RuledTable, following: RuledTable) -> bool:
    """Whether a table is the rest of one on the page before, without its head.

    Args:
        table: the last one on its page.
        following: the first one on the next page.
    """
    if following.heads:
        return False
    xs, others = table.grid.xs, following.grid.xs
    if len(xs) != len(others):
        return False
    are_alike = (table.number is None) == (following.number is None)  # tags tell no places
    if are_alike and any(abs(x - other) > _SAME_EDGE for x, other in zip(xs, others, strict=True)):
        return False
    bold = [run.bold for cell, runs in following.lines.items() if cell.row == 0 for run in runs]
    if following.texts(0) == table.texts(0) or (bold and all(bold)) or _has_same_names(table, following):
        return False
    return not _names_columns(following.texts(0), [table.texts(row) for row in range(1, len(table.grid.ys) - 1)])


def with_cut_row(table: RuledTable, following: RuledTable) -> tuple[RuledTable, RuledTable]:
    """Two tables of which the last row of the first is whole: where its cells go on, the next page begins with words
    in few columns, and none in the first.

    Args:
        table: the last one on its page.
        following: its rest on the next page.
    """
    rest = {cell: runs for cell, runs in following.lines.items() if cell.row == 0 and runs}
    last = max((cell.row for cell, runs in table.lines.items() if runs), default=0)
    own = {cell.column: cell for cell, runs in table.lines.items() if cell.row == last and runs}
    columns = [cell.column for cell in rest]
    is_rest = bool(rest) and 0 not in columns and set(columns) <= own.keys() and 2 * len(columns) < len(own)
    if not is_rest or any(cell.rows > 1 for cell in rest) or 0 not in own:
        return table, following
    if any(kind_of(" ".join(run.text for run in runs)) != "words" for runs in rest.values()):
        return table, following
    whole = {own[cell.column]: [*table.lines[own[cell.column]], *runs] for cell, runs in rest.items()}
    left = {cell: runs for cell, runs in following.lines.items() if cell not in rest}
    return table._replace(lines=table.lines | whole), following._replace(lines=left)


def _has_same_names(table: RuledTable, following: RuledTable) -> bool:
    """Whether both tables begin with the same name at their left: the same form, filled in for another thing."""
    names, others = (
        [texts[0] for row in range(len(one.grid.ys) - 1) if (texts := one.texts(row)) and texts[0]]
        for one in (table, following)
    )
    return len(table.grid.xs) == _FORM_EDGES and len(others) > 1 and names[:1] == others[:1]


def _names_columns(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a row is words alone where all rows before have figures, as only a head is."""
    columns = [[row[at] for row in body if at < len(row) and row[at]] for at in range(len(first))]
    with_figures = [at for at, texts in enumerate(columns) if texts and all(kind_of(text) != "words" for text in texts)]
    return bool(with_figures) and all(first[at] and kind_of(first[at]) == "words" for at in with_figures)


def _pieces(run: Run, grids: Sequence[RuledGrid]) -> Iterator[tuple[int, Run]]:
    """A run cut where it crosses the lines of a grid."""

    def place(word: tuple[str, tuple[float, float, float, float]]) -> tuple[int, GridCell | None]:
        left, top, right, bottom = word[1]
        for number, grid in enumerate(grids):
            cell = grid.cell_at((left + right) / 2, (top + bottom) / 2)
            if cell is not None:
                return number, cell
        return -1, None

    for (number, _), words in groupby(run.words, key=place):
        yield number, run._replace(words=tuple(words), edges=None)


def _cell(run: Run, grid: RuledGrid) -> GridCell | None:
    left, top, right, bottom = run.words[0][1]
    return grid.cell_at((left + right) / 2, (top + bottom) / 2)


def table_of(table: RuledTable) -> "list[Run | RuledTable]":
    """The table, its fields where it is a form of boxes with small names, or its lines where it only frames parts.

    Args:
        table: as lines or tags divide it.
    """
    if fields := captioned([lines for _, lines in sorted(table.lines.items())]):
        return list(fields)
    if not table.lines or _is_frame(table):
        return [run for _, lines in sorted(table.lines.items()) for run in lines]
    return [table]


def _table(grid: RuledGrid, found: Sequence[tuple[GridCell, Run]]) -> RuledTable | None:
    """The table, None where lines only frame parts of a page."""
    lines: dict[GridCell, list[Run]] = {}
    for cell, run in found:
        lines.setdefault(cell, []).append(run)
    table = RuledTable(grid, {cell: in_lines(runs) for cell, runs in lines.items()})
    return None if _is_frame(table) else table


def _is_frame(table: RuledTable) -> bool:
    named = sum(any(run.name and run.name.words for run in runs) for runs in table.lines.values())
    if named and 2 * named >= len(table.lines):
        return True  # boxes of a form, each with its name over its field
    longest = max(sum(len(run.text) for run in runs) for runs in table.lines.values())
    return longest > _LONGEST or len({cell.column for cell in table.lines}) < 2


def _in_order(
    kept: Sequence[tuple[int, Run | None]],
    inside: dict[int, list[tuple[GridCell, Run]]],
    tables: dict[int, RuledTable],
) -> list[Run | RuledTable]:
    found: list[Run | RuledTable] = []
    seen: set[int] = set()
    taken = {number: iter(runs) for number, runs in inside.items()}
    for number, run in kept:
        if run is not None:
            found.append(run)
        elif number not in tables:
            found.append(next(taken[number])[1])
        elif number not in seen:
            seen.add(number)
            found.append(tables[number])
    return found


def _model_cells(table: RuledTable, known: frozenset[str]) -> list[Cell]:
    return [_model_cell(table, cell, lines, known) for cell, lines in sorted(table.lines.items()) if lines]


def _model_cell(table: RuledTable, cell: GridCell, lines: Sequence[Run], known: frozenset[str]) -> Cell:
    whole = unbroken([spelled(run) for run in lines], known)
    if table.number is None:  # tags tell no places
        xs = table.grid.xs
        whole = within(whole, xs[cell.column], xs[cell.column + cell.columns])
    return Cell(cell.row, cell.column, text_of(whole), cell.rows, cell.columns, all(run.bold for run in lines))


def _runs_of_row(table: RuledTable, row: int) -> list[Run]:
    cells = [cell for cell in table.lines if cell.row <= row < cell.row + cell.rows]
    return [run for cell in sorted(cells, key=lambda cell: cell.column) for run in table.lines[cell]]
