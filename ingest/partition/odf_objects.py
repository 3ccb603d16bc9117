"""Pictures and objects within OpenDocument files."""

from collections.abc import Iterator
from typing import Any

from ingest.documents import Element
from ingest.partition import clean, unread
from ingest.partition.odf import OdfPackage
from ingest.partition.picture_text import picture_elements

CHART = "{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}"
_STAND_INS = ("ObjectReplacements", "TablePreview")  # pictures of objects and tables, for programs without these


def picture(package: OdfPackage, name: str) -> Iterator[Element]:
    """Text in a picture; one that is kept beside the file is named.

    Args:
        package: that shows it.
        name: where it is.
    """
    if not name or any(stand_in in name for stand_in in _STAND_INS):
        return
    if name in package.names:
        yield from picture_elements(package.content(name), name)
    else:
        yield unread(name.rpartition("/")[2])


def object_root(package: OdfPackage, name: str) -> Any:
    """The root of an object's content; None where it is in no format of OpenDocument.

    Args:
        package: that it is in.
        name: where it is.
    """
    part = f"{name.removeprefix('./').rstrip('/')}/content.xml"
    return package.xml(part) if part in package.names else None


def point_labels(chart: Any) -> Iterator[Element]:
    """Words that somebody has written at points of a chart.

    Args:
        chart: node that holds it.
    """
    for label in chart.iter(f"{CHART}data-label"):
        if text := clean(" ".join("".join(line.itertext()) for line in label)):
            yield Element(kind="note", text=text)
