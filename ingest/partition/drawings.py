"""What is drawn in Office documents: charts, SmartArt and pictures, wherever they stand (ECMA-376, part 1)."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ingest.documents import Element
from ingest.partition import clean, unread
from ingest.partition.alternative_text import alternative
from ingest.partition.cell_values import stored
from ingest.partition.number_formats import as_formatted, shown
from ingest.partition.office_package import OfficePackage, R, Relation, W
from ingest.partition.picture_limits import SMALL
from ingest.partition.picture_text import picture_elements
from ingest.partition.table_layout import table_element
from ingest.partition.table_model import Cell, Table
from ingest.text.words import detect_language

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"  # of Word before 2010
_BOX = f"{W}txbxContent"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = A[1:-4] + "picture"
# What a drawing is called, and what its author says of it.
_NAMED = (
    f"{WP}docPr",
    "{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr",
    "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr",
)
_EMU = 9_525  # English metric units a pixel


class ChartSeries(NamedTuple):
    """Values of a chart as they are shown, and their categories, both by the numbers of their points."""

    name: str
    categories: dict[int, str]
    values: dict[int, str]


def drawn(
    node: Any, package: OfficePackage, relations: dict[str, Relation], smallest: int = SMALL
) -> Iterator[Element]:
    """Elements of all that is drawn within a node of a document or slide.

    Args:
        node: that is searched.
        package: which the document is.
        relations: of the part that the node is in.
        smallest: pixels that a picture must have to be read.
    """
    for inner in node.iter(f"{C}chart", f"{_D}relIds", f"{A}blip", f"{A}graphicData", _IMAGE, *_NAMED):
        if any(parent.tag == _BOX for parent in _parents(inner, node)):
            continue  # it is read with the box that it stands in
        if inner.tag in _NAMED:
            yield from alternative(inner.get("title"), inner.get("descr"))
            continue
        if inner.tag == f"{A}graphicData":
            yield from _empty(inner)
            continue
        place = {f"{_D}relIds": (f"{R}dm",), f"{A}blip": (f"{R}embed", f"{R}link")}.get(inner.tag, (f"{R}id",))
        relation = next((relations[said] for name in place if (said := inner.get(name)) in relations), None)
        if relation is None:
            continue
        if relation.target not in package.names:  # a picture that is kept beside the file
            yield unread(relation.target.replace("\\", "/").rpartition("/")[2])
        elif inner.tag == f"{C}chart":
            yield from chart_elements(package.xml(relation.target))
        elif inner.tag == f"{_D}relIds":
            yield from diagram_elements(package.xml(relation.target))
        else:
            yield from picture_elements(package.content(relation.target), relation.target, smallest)


def _empty(data: Any) -> Iterator[Element]:
    """The frame of a picture that is not in the file: programs that cannot write a drawing leave one."""
    shape = next(data.iterancestors(f"{WP}inline", f"{WP}anchor"), None)
    if shape is None or data.get("uri") != _PICTURE or next(data.iter(f"{A}blip"), None) is not None:
        return
    extent, name = shape.find(f"{WP}extent"), shape.find(f"{WP}docPr")
    width, height = (int(extent.get(side, "0")) // _EMU for side in ("cx", "cy")) if extent is not None else (0, 0)
    if width * height >= SMALL:
        yield unread((name.get("name") if name is not None else "") or "picture")


def _parents(inner: Any, node: Any) -> Iterator[Any]:
    for parent in inner.iterancestors():
        if parent is node:
            return
        yield parent


def chart_elements(root: Any) -> Iterator[Element]:
    """A chart as the table that it shows: a row each category, a column each series.

    Args:
        root: of the chart's part.
    """
    chart = root.find(f".//{C}chart")
    if chart is None:
        return
    series = list(chart.iter(f"{C}ser"))
    language = detect_language(" ".join(text.text or "" for text in root.iter(f"{A}t", f"{C}v")))
    yield from series_elements(
        chart_title(root),
        [
            ChartSeries(
                " ".join(_points(one, language, "tx").values()),
                _points(one, language, "cat", "xVal"),
                _points(one, language, "val", "yVal"),
            )
            for one in series
        ],
    )
    yield from label_elements(root)


def label_elements(root: Any) -> Iterator[Element]:
    """Words that somebody has written at points of a chart, in place of their values.

    Args:
        root: of the chart's part.
    """
    for label in root.iter(f"{C}dLbl"):
        if text := clean(" ".join(run.text or "" for run in label.iterfind(f"{C}tx//{A}t"))):
            yield Element(kind="note", text=text)


def series_elements(title: str, series: Sequence[ChartSeries]) -> Iterator[Element]:
    """What a chart shows as a table.

    Args:
        title: of the chart, with those of its axes.
        series: in order.
    """
    names, values = [one.categories for one in series], [one.values for one in series]
    rows = _rows(names, values)
    cells = [Cell(0, 0, title, 1, len(series) + 1)]
    for column, one in enumerate(series, 1):
        cells.append(Cell(1, column, one.name))
        for index, text in one.values.items():
            cells.append(Cell(2 + rows.index(one.categories.get(index, str(index))), column, text))
    cells += [Cell(2 + at, 0, name) for at, name in enumerate(rows) if any(name in own.values() for own in names)]
    shown_cells = [cell for cell in cells if cell.text]
    if element := table_element(Table(tuple(sorted(shown_cells)), heads=2)):
        yield element


def chart_numbers(root: Any) -> frozenset[str]:
    """The numbers that a chart shows, as cells keep them.

    Args:
        root: of the chart's part.
    """
    points = (point for kind in ("val", "yVal") for node in root.iter(f"{C}{kind}") for point in node.iter(f"{C}v"))
    return frozenset(filter(None, (raw_number(point.text or "") for point in points)))


def raw_number(text: str) -> str:
    """A number of a chart as cells keep it; empty for what is none.

    Args:
        text: as the file has it.
    """
    try:
        return stored(float(text))[1]
    except (ValueError, ArithmeticError):
        return ""


def _rows(names: Sequence[dict[int, str]], values: Sequence[dict[int, str]]) -> list[str]:
    """The rows of a chart's table in order: its categories, or the places of points; numbers without these."""
    places = sorted({index for said in values for index in said})
    return list(dict.fromkeys(own.get(index, str(index)) for index in places for own in names))


def chart_title(root: Any) -> str:
    """The title of a chart with those of its axes, which name units.

    Args:
        root: of the chart's part.
    """
    chart = root.find(f".//{C}chart")
    if chart is None:
        return ""
    titles = [chart.find(f"{C}title"), *chart.findall(f"{C}plotArea/*/{C}title")]
    texts = (clean("".join(text.text or "" for text in title.iter(f"{A}t"))) for title in titles if title is not None)
    return " · ".join(filter(None, texts))


def _points(series: Any, language: str, *names: str) -> dict[int, str]:
    """The texts of a series' points by their number: of its name, its categories or its values."""
    found: dict[int, str] = {}
    for name in names:
        for cache in series.iterfind(f"{C}{name}//{C}ptCount/.."):
            code = cache.findtext(f"{C}formatCode") or "General"
            for point in cache.iter(f"{C}pt"):
                text = clean(
                    _value(point.findtext(f"{C}v") or "", point.get("formatCode") or code, cache.tag, language)
                )
                place = int(point.get("idx", "0"))
                found[place] = f"{text} {found[place]}" if place in found else text  # outer levels come last
        if direct := series.findtext(f"{C}{name}/{C}v"):
            found.setdefault(0, clean(direct))
    return found


def _value(text: str, number_format: str, tag: str, language: str) -> str:
    if tag != f"{C}numCache" and tag != f"{C}numLit":
        return text
    try:
        return shown(as_formatted(float(text), number_format), number_format, language)
    except ValueError:
        return text


def diagram_elements(root: Any) -> Iterator[Element]:
    """The words of a SmartArt.

    Args:
        root: of the part that holds its data.
    """
    for point in root.iter(f"{_D}pt"):
        text = clean(" ".join(run.text or "" for run in point.iter(f"{A}t")))
        if text and point.get("type", "node") in ("node", "asst"):
            yield Element(kind="list_item", text=text)
