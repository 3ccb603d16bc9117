"""Charts of Office documents, as the tables that they show (ECMA-376, part 1, section 21.2)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.cell_values import stored
from ingest.partition.chart_labels import C, Labels, labels_from_cells, labels_of
from ingest.partition.number_formats import as_formatted, shown
from ingest.partition.table_layout import table_element
from ingest.partition.table_model import Cell, Table

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class ChartSeries(NamedTuple):
    """Values of a chart as they are shown, and their categories, both by the numbers of their points."""

    name: str
    categories: dict[int, str]
    values: dict[int, str]


def chart_elements(root: Any, language: str) -> Iterator[Element]:
    """A chart as the table that it shows: a row each category, a column each series.

    Args:
        root: of the chart's part.
        language: in which its numbers are written.
    """
    chart = root.find(f".//{C}chart")
    if chart is None:
        return
    yield from series_elements(chart_title(root), [_series(one, language) for one in chart.iter(f"{C}ser")])
    yield from label_elements(root)


def _series(node: Any, language: str) -> ChartSeries:
    labels = labels_of(node)
    values = _points(node, language, "val", "yVal", shown_as=labels.value_format)
    return ChartSeries(
        " ".join(_points(node, language, "tx").values()),
        _points(node, language, "cat", "xVal"),
        _beside(
            values, _points(node, language, "bubbleSize"), _shares(node, labels, language), labels_from_cells(node)
        ),
    )


def _shares(node: Any, labels: Labels, language: str) -> dict[int, str]:
    """The shares of all that a chart writes at the points of a series, by their number; none where it writes none."""
    if not labels.has_shares:
        return {}
    values = {
        int(point.get("idx", "0")): abs(float(point.findtext(f"{C}v") or 0))
        for point in node.iterfind(f"{C}val//{C}pt")
        if raw_number(point.findtext(f"{C}v") or "")
    }
    whole = sum(values.values())
    return {number: shown(value / whole, labels.share_format, language) for number, value in values.items() if whole}


def label_elements(root: Any) -> Iterator[Element]:
    """Words that somebody has written at points of a chart, in place of their values.

    Args:
        root: of the chart's part.
    """
    for label in root.iter(f"{C}dLbl"):
        if text := clean(" ".join(run.text or "" for run in label.iterfind(f"{C}tx//{A}r/{A}t"))):
            yield Element(kind="note", text=text)


def series_elements(title: str, series: Sequence[ChartSeries]) -> Iterator[Element]:
    """What a chart shows as a table.

    Args:
        title: of the chart, with those of its axes.
        series: in order.
    """
    places = [_places(one) for one in series]
    rows = list(dict.fromkeys(own[at] for at in _numbers(series) for own in places if at in own))
    row_of = {place: number for number, place in enumerate(rows, 2)}
    cells = [Cell(0, 0, title, 1, len(series) + 1)]
    for column, (one, own) in enumerate(zip(series, places, strict=True), 1):
        cells.append(Cell(1, column, one.name))
        cells += [Cell(row_of[own[at]], column, text) for at, text in one.values.items()]
    named = {own[at] for one, own in zip(series, places, strict=True) for at in one.categories}
    cells += [Cell(row_of[place], 0, place.name) for place in rows if place in named]
    shown_cells = [cell for cell in cells if cell.text]
    if element := table_element(Table(tuple(sorted(shown_cells)), heads=2)):
        yield element


class _Place(NamedTuple):
    """A row of a chart's table: a category, and how many of that name stand before it."""

    name: str
    before: int


def _numbers(series: Sequence[ChartSeries]) -> list[int]:
    """The numbers of the points that a chart shows."""
    return sorted({number for one in series for number in (*one.values, *one.categories)})


def _places(series: ChartSeries) -> dict[int, _Place]:
    """The row of each point of a series by its number: months of two years have the same names."""
    found, before = dict[int, _Place](), defaultdict[str, int](int)
    for number in _numbers([series]):
        name = series.categories.get(number, str(number))
        found[number] = _Place(name, before[name])
        before[name] += 1
    return found


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


def _points(series: Any, language: str, *names: str, shown_as: str = "") -> dict[int, str]:
    """The texts of a series' points by their number: of its name, its categories or its values."""
    found: dict[int, str] = {}
    for name in names:
        for cache in series.iterfind(f"{C}{name}//{C}ptCount/.."):
            is_number = cache.tag in (f"{C}numCache", f"{C}numLit")
            found |= points_of(cache.findall(f"{C}lvl") or [cache], f"{C}pt", language, is_number, shown_as)
        if direct := series.findtext(f"{C}{name}/{C}v"):
            found.setdefault(0, clean(direct))
    return found


def points_of(levels: Sequence[Any], tag: str, language: str, is_number: bool, shown_as: str = "") -> dict[int, str]:
    """The texts of points by their number, each behind those of the outer levels that reach over it.

    Args:
        levels: nodes that hold points, the innermost first.
        tag: of a point.
        language: in which numbers are shown.
        is_number: whether their texts are numbers.
        shown_as: the format of their labels, where these have one of their own.
    """
    usual = shown_as or levels[0].findtext(f"{C}formatCode") or levels[0].get("formatCode") or "General"
    inner, *outer = ({int(point.get("idx", "0")): point for point in one.iter(tag)} for one in levels)
    found = {}
    for place, point in inner.items():
        above = (_at(level, place) for level in reversed(outer))
        texts = (_text(one, usual, shown_as, language, is_number) for one in (*above, point) if one is not None)
        found[place] = " ".join(filter(None, texts))
    return found


def _at(level: Mapping[int, Any], place: int) -> Any:
    """The point of an outer level of categories that reaches over a place: it is said once, where it begins."""
    begins = [number for number in level if number <= place]
    return level[max(begins)] if begins else None


def _text(point: Any, usual: str, shown_as: str, language: str, is_number: bool) -> str:
    text, code = point.findtext(f"{C}v") or point.text or "", shown_as or point.get("formatCode") or usual
    try:
        return clean(shown(as_formatted(float(text), code), code, language) if is_number else text)
    except ValueError:
        return clean(text)


def _beside(values: dict[int, str], *more: dict[int, str]) -> dict[int, str]:
    """Values of points with what stands beside them: sizes of bubbles, shares of the whole, words from cells."""
    for one in more:
        values = {number: f"{text} ({one[number]})" if number in one else text for number, text in values.items()}
    return values
