"""Text of the shapes on slides: paragraphs with their numbers, runs with their looks, tables."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ingest.documents import Element, Kind, Unseen
from ingest.partition import clean
from ingest.partition.charts import A
from ingest.partition.contrast import is_white
from ingest.partition.equations import M, office_equation
from ingest.partition.numerals import letter, roman
from ingest.partition.office_package import MC
from ingest.partition.pptx_shapes import P
from ingest.partition.scripts import subscript, superscript
from ingest.partition.symbol_fonts import as_shown
from ingest.partition.tab_columns import Block, parted, tab_line, with_tables
from ingest.partition.table_layout import table_element
from ingest.partition.table_model import Cell, Table

_ON = ("1", "true")
_MARKS = tuple(f"{A}{name}" for name in ("buAutoNum", "buChar", "buBlip", "buNone"))
_MOST_SPANNED = 1_000
_TINY = 200  # hundredths of a point
_PRIVATE = range(0xF000, 0xF100)  # characters that are in the font of symbols


class _Said(NamedTuple):
    """The text of a paragraph, with its tabs, and what is not seen in it."""

    text: str
    unseen: list[tuple[Unseen, str]]


def shape_text(
    shape: Any, listed: bool, is_on_white: Callable[[], bool], styles: Sequence[Any] = ()
) -> Iterator[Element]:
    """Paragraphs of a shape's text.

    Args:
        shape: its node.
        listed: whether its paragraphs have bullets unless they say otherwise.
        is_on_white: whether what is behind it is white.
        styles: of lists, the nearest first, which its paragraphs have where they say nothing themselves.
    """
    body = shape.find(f"{P}txBody")
    own = [] if body is None else body.findall(f"{A}lstStyle")
    return drawn_paragraphs(() if body is None else body.iterfind(f"{A}p"), listed, is_on_white, (*own, *styles))


def drawn_paragraphs(
    paragraphs: Iterable[Any],
    listed: bool = False,
    is_on_white: Callable[[], bool] = lambda: False,
    styles: Sequence[Any] = (),
) -> Iterator[Element]:
    """Paragraphs of any drawn text: of a shape, a text box, a node of SmartArt.

    Args:
        paragraphs: nodes of DrawingML.
        listed: whether they have bullets unless they say otherwise.
        is_on_white: whether what is behind them is white.
        styles: of lists, the nearest first.
    """
    return with_tables(_blocks(paragraphs, listed, is_on_white, styles))


def _blocks(paragraphs: Any, listed: bool, is_on_white: Callable[[], bool], styles: Sequence[Any]) -> Iterator[Block]:
    numbers = _Numbers(styles)
    for paragraph in paragraphs:
        said = _said(paragraph, is_on_white)
        text, elements = _one_line(parted(said.text)), list[Element]()
        kind: Kind = "paragraph"
        if any(map(str.isalnum, text)):
            kind, mark = numbers.mark(paragraph, listed)
            elements.append(Element(kind=kind, text=f"{mark} {text}".strip()))
        elements += _not_seen(said)
        stops = [stop.get("pos") or "" for stop in paragraph.iterfind(f"{A}pPr/{A}tabLst/{A}tab")]
        yield tab_line(said.text, stops) if kind == "paragraph" and text else None, elements


def _not_seen(said: _Said) -> Iterator[Element]:
    for why, text in said.unseen:
        if shown := clean(text):
            yield Element(kind="paragraph", text=shown, unseen=why)


def _one_line(text: str) -> str:
    return " ".join(filter(None, map(clean, text.split("\n"))))


def _said(paragraph: Any, is_on_white: Callable[[], bool]) -> _Said:
    """The text of a paragraph."""
    text, unseen = "", list[tuple[Unseen, str]]()
    for node in _nodes(paragraph):
        if node.tag == f"{A}br":
            text += "\n"
        elif node.tag == f"{A}r" or (node.tag == f"{A}fld" and node.get("type") != "slidenum"):
            properties, said = node.find(f"{A}rPr"), node.findtext(f"{A}t") or ""
            why = _why(properties, is_on_white)
            if why is None:
                text += _placed(_in_font(said, properties), properties)
            elif unseen and unseen[-1][0] == why:
                unseen[-1] = (why, unseen[-1][1] + said)
            else:
                unseen.append((why, said))
        else:
            text += "".join(map(office_equation, node.iter(f"{M}oMath")))
    return _Said(text, unseen)


def _nodes(paragraph: Any) -> Iterator[Any]:
    for node in paragraph:
        if node.tag == f"{MC}AlternateContent":
            yield from node.find(f"{MC}Choice") if node.find(f"{MC}Choice") is not None else ()
        elif isinstance(node.tag, str):
            yield node


def _why(properties: Any, is_on_white: Callable[[], bool]) -> Unseen | None:
    """Why a run is not seen, None if it is."""
    if properties is None:
        return None
    if properties.get("strike", "noStrike") != "noStrike":
        return "struck"
    size = properties.get("sz") or ""
    if size.isdigit() and int(size) <= _TINY:
        return "hidden"
    fill = properties.find(f"{A}solidFill")
    marked = properties.find(f"{A}highlight") is not None
    return "hidden" if fill is not None and is_white_fill(fill) and not marked and is_on_white() else None


def is_white_fill(fill: Any) -> bool:
    """Whether a fill is white: by its colour, or as the ground of the theme is.

    Args:
        fill: of `a:solidFill`.
    """
    colour, of_theme = fill.find(f"{A}srgbClr"), fill.find(f"{A}schemeClr")
    if colour is not None:
        return is_white(colour.get("val") or "") and len(colour) == 0
    return of_theme is not None and of_theme.get("val") in ("bg1", "lt1") and len(of_theme) == 0


def _in_font(text: str, properties: Any) -> str:
    """Text as the fonts of its run show it; signs have a font of their own."""
    if properties is None:
        return text
    fonts = [properties.find(f"{A}{name}") for name in ("latin", "sym")]
    latin, signs = ((font.get("typeface") or "") if font is not None else "" for font in fonts)
    return "".join(as_shown(char, (signs or latin) if ord(char) in _PRIVATE else latin) for char in text)


def _placed(text: str, properties: Any) -> str:
    raised = int(properties.get("baseline", "0").rstrip("%")) if properties is not None else 0
    return superscript(text) if raised > 0 else subscript(text) if raised < 0 else text


class _Numbers:
    """Counts the items of one shape.

    Args:
        styles: of lists, the nearest first.
    """

    def __init__(self, styles: Sequence[Any]) -> None:
        self._styles = styles
        self._last: dict[
            int, tuple[tuple[str, str], int]
        ] = {}  # how the last item of a level is numbered, and its number

    def mark(self, paragraph: Any, listed: bool) -> tuple[Kind, str]:
        """Whether a paragraph is an item, and its number."""
        properties = paragraph.find(f"{A}pPr")
        level = int(properties.get("lvl", "0")) if properties is not None else 0
        for deeper in [depth for depth in self._last if depth > level]:
            del self._last[deeper]
        mark = self._mark_of(properties, level)
        if mark is None or mark.tag != f"{A}buAutoNum":
            self._last.pop(level, None)
            is_item = listed if mark is None else mark.tag != f"{A}buNone"
            return ("list_item" if is_item else "paragraph"), ""
        numbered = mark
        how = numbered.get("type", ""), numbered.get("startAt", "1")
        before = self._last.get(level)
        number = before[1] + 1 if before and before[0] == how else int(how[1])
        self._last[level] = how, number
        return "list_item", _numbered(how[0], number)

    def _mark_of(self, properties: Any, level: int) -> Any:
        """The mark before an item that is nearest to it: its own, else of a style; None where nothing says it."""
        above = (style.find(f"{A}lvl{level + 1}pPr") for style in self._styles)
        for said in (properties, *above):
            if said is not None and (found := next((one for one in said if one.tag in _MARKS), None)) is not None:
                return found
        return None


def _numbered(form: str, number: int) -> str:
    text = letter(number) if form.startswith("alpha") else roman(number) if form.startswith("roman") else str(number)
    text = text.upper() if "Uc" in form else text
    if form.endswith("ParenBoth"):
        return f"({text})"
    return f"{text})" if form.endswith("ParenR") else text if form.endswith("Plain") else f"{text}."


def table_text(table: Any) -> Iterator[Element]:
    """A table of a slide, and what is not seen in it.

    Args:
        table: its node.
    """
    cells, unseen = list[Cell](), list[Element]()
    properties = table.find(f"{A}tblPr")
    headed = properties is not None and properties.get("firstRow") in _ON
    for number, row in enumerate(table.iterfind(f"{A}tr")):
        for column, cell in enumerate(row.iterfind(f"{A}tc")):
            if cell.get("hMerge") in _ON or cell.get("vMerge") in _ON:
                continue
            # Styles of tables have grounds of their own: white text may be seen in any cell.
            said = [_said(paragraph, lambda: False) for paragraph in cell.iter(f"{A}p")]
            unseen += [element for one in said for element in _not_seen(one)]
            text = " ".join(filter(None, (_one_line(parted(one.text)) for one in said)))
            span = _span(cell, "rowSpan"), _span(cell, "gridSpan")
            cells.append(Cell(number, column, text, *span, strong=headed and number == 0))
    if element := table_element(Table(tuple(cells))):
        yield element
    yield from unseen


def _span(cell: Any, name: str) -> int:
    return max(1, min(int(cell.get(name, "1")), _MOST_SPANNED))
