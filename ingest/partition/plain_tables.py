"""Tables in a text without markup: columns that are parted by bars, by tabs, or by being set one below the other."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.table_layout import element_of, laid_out
from ingest.partition.table_model import Cell, Table
from ingest.partition.value_kinds import kind_of

_RULE = re.compile(r"[\s|+:=_─━│┼┃╋┌┐└┘├┤┬┴═║╔╗╚╝╠╣╦╩╬-]*[-=_─━═]{2,}[\s|+:=_─━│┼┃╋┌┐└┘├┤┬┴═║╔╗╚╝╠╣╦╩╬-]*")
_BARS = re.compile(r"[|│┃║]")
_PIECE = re.compile(r"\S+(?: \S+)*")  # words with a single blank between them
_MARK = re.compile(r"(?:[-*•–]|\(?\w{1,3}[.)])")
_FEWEST_ROWS, _MOST_HEADS = 3, 2
_TAB = 8

_Row = dict[int, str]


class Found(NamedTuple):
    """A table, and how many lines it takes."""

    element: Element
    lines: int


class _Lined(NamedTuple):
    """The rows of a table, and the number of the row behind which a line is drawn first; 0 for none."""

    rows: list[_Row]
    ruled: int


def table_at(lines: Sequence[str]) -> Found | None:
    """The table that some lines begin with; None where they begin with none.

    Args:
        lines: of a block, from the table's first line on.
    """
    for split in (_by_bars, _by_tabs, _by_places):
        count, table = split(lines)
        if table is not None and (found := _laid_out(table)):
            return Found(found, count)
    return None


def may_be_row(line: str) -> bool:
    """Whether a line has cells or is drawn, and so may be of a table.

    Args:
        line: of a block.
    """
    return bool(_BARS.search(line)) or "\t" in line.strip() or _is_row(line.expandtabs(_TAB))


def _by_bars(lines: Sequence[str]) -> tuple[int, _Lined | None]:
    """Cells between bars: with a line drawn, with bars around, or a head of words above figures."""
    count = _leading(lines, lambda line: bool(_BARS.search(line)) or bool(_RULE.fullmatch(line)))
    split = [None if _RULE.fullmatch(line) else _BARS.split(line.strip()) for line in lines[:count]]
    widths = {len(cells) for cells in split if cells}
    if len(widths) != 1 or widths == {1}:
        return 0, None
    framed = all(not cells[0].strip() and not cells[-1].strip() for cells in split if cells)
    rows = [None if cells is None else {at: clean(text) for at, text in enumerate(cells)} for cells in split]
    table = _lined(rows)
    if len(table.rows) < 2 or not (framed or table.ruled or _has_head_of_words(table.rows)):
        return 0, None
    return count, table


def _by_tabs(lines: Sequence[str]) -> tuple[int, _Lined | None]:
    """Cells between tabs: as many of them in each line."""
    if "\t" not in lines[0].strip():
        return 0, None
    width = lines[0].strip().count("\t")
    count = _leading(lines, lambda line: line.count("\t") == width)
    rows = [{at: clean(text) for at, text in enumerate(line.split("\t"))} for line in lines[:count]]
    return (count, _Lined(rows, 0)) if _is_table(rows) else (0, None)


def _by_places(lines: Sequence[str]) -> tuple[int, _Lined | None]:
    """Cells one below the other, two blanks or more between them."""
    wide: list[str] = []
    last: list[re.Match[str]] = []  # pieces of the row above
    for line in lines:
        text = line.expandtabs(_TAB)
        pieces = _pieces(text)
        if not _is_row(text) and not _goes_on(pieces, last):
            break
        wide.append(text)
        last = pieces if len(pieces) > 1 else last
    count = len(wide)
    columns = _columns(piece.span() for line in wide for piece in _pieces(line))
    if len(columns) < 2:
        return 0, None
    rows: list[_Row | None] = []
    for line in wide:
        if _RULE.fullmatch(line):
            rows.append(None)
            continue
        row: _Row = {}
        for piece in _pieces(line):
            at = next(at for at, (left, right) in enumerate(columns) if left <= piece.start() < right)
            if at in row:  # no columns, but words with wide gaps
                return 0, None
            row[at] = clean(piece[0])
        rows.append(row)
    table = _lined(rows)
    is_named = 0 < table.ruled < len(table.rows) and not _has_digits(table.rows[0])
    return (count, table) if is_named or _is_table(table.rows) else (0, None)


def _leading(lines: Sequence[str], belongs: Callable[[str], bool]) -> int:
    """How many lines from the first on are a table's."""
    return next((at for at, line in enumerate(lines) if not belongs(line)), len(lines))


def _is_row(line: str) -> bool:
    return len(_pieces(line)) > 1 or bool(_RULE.fullmatch(line))


def _goes_on(pieces: Sequence[re.Match[str]], above: Sequence[re.Match[str]]) -> bool:
    """Whether a line with one piece is the next line of a cell that is not the first of the row above."""
    return len(pieces) == 1 and any(abs(pieces[0].start() - one.start()) < 2 for one in above[1:])


def _pieces(line: str) -> list[re.Match[str]]:
    """The pieces of a line between wide gaps; none in a line that a drawn line is."""
    pieces = [] if _RULE.fullmatch(line) else list(_PIECE.finditer(line))
    return [] if len(pieces) == 2 and _MARK.fullmatch(pieces[0][0]) else pieces


def _columns(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    columns: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns


def _lined(rows: Iterable[_Row | None]) -> _Lined:
    """Rows with what goes on in the next line joined; drawn lines are None."""
    found: list[_Row] = []
    ruled, fresh = 0, True
    for row in rows:
        if row is None:
            ruled = ruled or len(found)
            fresh = True
            continue
        filled = [at for at, text in row.items() if text]
        first = min(filled, default=0)
        if not fresh and found and len(filled) == 1 and found[-1].get(first) and first > min(found[-1]):
            found[-1][first] = f"{found[-1][first]} {row[first]}"
        elif filled:
            found.append({at: row[at] for at in filled})
        fresh = False
    return _Lined(found, ruled)


def _is_table(rows: Sequence[_Row]) -> bool:
    """Whether rows are a table's, and not two texts side by side such as the addresses of a letter."""
    width = len({at for row in rows for at in row if row[at]})
    if width < 2:
        return False
    if all(row.get(0, "").endswith(":") for row in rows):
        return len(rows) > 1
    if len(rows) < _FEWEST_ROWS:
        return False
    return width > 2 or _has_head_of_words(rows) or not any(str.isalpha(row.get(0, "a")[:1]) for row in rows)


def _has_head_of_words(rows: Sequence[_Row]) -> bool:
    """Whether the first row has no figures, and a column below has nothing else."""
    head, *below = [{at: text for at, text in row.items() if text} for row in rows]
    if len(below) < _FEWEST_ROWS - 1 or _has_digits(head) or any(text.endswith(":") for text in head.values()):
        return False
    columns = [[row[at] for row in below if at in row] for at in head]
    return any(column and all(kind_of(text) in ("number", "date") for text in column) for column in columns)


def _has_digits(row: _Row) -> bool:
    return any(map(str.isdigit, "".join(row.values())))


def _laid_out(table: _Lined) -> Element | None:
    cells = tuple(Cell(number, at, text) for number, row in enumerate(table.rows) for at, text in row.items() if text)
    is_head = 0 < table.ruled < len(table.rows) and table.ruled <= _MOST_HEADS
    lines = laid_out(Table(cells, heads=table.ruled if is_head else 0))
    return element_of(lines) if lines else None
