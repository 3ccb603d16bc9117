"""Words that stand together on a line of a page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.partition.scripts import subscript, superscript

Box = tuple[float, float, float, float]  # left, top, right, bottom in points, from the top left corner


_SAME_LINE = 0.5  # share of a word's height by which two on one line overlap
_OVER, _TOUCHING = -0.25, 0.1  # gap between runs that are one word, in shares of their size
_LARGER = 1.12  # size of a heading's letters, as a multiple of the usual one
_SMALLER, _RAISED = (
    0.85,
    0.08,
)  # raised and lowered signs: their size, and how far they are, in shares of the size beside


class GridCell(NamedTuple):
    """A cell by its place and span in the grid."""

    row: int
    column: int
    rows: int
    columns: int


class Tag(NamedTuple):
    """What a tagged PDF says of words.

    Attributes:
        block: its number on the page, in the order of reading: a paragraph, a heading, an item or a cell.
        role: what it is, as kinds of elements are called; empty where that is not said.
        level: of a heading, from 0.
        table: number of the table on the page, where they stand in one.
        cell: its place in that.
    """

    block: int
    role: str
    level: int = 0
    table: int | None = None
    cell: GridCell | None = None


class FieldName(NamedTuple):
    """What a field of a form is called.

    Attributes:
        text: as the page or the file says it.
        words: of it that stand on the page, over the field; none of a name that only the file says.
    """

    text: str
    words: tuple[tuple[str, Box], ...] = ()


class Run(NamedTuple):
    """Neighbouring words on one line, with no wide gap between them."""

    words: tuple[tuple[str, Box], ...]
    size: float
    bold: bool
    page: int
    goes_on: bool = False  # the last word goes on in the next line
    is_item: bool = False  # begins with the mark of a list, which stands apart
    edges: tuple[float, float] | None = None  # left and right, with words at its ends that are struck out
    tag: Tag | None = None
    name: FieldName | None = None  # of the field that the words are filled in
    stands_alone: bool = False  # a line that neither goes on nor goes on with another
    quarters: int = 0  # that the page is turned to the left until the words are upright

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)

    @property
    def left(self) -> float:
        return self.edges[0] if self.edges else self.words[0][1][0]

    @property
    def right(self) -> float:
        return self.edges[1] if self.edges else self.words[-1][1][2]

    @property
    def top(self) -> float:
        return min(box[1] for _, box in self.words)

    @property
    def bottom(self) -> float:
        return max(box[3] for _, box in self.words)


def spelled(run: Run) -> Run:
    """A run with the name that stands over it on the page as its first words.

    Args:
        run: that may be filled in.
    """
    return run._replace(words=(*run.name.words, *run.words), name=None) if run.name else run


def usual_size(runs: Iterable[Run]) -> float:
    """The size of most letters, rounded to a tenth; 0 without any.

    Args:
        runs: of a document.
    """
    sizes = Counter[float]()
    for run in runs:
        sizes[round(run.size, 1)] += sum(len(word) for word, _ in run.words)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def is_larger(run: Run, usual: float) -> bool:
    """Whether letters are clearly larger than most, as those of headings are.

    Args:
        run: in question.
        usual: as of `usual_size`.
    """
    return run.size > _LARGER * usual


def in_lines(runs: Sequence[Run]) -> list[Run]:
    """The lines of a cell or paragraph from the top; what stands side by side is one line.

    Args:
        runs: of it, in any order.
    """
    if runs and all(run.quarters % 2 for run in runs):  # a head that runs upwards or downwards
        return sorted(runs, key=lambda run: run.left if run.quarters == 3 else -run.left)
    return [_line(row) for row in side_by_side(runs)]


def side_by_side(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs in groups of which each stands on one line, from the top and from the left.

    Args:
        runs: in any order.
    """
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.top + run.bottom) / 2):
        if rows and is_level(run, rows[-1][-1]):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def is_level(run: Run, other: Run) -> bool:
    """Whether a run stands on the line of another.

    Args:
        run: in question.
        other: with which it has to share some of its height.
    """
    return min(run.bottom, other.bottom) - max(run.top, other.top) > _SAME_LINE * (run.bottom - run.top)


def _line(row: Sequence[Run]) -> Run:
    """Runs side by side as one; a raised or lowered sign is written as such, and what touches is one word."""
    base, words = row[0], list(row[0].words)
    for run in row[1:]:
        (first, box), *rest = _raised_or_lowered(run, base)
        last, before = words[-1]
        if _OVER < (box[0] - before[2]) / max(base.size, 0.1) < _TOUCHING:
            around = (before[0], min(before[1], box[1]), box[2], max(before[3], box[3]))
            words[-1] = (last + first, around)
        else:
            words.append((first, box))
        words += rest
        base = run if run.size >= _SMALLER * base.size else base
    return row[0]._replace(edges=None, words=tuple(words))


def _raised_or_lowered(run: Run, base: Run) -> Sequence[tuple[str, Box]]:
    rise = (base.bottom - run.bottom) / max(base.size, 0.1)
    if run.size >= _SMALLER * base.size or abs(rise) < _RAISED or any(map(str.isalpha, run.text)):
        return run.words
    return [((superscript if rise > 0 else subscript)(word), box) for word, box in run.words]
