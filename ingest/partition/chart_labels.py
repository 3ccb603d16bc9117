"""What a chart writes at its points: their values in a format of their own, or their shares of the whole."""

from typing import Any, NamedTuple

from ingest.partition import clean

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SINCE_2012 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_PERCENT = "0%"
_OF_SHARES = {f"{C}{name}Chart" for name in ("pie", "pie3D", "doughnut", "ofPie")}  # others show no shares


class Labels(NamedTuple):
    """How the labels of a series are written.

    Attributes:
        value_format: of its values; empty where these are written as their cells have them.
        has_shares: whether each point's share of all is written at it.
        share_format: of these.
    """

    value_format: str = ""
    has_shares: bool = False
    share_format: str = _PERCENT


def labels_of(series: Any) -> Labels:
    """The labels of a series: its own, or those of its plot (ECMA-376, part 1, section 21.2.2.49).

    Args:
        series: its node.
    """
    plot = series.getparent()
    labels = next((one for node in (series, plot) if (one := node.find(f"{C}dLbls")) is not None), None)
    if labels is None or _is_on(labels, "delete"):
        return Labels()
    has_values, has_shares = _is_on(labels, "showVal"), _is_on(labels, "showPercent") and plot.tag in _OF_SHARES
    numbers = labels.find(f"{C}numFmt")
    own = (numbers is not None and numbers.get("sourceLinked") not in ("1", "true") and numbers.get("formatCode")) or ""
    return Labels(own if has_values and not has_shares else "", has_shares, own if has_shares and own else _PERCENT)


def labels_from_cells(series: Any) -> dict[int, str]:
    """The labels that a series takes from cells, by the number of their point ([MS-ODRAWXML] 2.24.3.17).

    Args:
        series: its node.
    """
    points = (point for cache in series.iter(f"{_SINCE_2012}dlblRangeCache") for point in cache.iter(f"{C}pt"))
    texts = ((int(point.get("idx", "0")), clean(point.findtext(f"{C}v") or "")) for point in points)
    return {number: text for number, text in texts if text}


def _is_on(labels: Any, name: str) -> bool:
    node = labels.find(f"{C}{name}")
    return node is not None and node.get("val", "1") in ("1", "true")
