"""Headings that no style marks: short lines that stand alone, are larger or bolder than the text of their document, and
introduce some of it.

What looks so and is none: labels that end with a colon, warnings and other words that are repeated, captions, names
below a signature or a letterhead, which no text follows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ingest.documents import WITH_CELLS, Element
from ingest.partition.heading_levels import heading_levels, rank
from ingest.partition.heading_lines import (
    LARGER,
    NUMBER_ALONE,
    PARTED,
    TEXT,
    HeadingLine,
    TextLook,
    heading_lines,
    usual_look,
)

_FAR_LARGER = 1.2  # times the usual size: a single line is a heading by this alone
_SHORT_LINES = 2  # below a title, such as its subtitle and a date
_BYLINES = 2  # texts at least that have a line below their heading
_ENDS = tuple(".!?:;…")


class LookHeadings:
    """Collects how the paragraphs of a document look while it is read, and tells headings by that at its end."""

    def __init__(self) -> None:
        self._looks: dict[int, tuple[Element, Mapping[TextLook, int]]] = {}  # by identity of what is kept here

    def note(self, element: Element, looks: Mapping[TextLook, int]) -> None:
        """Remember how a paragraph of the text itself looks.

        Args:
            element: of the paragraph.
            looks: characters that have each look.
        """
        self._looks[id(element)] = (element, looks)

    def told(self, elements: Sequence[Element]) -> list[Element]:
        """The elements of a document, those that look like headings as such.

        Args:
            elements: in order; those that were noted are among them.
        """
        noted = [self._looks.get(id(element), (element, {}))[1] for element in elements]
        usual = usual_look(zip(elements, noted, strict=True))
        if usual is None:
            return list(elements)
        lines = {line.at: line for line in heading_lines(elements, noted, usual)}
        headings = _Headings(elements, lines, usual).found()
        levels = heading_levels(elements, noted, headings)
        return list(_with_titles(elements, levels, headings))


class _Headings:
    """Tells headings from other lines of their look.

    Args:
        elements: of the document.
        lines: that may be headings, by their place.
        usual: look of the text.
    """

    def __init__(self, elements: Sequence[Element], lines: Mapping[int, HeadingLine], usual: TextLook) -> None:
        self._elements, self._usual = elements, usual
        said = Counter(line.text for line in lines.values() if not NUMBER_ALONE.fullmatch(line.text))
        self._lines = {
            at: line
            for at, line in lines.items()
            if (said[line.text] < 2 or self._may_be_repeated(line)) and not self._is_of_list(line, lines)
        }
        self._leads: dict[int, bool] = {}
        self._beneath: frozenset[int] = frozenset()  # lines that belong to the headings above them
        self._beneath = self._bylines()
        self._lines = {at: line for at, line in self._lines.items() if at not in self._beneath}

    def _bylines(self) -> frozenset[int]:
        """The last of the lines above each text, where every heading has one more line of one look below it, as those
        of newspapers name who wrote."""
        groups: list[list[HeadingLine]] = []
        for at in sorted(self._lines):
            if groups and self._next(groups[-1][-1].at) == at:
                groups[-1].append(self._lines[at])
            else:
                groups.append([self._lines[at]])
        if len(groups) < _BYLINES or any(len(group) < 2 for group in groups):
            return frozenset()
        if any(line.is_numbered for group in groups for line in group[-2:]):
            return frozenset()
        if len({group[-1].text for group in groups}) < len(groups):  # a part that each chapter has
            return frozenset()
        if len({group[-1].look for group in groups}) > 1 or len({group[-2].look for group in groups}) > 1:
            return frozenset()
        return frozenset(group[-1].at for group in groups)

    def found(self) -> dict[int, HeadingLine]:
        """Headings by their place: of a look that two have, or that is far larger than the text."""
        for at in sorted(self._lines, reverse=True):  # what follows is known
            self._leads[at] = self._is_before_text(self._lines[at])
        leading = [line for at, line in self._lines.items() if self._leads[at]]
        counts = Counter(line.look for line in leading)
        before_tables = {
            look for look in counts if all(self._is_table(line.at + 1) for line in leading if line.look == look)
        }
        return {
            line.at: line
            for line in leading
            if (counts[line.look] > 1 and (line.is_numbered or line.look not in before_tables))
            or line.look.size >= _FAR_LARGER * self._usual.size
        }

    def _is_before_text(self, line: HeadingLine) -> bool:
        """Whether text follows, or a heading below this one; below a large one a subtitle and a date may stand."""
        is_large = line.look.size >= _FAR_LARGER * self._usual.size
        at = self._next(line.at)
        for _ in range(1 + (_SHORT_LINES if is_large else 0)):
            if at is None:
                return False
            if at in self._lines and (not is_large or self._leads[at]):
                return self._leads[at] and self._is_below(line, self._lines[at])
            if self._is_text(at, line) or self._elements[at].kind == "title":
                return self._elements[at].kind != "title" or is_large
            at = self._next(at)
        return False

    def _is_of_list(self, line: HeadingLine, lines: Mapping[int, HeadingLine]) -> bool:
        """Whether a line is an item beside another one, as those of any list are."""
        beside = (lines.get(at) for at in (line.at - 1, line.at + 1) if self._elements[line.at].kind == "list_item")
        return any(
            other is not None and self._elements[other.at].kind == "list_item" and rank(other) == rank(line)
            for other in beside
        )

    def _may_be_repeated(self, line: HeadingLine) -> bool:
        """Whether a line may be the heading of a part that each chapter has; warnings are as large as text, or loud."""
        return line.look.size >= self._usual.size + LARGER and not line.text.isupper()

    def _is_below(self, line: HeadingLine, other: HeadingLine) -> bool:
        is_named = bool(NUMBER_ALONE.fullmatch(line.text)) and not other.is_numbered
        return is_named or rank(other) > rank(line)

    def _is_text(self, at: int, line: HeadingLine) -> bool:
        element = self._elements[at]
        if element.kind != "paragraph":
            return element.kind != "title"
        text = element.text.rstrip("\"'“”»«)")
        is_long = len(text) >= TEXT and not PARTED.search(text)
        return text.endswith(_ENDS) or is_long or (line.is_numbered and not NUMBER_ALONE.fullmatch(line.text))

    def _is_table(self, at: int) -> bool:
        return at < len(self._elements) and self._elements[at].kind in WITH_CELLS

    def _next(self, at: int) -> int | None:
        """The place of the next element that is seen in the text."""
        following = range(at + 1, len(self._elements))
        return next((one for one in following if not self._elements[one].unseen and one not in self._beneath and
                     self._elements[one].kind not in ("note", "margin")), None)  # fmt: skip


def _with_titles(
    elements: Sequence[Element], levels: Mapping[int, int], headings: Mapping[int, HeadingLine]
) -> Iterator[Element]:
    """The elements with their headings; a number that stands above its heading is one with it."""
    number = ""
    for at, element in enumerate(elements):
        line = headings.get(at)
        if line is None:
            yield element
        elif NUMBER_ALONE.fullmatch(line.text) and at + 1 in headings:
            number = f"{line.text} "
        else:
            yield Element(kind="title", level=levels[at], text=number + element.text)
            number = ""
