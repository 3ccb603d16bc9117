"""Charts show each of their points, also where several have the same category, or categories of several levels."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from ingest.partition import partition
from ingest.partition.completeness import checked
from ingest.partition.newer_charts import newer_chart_elements

CX = "http://schemas.microsoft.com/office/drawing/2014/chartex"


def read(
    file: Path,
    kind: Any,
    data: Any,
    beside: str = "The meeting of the board was in May.",
    change: Callable[[Any], None] = lambda chart: None,
) -> list[str]:
    """Lines of the table that a chart on a slide is read as.

    Args:
        file: that is made.
        kind: of the chart.
        data: that it shows.
        beside: text of the slide, which tells the language of the numbers.
        change: of the chart.
    """
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(Cm(1), Cm(12), Cm(15), Cm(2)).text_frame.text = beside
    change(slide.shapes.add_chart(kind, Cm(1), Cm(1), Cm(15), Cm(10), data).chart)
    deck.save(str(file))
    (table,) = (element for element in partition(file).elements if element.kind == "table")
    return table.text.split("\n")


def test_points_of_the_same_category_are_all_shown(tmp_path: Path) -> None:
    data = CategoryChartData()
    data.categories = ["Mai", "Juni", "Mai", "Juni"]
    data.add_series("Gäste", (31, 42, 55, 63))
    assert read(tmp_path / "a.pptx", XL_CHART_TYPE.COLUMN_CLUSTERED, data) == [
        "Mai; Gäste: 31", "Juni; Gäste: 42", "Mai; Gäste: 55", "Juni; Gäste: 63",
    ]  # fmt: skip


def test_an_outer_category_reaches_over_all_that_are_in_it(tmp_path: Path) -> None:
    data = CategoryChartData()
    for site in ("Kiel", "Lübeck"):
        outer = data.add_category(site)
        for shift in ("day", "night"):
            outer.add_sub_category(shift)
    data.add_series("Staff", (12, 5, 9, 4))
    assert read(tmp_path / "a.pptx", XL_CHART_TYPE.BAR_CLUSTERED, data) == [
        "Kiel day; Staff: 12", "Kiel night; Staff: 5", "Lübeck day; Staff: 9", "Lübeck night; Staff: 4",
    ]  # fmt: skip


def test_points_and_bubbles_at_the_same_place_are_all_shown(tmp_path: Path) -> None:
    points = XyChartData()
    series = points.add_series("Druck")
    for x, y in ((2, 4.5), (2, 4.75), (3, 3.25)):
        series.add_data_point(x, y)
    assert len(read(tmp_path / "a.pptx", XL_CHART_TYPE.XY_SCATTER, points)) == 3
    bubbles = BubbleChartData()
    series = bubbles.add_series("Risiko")
    series.add_data_point(1, 5, 175)
    assert read(tmp_path / "b.pptx", XL_CHART_TYPE.BUBBLE, bubbles) == ["1; Risiko: 5 (175)"]


@pytest.mark.parametrize("kind", ["waterfall", "treemap", "funnel"])
def test_charts_of_newer_kinds_are_read(kind: str) -> None:
    root = etree.fromstring(
        f'<cx:chartSpace xmlns:cx="{CX}"><cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:lvl ptCount="2">'
        '<cx:pt idx="0">Vorjahr</cx:pt><cx:pt idx="1">Mengen</cx:pt></cx:lvl></cx:strDim><cx:numDim type="val">'
        '<cx:lvl ptCount="2" formatCode="#,##0"><cx:pt idx="0">1250</cx:pt><cx:pt idx="1">-80</cx:pt></cx:lvl>'
        "</cx:numDim></cx:data></cx:chartData><cx:chart><cx:title><cx:tx><cx:txData><cx:v>Erlöse in T€</cx:v>"
        f'</cx:txData></cx:tx></cx:title><cx:plotArea><cx:plotAreaRegion><cx:series layoutId="{kind}"><cx:tx>'
        '<cx:txData><cx:v>Erlös</cx:v></cx:txData></cx:tx><cx:dataId val="0"/></cx:series></cx:plotAreaRegion>'
        "</cx:plotArea></cx:chart></cx:chartSpace>"
    )
    (table,) = newer_chart_elements(root, "de")
    assert table.text.split("\n") == ["Erlöse in T€", "Vorjahr; Erlös: 1.250", "Mengen; Erlös: -80"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("The parish council met in the hall.", "Hall; 2031: 3,400"),
     ("Der Rat der Gemeinde tagte in der Halle.", "Hall; 2031: 3.400")],
)  # fmt: skip
def test_numbers_of_a_chart_are_written_as_its_document_is(tmp_path: Path, text: str, shown: str) -> None:
    data = CategoryChartData(number_format="#,##0")
    data.categories = ["Hall"]
    data.add_series("2031", (3400,))
    assert read(tmp_path / "a.pptx", XL_CHART_TYPE.PIE, data, text) == [shown]


def labelled(**shown: Any) -> Callable[[Any], None]:
    """A change to a chart by which its labels are shown, and how."""

    def change(chart: Any) -> None:
        chart.plots[0].has_data_labels = True
        for name, value in shown.items():
            setattr(chart.plots[0].data_labels, name, value)

    return change


@pytest.mark.parametrize(
    ("kind", "shown", "lines"),
    [
        (
            XL_CHART_TYPE.COLUMN_CLUSTERED,
            {"show_value": True, "number_format": '#,##0.0" k€"', "number_format_is_linked": False},
            ["Nord; 2026: 31.3 k€", "Süd; 2026: 1,218.8 k€"],
        ),
        (XL_CHART_TYPE.LINE, {"show_value": True}, ["Nord; 2026: 31.25", "Süd; 2026: 1218.75"]),
        (XL_CHART_TYPE.PIE, {"show_percentage": True}, ["Nord; 2026: 31.25 (3%)", "Süd; 2026: 1218.75 (98%)"]),
        (
            XL_CHART_TYPE.DOUGHNUT,
            {"show_percentage": True, "number_format": "0.0 %", "number_format_is_linked": False},
            ["Nord; 2026: 31.25 (2.5 %)", "Süd; 2026: 1218.75 (97.5 %)"],
        ),
    ],
)
def test_values_are_shown_as_their_labels_are(
    tmp_path: Path, kind: Any, shown: dict[str, Any], lines: list[str]
) -> None:
    data = CategoryChartData()
    data.categories = ["Nord", "Süd"]
    data.add_series("2026", (31.25, 1218.75))
    assert read(tmp_path / "a.pptx", kind, data, change=labelled(**shown)) == lines
    whole = checked(tmp_path / "a.pptx", partition(tmp_path / "a.pptx")).completeness
    assert whole is not None and whole.share == 1
