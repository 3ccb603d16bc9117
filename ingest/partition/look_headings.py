"""Headings that no style marks: short lines that stand alone, are larger or bolder than the text of their document, and
introduce some of it.

What looks so and is none: labels that end with a colon, warnings and other words that are repeated, captions, names
below a signature or a letterhead, which no text follows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.documents import WITH_CELLS, Element
from ingest.text.languages import pattern_of
from ingest.text.units import unit_of

_LONGEST = 100  # characters of a heading
_LARGER = 1.0  # points above the usual size from which letters are seen to be larger
_FAR_LARGER = 1.2  # times the usual size: a single line is a heading by this alone
_TEXT = 80  # characters from which a line is text, also without a stop at its end
_SHORT_LINES = 2  # below a title, such as its subtitle and a date
_STOPS = tuple(".;")
_ENDS = tuple(".!?:;…")
_NO_HEADING = (*".!:;,…–-", "|")
_PARTED = re.compile(r"\s[·|•]\s")  # addresses and telephone numbers in a line
_SECTION = rf"(?:§\s?|(?i:{pattern_of('clauses.sections')})\s)"
_NUMBER_ALONE = re.compile(rf"{_SECTION}\d+[a-z]?|\d{{1,2}}\.|[IVX]+\.")
_NUMBER = r"(\d{1,2}(?:\.\d{1,2})*)[a-z]?[.)]?|[IVX]+\.|[A-H][.)]"
_NUMBERED = re.compile(rf"(?:{_SECTION})?(?:{_NUMBER})\s+(?=\W*[^\W\d_])")
_NAMED_PART = re.compile(r"[^\W\d_]+\s(?:\d{1,2}|[A-Z]|[IVX]+):\s")  # "Teil 2: ", "Appendix B: "
_QUANTITY = re.compile(r"\d\s?(\D{1,12})$")  # "Total price 42,000 EUR" says something, and introduces nothing
_CAPTION = re.compile(rf"(?:{pattern_of('captions.names')})\s*\d", re.I)


class TextLook(NamedTuple):
    """How letters look, as far as that tells headings from text.

    Attributes:
        size: in points.
        bold: whether they are.
        italic: whether they are.
        colour: as the file names it; empty for the usual one.
    """

    size: float
    bold: bool
    italic: bool = False
    colour: str = ""


class _Line(NamedTuple):
    """A paragraph that has one look and may be a heading."""

    at: int  # among the elements
    text: str
    look: TextLook

    @property
    def depth(self) -> int:
        """Of its number: 2 for "3.1"; 1 without a number."""
        match = _NUMBERED.match(self.text)
        return 1 + (match[1] or "").count(".") if match else 1

    @property
    def is_numbered(self) -> bool:
        return bool(_NUMBERED.match(self.text) or _NUMBER_ALONE.fullmatch(self.text))


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
        usual = _usual(zip(elements, noted, strict=True))
        if usual is None:
            return list(elements)
        lines = {line.at: line for line in _lines(elements, noted, usual)}
        headings = _Headings(elements, lines, usual).found()
        levels = _levels(elements, noted, headings)
        return list(_with_titles(elements, levels, headings))


def _usual(noted: Iterable[tuple[Element, Mapping[TextLook, int]]]) -> TextLook | None:
    """The look of most letters in paragraphs and items that are text; None where there is none."""
    counts: Counter[TextLook] = Counter()
    for element, looks in noted:
        if element.kind != "title" and (element.text.endswith(_STOPS) or len(element.text) >= _TEXT):
            counts.update(looks)
    if not counts:
        return None
    sizes, weights = Counter[float](), Counter[bool]()
    for look, count in counts.items():
        sizes[look.size] += count
        weights[look.bold] += count
    return TextLook(sizes.most_common(1)[0][0], weights.most_common(1)[0][0])


def _lines(elements: Sequence[Element], noted: Sequence[Mapping[TextLook, int]], usual: TextLook) -> Iterator[_Line]:
    """What may be a heading by its look and its words alone."""
    for at, (element, looks) in enumerate(zip(elements, noted, strict=True)):
        if element.kind not in ("paragraph", "list_item") or element.unseen or not _is_one(looks):
            continue
        look = next(iter(looks))
        is_larger = look.size >= usual.size + _LARGER
        is_marked = is_larger or (look.bold and not usual.bold and look.size > usual.size - _LARGER)
        if is_marked and _may_be(element.text, is_larger):
            line = _Line(at, element.text, look)
            if element.kind != "list_item" or line.is_numbered:
                yield line


def _is_one(looks: Mapping[TextLook, int]) -> bool:
    """Whether a paragraph looks the same throughout, its colours apart."""
    return len({look._replace(colour="") for look in looks}) == 1


def _may_be(text: str, is_larger: bool) -> bool:
    is_named = ":" not in text or is_larger or bool(_NAMED_PART.match(text))
    is_short = len(text) <= _LONGEST and "\n" not in text and not _PARTED.search(text)
    has_name = any(map(str.isalpha, text)) or bool(_NUMBER_ALONE.fullmatch(text))
    is_open = bool(_NUMBER_ALONE.fullmatch(text)) or not text.endswith(_NO_HEADING)
    is_fact = (match := _QUANTITY.search(text)) is not None and bool(unit_of(match[1]).kind)
    return is_named and is_short and has_name and is_open and not is_fact and not _CAPTION.match(text)


class _Headings:
    """Tells headings from other lines of their look.

    Args:
        elements: of the document.
        lines: that may be headings, by their place.
        usual: look of the text.
    """

    def __init__(self, elements: Sequence[Element], lines: Mapping[int, _Line], usual: TextLook) -> None:
        self._elements, self._usual = elements, usual
        said = Counter(line.text for line in lines.values() if not _NUMBER_ALONE.fullmatch(line.text))
        self._lines = {
            at: line
            for at, line in lines.items()
            if (said[line.text] < 2 or self._may_be_repeated(line)) and not self._is_of_list(line, lines)
        }
        self._leads: dict[int, bool] = {}

    def found(self) -> dict[int, _Line]:
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

    def _is_before_text(self, line: _Line) -> bool:
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

    def _is_of_list(self, line: _Line, lines: Mapping[int, _Line]) -> bool:
        """Whether a line is an item beside another one, as those of any list are."""
        beside = (lines.get(at) for at in (line.at - 1, line.at + 1) if self._elements[line.at].kind == "list_item")
        return any(
            other is not None and self._elements[other.at].kind == "list_item" and _rank(other) == _rank(line)
            for other in beside
        )

    def _may_be_repeated(self, line: _Line) -> bool:
        """Whether a line may be the heading of a part that each chapter has; warnings are as large as text, or loud."""
        return line.look.size >= self._usual.size + _LARGER and not line.text.isupper()

    def _is_below(self, line: _Line, other: _Line) -> bool:
        is_named = bool(_NUMBER_ALONE.fullmatch(line.text)) and not other.is_numbered
        rank, below = (_rank(one) for one in (line, other))
        return is_named or below > rank

    def _is_text(self, at: int, line: _Line) -> bool:
        element = self._elements[at]
        if element.kind != "paragraph":
            return element.kind != "title"
        text = element.text.rstrip("\"'“”»«)")
        is_long = len(text) >= _TEXT and not _PARTED.search(text)
        return text.endswith(_ENDS) or is_long or (line.is_numbered and not _NUMBER_ALONE.fullmatch(line.text))

    def _is_table(self, at: int) -> bool:
        return at < len(self._elements) and self._elements[at].kind in WITH_CELLS

    def _next(self, at: int) -> int | None:
        """The place of the next element that is seen in the text."""
        following = range(at + 1, len(self._elements))
        return next((one for one in following if not self._elements[one].unseen and
                     self._elements[one].kind not in ("note", "margin")), None)  # fmt: skip


def _rank(line: _Line) -> tuple[float, bool, int]:
    """What puts headings in order: large before small, bold before others, short numbers before long ones."""
    return (-line.look.size, not line.look.bold, line.depth)


def _levels(
    elements: Sequence[Element], noted: Sequence[Mapping[TextLook, int]], headings: Mapping[int, _Line]
) -> dict[int, int]:
    """The depth of each heading: by its rank, below the headings by style that are as large or larger."""
    ranks = sorted({_rank(line) for line in headings.values()})
    styled = [
        (max(look.size for look in looks), element.level)
        for element, looks in zip(elements, noted, strict=True)
        if element.kind == "title" and looks
    ]
    levels = {}
    for at, line in headings.items():
        above = [level for size, level in styled if size >= line.look.size]
        base = 1 + max(above) if above else 0
        levels[at] = base + sum(rank < _rank(line) for rank in ranks if not above or -rank[0] <= _smallest(styled))
    # As with Word's styles, the title of the document and its first headings are of one depth.
    first = min(headings, default=0)
    is_titled = not styled and sum(_rank(line) == ranks[0] for line in headings.values()) == 1 < len(ranks)
    if is_titled and _rank(headings[first]) == ranks[0]:
        levels = {at: max(0, level - 1) for at, level in levels.items()}
    return levels


def _smallest(styled: Sequence[tuple[float, int]]) -> float:
    return min(size for size, _ in styled)


def _with_titles(
    elements: Sequence[Element], levels: Mapping[int, int], headings: Mapping[int, _Line]
) -> Iterator[Element]:
    """The elements with their headings; a number that stands above its heading is one with it."""
    number = ""
    for at, element in enumerate(elements):
        line = headings.get(at)
        if line is None:
            yield element
        elif _NUMBER_ALONE.fullmatch(line.text) and at + 1 in headings:
            number = f"{line.text} "
        else:
            yield Element(kind="title", level=levels[at], text=number + element.text)
            number = ""
