"""Lines of which each is a name with its value, as forms are written without a table: `Ort: Gera`, or `**Ort** Gera`.

Names are in bold, or end with a colon. That they are names and no words of a sentence is told by all lines having one,
and by values that are short.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.table_layout import element_of, form_line
from ingest.partition.table_model import Cell

STRONG, WEAK = "\x11", "\x12"  # before and behind a bold piece of a text
_FEWEST = 2  # lines of a form
_LONGEST_NAME, _LONGEST_VALUE = 60, 120  # characters
_MOST_WORDS = 5  # of a name that is not in bold
_BOLD = re.compile(f"\\s*{STRONG}([^{STRONG}{WEAK}]*){WEAK}(.*)", re.S)
_BOLD_WITH_COLON = re.compile(f"(?={STRONG}[^{STRONG}{WEAK}]*(?::\\s*{WEAK}|{WEAK}\\s*:))")
_LEADER = "\x1c"  # behind the colon that stands for dots
_UNFILLED = "...."  # to be written on
_DOTS = re.compile(r"\s*(?:(?:\.\s?){4,}|…{2,})\s*(?=\S)")
_NAME = re.compile(r"\s*([^\W\d_][^:;!?\n]{0,59}?)\s?:\s+(.+)", re.S)


class NamedValue(NamedTuple):
    """A name and its value; whether a colon stands between them."""

    name: str
    value: str
    has_colon: bool = True


def named_values(lines: Iterable[str]) -> list[NamedValue]:
    """Names with the values of lines that are a form; empty for any other lines.

    Args:
        lines: as they are written, bold pieces between `STRONG` and `WEAK`; several names in bold may share one.
    """
    pieces = [piece for line in lines for piece in _BOLD_WITH_COLON.split(line) if without_marks(piece).strip()]
    found = [pair for piece in pieces if (pair := _named(piece))]
    if len(found) < max(len(pieces), _FEWEST):
        return []
    if all(pair.value.isdecimal() for pair in found) and any(_LEADER in line for line in pieces):
        return []  # a table of contents
    # A word in bold may begin a sentence, which goes on in small letters.
    if not all(pair.has_colon or not pair.value[0].islower() for pair in found):
        return []
    return found


def form_of(values: Sequence[NamedValue]) -> Element:
    """Names with their values as one element.

    Args:
        values: at least one, line by line.
    """
    return element_of(form_line(row, [(one.name, Cell(row, 1, one.value))]) for row, one in enumerate(values))


def without_marks(text: str) -> str:
    """A text without the marks of its bold pieces."""
    return text.replace(STRONG, "").replace(WEAK, "")


def without_leaders(line: str) -> str:
    """A line with a colon for the dots that lead from a name to its value: `Druck ....... 16 bar`."""
    return _DOTS.sub(f":{_LEADER} ", line, count=1)


def _named(line: str) -> NamedValue | None:
    if bold := _BOLD.fullmatch(line):
        name, value = clean(bold[1]), clean(without_marks(bold[2]))
        has_colon = name.endswith(":") or value.startswith(":")
        name, value = name.rstrip(": "), value.removeprefix(":").strip()
    elif plain := _NAME.fullmatch(without_marks(line)):
        name, value, has_colon = clean(plain[1]), clean(plain[2]), True
        if len(name.split()) > _MOST_WORDS:
            return None
    else:
        return None
    is_name = len(name) <= _LONGEST_NAME and name[:1].isalpha() and _UNFILLED not in value
    return NamedValue(name, value, has_colon) if is_name and 0 < len(value) <= _LONGEST_VALUE else None
