"""Office files as packages: XML parts and how they point to each other (ECMA-376, part 2)."""

import io
import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from config.errors import DocumentFailed
from ingest.text.words import detect_language

_MOST_BYTES = 200_000_000  # of one part, unpacked
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Files of the strict form have the same elements under other names (ECMA-376, part 1, annex A).
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"


_TEXTS = re.compile(r"word/document\d*\.xml|ppt/slides/slide\d+\.xml|xl/sharedStrings\.xml")
_SAID = re.compile(r"<(?:w:|a:)?t(?: [^>]*)?>([^<]+)<")
_MOST_SAID, _MOST_WORDS = 500_000, 2_000  # bytes of a part, and pieces of text, that tell the language


class Relation(NamedTuple):
    """A part that another one points to."""

    kind: str  # such as chart, slide, notesSlide
    target: str


def refuse_locked_package(path: Path) -> None:
    """Say that an Office file has a password: it is a compound file then, with the package encrypted in it.

    Args:
        path: of the file.

    Raises:
        DocumentFailed: it has.
    """
    import olefile

    if olefile.isOleFile(str(path)):
        raise DocumentFailed("document.locked", document=path.name)


class OfficePackage:
    """The parts of a file.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _file(self) -> ZipFile:
        """The file itself, opened once: its directory is long where it has many parts."""
        return ZipFile(self._path)

    @cached_property
    def language(self) -> str:
        """The language of the text, by the words of its main parts."""
        words: list[str] = []
        for name in (one for one in self.names if _TEXTS.fullmatch(one)):
            words += _SAID.findall(self.content(name)[:_MOST_SAID].decode("utf-8", "replace"))
        return detect_language(" ".join(words[:_MOST_WORDS]))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of all parts, sorted."""
        return tuple(sorted(self._file.namelist()))

    def content(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            KeyError: there is no such part.
            ValueError: it is too large to be one.
        """
        size = self._file.getinfo(name).file_size
        if size > _MOST_BYTES:
            raise ValueError(f"{name}: {size} bytes")
        return self._file.read(name)

    def xml(self, name: str) -> Any:
        """The root of a part.

        Raises:
            KeyError: there is no such part.
        """
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(_STRICT.sub(_TRANSITIONAL, self.content(name)), parser)

    def transitional(self) -> Path | io.BytesIO:
        """The file, or a copy of one of the strict form in the names that all libraries know."""
        if not any(_STRICT.search(self.content(name)) for name in self.names if name.endswith("/workbook.xml")):
            return self._path
        copy = io.BytesIO()
        with ZipFile(copy, "w") as package:
            for name in self.names:
                content = self.content(name)
                is_text = name.endswith((".xml", ".rels"))
                package.writestr(name, _STRICT.sub(_TRANSITIONAL, content) if is_text else content)
        copy.seek(0)
        return copy

    def parts(self, beginning: str) -> Iterator[Any]:
        """The roots of all XML parts whose name begins so, such as `word/header`."""
        yield from (self.xml(name) for name in self.names if name.startswith(beginning) and name.endswith(".xml"))

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part points to within the package, and pictures beside it, by the identity that it has there.

        Args:
            name: of the part.
        """
        folder, file = posixpath.split(name)
        listing = f"{folder}/_rels/{file}.rels".lstrip("/")
        if listing not in self.names:
            return {}
        return {
            node.get("Id"): Relation(
                node.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/"),
            )
            for node in self.xml(listing)
            if node.get("TargetMode") != "External" or node.get("Type", "").endswith("/image")
        }
