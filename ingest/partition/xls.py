"""Old Excel workbooks (xls) as they are shown, read by xlrd: calamine knows neither formats nor what is hidden."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned, Unseen
from ingest.partition import clean
from ingest.partition.biff import Beside, Series, Source, beside_cells
from ingest.partition.cell_values import stored
from ingest.partition.charts import ChartSeries, series_elements
from ingest.partition.contrast import cannot_be_seen, colour_of_bytes
from ingest.partition.embedded import members_of_compound
from ingest.partition.members import MemberFolder
from ingest.partition.number_formats import as_formatted, plain, shown
from ingest.partition.properties import file_properties
from ingest.partition.scripts import subscript, superscript
from ingest.partition.sheet_hints import hints
from ingest.partition.sheet_margins import margin_elements
from ingest.partition.sheet_tables import Hidden, note, whole_sheet
from ingest.partition.sheets import MOST_CELLS, refuse_locked
from ingest.partition.table_model import Cell
from ingest.partition.workbook_language import language_of_workbook

_SOLID = 1  # a fill without a pattern
_BOLD = 600  # weight of a font


def partition_xls(path: Path) -> Partitioned:
    """Every sheet of an xls file.

    Raises:
        DocumentFailed: locked by a password, or too large.
    """
    import xlrd

    refuse_locked(path)
    with xlrd.open_workbook(str(path), formatting_info=True, logfile=_Silence()) as book:
        if any(sheet.nrows * sheet.ncols > MOST_CELLS for sheet in book.sheets()):
            raise DocumentFailed("document.too_large", document=path.name, most=f"{MOST_CELLS} cells")
        texts = (cell.value for sheet in book.sheets() for row in sheet.get_rows() for cell in row if cell.ctype == 1)
        formats = {form.format_str for form in book.format_map.values() if form.format_str}
        language = language_of_workbook(formats, "", texts)
        sheets = [_Sheet(sheet, *_cells(book, sheet, language)) for sheet in book.sheets()]
        known = {cell.raw for one in sheets if not one.sheet.visibility for cell in one.seen if cell.raw}
        beside = {one.name: one for one in beside_cells(path)}
        charts = _Charts(book, list(beside), language, known)
        elements = [element for sheet in sheets for element in _elements(sheet, beside, charts)]
        worksheets = {sheet.name for sheet in book.sheets()}
        for one in beside.values():
            if one.name not in worksheets and not one.is_hidden:  # a chart that is a sheet
                elements += charts.elements(one)
    return Partitioned(
        elements=tuple(elements),
        properties=file_properties(path),
        members=tuple(members_of_compound(path, MemberFolder(path))),
    )


class _Silence:
    """xlrd prints what it finds odd."""

    def write(self, _: str) -> None:
        pass


class _Sheet(NamedTuple):
    """A sheet with what its cells say."""

    sheet: Any
    hidden: Hidden
    seen: list[Cell]
    unseen: list[tuple[Unseen, str]]


def _elements(read: _Sheet, beside: Mapping[str, Beside], charts: "_Charts") -> Iterator[Element]:
    sheet = read.sheet
    yield from whole_sheet(read.seen, read.unseen, sheet.name, read.hidden, bool(sheet.visibility))
    if sheet.visibility:
        return
    for (row, column), comment in sheet.cell_note_map.items():
        if text := clean(comment.text):
            yield note(text, row, column, sheet.name, read.hidden.has(row, column))
    if (one := beside.get(sheet.name)) is not None:
        for hint in one.hints:
            for text in hints(*hint.said):
                yield note(text, hint.row, hint.column, sheet.name)
        yield from charts.elements(one)
        yield from margin_elements(one.margins, sheet.name)


class _Charts:
    """Reads what is drawn on sheets.

    Args:
        book: of xlrd.
        names: of all its sheets, by which charts number them.
        language: of the workbook.
        known: numbers in cells that are seen: of a chart that shows no others the title is enough.
    """

    def __init__(self, book: Any, names: Sequence[str], language: str, known: Collection[str]) -> None:
        self._sheets = {sheet.name: sheet for sheet in book.sheets()}
        self._book, self._names, self._language, self._known = book, names, language, known

    def elements(self, beside: Beside) -> Iterator[Element]:
        """Text boxes and charts of a sheet."""
        for text in filter(None, map(clean, beside.texts)):
            yield Element(kind="paragraph", text=text, label=beside.name)
        for chart in beside.charts:
            title = " · ".join(filter(None, map(clean, chart.titles)))
            numbers = {raw for one in chart.series for _, raw in self._points(one.values) if raw}
            if not numbers <= set(self._known):
                for element in series_elements(title, [self._series(one) for one in chart.series]):
                    yield element.model_copy(update={"label": beside.name})
            elif title:
                yield Element(kind="paragraph", text=title, label=beside.name)

    def _series(self, series: Series) -> ChartSeries:
        name = series.name
        said = name if isinstance(name, str) else " ".join(text for text, _ in self._points(name))
        categories, values = (
            dict(enumerate(text for text, _ in self._points(one))) for one in (series.categories, series.values)
        )
        return ChartSeries(clean(said), categories, {at: text for at, text in values.items() if text})

    def _points(self, source: Source | None) -> Iterator[tuple[str, str]]:
        """What cells show and keep that a chart names."""
        if source is None or source.sheet >= len(self._names) or self._names[source.sheet] not in self._sheets:
            return
        sheet = self._sheets[self._names[source.sheet]]
        for row in range(source.top, min(source.bottom, sheet.nrows - 1) + 1):
            for column in range(source.left, min(source.right, sheet.row_len(row) - 1) + 1):
                cell = sheet.cell(row, column)
                form = self._book.format_map[self._book.xf_list[cell.xf_index].format_key].format_str or "General"
                value = _value(self._book, cell, form)
                yield clean(shown(value, form, self._language)), stored(value)[1]


def _cells(book: Any, sheet: Any, language: str) -> tuple[Hidden, list[Cell], list[tuple[Unseen, str]]]:
    """What is hidden on a sheet, the cells that somebody sees, and the texts of the others."""
    seen: list[Cell] = []
    unseen: list[tuple[Unseen, str]] = []
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    hidden = Hidden(_hidden(sheet.rowinfo_map), _hidden(sheet.colinfo_map))
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            form = book.xf_list[cell.xf_index]
            number_format = book.format_map[form.format_key].format_str or "General"
            value = _value(book, cell, number_format)
            font = book.font_list[form.font_index]
            if isinstance(value, str) and (runs := sheet.rich_text_runlist_map.get((row, column))):
                value, struck = _without_struck(book, value, font, runs)
                unseen += [("struck", struck)] if struck else []
            text = clean(shown(value, number_format, language))
            span = spans.get((row, column), (1, 1))
            if not text:
                unseen += [("hidden", kept)] if (kept := clean(plain(value, language))) else []
            elif hidden.has(row, column, *span):
                unseen.append(("hidden_cells", text))
            elif font.struck_out:
                unseen.append(("struck", text))
            elif _is_alike(book, font, form.background):
                unseen.append(("hidden", text))
            else:
                is_strong = font.bold == 1 or font.weight >= _BOLD
                seen.append(hidden.seen_of(Cell(row, column, text, *span, is_strong, *stored(value))))
    return hidden, seen, unseen


def _is_alike(book: Any, font: Any, background: Any) -> bool:
    """Letters that cannot be seen on their cell."""
    letters = book.colour_map.get(font.colour_index)
    if background.fill_pattern not in (0, _SOLID) or letters is None:
        return False
    behind = book.colour_map.get(background.pattern_colour_index) if background.fill_pattern else (255, 255, 255)
    return behind is not None and cannot_be_seen(colour_of_bytes(*letters), colour_of_bytes(*behind))


def _without_struck(book: Any, text: str, font: Any, runs: Sequence[tuple[int, int]]) -> tuple[str, str]:
    """A text, raised and lowered pieces in characters that are so, without what is struck out, and that.

    Args:
        book: that the fonts are of.
        text: of a cell.
        font: of the cell.
        runs: where other fonts begin, and their numbers.
    """
    starts = [(0, font), *((start, book.font_list[number]) for start, number in runs), (len(text), font)]
    pieces = [(text[start:end], one) for (start, one), (end, _) in pairwise(starts)]
    shifts = {1: superscript, 2: subscript}
    kept = "".join(shifts.get(one.escapement, str)(piece) for piece, one in pieces if not one.struck_out)
    if font.struck_out:
        return text, ""
    return kept, clean("".join(piece for piece, one in pieces if one.struck_out))


def _hidden(lines: Mapping[int, Any]) -> frozenset[int]:
    return frozenset(number for number, line in lines.items() if line.hidden)


def _value(book: Any, cell: Any, number_format: str) -> Any:
    """What a cell keeps: a number, a date, a truth value or a text."""
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            return as_formatted(cell.value, number_format, from_1904=bool(book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, ""))
        case _:
            return str(cell.value)
