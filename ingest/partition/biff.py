"""What xlrd passes over in a workbook of Excel 97 to 2003 ([MS-XLS]): margins, text boxes, and charts, which say where
their values stand.
"""

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_BOF, _EOF, _CONTINUE, _SHEET, _SHEETS_OF_FORMULAS = 0x809, 0x0A, 0x3C, 0x85, 0x17
_HEADER, _FOOTER, _OBJECT, _TEXT_OBJECT = 0x14, 0x15, 0x5D, 0x1B6
_SERIES, _TEXT, _LINK, _SERIES_TEXT, _SOURCE = 0x1003, 0x1025, 0x1027, 0x100D, 0x1051
_RULE = 0x1BE  # for what is put in cells
_WANTED = frozenset((_BOF, _EOF, _CONTINUE, _SHEET, _SHEETS_OF_FORMULAS, _HEADER, _FOOTER, _OBJECT, _TEXT_OBJECT,
                     _SERIES, _TEXT, _LINK, _SERIES_TEXT, _SOURCE, _RULE))  # fmt: skip
_NOTE = 0x19  # type of an object that shows a comment, which xlrd reads
_HIDDEN = 0b11  # bits of a sheet's state
_VERSION, _CHART = 0x0600, 0x20
_TITLES = (1, 2, 3, 7)  # what a text may be of: the chart or one of its axes
_CELL, _AREA = 0x1A, 0x1B  # of another sheet, in a formula; the class of the operand is in the bits above
_OPERAND = 0x1F
_COLUMN = 0x3FFF  # bits of a column that are its number
_PARTS = ("name", "values", "categories")

_Record = tuple[int, bytes]


class Source(NamedTuple):
    """Cells that a chart shows; the last ones are included, all count from 0."""

    sheet: int
    top: int
    bottom: int
    left: int
    right: int


class Series(NamedTuple):
    """One series of a chart: its name, or where that stands, and where its values and categories stand."""

    name: str | Source | None = None
    values: Source | None = None
    categories: Source | None = None


class SheetChart(NamedTuple):
    """A chart: its title with those of its axes, and what it shows."""

    titles: list[str]
    series: list[Series]


class Hint(NamedTuple):
    """What is said to those who fill a cell in: before they do, and when a value is refused."""

    row: int
    column: int
    said: tuple[tuple[str, str], tuple[str, str]]


class Beside(NamedTuple):
    """What a sheet has beside its cells."""

    name: str
    is_hidden: bool
    margins: list[str]  # in Excel's codes
    texts: list[str]
    charts: list[SheetChart]
    hints: list[Hint]


def beside_cells(path: Path) -> list[Beside]:
    """What each sheet has beside its cells; nothing of formats before Excel 97.

    Args:
        path: of the file.
    """
    import olefile

    if not olefile.isOleFile(str(path)):
        return []
    with olefile.OleFileIO(str(path)) as file:
        stream = file.openstream("Workbook").read() if file.exists("Workbook") else b""
    common = list(_substream(stream, 0))
    if not common or struct.unpack_from("<H", common[0][1])[0] != _VERSION:
        return []
    sheets = [data for kind, data in common if kind == _SHEET]
    numbers = [number for kind, data in common if kind == _SHEETS_OF_FORMULAS for number in _sheets_of(data)]
    return [_beside(data, list(_substream(stream, struct.unpack_from("<I", data)[0])), numbers) for data in sheets]


def _substream(stream: bytes, at: int) -> Iterator[_Record]:
    """The records of a part of the stream that count here, those of the charts in it, too."""
    depth, end = 0, len(stream) - 3
    head = struct.Struct("<HH").unpack_from
    while at < end:
        kind, size = head(stream, at)
        at += 4
        if kind in _WANTED:
            depth += (kind == _BOF) - (kind == _EOF)
            yield kind, stream[at : at + size]
            if depth <= 0:
                return
        at += size


def _sheets_of(data: bytes) -> list[int]:
    """The numbers of the sheets that formulas name; those of other files are below 0."""
    count = struct.unpack_from("<H", data)[0]
    return [first for _, first, _ in struct.iter_unpack("<Hhh", data[2 : 2 + 6 * count])]


def _beside(head: bytes, records: Sequence[_Record], sheets: Sequence[int]) -> Beside:
    found = Beside(_text(head[6:], 1), bool(head[4] & _HIDDEN), [], [], [], [])
    depth, is_note = 0, False
    for at, (kind, data) in enumerate(records):
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _BOF and struct.unpack_from("<H", data, 2)[0] == _CHART:
            found.charts.append(_chart(_within(records, at), sheets))
        elif kind in (_HEADER, _FOOTER) and depth == 1 and data:
            found.margins.append(_text(data, 2))
        elif kind == _RULE and (hint := _hint(data)) is not None:
            found.hints.append(hint)
        elif kind == _OBJECT:
            is_note = struct.unpack_from("<H", data, 4)[0] == _NOTE
        elif kind == _TEXT_OBJECT and not is_note:
            found.texts.append(_continued(data, records[at + 1 :]))
    return found


def _hint(data: bytes) -> Hint | None:
    """The texts of a rule for cells and the first of these; None where the record is damaged."""
    texts: list[str] = []
    at = 4
    try:
        for _ in range(4):  # titles of both, then both texts; an empty one is a zero
            length, is_wide = struct.unpack_from("<HB", data, at)
            texts.append(_characters(data[at + 2 :], length).strip("\0"))
            at += 3 + length * (2 if is_wide & 1 else 1)
        for _ in range(2):  # formulas
            at += 4 + struct.unpack_from("<H", data, at)[0]
        row, _, column = struct.unpack_from("<HHH", data, at + 2)
    except struct.error:
        return None
    return Hint(row, column, ((texts[0], texts[2]), (texts[1], texts[3])))


def _within(records: Sequence[_Record], start: int) -> Iterator[_Record]:
    """The records from the beginning of a chart to its end."""
    for kind, data in records[start:]:
        yield kind, data
        if kind == _EOF:
            return


def _chart(records: Iterator[_Record], sheets: Sequence[int]) -> SheetChart:
    titles: dict[int, str] = {}
    series: list[Series] = []
    text, part = "", ""
    for kind, data in records:
        if kind == _SERIES:
            series.append(Series())
        elif kind == _TEXT:
            text, part = "", "title"
        elif kind == _SOURCE and part != "title" and data[0] < len(_PARTS) and series:
            part = _PARTS[data[0]]
            series[-1] = series[-1]._replace(**{part: _source(data[8:], sheets)})
        elif kind == _SERIES_TEXT and part == "title":
            text = _text(data[2:], 1)
        elif kind == _SERIES_TEXT and part == "name":
            series[-1] = series[-1]._replace(name=series[-1].name or _text(data[2:], 1))
        elif kind == _LINK and text:
            titles.setdefault(struct.unpack_from("<H", data)[0], text)
    return SheetChart([titles[of] for of in _TITLES if of in titles], series)


def _source(formula: bytes, sheets: Sequence[int]) -> Source | None:
    """The cells that a formula of a chart names; None for more than one area."""
    if not formula:
        return None
    operand = formula[0] & _OPERAND
    if operand == _CELL and len(formula) == 7:
        number, row, column = struct.unpack_from("<HHH", formula, 1)
        rows, columns = (row, row), (column, column)
    elif operand == _AREA and len(formula) == 11:
        number, *places = struct.unpack_from("<HHHHH", formula, 1)
        rows, columns = (places[0], places[1]), (places[2], places[3])
    else:
        return None
    if number >= len(sheets) or sheets[number] < 0:
        return None
    return Source(sheets[number], *rows, *(column & _COLUMN for column in columns))


def _text(data: bytes, length_bytes: int) -> str:
    """A text with its length and kind before it."""
    length = int.from_bytes(data[:length_bytes], "little")
    return _characters(data[length_bytes:], length)


def _characters(data: bytes, length: int) -> str:
    """Characters behind the byte that says how wide they are."""
    is_wide = bool(data[:1]) and data[0] & 1
    return (
        data[1 : 1 + 2 * length].decode("utf-16-le", "replace") if is_wide else data[1 : 1 + length].decode("latin-1")
    )


def _continued(data: bytes, following: Sequence[_Record]) -> str:
    """The text of an object, which stands in the records behind it."""
    length, text = struct.unpack_from("<H", data, 10)[0], ""
    for kind, more in following:
        if kind != _CONTINUE or len(text) >= length:
            break
        text += _characters(more, length - len(text))
    return text
