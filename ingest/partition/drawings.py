"""What is drawn in Office documents: charts, SmartArt and pictures, wherever they stand (ECMA-376, part 1)."""

from collections.abc import Iterator
from typing import Any

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.number_formats import shown_number
from ingest.partition.office_package import OfficePackage, R, Relation
from ingest.partition.picture_text import SMALL, picture_elements
from ingest.partition.table_model import Cell, Table, table_element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_LANGUAGE = "de"  # charts keep numbers without their language


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
    for inner in node.iter(f"{C}chart", f"{_D}relIds", f"{A}blip"):
        relation = relations.get(inner.get({f"{_D}relIds": f"{R}dm", f"{A}blip": f"{R}embed"}.get(inner.tag, f"{R}id")))
        if relation is None or relation.target not in package.names:
            continue
        if inner.tag == f"{C}chart":
            yield from chart_elements(package.xml(relation.target))
        elif inner.tag == f"{_D}relIds":
            yield from _diagram(package.xml(relation.target))
        else:
            yield from picture_elements(package.content(relation.target), relation.target, smallest)


def chart_elements(root: Any) -> Iterator[Element]:
    """A chart as the table that it shows: a row each category, a column each series.

    Args:
        root: of the chart's part.
    """
    chart = root.find(f".//{C}chart")
    if chart is None:
        return
    series = list(chart.iter(f"{C}ser"))
    rows = sorted({index for one in series for index in _points(one, "val", "yVal")})
    cells = [Cell(0, 0, _title(chart), 1, len(series) + 1)]
    for column, one in enumerate(series, 1):
        cells.append(Cell(1, column, " ".join(_points(one, "tx").values())))
        for index, text in _points(one, "val", "yVal").items():
            cells.append(Cell(2 + rows.index(index), column, text))
    names: dict[int, str] = {}
    for one in series:
        names = {**_points(one, "cat", "xVal"), **names}
    cells += [Cell(2 + rows.index(index), 0, text) for index, text in names.items() if index in rows]
    heads = 2 if cells[0].text else 1
    shown_cells = [cell for cell in cells if cell.text]
    if element := table_element(Table(tuple(sorted(shown_cells)), heads)):
        yield element


def _title(chart: Any) -> str:
    """The chart's title with those of its axes, which name units."""
    titles = [chart.find(f"{C}title"), *chart.findall(f"{C}plotArea/*/{C}title")]
    texts = (clean("".join(text.text or "" for text in title.iter(f"{A}t"))) for title in titles if title is not None)
    return " · ".join(filter(None, texts))


def _points(series: Any, *names: str) -> dict[int, str]:
    """The texts of a series' points by their number: of its name, its categories or its values."""
    found: dict[int, str] = {}
    for name in names:
        for cache in series.iterfind(f"{C}{name}//{C}ptCount/.."):
            code = cache.findtext(f"{C}formatCode") or "General"
            for point in cache.iter(f"{C}pt"):
                text = clean(_value(point.findtext(f"{C}v") or "", point.get("formatCode") or code, cache.tag))
                place = int(point.get("idx", "0"))
                found[place] = f"{text} {found[place]}" if place in found else text  # outer levels come last
        if direct := series.findtext(f"{C}{name}/{C}v"):
            found.setdefault(0, clean(direct))
    return found


def _value(text: str, number_format: str, tag: str) -> str:
    if tag != f"{C}numCache" and tag != f"{C}numLit":
        return text
    try:
        return shown_number(float(text), number_format, _LANGUAGE)
    except ValueError:
        return text


def _diagram(root: Any) -> Iterator[Element]:
    for point in root.iter(f"{_D}pt"):
        text = clean(" ".join(run.text or "" for run in point.iter(f"{A}t")))
        if text and point.get("type", "node") in ("node", "asst"):
            yield Element(kind="list_item", text=text)
