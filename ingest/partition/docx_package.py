"""The parts of a Word document, whatever its kind: document or template, with macros or without."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ingest.partition.contrast import is_white
from ingest.partition.office_package import OfficePackage, R, W


class Style(NamedTuple):
    """A style of paragraphs."""

    name: str
    based_on: str
    element: Any


class WordPackage(OfficePackage):
    """The parts of a file."""

    @cached_property
    def main(self) -> str:
        """Name of the part with the text itself; programs on the web name it as they like."""
        named = (one.target for one in self.relations("").values() if one.kind == "officeDocument")
        return next((name for name in named if name in self.names), "word/document.xml")

    @property
    def read_parts(self) -> list[str]:
        """Names of the parts that people read."""
        beside = tuple(f"word/{name}" for name in ("header", "footer", "footnotes", "endnotes", "comments"))
        return [self.main, *(part for part in self.names if part.startswith(beside))]

    def word_parts(self, name: str) -> Iterator[tuple[str, Any]]:
        """Names and roots of all parts whose name begins so, such as the headers."""
        for part in self.names:
            if part.startswith(f"word/{name}") and part.endswith(".xml"):
                yield part, self.xml(part)

    @cached_property
    def document(self) -> Any:
        """The root of the text itself."""
        return self.xml(self.main)

    @cached_property
    def has_coloured_pages(self) -> bool:
        """Whether pages are shown with a ground that is not white."""
        ground = self.document.find(f"{W}background")
        colour = ground.get(f"{W}color") or "auto" if ground is not None else "auto"
        return colour != "auto" and not is_white(colour) and self._is_set("displayBackgroundShape")

    @cached_property
    def unused_margins(self) -> frozenset[str]:
        """Parts of headers and footers that no page shows: for first or even pages where these are as all others."""
        relations, shown, others = self.relations(self.main), set[str](), set[str]()
        in_section: dict[tuple[str, str], str] = {}  # a section has those of the one before, unless it has its own
        for section in self.document.iter(f"{W}sectPr"):
            in_use = {"first": is_on(section.find(f"{W}titlePg")), "even": self._is_set("evenAndOddHeaders")}
            for reference in section.iter(f"{W}headerReference", f"{W}footerReference"):
                relation = relations.get(reference.get(f"{R}id"))
                if relation is not None:
                    in_section[reference.tag, reference.get(f"{W}type", "default")] = relation.target
            for (_, pages), part in in_section.items():
                (shown if in_use.get(pages, True) else others).add(part)
        return frozenset(others - shown)

    def _is_set(self, name: str) -> bool:
        settings = "word/settings.xml"
        return settings in self.names and is_on(self.xml(settings).find(f"{W}{name}"))

    @cached_property
    def usual_properties(self) -> tuple[dict[str, Any], str]:
        """Properties that runs have by default, by their tags; and the style of paragraphs that name none."""
        properties, style = dict[str, Any](), ""
        for _, root in self.word_parts("styles.xml"):
            node = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
            properties |= {one.tag: one for one in node} if node is not None else {}
            usual = (one for one in root.iter(f"{W}style") if one.get(f"{W}type") == "paragraph")
            marked = (one for one in usual if one.get(f"{W}default") in ("1", "true", "on"))
            style = next((one.get(f"{W}styleId") or "" for one in marked), style)
        return properties, style

    @cached_property
    def styles(self) -> dict[str, Style]:
        """Styles by their identity."""
        found = {}
        for _, root in self.word_parts("styles.xml"):
            for style in root.iter(f"{W}style"):
                name, base = style.find(f"{W}name"), style.find(f"{W}basedOn")
                found[style.get(f"{W}styleId")] = Style(_value(name), _value(base), style)
        return found


def is_on(toggle: Any) -> bool:
    """Whether a property that is on or off is on; it is off where it is missing.

    Args:
        toggle: its node.
    """
    return toggle is not None and toggle.get(f"{W}val") not in ("0", "false", "off", "none")


def _value(node: Any) -> str:
    return (node.get(f"{W}val") or "") if node is not None else ""
