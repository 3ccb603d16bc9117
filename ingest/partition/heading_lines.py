"""Lines of a document that may be headings by how they look and what they say."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.documents import Element
from ingest.partition.section_numbers import SECTION
from ingest.text.languages import pattern_of
from ingest.text.units import unit_of

_LONGEST = 100  # characters of a heading
LARGER = 1.0  # points above the usual size from which letters are seen to be larger
TEXT = 80  # characters from which a line is text, also without a stop at its end
_STOPS = tuple(".;")
_NO_HEADING = (*".!:;,…–-", "|")
PARTED = re.compile(r"\s[·|•]\s")  # addresses and telephone numbers in a line
NUMBER_ALONE = re.compile(rf"{SECTION}\d+[a-z]?|\d{{1,2}}\.|[IVX]+\.")
_NUMBER = r"(\d{1,2}(?:\.\d{1,2})*)[a-z]?[.)]?|[IVX]+\.|[A-H][.)]"
_NUMBERED = re.compile(rf"(?:{SECTION})?(?:{_NUMBER})\s+(?=\W*[^\W\d_])")
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


class HeadingLine(NamedTuple):
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
        return bool(_NUMBERED.match(self.text) or NUMBER_ALONE.fullmatch(self.text))


def usual_look(noted: Iterable[tuple[Element, Mapping[TextLook, int]]]) -> TextLook | None:
    """The look of most letters in paragraphs and items that are text; None where there is none.

    Args:
        noted: elements, with the characters of each that have each look.
    """
    counts: Counter[TextLook] = Counter()
    for element, looks in noted:
        if element.kind != "title" and (element.text.endswith(_STOPS) or len(element.text) >= TEXT):
            counts.update(looks)
    if not counts:
        return None
    sizes, weights = Counter[float](), Counter[bool]()
    for look, count in counts.items():
        sizes[look.size] += count
        weights[look.bold] += count
    return TextLook(sizes.most_common(1)[0][0], weights.most_common(1)[0][0])


def heading_lines(
    elements: Sequence[Element], noted: Sequence[Mapping[TextLook, int]], usual: TextLook
) -> Iterator[HeadingLine]:
    """What may be a heading by its look and its words alone."""
    for at, (element, looks) in enumerate(zip(elements, noted, strict=True)):
        if element.kind not in ("paragraph", "list_item") or element.unseen or not _is_one(looks):
            continue
        look = next(iter(looks))
        is_larger = look.size >= usual.size + LARGER
        is_marked = is_larger or (look.bold and not usual.bold and look.size > usual.size - LARGER)
        if is_marked and _may_be(element.text, is_larger):
            line = HeadingLine(at, element.text, look)
            if element.kind != "list_item" or line.is_numbered:
                yield line


def _is_one(looks: Mapping[TextLook, int]) -> bool:
    """Whether a paragraph looks the same throughout, its colours apart."""
    return len({look._replace(colour="") for look in looks}) == 1


def _may_be(text: str, is_larger: bool) -> bool:
    is_named = ":" not in text or is_larger or bool(_NAMED_PART.match(text))
    is_short = len(text) <= _LONGEST and "\n" not in text and not PARTED.search(text)
    has_name = any(map(str.isalpha, text)) or bool(NUMBER_ALONE.fullmatch(text))
    is_open = bool(NUMBER_ALONE.fullmatch(text)) or not text.endswith(_NO_HEADING)
    is_fact = (match := _QUANTITY.search(text)) is not None and bool(unit_of(match[1]).kind)
    return is_named and is_short and has_name and is_open and not is_fact and not _CAPTION.match(text)
