"""Columns that are made by tab stops: lines with the same stops are a table, a single line keeps its parts apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.cell_values import read_value
from ingest.partition.table_layout import table_element
from ingest.partition.table_model import plain_table
from ingest.text.units import unit_of

TAB = "\t"
BETWEEN = " | "
_FEWEST = 3  # columns of a table; two parts of a line are as often a name with its value
# The number or bullet that somebody typed before an item: it stays with its words.
_MARK = re.compile(r"[(§\s]*(?:\d+(?:\.\d+)*|[^\W\d_]|[ivxlc]+)[.)]?|[^\w\s]+", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")


class TabLine(NamedTuple):
    """A line whose parts stand at tab stops."""

    stops: tuple[str, ...]  # where they are, as the file says it
    parts: tuple[str, ...]  # empty where two tabs follow each other

    @property
    def has_names(self) -> bool:
        """Whether every second part names the one behind it."""
        names = self.parts[0::2]
        return len(self.parts) % 2 == 0 and all(name.endswith(":") for name in names)


# What a line is, and its elements: first its text, then what belongs to that.
Block = tuple[TabLine | None, list[Element]]


def tab_line(text: str, stops: Sequence[str]) -> TabLine | None:
    """A line as one of a table; None where it has too few parts, or more than there are stops for.

    Args:
        text: of a paragraph, with its tabs.
        stops: that the paragraph has of its own or by its style.
    """
    parts = tuple(map(clean, text.strip("\n ").split(TAB)))
    if "\n" in text.strip() or not _FEWEST <= len(parts) <= len(stops) + 1 or not any(parts):
        return None
    return TabLine(tuple(stops), parts)


def parted(text: str) -> str:
    """Text with something to see for each tab, unless its parts belong together as they stand.

    Args:
        text: of a paragraph, with its tabs.
    """
    return "\n".join(_parted_line(line) for line in text.split("\n"))


def _parted_line(line: str) -> str:
    parts = [part for part in map(str.strip, line.split(TAB)) if part]
    said = parts[0] if parts else ""
    for number, (before, part) in enumerate(pairwise(parts)):
        is_mark = number == 0 and _MARK.fullmatch(before) and part[0].isalpha()
        belongs = is_mark or before.endswith(":") or (before[-1].isdigit() and bool(unit_of(part).kind))
        said += (" " if belongs else BETWEEN) + part
    return said


def with_tables(blocks: Iterable[Block]) -> Iterator[Element]:
    """Elements of all blocks; neighbouring lines with the same tab stops are one table.

    Args:
        blocks: of a document, in their order.
    """
    for key, group in groupby(blocks, key=lambda block: block[0] and (block[0].stops, block[0].has_names)):
        found = list(group)
        lines = [line for line, _ in found if line is not None]
        table = _table(lines) if key else None
        if table is None:
            yield from (element for _, elements in found for element in elements)
        else:
            yield table
            yield from (element for _, elements in found for element in elements[1:])


def _table(lines: Sequence[TabLine]) -> Element | None:
    """A table of lines; None for a single one, unless it names what it has, and where a column cannot be told."""
    if _overruns(lines) or (len(lines) < 2 and not lines[0].has_names):
        return None
    headed = False if any(map(_is_value, lines[0].parts)) else None
    return table_element(plain_table([line.parts for line in lines], headed))


def _is_value(part: str) -> bool:
    """Whether a part is a figure, which names no column; years do."""
    is_text = read_value(part, ",").type == read_value(part, ".").type == "text"
    return not is_text and not _YEAR.fullmatch(part)


def _overruns(lines: Sequence[TabLine]) -> bool:
    """Whether a line with fewer tabs may have them because a long text in it goes over a tab stop."""
    most = max(len(line.parts) for line in lines)
    whole = [line for line in lines if len(line.parts) == most]
    widths = [max(map(len, column)) for column in zip(*(line.parts for line in whole), strict=True)]
    short = (line for line in lines if len(line.parts) < most)
    return any(len(part) > width for line in short for part, width in zip(line.parts[:-1], widths, strict=False))
