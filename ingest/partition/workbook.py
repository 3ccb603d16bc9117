"""Excel workbooks as they are shown: formats, merged heads, several tables on a sheet, notes; what is hidden apart."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned, Unseen
from ingest.partition import clean
from ingest.partition.cell_values import stored
from ingest.partition.contrast import WHITE, Colour, cannot_be_seen, colour_of_hex
from ingest.partition.convert import converted
from ingest.partition.embedded import embedded_members, embedded_relations
from ingest.partition.members import MemberFolder
from ingest.partition.number_formats import plain, shown
from ingest.partition.office_package import refuse_locked_package
from ingest.partition.properties import file_properties
from ingest.partition.scripts import subscript, superscript
from ingest.partition.sheet_hints import hints
from ingest.partition.sheet_margins import margin_elements
from ingest.partition.sheet_tables import Hidden, note, unseen_element, whole_sheet
from ingest.partition.sheets import MOST_CELLS
from ingest.partition.table_model import Cell
from ingest.partition.workbook_language import language_of_workbook
from ingest.partition.workbook_package import Uncomputed, WorkbookPackage


def partition_xlsx(path: Path) -> Partitioned:
    """Every sheet of an xlsx, xlsm, xltx or xltm file.

    Raises:
        DocumentFailed: locked by a password, or too large.
    """
    import openpyxl

    refuse_locked_package(path)
    package = WorkbookPackage(path)
    book = openpyxl.load_workbook(package.transitional(), data_only=True, rich_text=True)
    if sum(map(len, map(_filled, book.worksheets))) > MOST_CELLS:
        raise DocumentFailed("document.too_large", document=path.name, most=f"{MOST_CELLS} cells")
    uncomputed = package.uncomputed()
    if uncomputed:
        with converted(path, "xlsx") as computed:
            if computed is not None:
                uncomputed = _compute(book, openpyxl.load_workbook(computed, data_only=True), uncomputed)
    language = language_of_workbook(_formats(book), package.style_language, _texts(book))
    sheets = [_Sheet(sheet, _hidden(sheet), *_cells(sheet, language, _hidden(sheet))) for sheet in book.worksheets]
    known = {cell.raw for sheet in sheets if sheet.is_shown for cell in sheet.seen if cell.raw}
    elements = [element for sheet in sheets for element in _elements(sheet, package, known)]
    for sheet in book.chartsheets:
        elements += package.drawn(sheet.title, known) if sheet.sheet_state == "visible" else ()
    elements += [unseen_element(f"{one.sheet}!{one.place}: {one.formula}", "uncomputed") for one in uncomputed]
    elements += _hidden_files(package, [sheet.sheet.title for sheet in sheets if not sheet.is_shown])
    shown_sheets = package.parts_of(sheet.sheet.title for sheet in sheets if sheet.is_shown)
    members = tuple(embedded_members(package, shown_sheets, MemberFolder(path)))
    return Partitioned(elements=tuple(elements), properties=file_properties(path), members=members)


def _compute(book: Any, computed: Any, formulas: Sequence[Uncomputed]) -> list[Uncomputed]:
    """Give cells without a value what another program has worked out; returns those for which it could not.

    All other cells keep the values that their own program has stored: it may know more functions.

    Args:
        book: as it is in the file.
        computed: the same by the other program.
        formulas: without a value.
    """
    left = []
    for one in formulas:
        found = computed[one.sheet][one.place] if one.sheet in computed.sheetnames else None
        if found is None or found.value is None or found.data_type == "e":
            left.append(one)
        else:
            cell = book[one.sheet][one.place]
            number_format, cell.value = cell.number_format, found.value
            # A format that says nothing becomes the one that the other program shows the value in.
            cell.number_format = number_format if number_format != "General" else found.number_format
    return left


def _hidden_files(package: WorkbookPackage, sheets: Iterable[str]) -> Iterator[Element]:
    """Names of files on hidden sheets, which nobody sees either."""
    for sheet in sheets:
        for relation in embedded_relations(package, package.parts_of([sheet])):
            yield unseen_element(PurePosixPath(relation.target).name, "hidden_sheet", sheet)


def _formats(book: Any) -> set[str]:
    return {cell.number_format for sheet in book.worksheets for cell in _filled(sheet)}


def _filled(sheet: Any) -> list[Any]:
    """The cells of a sheet that hold or say something; walking over its rows would make one for each place up to the
    last, which may be anywhere."""
    cells = sheet._cells
    return [cells[place] for place in sorted(cells) if cells[place].value is not None or cells[place].comment]


def _texts(book: Any) -> Iterator[str]:
    cells = (cell for sheet in book.worksheets for cell in _filled(sheet))
    return (str(cell.value) for cell in cells if isinstance(cell.value, str | list))


class _Sheet(NamedTuple):
    """A sheet with what its cells say."""

    sheet: Any
    hidden: Hidden
    seen: list[Cell]
    unseen: list[tuple[Unseen, str]]

    @property
    def is_shown(self) -> bool:
        return bool(self.sheet.sheet_state == "visible")


def _elements(read: _Sheet, package: WorkbookPackage, known: Collection[str]) -> Iterator[Element]:
    sheet = read.sheet
    yield from whole_sheet(read.seen, read.unseen, sheet.title, read.hidden, not read.is_shown)
    if not read.is_shown:
        return
    threads = package.threads(sheet.title)
    for cell in _filled(sheet):
        text = threads.get(cell.coordinate) or (clean(cell.comment.text) if cell.comment else "")
        if text:
            row, column = cell.row - 1, cell.column - 1
            yield note(text, row, column, sheet.title, read.hidden.has(row, column))
    yield from _hints(sheet)
    yield from package.drawn(sheet.title, known)
    yield from _margins(sheet)


def _hints(sheet: Any) -> Iterator[Element]:
    """What is said to those who fill cells in."""
    for rule in sheet.data_validations.dataValidation:
        first = min((area.min_row, area.min_col) for area in rule.sqref.ranges) if rule.sqref.ranges else (1, 1)
        for text in hints((rule.promptTitle, rule.prompt), (rule.errorTitle, rule.error)):
            yield note(text, first[0] - 1, first[1] - 1, sheet.title)


def _hidden(sheet: Any) -> Hidden:
    columns = (column for column in sheet.column_dimensions.values() if column.hidden or column.width == 0)
    return Hidden(
        frozenset(number - 1 for number, row in sheet.row_dimensions.items() if row.hidden or row.height == 0),
        frozenset(number - 1 for column in columns for number in range(column.min, column.max + 1)),
    )


def _cells(sheet: Any, language: str, hidden: Hidden) -> tuple[list[Cell], list[tuple[Unseen, str]]]:
    """The cells that somebody sees, and the texts of the others."""
    spans = {
        (merged.min_row, merged.min_col): (merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1)
        for merged in sheet.merged_cells.ranges
    }
    seen: list[Cell] = []
    unseen: list[tuple[Unseen, str]] = []
    looks: dict[int, _Look] = {}  # by style: a sheet has few
    for cell in _filled(sheet):
        look = looks.get(cell.style_id) or looks.setdefault(cell.style_id, _look(cell))
        value, struck = _without_struck(cell.value)
        unseen += [("struck", struck)] if struck else []
        text = clean(shown(value, look.number_format, language))
        span = spans.get((cell.row, cell.column), (1, 1))
        if not text:
            unseen += [("hidden", kept)] if (kept := clean(plain(value, language))) else []
        elif hidden.has(cell.row - 1, cell.column - 1, *span):
            unseen.append(("hidden_cells", text))
        elif look.unseen and not (look.unseen == "hidden" and _is_coloured_otherwise(cell)):
            unseen.append((look.unseen, text))
        else:
            whole = Cell(cell.row - 1, cell.column - 1, text, *span, look.strong, *stored(value))
            seen.append(hidden.seen_of(whole))
    return seen, unseen


class _Look(NamedTuple):
    """What matters of how a cell looks."""

    number_format: str
    strong: bool
    unseen: Unseen | None


def _look(cell: Any) -> _Look:
    is_struck = bool(cell.font and cell.font.strike)
    unseen: Unseen | None = "struck" if is_struck else "hidden" if _is_alike(cell) else None
    return _Look(cell.number_format, bool(cell.font and cell.font.b), unseen)


def _without_struck(value: Any) -> tuple[Any, str]:
    """A value as it is shown: raised and lowered pieces of its text in characters that are so, and breaks of lines for
    their escapes; without the pieces that are struck out, and these."""
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.utils.escape import unescape

    if not isinstance(value, CellRichText):
        return (unescape(value) if isinstance(value, str) else value), ""
    pieces = [(unescape(str(piece)), getattr(piece, "font", None)) for piece in value]
    shifts = {"superscript": superscript, "subscript": subscript}
    kept = "".join(
        shifts.get(font.vertAlign if font else "", str)(text) for text, font in pieces if not (font and font.strike)
    )
    return kept, clean("".join(text for text, font in pieces if font and font.strike))


def _is_alike(cell: Any) -> bool:
    """Letters that cannot be seen on their cell, as far as its own colours tell."""
    letters = _colour(cell.font.color) if cell.font else None
    if letters is None:
        return False
    kind = cell.fill.fill_type if cell.fill is not None else None
    ground = WHITE if kind is None else _colour(cell.fill.fgColor) if kind == "solid" else None
    return ground is not None and cannot_be_seen(letters, ground)


def _is_coloured_otherwise(cell: Any) -> bool:
    """Whether a rule or a table's style may give a cell other colours than its own."""
    from openpyxl.worksheet.cell_range import MultiCellRange

    by_rules = any(cell.coordinate in rule for rule in cell.parent.conditional_formatting)
    return by_rules or any(cell.coordinate in MultiCellRange(table.ref) for table in cell.parent.tables.values())


def _colour(colour: Any) -> Colour | None:
    """A colour of openpyxl; None where it cannot be told, as with most colours of the theme."""
    from openpyxl.styles.colors import COLOR_INDEX

    if colour is None:
        return None
    if colour.type == "theme":  # the first is that of the paper in all themes that Office brings
        return WHITE if colour.theme == 0 and not colour.tint else None
    written = colour.rgb if colour.type == "rgb" else None
    if colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        written = COLOR_INDEX[colour.indexed]
    return colour_of_hex(written[-6:]) if isinstance(written, str) and not colour.tint else None


def _margins(sheet: Any) -> Iterator[Element]:
    """What is printed above and below each page of a sheet, without the numbers of pages and the like."""
    about = sheet.HeaderFooter
    is_used = {"odd": True, "even": about.differentOddEven, "first": about.differentFirst}
    for pages, used in is_used.items():
        said = (getattr(sheet, f"{pages}{part}") for part in ("Header", "Footer"))
        pieces = [piece.text or "" for one in said if one for piece in (one.left, one.center, one.right) if piece]
        for element in margin_elements(pieces, sheet.title):
            yield element if used else element.model_copy(update={"unseen": "hidden"})
