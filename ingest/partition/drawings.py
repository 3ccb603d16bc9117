"""What is drawn in Office documents: charts, SmartArt and pictures, wherever they stand (ECMA-376, part 1)."""

from collections.abc import Iterator
from typing import Any

from ingest.documents import Element
from ingest.partition import unread
from ingest.partition.alternative_text import alternative
from ingest.partition.chart_labels import C
from ingest.partition.charts import A, chart_elements
from ingest.partition.newer_charts import CX, newer_chart_elements
from ingest.partition.office_package import OfficePackage, R, Relation, W
from ingest.partition.picture_limits import SMALL
from ingest.partition.picture_text import picture_elements
from ingest.partition.pptx_text import drawn_paragraphs

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
    for inner in node.iter(f"{C}chart", f"{CX}chart", f"{_D}relIds", f"{A}blip", f"{A}graphicData", _IMAGE, *_NAMED):
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
            yield from chart_elements(package.xml(relation.target), package.language)
        elif inner.tag == f"{CX}chart":
            yield from newer_chart_elements(package.xml(relation.target), package.language)
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


def diagram_elements(root: Any) -> Iterator[Element]:
    """The words of a SmartArt.

    Args:
        root: of the part that holds its data.
    """
    for point in root.iter(f"{_D}pt"):
        if point.get("type", "node") not in ("node", "asst"):
            continue
        elements = list(drawn_paragraphs(point.iter(f"{A}p")))
        if text := " ".join(element.text for element in elements if not element.unseen):
            yield Element(kind="list_item", text=text)
        yield from (element for element in elements if element.unseen)
