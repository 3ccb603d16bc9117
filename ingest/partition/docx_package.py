"""The parts of a Word document, whatever its kind: document or template, with macros or without."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ingest.partition.office_package import OfficePackage

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


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
            for style in root.iter(f"{_W}style"):
                name, base = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
                found[style.get(f"{_W}styleId")] = Style(_value(name), _value(base), style)
        return found


def _value(node: Any) -> str:
    return (node.get(f"{_W}val") or "") if node is not None else ""
