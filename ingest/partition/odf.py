"""What OpenDocument files have in common: their package and styles (ISO/IEC 26300).

pandoc passes over headers, text frames and what is struck out, and takes hidden text for text.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from ingest.partition.contrast import WHITE, cannot_be_seen, colour_of_hex
from ingest.partition.odf_controls import Control, controls_of
from ingest.partition.odf_looks import Look, has_ground, look_of
from ingest.partition.odf_names import DRAW, FO, NUMBER, OFFICE, PRESENTATION, STYLE, SVG, TABLE, TEXT
from ingest.partition.office_package import OfficePackage

# Families of the styles that nodes have.
_FAMILIES = {
    f"{TEXT}p": "paragraph",
    f"{TEXT}h": "paragraph",
    f"{TEXT}section": "section",
    f"{TABLE}table": "table",
    f"{TABLE}table-row": "table-row",
    f"{TABLE}table-cell": "table-cell",
}


class OdfPackage(OfficePackage):
    """The parts of an OpenDocument file."""

    @cached_property
    def body(self) -> Any:
        """The document, presentation or spreadsheet itself."""
        found = self._content.find(f"{OFFICE}body")
        return found[0] if found is not None and len(found) else ()

    @cached_property
    def controls(self) -> Mapping[str, Control]:
        """Controls of its forms, by the identity that shapes name them by."""
        return controls_of(self.body)

    @cached_property
    def styles(self) -> dict[tuple[str, str], Any]:
        """All styles by family and name."""
        return {
            (style.get(f"{STYLE}family"), style.get(f"{STYLE}name")): style
            for root in self.roots
            for style in root.iter(f"{STYLE}style")
        }

    @cached_property
    def spans(self) -> frozenset[str]:
        """Names of the formats that show hours beyond those of a day."""
        found = (style for root in self.roots for style in root.iter(f"{NUMBER}time-style"))
        return frozenset(
            style.get(f"{STYLE}name", "") for style in found if style.get(f"{NUMBER}truncate-on-overflow") == "false"
        )

    def is_cell_alike(self, name: str | None) -> bool:
        """Whether the letters of a cell's style cannot be seen on its ground, and neither depends on values."""
        if name not in self._alike:
            styles = list(self.lines("table-cell", name))
            grounds = (_property(style, "table-cell-properties", "background-color") for style in styles)
            ground = next(filter(None, grounds), "transparent")
            depends = any(style.find(f"{STYLE}map") is not None for style in styles)
            letters = self.look("table-cell", name).letter_colour
            behind = WHITE if ground == "transparent" else colour_of_hex(ground)
            is_known = letters is not None and behind is not None and not depends
            self._alike[name] = is_known and cannot_be_seen(letters, behind)
        return self._alike[name]

    @cached_property
    def _alike(self) -> dict[str | None, bool]:
        return {}

    def data_style(self, name: str | None) -> str | None:
        """The name of the number format that a style of a cell has, itself or from a parent."""
        used = (style.get(f"{STYLE}data-style-name") for style in self.lines("table-cell", name))
        return next(filter(None, used), None)

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
        if (family, name) not in self._looks:
            found = Look()
            for style in self.lines(family, name):
                found = found.over(look_of(style.find(f"{STYLE}text-properties"), self._fonts))
            found = found.over(self._usual_look) if family == "paragraph" else found
            self._looks[family, name] = found
        return self._looks[family, name]

    @cached_property
    def _looks(self) -> dict[tuple[str, str | None], Look]:
        return {}

    @cached_property
    def _usual_look(self) -> Look:
        """The size of letters in paragraphs whose styles say none."""
        usual = (style for root in self.roots for style in root.iter(f"{STYLE}default-style"))
        found = (one.find(f"{STYLE}text-properties") for one in usual if one.get(f"{STYLE}family") == "paragraph")
        looks = [look_of(one, self._fonts) for one in found if one is not None]
        return Look(size=looks[0].size) if looks else Look()

    def properties(self, family: str, name: str | None, kind: str) -> Iterator[Any]:
        """Properties of one kind that a style and its parents have, the nearest first."""
        found = (style.find(f"{STYLE}{kind}-properties") for style in self.lines(family, name))
        return (one for one in found if one is not None)

    def is_on_ground(self, node: Any) -> bool:
        """Whether something that a paragraph stands in, or its page, has a colour or picture of its own."""
        if self._has_coloured_pages:
            return True
        for parent in (node, *node.iterancestors()):
            family = _FAMILIES.get(parent.tag) or ("graphic" if str(parent.tag).startswith(DRAW) else "")
            names = [parent.get(f"{space}style-name") for space in (TEXT, TABLE, DRAW)]
            named = [(family, name) for name in names if family and name]
            named += [("presentation", name) for name in [parent.get(f"{PRESENTATION}style-name")] if name]
            if any(has_ground(style) for one in named for style in self.lines(*one)):
                return True
        return False

    @cached_property
    def _has_coloured_pages(self) -> bool:
        layouts = (node for root in self.roots for node in root.iter(f"{STYLE}page-layout"))
        return any(map(has_ground, layouts))

    @cached_property
    def _fonts(self) -> dict[str, str]:
        """Names of fonts by those that the file gives them."""
        faces = (node for root in self.roots for node in root.iter(f"{STYLE}font-face"))
        return {face.get(f"{STYLE}name") or "": (face.get(f"{SVG}font-family") or "").strip("'\"") for face in faces}

    def names_of(self, family: str, name: str | None) -> Iterator[str]:
        """Names of a style and of its parents, as people see them."""
        for style in self.lines(family, name):
            yield style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or ""

    def lines(self, family: str, name: str | None) -> Iterator[Any]:
        """A style and those that it is made from."""
        seen: set[str] = set()
        while name and name not in seen and (style := self.styles.get((family, name))) is not None:
            seen.add(name)
            yield style
            name = style.get(f"{STYLE}parent-style-name")


def _property(style: Any, kind: str, name: str) -> str:
    node = style.find(f"{STYLE}{kind}")
    return "" if node is None else node.get(f"{FO}{name}", "")
