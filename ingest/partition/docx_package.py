"""The parts of a Word document, whatever its kind: document or template, with macros or without."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ingest.partition.office_package import OfficePackage, W


class Style(NamedTuple):
    """A style of paragraphs."""

    name: str
    based_on: str
    element: Any


class WordPackage(OfficePackage):
    """The parts of a file."""

    def word_parts(self, name: str) -> Iterator[tuple[str, Any]]:
        """Names and roots of all parts whose name begins so, such as the headers."""
        for part in self.names:
            if part.startswith(f"word/{name}") and part.endswith(".xml"):
                yield part, self.xml(part)

    @cached_property
    def styles(self) -> dict[str, Style]:
        """Styles by their identity."""
        found = {}
        for _, root in self.word_parts("styles"):
            for style in root.iter(f"{W}style"):
                name, base = style.find(f"{W}name"), style.find(f"{W}basedOn")
                found[style.get(f"{W}styleId")] = Style(_value(name), _value(base), style)
        return found


def _value(node: Any) -> str:
    return (node.get(f"{W}val") or "") if node is not None else ""
