"""Numbers of clauses: "§ 4 (1) a)", as contracts, agreements and instructions are cited by them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.text.dates import is_month
from ingest.text.languages import pattern_of

# From the outermost kind to the innermost; a number of one of the first four says all by itself.
_SHAPES = {
    "section": rf"(?:§\s?|(?i:{pattern_of('clauses.sections')})\s)\d+[a-z]?",
    "decimal": r"\d{1,3}(?:\.\d{1,3})+(?:\.(?=\s+[^a-zäöü])|(?=\s))",  # "24.12. und 31.12." are days
    "bracketed": r"\(\d{1,3}[a-z]?\)",
    "roman": r"[IVX]{1,6}\.",
    "capital": r"[A-H]\.",
    "number": rf"(?:(?i:{pattern_of('clauses.points')})\s)?\d{{1,2}}[.)]",
    "letter": r"\(?[a-z]\)",
    "letters": r"\(?(?P<twice>[a-z])(?P=twice)\)",
    "small_roman": r"\(?[ivx]{2,5}\)",
}
_WHOLE = ("section", "decimal")
_LABEL = {shape: re.compile(rf"\s*({pattern})(?=\s+(\S+))") for shape, pattern in _SHAPES.items()}
# A heading's number may stand without a dot.
_OF_HEADING = {**_LABEL, "number": re.compile(r"\s*(\d{1,2}[.)]?)(?=\s+([^\W\d]\S*))")}


class Numbered(NamedTuple):
    """A part of a document, as far as its number is concerned.

    Attributes:
        text: which may begin with the number.
        level: of a heading, from 0; None for what is none.
        is_item: whether it is an item of a list.
    """

    text: str
    level: int | None = None
    is_item: bool = False


class _Label(NamedTuple):
    shape: str
    text: str


def clauses_of(parts: Iterable[Numbered]) -> Iterator[str]:
    """For each part of a document the number of the clause that it belongs to; empty where there is none.

    An item without a number belongs to the clause before it; a paragraph without one to its heading's.

    Args:
        parts: in order.
    """
    headings: list[tuple[int, _Label | None]] = []
    below: list[_Label] = []
    for part in parts:
        label = _label(part.text, _LABEL if part.level is None else _OF_HEADING)
        if part.level is not None:
            headings = [*(heading for heading in headings if heading[0] < part.level), (part.level, label)]
            below = []
        elif label:
            below = [*_above(below, label.shape), label]
        elif not part.is_item:
            below = []
        yield _path([label for _, label in headings if label], below)


def _label(text: str, patterns: dict[str, re.Pattern[str]]) -> _Label | None:
    for shape, pattern in patterns.items():
        if (match := pattern.match(text)) and not is_month(match.group(match.lastindex or 1)):  # "1. März"
            return _Label(shape, " ".join(match.group(1).split()))
    return None


def _above(below: Sequence[_Label], shape: str) -> list[_Label]:
    """What a number of this shape lies under: all before the last one of the same shape."""
    shapes = [label.shape for label in below]
    return list(below[: shapes.index(shape)] if shape in shapes else below)


def _path(headings: Sequence[_Label], below: Sequence[_Label]) -> str:
    labels = [*headings, *below]
    whole = [place for place, label in enumerate(labels) if label.shape in _WHOLE]
    return " ".join(label.text for label in labels[whole[-1] if whole else 0 :])
