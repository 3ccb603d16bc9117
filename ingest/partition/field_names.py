"""What the fields of a PDF form are called: by the words beside or over them, or by what the file says."""

from collections.abc import Sequence
from typing import Protocol

from ingest.documents import Element
from ingest.partition.pdf_tables import placed_words
from ingest.partition.ruled_grids import RuledGrid
from ingest.partition.runs import Box, FieldName, Run, spelled
from ingest.partition.table_layout import element_of, form_line
from ingest.partition.table_model import Cell

_ASIDE = 12.0  # points that a name may stand beside the left edge of its field
_OVER = 1.2  # of its size, that a name may stand over its field
_BELOW = 1.6  # of its height, that a field of the same column may stand under another
_TICK = 2.0  # of its width, in which the words of a box to tick begin or end
_SAME = 2.0  # points
_NAME_WORDS = 5


class Field(Protocol):
    """A field on a page."""

    @property
    def box(self) -> Box: ...

    @property
    def hint(self) -> str: ...

    @property
    def is_tick(self) -> bool: ...


def named(fields: Sequence[Field], runs: Sequence[Run], grids: Sequence[RuledGrid]) -> list[FieldName | None]:
    """The name of each field; None for one whose name stands left of it, where it is read with it, or that has none.

    Args:
        fields: of a page.
        runs: on it.
        grids: of lines on it.
    """
    boxes, found = [field.box for field in fields], list[FieldName | None]()
    for field in fields:
        if field.is_tick:
            said = any(_is_level(run, field.box) and _is_near(run, field.box) for run in runs)
        else:
            said = _has_words_left(field.box, runs, boxes)
        name = None if said else FieldName(field.hint) if field.hint else None
        if said and not field.is_tick and (alone := _beside(field.box, runs, boxes, grids)):
            name = FieldName(alone.text, alone.words)
        if not said and not field.is_tick and (over := _over(field.box, runs, grids)):
            is_column = any(_is_below(field.box, box) and _over(box, runs, grids) is None for box in boxes)
            taken = {other.words for other in found if other}
            if not is_column and over.words not in taken:
                name = FieldName(over.text.rstrip(": "), over.words)
        found.append(name)
    return found


def form_of_fields(runs: Sequence[Run]) -> Element:
    """Fields with the names that stand over them, or that the file says.

    Args:
        runs: values with their names.
    """
    lines = [
        form_line(row, [(run.name.text if run.name else "", Cell(row, 1, run.text))]) for row, run in enumerate(runs)
    ]
    element = element_of(lines)
    words = placed_words(element.text, [[spelled(run)] for run in runs])
    return element.model_copy(update={"page": runs[0].page, "words": words})


def _has_words_left(box: Box, runs: Sequence[Run], boxes: Sequence[Box]) -> bool:
    """Whether words stand left of a field on its line, and no other field between."""
    start = max((other[2] for other in boxes if other[2] <= box[0] + _SAME and _shares(other, box)), default=0.0)
    return any(_is_level(run, box) and start - _SAME <= run.left and run.right <= box[0] + _SAME for run in runs)


def _beside(box: Box, runs: Sequence[Run], boxes: Sequence[Box], grids: Sequence[RuledGrid]) -> Run | None:
    """The name left of a field that is alone on its line, without a colon; several fields make a row of a table."""
    others = [other for other in boxes if other != box and box[1] < (other[1] + other[3]) / 2 < box[3]]
    level = [run for run in runs if _is_level(run, box)]
    left = [run for run in level if run.right <= box[0] + _SAME]
    if others or not left or _cell(_centre(box), grids):
        return None
    run = min(left, key=lambda one: abs(one.top + one.bottom - box[1] - box[3]))
    beside = [one for one in level if one != run and min(one.bottom, run.bottom) - max(one.top, run.top) > _SAME]
    is_name = len(run.words) <= _NAME_WORDS and run.text[-1] not in ".,;:!?"
    return run if is_name and not beside else None


def _over(box: Box, runs: Sequence[Run], grids: Sequence[RuledGrid]) -> Run | None:
    """The line right over a field, that begins where it does and is no longer."""
    above = [
        run for run in runs
        if -_SAME <= box[1] - run.bottom < _OVER * run.size and abs(run.left - box[0]) <= _ASIDE
        and run.right <= box[2] + _ASIDE and _cell(_middle(run), grids) == _cell(_centre(box), grids)
    ]  # fmt: skip
    return max(above, key=lambda run: run.bottom, default=None)


def _is_below(box: Box, other: Box) -> bool:
    return abs(other[0] - box[0]) <= _SAME and 0 <= other[1] - box[1] < _BELOW * (box[3] - box[1]) and other != box


def _is_level(run: Run, box: Box) -> bool:
    middle = (run.top + run.bottom) / 2
    return box[1] <= middle <= box[3] or run.top <= (box[1] + box[3]) / 2 <= run.bottom


def _is_near(run: Run, box: Box) -> bool:
    reach = _TICK * (box[2] - box[0])
    return -_SAME <= run.left - box[2] < reach or -_SAME <= box[0] - run.right < reach


def _shares(box: Box, other: Box) -> bool:
    return min(box[3], other[3]) > max(box[1], other[1])


def _cell(point: tuple[float, float], grids: Sequence[RuledGrid]) -> tuple[int, object] | None:
    found = ((number, grid.cell_at(*point)) for number, grid in enumerate(grids))
    return next(((number, cell) for number, cell in found if cell), None)


def _middle(run: Run) -> tuple[float, float]:
    return run.left + _SAME, (run.top + run.bottom) / 2


def _centre(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
