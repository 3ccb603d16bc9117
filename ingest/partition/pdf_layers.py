"""Texts of a PDF page that stand in layers which are switched off.

PDFium draws no such layer, and does not say which they are: each layer of a page is drawn by itself, and one of which
nothing appears is off.
"""

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.partition.pdf_objects import Drawn, drawn_objects, has_ink

_LAYER = "OC"  # how the content of a layer is marked
_GREY = 128  # of the paper, on which white and black stand out
_MOST_PIXELS = 2_000  # of the drawn page's longer side
_MOST_LAYERS = 30  # of a page


def texts_switched_off(page: Any, drawn: Sequence[Drawn]) -> frozenset[int]:
    """Addresses of those texts of a page that stand in a layer which is not shown.

    Args:
        page: of pypdfium2.
        drawn: on it, in the order of drawing.
    """
    import pypdfium2.raw as c

    layers = defaultdict[object, list[Drawn]](list)
    for key, one in _by_layer(page):
        layers[key].append(one)
    with_text = [
        layer for layer in layers.values()
        if any(one.kind == c.FPDF_PAGEOBJ_TEXT and has_ink(one.item) for one in layer)
    ]  # fmt: skip
    if not with_text or len(with_text) > _MOST_LAYERS:
        return frozenset()
    _switch(drawn, False)
    try:
        off = [layer for layer in with_text if not _is_drawn(page, layer)]
    finally:
        _switch(drawn, True)
    return frozenset(one.address for layer in off for one in layer if one.kind == c.FPDF_PAGEOBJ_TEXT)


def _by_layer(page: Any) -> Iterator[tuple[object, Drawn]]:
    """What is marked as part of a layer, with the layer's name, and what is in a form, with the form's number."""
    import pypdfium2.raw as c

    for index in range(c.FPDFPage_CountObjects(page)):
        item = c.FPDFPage_GetObject(page, index)
        kind, layer = c.FPDFPageObj_GetType(item), _layer(item)
        if kind == c.FPDF_PAGEOBJ_FORM:
            for one in drawn_objects(item, depth=1):
                inner = _layer(one.item)
                yield inner if inner is not None else layer if layer is not None else index, one
        elif layer is not None:
            yield layer, Drawn(item, kind, (1, 0, 0, 1, 0, 0))


def _layer(item: Any) -> str | None:
    """The name of the layer that an object is marked for; empty where it has none, None without a layer."""
    import pypdfium2.raw as c

    for number in range(c.FPDFPageObj_CountMarks(item)):
        mark = c.FPDFPageObj_GetMark(item, number)
        if _said(lambda *into, mark=mark: c.FPDFPageObjMark_GetName(mark, *into)) == _LAYER:
            return _said(lambda *into, mark=mark: c.FPDFPageObjMark_GetParamStringValue(mark, b"Name", *into))
    return None


def _said(read: Any) -> str:
    import pypdfium2.raw as c

    letters, size = (c.FPDF_WCHAR * 256)(), ctypes.c_ulong()
    if not read(letters, ctypes.sizeof(letters), size):
        return ""
    return bytes(letters)[: size.value].decode("utf-16-le", "replace").rstrip("\0")


def _switch(drawn: Sequence[Drawn], on: bool) -> None:
    import pypdfium2.raw as c

    for one in drawn:
        c.FPDFPageObj_SetIsActive(one.item, on)


def _is_drawn(page: Any, layer: Sequence[Drawn]) -> bool:
    """Whether anything of a layer appears on the page if all else is left out."""
    _switch(layer, True)
    scale = min(1.0, _MOST_PIXELS / max(*page.get_size(), 1.0))
    drawing = page.render(scale=scale, grayscale=True, fill_color=(_GREY, _GREY, _GREY, 255), may_draw_forms=False,
                          draw_annots=False).to_numpy()  # fmt: skip
    _switch(layer, False)
    return bool(drawing.max() > _GREY or drawing.min() < _GREY)
