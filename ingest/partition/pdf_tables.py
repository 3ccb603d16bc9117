"""Tables of a PDF page, found by where their cells stand."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.documents import Element, Word
from ingest.partition.line_breaks import text_of, unbroken
from ingest.partition.names_of_sums import count_of_sums
from ingest.partition.pdf_columns import prose_columns
from ingest.partition.runs import Run
from ingest.partition.stacked_heads import HEIGHT, stacked_head
from ingest.partition.table_layout import element_of, laid_out
from ingest.partition.table_model import Cell, Table, plain_table
from ingest.partition.table_stretches import columns, stretches, with_further_lines
from ingest.partition.value_kinds import kind_of

_PAIRS = 2  # columns at least whose head and figures stand apart
_FEW_ROWS = 2
_SAME_STEP = 0.5  # points
_LOOK_BACK = 8  # rows that a cell drawn late may belong to


def rows_or_lines(runs: list[Run]) -> Iterator[list[list[Run]]]:
    """Yield single lines as [[run]], and stretches of two or more rows of several cells as their rows.

    A value behind its label ("Name:   Eva Lenz") is a row even by itself.
    """
    rows: list[list[Run]] = []
    for run in runs:
        if rows and _wraps(rows[-1], run):
            rows[-1].append(run)
        elif (first := _row_beside(rows, run)) is not None:
            # What came after that row's first cell are the further lines of its wrapped cells.
            rows[first:] = [[r for row in rows[first:] for r in row] + [run]]
        else:
            rows.append([run])
    for is_table, stretch in stretches(with_further_lines(rows)):
        if is_table or _is_labelled(stretch[0]):
            prose = prose_columns(stretch, columns(stretch))
            yield from [stretch] if prose is None else ([[run]] for column in prose for run in column)
        else:
            yield from ([[run]] for run in stretch[0])


def table_element(rows: list[list[Run]], known: frozenset[str]) -> Element:
    """Rows as lines; words keep their boxes where the line repeats them.

    Args:
        known: words of the document, by which those cut at the end of a line are told.
    """
    stacked = stacked_head(rows)
    body = stacked.body if stacked else rows
    sums = len(body) - count_of_sums(body)
    found: Sequence[tuple[float, float] | None] = stacked.columns if stacked else _columns_of(body[:sums])
    grid = [_in_columns(row, found, known) for row in body]
    texts = [[text_of(cell) for cell in row] for row in grid]
    cells = [_spread(cell, texts, sums) for cell in plain_table(texts).cells]
    above = HEIGHT if stacked else 0
    heads = stacked.cells if stacked else ()
    placed = (*heads, *sorted(cell._replace(row=cell.row + above) for cell in cells))
    lines = laid_out(Table(placed, heads=above, headed=stacked is not None or has_head(rows)))
    element = element_of(lines)
    lined = [[run for cell in grid[line.row - above] for run in cell] for line in lines]
    return element.model_copy(update={"page": rows[-1][0].page, "words": placed_words(element.text, lined)})


def _spread(cell: Cell, texts: Sequence[Sequence[str]], sums: int) -> Cell:
    """A cell with the columns that it covers: the name of a sum all up to its own, a line by itself all there are.

    Args:
        cell: of the table.
        texts: of all cells.
        sums: row from which on these are sums.
    """
    row = texts[cell.row]
    if cell.row >= sums and not any(row[: cell.column]):
        return cell._replace(column=0, columns=cell.column + 1)
    if cell.column == 0 and not any(row[1:]):
        return cell._replace(columns=len(row))
    return cell


def _columns_of(rows: list[list[Run]]) -> list[tuple[float, float]]:
    """The columns of a table: of the rows with several cells, as a line over all columns parts none."""
    several = [row for row in rows if len(row) > 1] or rows
    return _under_heads(several, columns(several))


def _in_columns(row: list[Run], found: Sequence[tuple[float, float] | None], known: frozenset[str]) -> list[list[Run]]:
    """What stands of a row in each column: in the last one that begins before it."""
    begins = [(column[0], number) for number, column in enumerate(found) if column]
    cells: list[list[Run]] = [[] for _ in found]
    for run in row:
        at = bisect_right(begins, run.left, key=lambda begin: begin[0])
        cells[begins[max(0, at - 1)][1]].append(run)
    return [list(unbroken(iter(cell), known)) for cell in cells]


def _under_heads(rows: list[list[Run]], found: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Columns of which a head on the left and figures on the right of the same column are one."""
    whole: list[tuple[float, float]] = []
    are_figures = True
    for column in found:
        if whole and _stands_alone(rows, whole[-1], 0) and not _stands_alone(rows, column, 0) and (
            not any(_is_within(run, column) for run in rows[0])
        ):  # fmt: skip
            whole[-1] = whole[-1][0], column[1]
            values = [run.text for row in rows[1:] for run in row if _is_within(run, column)]
            are_figures = are_figures and all(kind_of(text) == "number" for text in values)
        else:
            whole.append(column)
    return whole if (are_figures and len(rows) > _FEW_ROWS) or len(found) - len(whole) >= _PAIRS else found


def _stands_alone(rows: list[list[Run]], column: tuple[float, float], at: int) -> bool:
    """Whether a column has something in one row only."""
    return [number for number, row in enumerate(rows) if any(_is_within(run, column) for run in row)] == [at]


def _is_within(run: Run, column: tuple[float, float]) -> bool:
    return column[0] <= run.left < column[1]


def _is_labelled(row: list[Run]) -> bool:
    return len(row) == len(columns([row])) == 2 and row[0].text.endswith(":") and row[0].right < row[1].left


def _wraps(row: list[Run], run: Run) -> bool:
    """Whether a run is the next line of the row's last cell."""
    last = row[-1]
    if kind_of(last.text) == kind_of(run.text) == "number" and run.top > max(one.bottom for one in row) - 1:
        return False
    below = -0.5 * run.size < run.top - last.bottom < 0.55 * run.size
    return len(columns([row])) > 1 and below and abs(run.left - last.left) < 1 and run.left > row[0].left


def _row_beside(rows: list[list[Run]], run: Run) -> int | None:
    """The first of the last rows that stand beside a run: at its height, and none over or under it."""
    found = None
    for index in range(len(rows) - 1, max(-1, len(rows) - 1 - _LOOK_BACK), -1):
        row = rows[index]
        if any(run.left < r.right and r.left < run.right for r in row):
            break
        overlap = min(run.bottom, max(r.bottom for r in row)) - max(run.top, min(r.top for r in row))
        is_further = found is not None and _same_cell(row, rows[found]) and not _is_regular(rows[index - 1 : found + 1])
        if overlap > 0.15 * (run.bottom - run.top) or is_further:
            found = index
    return found


def _is_regular(rows: list[list[Run]]) -> bool:
    """Whether rows follow each other at one distance, as those of a sheet, so that none is the rest of a cell."""
    steps = [lower[0].top - upper[0].top for upper, lower in pairwise(rows)]
    return len(steps) > 1 and len(rows[0]) > 1 and max(steps) - min(steps) < _SAME_STEP


def _same_cell(row: list[Run], following: list[Run]) -> bool:
    """Whether two single lines are so close that they are one cell's."""
    (upper, *more), lower = row, following[0]
    if upper.tag and lower.tag and upper.tag.block != lower.tag.block:
        return False
    if any(upper.right > other.left for other in following[1:]):
        return False  # a line over several columns
    return not more and abs(upper.left - lower.left) < 1 and lower.top - upper.bottom < 0.35 * lower.size


def has_head(rows: list[list[Run]]) -> bool:
    """Whether the first row names the columns: it alone is bold, or there are more than two."""
    return has_bold_head(rows) or len(columns([row for row in rows if len(row) > 1] or rows)) > 2


def has_bold_head(rows: list[list[Run]]) -> bool:
    """Whether the first row is bold, and none below it but the last, which may be a total: else they are parts."""
    return all(run.bold for run in rows[0]) and not any(
        all(run.bold for run in row) for row in rows[1 : max(2, len(rows) - 1)]
    )


def placed_words(text: str, rows: list[list[Run]]) -> tuple[Word, ...]:
    """Find each row's words in its line. The head's words stand in every line and belong to none.

    Args:
        text: of a table, a line a row.
        rows: what stands on the page in each line's row.
    """
    placed: list[Word] = []
    offset = 0
    for line, row in zip(text.split("\n"), rows, strict=True):
        position = 0
        for run in row:
            for word, box in run.words:
                found = line.find(word, position)
                if found >= 0:
                    position = found + len(word)
                    placed.append(Word(offset + found, offset + position, run.page, *box))
        offset += len(line) + 1
    return tuple(placed)
