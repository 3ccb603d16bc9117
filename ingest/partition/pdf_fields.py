"""Filled-in fields of PDF forms, which stand in no page's text: values, and which boxes are ticked."""

import ctypes
from collections.abc import Iterator
from typing import Any

from ingest.partition import clean
from ingest.partition.pdfium import annotations, as_seen
from ingest.partition.runs import Box, Run
from ingest.partition.tick_boxes import tick_box


def with_fields(pdf: Any, page: Any, runs: list[Run], number: int) -> list[Run]:
    """Put a page's fields between its runs, where they stand on the page.

    Fields that the page does not show, and passwords, are left out.

    Args:
        pdf: of pypdfium2, opened by `open_pdf`.
        page: one of its pages.
        runs: of the page, in the order of its content.
        number: of the page, 1-based.
    """
    if pdf.formenv is None:
        return runs
    placed = list(runs)
    for text, box in _fields(pdf.formenv, page):
        run = Run(tuple((word, box) for word in text.split()), _size(runs, box), False, number)
        placed.insert(_place(placed, run), run)
    return placed


def _fields(form: Any, page: Any) -> Iterator[tuple[str, Box]]:
    for field in annotations(page):
        text = None if _is_hidden(form, field) else _text(form, field)
        if text:
            yield text, _box(page, field)


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
        size = c.FPDFAnnot_GetFormFieldValue(form, field, None, 0)
        value = ctypes.create_string_buffer(size)
        c.FPDFAnnot_GetFormFieldValue(form, field, ctypes.cast(value, ctypes.POINTER(c.FPDF_WCHAR)), size)
        return clean(value.raw.decode("utf-16-le", "replace").rstrip("\0"))
    return None


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
