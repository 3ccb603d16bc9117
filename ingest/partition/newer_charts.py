"""Charts of Office since 2016, such as waterfalls and tree maps, in a form of their own ([MS-ODRAWXML] 2.24)."""

from collections.abc import Iterator
from typing import Any

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.charts import A, ChartSeries, points_of, series_elements

CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"


def newer_chart_elements(root: Any, language: str) -> Iterator[Element]:
    """A chart as the table that it shows.

    Args:
        root: of the chart's part.
        language: in which its numbers are written.
    """
    held = {data.get("id"): data for data in root.iter(f"{CX}data")}
    series = []
    for one in root.iter(f"{CX}series"):
        named = one.find(f"{CX}dataId")
        if named is not None and (data := held.get(named.get("val"))) is not None:
            name = _said(one.find(f"{CX}tx"))
            series.append(ChartSeries(name, _dimension(data, "strDim", language), _dimension(data, "numDim", language)))
    titles = (_said(title) for title in root.iter(f"{CX}title"))
    yield from series_elements(" · ".join(filter(None, titles)), series)


def _said(node: Any) -> str:
    """What a title says, in letters with looks or as a cell has it."""
    if node is None:
        return ""
    written = "".join(text.text or "" for text in node.iter(f"{A}t"))
    return clean(written or " ".join(value.text or "" for value in node.iter(f"{CX}v")))


def _dimension(data: Any, kind: str, language: str) -> dict[int, str]:
    """The texts of points by their number."""
    dimension = data.find(f"{CX}{kind}")
    levels = [] if dimension is None else dimension.findall(f"{CX}lvl")
    return points_of(levels, f"{CX}pt", language, is_number=kind == "numDim") if levels else {}
