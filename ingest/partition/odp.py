"""OpenDocument presentations: slides with their shapes, tables and notes; hidden slides apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.documents import Element, Partitioned
from ingest.partition.odf import DRAW, PRESENTATION, STYLE, OdfPackage
from ingest.partition.odt import OdfReader
from ingest.partition.properties import file_properties

_NUMBERS = ("page-number", "date-time")


def partition_odp(path: Path) -> Partitioned:
    """Elements of an OpenDocument presentation."""
    package = OdfPackage(path)
    reader = OdfReader(package)
    slides = [node for node in package.body if node.tag == f"{DRAW}page"]
    elements = tuple(
        element.model_copy(update={"page": number, "unseen": "hidden_slide" if hidden else element.unseen})
        for number, slide in enumerate(slides, 1)
        for hidden in [_is_hidden(package, slide)]
        for element in _slide(reader, slide)
    )
    return Partitioned(elements=elements, properties=file_properties(path))


def _slide(reader: OdfReader, slide: Any) -> Iterator[Element]:
    for shape in slide:
        role = shape.get(f"{PRESENTATION}class")
        if role in _NUMBERS:
            continue
        if shape.tag == f"{PRESENTATION}notes":
            for part in shape:
                if part.tag != f"{DRAW}page-thumbnail" and part.get(f"{PRESENTATION}class") in (None, "notes"):
                    yield from (element.model_copy(update={"kind": "note"}) for element in reader.blocks([part]))
        elif role == "title":
            found = list(reader.blocks([shape]))
            if text := " ".join(element.text for element in found if not element.unseen):
                yield Element(kind="title", text=text)
        else:
            yield from reader.blocks([shape])


def _is_hidden(package: OdfPackage, slide: Any) -> bool:
    style = package.styles.get(("drawing-page", slide.get(f"{DRAW}style-name")))
    properties = style.find(f"{STYLE}drawing-page-properties") if style is not None else None
    return properties is not None and properties.get(f"{PRESENTATION}visibility") == "hidden"
