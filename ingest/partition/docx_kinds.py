"""What a paragraph of a Word document is, by its style: a heading, an item, a caption, a quotation."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.documents import Kind
from ingest.partition.docx_package import Style
from ingest.partition.office_package import W

_NO_LEVEL = 9
_HEADING = re.compile(r"(?:heading|überschrift) (\d)")
_CONTENTS = ("toc ", "table of figures")
_QUOTES = ("quote", "intense quote", "quotations")  # by their names in every language of Word, and LibreOffice's


class Kinds:
    """Tells what paragraphs are.

    Args:
        styles: by their identity.
    """

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self._styles = styles

    def of(self, paragraph: Any, is_numbered: bool) -> tuple[Kind, int]:
        """The kind of a paragraph, and of a heading its depth from 0.

        Args:
            paragraph: its node.
            is_numbered: whether it has a number or bullet.
        """
        level = self._heading_level(paragraph)
        if level is not None:
            return "title", level
        names = [style.name for style in self._line(paragraph)]
        own = names[0] if names else ""
        if own.lower() == "caption":  # by its name in every language of Word
            return "caption", 0
        if any(name.lower() in _QUOTES for name in names):
            return "quotation", 0
        return ("list_item" if is_numbered or own.startswith("List") else "paragraph"), 0

    def tab_stops(self, paragraph: Any) -> list[str]:
        """Where the tab stops of a paragraph are; none in a table of contents, whose lines are no table.

        Args:
            paragraph: its node.
        """
        styles = list(self._line(paragraph))
        if any(style.name.lower().startswith(_CONTENTS) for style in styles):
            return []
        stops: set[str] = set()
        for node in (*(style.element for style in reversed(styles)), paragraph):
            for stop in node.iterfind(f"{W}pPr/{W}tabs/{W}tab"):
                place = stop.get(f"{W}pos") or ""
                if stop.get(f"{W}val") == "clear":
                    stops.discard(place)
                else:
                    stops.add(place)
        return sorted(stops)

    def _heading_level(self, paragraph: Any) -> int | None:
        """The depth of a heading, from 0; None for any other paragraph."""
        own = number_of(paragraph.find(f"{W}pPr/{W}outlineLvl"), _NO_LEVEL)
        if own < _NO_LEVEL:
            return own
        for style in self._line(paragraph):
            name = style.name.lower()
            if name in ("title", "titel"):
                return 0
            level = number_of(style.element.find(f"{W}pPr/{W}outlineLvl"), _NO_LEVEL)
            if level < _NO_LEVEL:
                return level
            if (named := _HEADING.fullmatch(name)) is not None:
                return int(named[1]) - 1
        return None

    def _line(self, paragraph: Any) -> Iterator[Style]:
        """The style of a paragraph and those that it is based on."""
        identity = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self._styles.get(identity.get(f"{W}val")) if identity is not None else None
        seen: set[str] = set()
        while style is not None and style.name not in seen:
            seen.add(style.name)
            yield style
            style = self._styles.get(style.based_on)


def number_of(node: Any, default: int) -> int:
    """The number that a property has.

    Args:
        node: of the property; None where it is missing.
        default: where it is missing or no number.
    """
    value = node.get(f"{W}val") if node is not None else None
    return int(value) if value and value.isdigit() else default
