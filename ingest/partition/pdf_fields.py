"""Filled-in fields of PDF forms, which stand in no page's text: values, and which boxes are ticked."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ingest.partition import clean
from ingest.partition.field_names import named
from ingest.partition.pdf_objects import Places, around, drawn_objects
from ingest.partition.pdf_rules import NO_RULES, Rules
from ingest.partition.pdf_tags import PageTags
from ingest.partition.pdfium import annotations, as_seen
from ingest.partition.ruled_grids import ruled_grids
from ingest.partition.runs import Box, Run
from ingest.partition.tick_boxes import tick_box

_WORD_GAP = 2.0  # of a size, between a field and the words around it


class _Field(NamedTuple):
    """A field that the page shows.

    Attributes:
        text: its value; empty where nothing is filled in.
        box: on the page.
        hint: what the file calls it, which viewers show beside the pointer.
        is_tick: whether it is a box to tick.
    """

    text: str
    box: Box
    hint: str
    is_tick: bool


def with_fields(pdf: Any, page: Any, runs: list[Run], number: int, rules: Rules = NO_RULES) -> list[Run]:
    """Put a page's fields between its runs, where they stand on the page, with their names.

    Fields that the page does not show, and passwords, are left out.

    Args:
        pdf: of pypdfium2, opened by `open_pdf`.
        page: one of its pages.
        runs: of the page, in the order of its content.
        number: of the page, 1-based.
        rules: lines on the page.
    """
    fields = list(_fields(pdf.formenv, page)) if pdf.formenv is not None else []
    if not fields:
        return runs
    names = named(fields, runs, ruled_grids(rules))
    above = {name.words for name in names if name and name.words}
    placed = [run for run in runs if run.words not in above]
    for field, name in zip(fields, names, strict=True):
        if field.text:
            words = tuple((word, field.box) for word in field.text.split())
            run = Run(words, _size(runs, field.box), False, number, name=name)
            placed.insert(_place(placed, run), run)
            if not (name or field.is_tick):
                _join(placed, run)
    return placed


def field_boxes(pdf: Any, page: Any) -> list[Box]:
    """Where the fields of a page stand that it shows.

    Args:
        pdf: of pypdfium2, opened by `open_pdf`.
        page: one of its pages.
    """
    return [field.box for field in _fields(pdf.formenv, page)] if pdf.formenv is not None else []


def with_ticks(page: Any, runs: list[Run], number: int, tags: PageTags) -> list[Run]:
    """Put the boxes that a browser has drawn between the runs of a page, ticked or not.

    Args:
        page: of pypdfium2.
        runs: of it.
        number: of the page, 1-based.
        tags: of it, which say what is a box.
    """
    import pypdfium2.raw as c

    if not tags.ticks:
        return runs
    boxes: dict[int, Box] = {}
    places = Places(page)
    for one in drawn_objects(page):
        content = c.FPDFPageObj_GetMarkedContentID(one.item)
        if content in tags.ticks:
            box = places.of(one)
            boxes[content] = around(boxes.get(content, box), box)
    placed = list(runs)
    for content, box in boxes.items():
        words = ((tick_box(tags.ticks[content]), box),)
        run = Run(words, _size(runs, box), False, number, tag=tags.by_content.get(content))
        placed.insert(_place(placed, run), run)
    return placed


def _join(placed: list[Run], field: Run) -> None:
    """Make a field part of the sentence or measure that it stands in: `from [1 May] to`, `[12] kg`."""
    at = placed.index(field)
    after = placed[at + 1] if at + 1 < len(placed) else None
    if after is None or not _follows(field, after) or after.text[:1].isupper():
        return
    before = placed[at - 1] if at else None
    if before is not None and len(after.words) > 1 and before.text[-1] != ":" and _follows(before, field):
        placed[at - 1 : at + 2] = [before._replace(words=(*before.words, *field.words, *after.words))]
    else:
        placed[at : at + 2] = [field._replace(words=(*field.words, *after.words))]


def _follows(run: Run, following: Run) -> bool:
    """Whether a run stands right behind another on its line."""
    level = min(run.bottom, following.bottom) - max(run.top, following.top) > 0
    return level and -1 < following.left - run.right < _WORD_GAP * following.size and run.tag == following.tag


def _fields(form: Any, page: Any) -> Iterator[_Field]:
    import pypdfium2.raw as c

    for field in annotations(page):
        text = None if _is_hidden(form, field) else _text(form, field)
        if text is not None:
            kind = c.FPDFAnnot_GetFormFieldType(form, field)
            is_tick = kind in (c.FPDF_FORMFIELD_CHECKBOX, c.FPDF_FORMFIELD_RADIOBUTTON)
            hint = _said(lambda *into, field=field: c.FPDFAnnot_GetFormFieldAlternateName(form, field, *into))
            yield _Field(text, _box(page, field), hint, is_tick)


def _is_hidden(form: Any, field: Any) -> bool:
    import pypdfium2.raw as c

    unseen = c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW | c.FPDF_ANNOT_FLAG_INVISIBLE
    password = c.FPDFAnnot_GetFormFieldFlags(form, field) & c.FPDF_FORMFLAG_TEXT_PASSWORD
    is_text = c.FPDFAnnot_GetFormFieldType(form, field) == c.FPDF_FORMFIELD_TEXTFIELD
    return bool(c.FPDFAnnot_GetFlags(field) & unseen or (is_text and password))


def _text(form: Any, field: Any) -> str | None:
    import pypdfium2.raw as c

    kind = c.FPDFAnnot_GetFormFieldType(form, field)
    if kind in (c.FPDF_FORMFIELD_CHECKBOX, c.FPDF_FORMFIELD_RADIOBUTTON):
        return tick_box(bool(c.FPDFAnnot_IsChecked(form, field)))
    if kind in (c.FPDF_FORMFIELD_TEXTFIELD, c.FPDF_FORMFIELD_COMBOBOX, c.FPDF_FORMFIELD_LISTBOX):
        return _said(lambda *into: c.FPDFAnnot_GetFormFieldValue(form, field, *into))
    return None


def _said(read: Callable[..., int]) -> str:
    """A text that PDFium writes into a buffer of the size it says."""
    import pypdfium2.raw as c

    size = read(None, 0)
    value = ctypes.create_string_buffer(size)
    read(ctypes.cast(value, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return clean(value.raw.decode("utf-16-le", "replace").rstrip("\0"))


def _box(page: Any, field: Any) -> Box:
    import pypdfium2.raw as c

    rect = c.FS_RECTF()
    c.FPDFAnnot_GetRect(field, rect)
    return as_seen(page)((rect.left, rect.bottom, rect.right, rect.top))


def _size(runs: list[Run], box: Box) -> float:
    """The size of the text that is nearest in height: a field is no title."""
    return min(runs, key=lambda run: abs(run.bottom - box[3])).size if runs else box[3] - box[1]


def _place(runs: list[Run], field: Run) -> int:
    """Behind what stands left of the field on its line; without a line of its own, behind what stands above it."""
    on_line = [i for i, run in enumerate(runs) if run.top < field.bottom and field.top < run.bottom]
    before = [i for i in on_line if runs[i].left <= field.left]
    if on_line:
        return max(before) + 1 if before else min(on_line)
    return max((i + 1 for i, run in enumerate(runs) if run.bottom <= field.top), default=0)
