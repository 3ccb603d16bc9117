"""The parts of a Word document, whatever its kind: document or template, with macros or without."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Style(NamedTuple):
    """A style of paragraphs."""

    name: str
    based_on: str
    element: Any


class WordPackage:
    """The XML parts of a file.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as file:
            names = [name for name in file.namelist() if name.startswith("word/") and name.endswith(".xml")]
            self._parts = {name: file.read(name) for name in sorted(names)}

    def xml(self, name: str) -> Any:
        """The root of a part.

        Raises:
            KeyError: there is no such part.
        """
        from lxml import etree

        return etree.fromstring(self._parts[name], etree.XMLParser(resolve_entities=False, no_network=True))

    def parts(self, name: str) -> Iterator[Any]:
        """The roots of all parts whose name begins so, such as the headers."""
        yield from (self.xml(part) for part in self._parts if part.startswith(f"word/{name}"))

    @cached_property
    def styles(self) -> dict[str, Style]:
        """Styles by their identity."""
        found = {}
        for root in self.parts("styles"):
            for style in root.iter(f"{_W}style"):
                name, base = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
                found[style.get(f"{_W}styleId")] = Style(_value(name), _value(base), style)
        return found


def _value(node: Any) -> str:
    return (node.get(f"{_W}val") or "") if node is not None else ""
