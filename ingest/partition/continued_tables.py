"""Tables that go on over the next page: their head stands once, and names the columns there, too."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.partition.pdf_tables import has_bold_head, has_head
from ingest.partition.ruled_tables import RuledTable, goes_on, head_rows, with_cut_row
from ingest.partition.running_heads import in_margin
from ingest.partition.runs import Run
from ingest.partition.scripts import superscript
from ingest.partition.table_stretches import columns

Rows = list[list[Run]]
Stretch = Rows | RuledTable
_SAME_EDGE = 2.0  # points
_MOSTLY = 0.8
_NOTE = re.compile(r"([1-9]\d?)\)? ")


def heads_above(pages: Sequence[tuple[list[Stretch], float]]) -> dict[int, RuledTable]:
    """For each page that begins with the rest of a table of drawn lines the one that has its head, by number from 0.

    Args:
        pages: of each page its lines and tables in reading order, and its height.
    """
    found: dict[int, RuledTable] = {}
    for number, ((stretches, height), (following, next_height)) in enumerate(pairwise(pages)):
        end, start = _last_at(stretches, height), _first_at(following, next_height)
        if end is None or start is None:
            continue
        last, first = stretches[end], following[start]
        if isinstance(last, RuledTable) and isinstance(first, RuledTable):
            is_rest_itself = number in found and sum(isinstance(one, RuledTable) for one in stretches) == 1
            table = found[number] if is_rest_itself else last
            if goes_on(table, first):
                found[number + 1] = table
    return found


def with_whole_rows(
    pages: Sequence[tuple[list[Stretch], float]], heads: Mapping[int, RuledTable]
) -> list[tuple[list[Stretch], float]]:
    """Pages on which a row that a page break cuts is whole, at the end of the table above.

    Args:
        pages: of each page its lines and tables in reading order, and its height.
        heads: numbers of the pages that begin with the rest of a table.
    """
    found = [(list(stretches), height) for stretches, height in pages]
    for number in heads:
        (before, height), (after, next_height) = found[number - 1], found[number]
        last, first = _last_at(before, height), _first_at(after, next_height)
        if last is None or first is None:
            continue
        table, rest = before[last], after[first]
        if isinstance(table, RuledTable) and isinstance(rest, RuledTable):
            before[last], after[first] = with_cut_row(table, rest)
    return found


def without_repeated_heads(pages: Sequence[tuple[list[Stretch], float]]) -> list[tuple[list[Stretch], float]]:
    """Pages without the heads that are repeated on them, where tags say that these are no part of the table.

    Args:
        pages: of each page its lines and tables in reading order, and its height.
    """
    found, heads = [], frozenset[str]()
    for stretches, height in pages:
        found.append(([one for one in stretches if not _repeats(one, heads)], height))
        tables = [one for one in stretches if isinstance(one, RuledTable) and one.number is not None]
        if tables and (len(tables) > 1 or head_rows(tables[-1]) < len(tables[-1].grid.ys) - 1):
            rows = range(head_rows(tables[-1]))
            heads = heads | {word for row in rows for text in tables[-1].texts(row) for word in text.split()}
    return found


def _repeats(stretch: Stretch, heads: frozenset[str]) -> bool:
    """Whether it is nothing but words of heads that no tag has."""
    if isinstance(stretch, RuledTable):
        return False
    runs = [run for row in stretch for run in row]
    return bool(heads) and all(run.tag is None and heads.issuperset(word for word, _ in run.words) for run in runs)


def with_heads(pages: Sequence[tuple[list[Stretch], float]]) -> list[list[Stretch]]:
    """Put the head of a table without lines before the rows that stand on the following pages.

    Args:
        pages: of each page its lines and tables in reading order, and its height.
    """
    found = [list(stretches) for stretches, _ in pages]
    for number, ((_, height), (_, next_height)) in enumerate(pairwise(pages)):
        end = _last_at(found[number], height)
        last = found[number][end] if end is not None else []
        if isinstance(last, RuledTable):
            continue
        if len(last) > 1:
            found[number + 1] = _with_row(found[number + 1], last, next_height)
        first = _first_at(found[number + 1], next_height)
        rows = found[number + 1][first] if first is not None else []
        if first is not None and not isinstance(rows, RuledTable) and _goes_on(last, rows):
            found[number + 1][first] = [last[0], *rows]
    return found


def _with_row(stretches: list[Stretch], table: Rows, height: float) -> list[Stretch]:
    """Lines of a page of which the first ones are one row, where they stand as the cells of the table before do."""
    grid = columns(table)
    for start, rows in enumerate(stretches):
        row = _line(stretches[start:])
        places = [next((i for i, column in enumerate(grid) if _begins_in(run, column)), None) for run in row]
        if len(row) > 1 and None not in places and len(set(places)) == len(places):
            return [*stretches[:start], [row], *stretches[start + len(row) :]]
        if not _is_margin(rows, height):
            break
    return stretches


def _line(stretches: list[Stretch]) -> list[Run]:
    """The runs that stand side by side at the beginning, each of which was taken for a line by itself."""
    row: list[Run] = []
    for rows in stretches:
        if (
            isinstance(rows, RuledTable)
            or len(rows) > 1
            or len(rows[0]) > 1
            or (row and not _is_beside(row[-1], rows[0][0]))
        ):
            break
        row.append(rows[0][0])
    return row


def _is_beside(run: Run, following: Run) -> bool:
    return following.left > run.right and min(run.bottom, following.bottom) > max(run.top, following.top)


def _begins_in(run: Run, column: tuple[float, float]) -> bool:
    edges = abs(run.left - column[0]) < _SAME_EDGE or abs(run.right - column[1]) < _SAME_EDGE
    return edges or (column[0] <= run.left and run.right <= column[1])


def _last_at(stretches: Sequence[Stretch], height: float) -> int | None:
    """Where the last line or table of a page stands, running heads and notes at its foot left out."""
    ends = reversed(range(len(_without_notes(stretches))))
    return next((at for at in ends if not _is_margin(stretches[at], height)), None)


def _first_at(stretches: Sequence[Stretch], height: float) -> int | None:
    """Where the first line or table of a page stands, running heads left out."""
    return next((at for at, one in enumerate(stretches) if not _is_margin(one, height)), None)


def _is_margin(rows: Stretch, height: float) -> bool:
    """Whether it is a single line where running heads and page numbers stand."""
    return (
        not isinstance(rows, RuledTable)
        and len(rows) == len(rows[0]) == 1
        and all(in_margin(run, height) for run in rows[0])
    )


def _without_notes(stretches: Sequence[Stretch]) -> Sequence[Stretch]:
    """Lines and tables of a page without the notes at its foot, of which the first one's mark stands in its text."""
    end = len(stretches)
    while end and _is_line(stretches[end - 1]):
        end -= 1
    if end in (0, len(stretches)):
        return stretches
    mark = _NOTE.match(_runs(stretches[end])[0].text)
    said = "".join(run.text for one in stretches[:end] for run in _runs(one))
    return stretches[:end] if mark and superscript(mark[1]) in said else stretches


def _is_line(stretch: Stretch) -> bool:
    return not isinstance(stretch, RuledTable) and len(stretch) == 1 == len(stretch[0])


def _runs(stretch: Stretch) -> list[Run]:
    if isinstance(stretch, RuledTable):
        return [run for runs in stretch.lines.values() for run in runs]
    return [run for row in stretch for run in row]


def _goes_on(table: Rows, rows: Rows) -> bool:
    if len(table) < 2 or not rows or not has_head(table):
        return False
    grid, going_on = columns(table), columns(rows)
    if len(rows) == 1 and len(going_on) > 1:
        return all(any(_begins_in(run, column) for column in grid) for run in rows[0]) and _is_body(
            rows[0], table[1:], grid
        )
    if len(grid) != len(going_on) or not all(_aligned(*pair) for pair in zip(grid, going_on, strict=True)):
        return False
    repeated = [run.text for run in rows[0]] == [run.text for run in table[0]]
    return not has_bold_head(rows) and not repeated and _is_body(rows[0], table[1:], grid)


def _aligned(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two columns begin, end or have their middle at the same place."""
    places = [(one[0], other[0]), (one[1], other[1]), (sum(one) / 2, sum(other) / 2)]
    return any(abs(a - b) < _SAME_EDGE for a, b in places)


def _is_body(row: list[Run], body: Rows, grid: list[tuple[float, float]]) -> bool:
    """Whether a row has figures where the rows before have them; a head of its own has none."""
    for left, right in grid:
        cells = [text for other in body if (text := _cell(other, left, right))]
        with_figures = sum(any(map(str.isdigit, text)) for text in cells)
        cell = _cell(row, left, right)
        if cell and cells and with_figures >= _MOSTLY * len(cells) and not any(map(str.isdigit, cell)):
            return False
    return True


def _cell(row: list[Run], left: float, right: float) -> str:
    return " ".join(run.text for run in row if run.left < right and left < run.right)
