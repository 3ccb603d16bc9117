"""What the other fields of a form say: "Baujahr: 2011" is about the machine that another field names."""

from collections.abc import Sequence

from ingest.documents import CellSpan, Passage


def values_beside(passage: Passage, start: int, end: int) -> str:
    """The values of the fields that stand with one in a form, without their names; empty for anything else.

    Args:
        passage: that it is in.
        start: of its line, in characters of the passage.
        end: of its line.
    """
    own = passage.table_cells(passage.start + start, passage.start + end)
    if not own or not _are_fields(own):
        return ""
    lines = _lines(passage)
    place = next((number for number, cells in enumerate(lines) if own[0] in cells), None)
    if place is None:
        return ""
    above = _up_to(lines[place - 1 :: -1]) if place else []
    form = [*reversed(above), lines[place], *_up_to(lines[place + 1 :])]
    names = [_text(passage, cell.head_start, cell.head_end) for cells in form for cell in cells]
    if len(set(names)) < len(names):  # a table of one column, or two forms
        return ""
    return " ".join(_text(passage, cell.start, cell.end) for cells in form for cell in cells if cell not in own)


def _lines(passage: Passage) -> list[tuple[CellSpan, ...]]:
    """The cells of each line of a passage."""
    found, at = [], passage.start
    for line in passage.text.split("\n"):
        found.append(passage.table_cells(at, at + len(line)))
        at += len(line) + 1
    return found


def _up_to(lines: Sequence[tuple[CellSpan, ...]]) -> list[tuple[CellSpan, ...]]:
    """The lines until one that has no fields."""
    end = next((number for number, cells in enumerate(lines) if not cells or not _are_fields(cells)), len(lines))
    return list(lines[:end])


def _are_fields(cells: Sequence[CellSpan]) -> bool:
    """Whether the cells of a line have names, and no row has."""
    return all(cell.head_end > cell.head_start and cell.key_start == cell.key_end for cell in cells)


def _text(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : end - passage.start]
