"""What an OpenDocument spreadsheet has beside its cells: text boxes, pictures, charts, and the margins of its pages."""

from collections.abc import Collection, Iterator
from typing import Any

from ingest.documents import Element
from ingest.partition import clean, said_by
from ingest.partition.charts import raw_number
from ingest.partition.odf import OdfPackage
from ingest.partition.odf_names import DRAW, OFFICE, STYLE, TABLE, TEXT, XLINK
from ingest.partition.odf_objects import CHART, object_root, point_labels
from ingest.partition.odt import OdfReader
from ingest.partition.page_numbers import PAGE, without_pages

# What programs write by themselves: names of the sheet and the file, and when it was printed.
_FIELDS = tuple(f"{TEXT}{name}" for name in ("sheet-name", "file-name", "date", "time"))


class SheetDrawings:
    """Reads what stands beside the cells of a workbook.

    Args:
        package: which the workbook is.
        known: numbers in cells that are seen: of a chart that shows no others the title is enough.
    """

    def __init__(self, package: OdfPackage, known: Collection[str]) -> None:
        self._package, self._known = package, frozenset(known)
        self._reader = OdfReader(package)
        self._margin_reader = OdfReader(package, page=PAGE)

    def elements(self, sheet: Any) -> Iterator[Element]:
        """What is drawn on a sheet, then what is printed above and below its pages.

        Args:
            sheet: its node.
        """
        for shape in _shapes(sheet):
            for element in self._shape(shape):
                yield element.model_copy(update={"label": sheet.get(f"{TABLE}name")})
        for text in dict.fromkeys(self._margins(sheet)):
            if any(map(str.isalpha, text)):
                yield Element(kind="margin", text=text, label=sheet.get(f"{TABLE}name"))

    def _shape(self, shape: Any) -> Iterator[Element]:
        holders = (holder.get(f"{XLINK}href") or "" for holder in shape.iter(f"{DRAW}object"))
        roots = [root for root in (object_root(self._package, one) for one in holders) if root is not None]
        charts = [chart for root in roots for chart in root.iter(f"{CHART}chart")]
        for chart in charts:
            yield from self._chart(chart)
        if not charts:
            yield from self._reader.anchored(shape)

    def _chart(self, chart: Any) -> Iterator[Element]:
        titles = [*chart.iterfind(f"{CHART}title"), *chart.iterfind(f"{CHART}subtitle")]
        titles += chart.iterfind(f"{CHART}plot-area/{CHART}axis/{CHART}title")
        said = (clean(" ".join("".join(line.itertext()) for line in title)) for title in titles)
        if text := " · ".join(filter(None, said)):
            yield Element(kind="paragraph", text=text)
        for table in chart.iter(f"{TABLE}table"):
            values = (cell.get(f"{OFFICE}value") or "" for cell in table.iter(f"{TABLE}table-cell"))
            if not frozenset(filter(None, map(_number, values))) <= self._known:
                yield from self._reader.blocks([table])
        yield from point_labels(chart)

    def _margins(self, sheet: Any) -> Iterator[str]:
        style = self._package.styles.get(("table", sheet.get(f"{TABLE}style-name")))
        name = style.get(f"{STYLE}master-page-name") if style is not None else None
        masters = (node for root in self._package.roots for node in root.iter(f"{STYLE}master-page"))
        for master in (one for one in masters if one.get(f"{STYLE}name") == name):
            for part in (one for one in master if one.get(f"{STYLE}display") != "false"):
                for field in list(part.iter(*_FIELDS)):
                    field.text = ""
                regions = [one for one in part if "region-" in str(one.tag)] or [part]
                for region in regions:
                    yield said_by(self._margin_reader.blocks(region), "\n", without_pages).strip()


def _shapes(sheet: Any) -> Iterator[Any]:
    """Shapes of a sheet, those at its page and those at cells; none within another."""
    for node in sheet.iterdescendants(f"{DRAW}*"):
        if node.getparent().tag in (f"{TABLE}shapes", f"{TABLE}table-cell"):
            yield node


def _number(value: str) -> str:
    return "" if value == "NaN" else raw_number(value)  # a point that a chart does not have
