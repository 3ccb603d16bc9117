"""What OpenDocument files have in common: their package, styles, and the text of a paragraph (ISO/IEC 26300).

pandoc passes over headers, text frames and what is struck out, and takes hidden text for text.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ingest.documents import Unseen
from ingest.partition.office_package import OfficePackage
from ingest.partition.scripts import subscript, superscript

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MOST_SPACES = 100
# Fields whose text is the number of a page, and what is no text of the paragraph that it is anchored in.
_PAGE_FIELDS = {f"{TEXT}page-number", f"{TEXT}page-count", f"{TEXT}sequence-decls"}
_ELSEWHERE = {f"{DRAW}frame", f"{DRAW}custom-shape", f"{DRAW}g", f"{TEXT}note", f"{OFFICE}annotation"}


class Look(NamedTuple):
    """What matters of how text looks; None where a style leaves it to its parent."""

    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    raised: int | None = None  # above 0 raised, below 0 lowered

    def over(self, other: "Look") -> "Look":
        """What this says, and where it says nothing what the other does."""
        return Look(
            other.bold if self.bold is None else self.bold,
            other.struck if self.struck is None else self.struck,
            other.hidden if self.hidden is None else self.hidden,
            other.raised if self.raised is None else self.raised,
        )


class Said(NamedTuple):
    """The text of a paragraph, what is in it and not seen, and what is anchored in it, in order."""

    text: str
    unseen: list[tuple[Unseen, str]]
    anchored: list[Any]


class OdfPackage(OfficePackage):
    """The parts of an OpenDocument file."""

    @cached_property
    def body(self) -> Any:
        """The document, presentation or spreadsheet itself."""
        found = self._content.find(f"{OFFICE}body")
        return found[0] if found is not None and len(found) else ()

    @cached_property
    def styles(self) -> dict[tuple[str, str], Any]:
        """All styles by family and name."""
        return {
            (style.get(f"{STYLE}family"), style.get(f"{STYLE}name")): style
            for root in self.roots
            for style in root.iter(f"{STYLE}style")
        }

    @cached_property
    def roots(self) -> list[Any]:
        """The parts that hold styles: of the document and of its masters."""
        masters = [self.xml("styles.xml")] if "styles.xml" in self.names else []
        return [*masters, self._content]

    @cached_property
    def _content(self) -> Any:
        return self.xml("content.xml")

    def look(self, family: str, name: str | None) -> Look:
        """How a style looks, with what it takes from its parents."""
        found = Look()
        for style in self._line(family, name):
            own = _look(style.find(f"{STYLE}text-properties"))
            found = found.over(own)
        return found

    def names_of(self, family: str, name: str | None) -> Iterator[str]:
        """Names of a style and of its parents, as people see them."""
        for style in self._line(family, name):
            yield style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or ""

    def said(self, node: Any) -> Said:
        """The text of a paragraph or heading.

        Args:
            node: of `text:p` or `text:h`.
        """
        said = Said("", [], [])
        look = self.look("paragraph", node.get(f"{TEXT}style-name"))
        return said._replace(text="".join(self._pieces(node, look, said)))

    def _pieces(self, node: Any, look: Look, said: Said) -> Iterator[str]:
        yield from self._piece(node.text, look, said)
        for child in node:
            if child.tag in _ELSEWHERE:
                said.anchored.append(child)
                if child.tag == f"{TEXT}note":
                    yield superscript(child.findtext(f"{TEXT}note-citation") or "")
            elif child.tag == f"{TEXT}s":
                yield " " * min(int(child.get(f"{TEXT}c", "1")), _MOST_SPACES)
            elif child.tag == f"{TEXT}tab":
                yield " "
            elif child.tag == f"{TEXT}line-break":
                yield "\n"
            elif child.tag == f"{TEXT}hidden-text":
                said.unseen.append(("hidden", child.get(f"{TEXT}string-value") or ""))
            elif isinstance(child.tag, str) and child.tag not in _PAGE_FIELDS and not child.tag.startswith(_DC):
                own = self.look("text", child.get(f"{TEXT}style-name")) if child.tag == f"{TEXT}span" else Look()
                yield from self._pieces(child, own.over(look), said)
            yield from self._piece(child.tail, look, said)

    def _piece(self, text: str | None, look: Look, said: Said) -> Iterator[str]:
        text = " ".join((text or "").split("\n")) if text else ""
        if text and (look.hidden or look.struck):
            said.unseen.append(("hidden" if look.hidden else "struck", text))
        elif text:
            raised = look.raised or 0
            yield superscript(text) if raised > 0 else subscript(text) if raised < 0 else text

    def _line(self, family: str, name: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while name and name not in seen and (style := self.styles.get((family, name))) is not None:
            seen.add(name)
            yield style
            name = style.get(f"{STYLE}parent-style-name")


def _look(properties: Any) -> Look:
    if properties is None:
        return Look()
    weight, line = properties.get(f"{_FO}font-weight"), properties.get(f"{STYLE}text-line-through-style")
    display, place = properties.get(f"{TEXT}display"), properties.get(f"{STYLE}text-position")
    return Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        struck=None if line is None else line != "none",
        hidden=None if display is None else display == "none",
        raised=None if place is None else _raised(place),
    )


def _raised(place: str) -> int:
    where = place.split()[0] if place.split() else "0%"
    if where in ("super", "sub"):
        return 1 if where == "super" else -1
    number = float(where.rstrip("%") or 0)
    return (number > 0) - (number < 0)
