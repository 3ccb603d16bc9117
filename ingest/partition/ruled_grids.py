"""Grids of drawn lines on a page: which cells there are, and which of them are merged."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.partition.pdf_rules import Rule, Rules
from ingest.partition.runs import Box, GridCell

_TOUCH = 3.0  # points by which crossing lines may miss each other
_SAME = 2.5  # points within which two lines bound one column or row
_OPEN = 8.0  # points by which lines reach over the outermost one
_MOST_LINES = 400


class RuledGrid(NamedTuple):
    """A grid: edges of its columns and rows, in points, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell that a point lies in."""
        column = next((i for i in range(len(self.xs) - 1) if self.xs[i] <= x < self.xs[i + 1]), None)
        row = next((i for i in range(len(self.ys) - 1) if self.ys[i] <= y < self.ys[i + 1]), None)
        if row is None or column is None:
            return None
        return next(
            cell
            for cell in self.cells
            if cell.row <= row < cell.row + cell.rows and cell.column <= column < cell.column + cell.columns
        )


def ruled_grids(rules: Rules) -> list[RuledGrid]:
    """Grids of two columns at least, from the top.

    Args:
        rules: of a page.
    """
    if len(rules.level) > _MOST_LINES or len(rules.upright) > _MOST_LINES:
        return []
    found = [grid for level, upright in _connected(rules) if (grid := grid_of(level, upright)) is not None]
    return sorted(found, key=lambda grid: grid.ys[0])


def _connected(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that cross, directly or by others."""
    level, upright = list(rules.level), list(rules.upright)
    while level:
        rows, columns, waiting = [], list[Rule](), [level.pop()]
        while waiting:
            row = waiting.pop()
            rows.append(row)
            crossing = [column for column in upright if _cross(row, column)]
            columns += crossing
            upright = [column for column in upright if column not in crossing]
            for column in crossing:
                waiting += [other for other in level if _cross(other, column)]
                level = [other for other in level if not _cross(other, column)]
        yield rows, columns


def _cross(level: Rule, upright: Rule) -> bool:
    across = level.start - _TOUCH <= upright.at <= level.end + _TOUCH
    return across and upright.start - _TOUCH <= level.at <= upright.end + _TOUCH


def grid_of(level: Sequence[Rule], upright: Sequence[Rule]) -> RuledGrid | None:
    """The grid that lines make, None where they part no cells.

    Args:
        level: lines that belong together.
        upright: lines that cross them.
    """
    xs = _edges([*upright, *_open_sides(level, upright)])
    ys = _edges([*level, *_open_sides(upright, level)])
    if len(xs) < 3 or len(ys) < 2:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1

    def parted(line: Sequence[Rule], at: float, middle: float) -> bool:
        return any(abs(rule.at - at) <= _SAME and rule.start <= middle <= rule.end for rule in line)

    right = [[parted(upright, xs[c + 1], (ys[r] + ys[r + 1]) / 2) for c in range(columns)] for r in range(rows)]
    below = [[parted(level, ys[r + 1], (xs[c] + xs[c + 1]) / 2) for c in range(columns)] for r in range(rows)]
    return RuledGrid(xs, ys, tuple(_cells(right, below)))


def _open_sides(lines: Sequence[Rule], across: Sequence[Rule]) -> list[Rule]:
    """Where lines reach beyond the outermost ones that cross them: the table goes on there, and has no outer line."""
    if not lines or not across:
        return []
    first, last = min(rule.at for rule in across), max(rule.at for rule in across)
    start, end = min(rule.start for rule in lines), max(rule.end for rule in lines)
    return [Rule(at, 0, 0) for at, open_ in ((start, first - start > _OPEN), (end, end - last > _OPEN)) if open_]


def _edges(rules: Sequence[Rule]) -> tuple[float, ...]:
    edges: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if edges and at - edges[-1][-1] <= _SAME:
            edges[-1].append(at)
        else:
            edges.append([at])
    return tuple(sum(edge) / len(edge) for edge in edges)


def _cells(right: Sequence[Sequence[bool]], below: Sequence[Sequence[bool]]) -> Iterator[GridCell]:
    """Cells, merged to the right while nothing parts them, then downwards in their whole width."""
    rows, columns = len(right), len(right[0])
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            width = 1
            while (
                column + width < columns and not right[row][column + width - 1] and ((row, column + width) not in taken)
            ):
                width += 1
            height = 1
            while row + height < rows and not any(below[row + height - 1][c] for c in range(column, column + width)):
                height += 1
            taken |= {(r, c) for r in range(row, row + height) for c in range(column, column + width)}
            yield GridCell(row, column, height, width)
