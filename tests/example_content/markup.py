"""A small subset of Markdown: the one notation in which the texts of all example documents are kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Note:
    """A call-out such as a warning."""

    text: str


@dataclass(frozen=True)
class Items:
    entries: tuple[str, ...]
    ordered: bool


@dataclass(frozen=True)
class Table:
    """Header and rows of cells; `widths` are relative, read from the dashes of the separator line."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Heading | Paragraph | Note | Items | Table

_ITEM = re.compile(r"(?:- |\d+\. )")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def parse(text: str) -> list[Block]:
    """Blocks are separated by blank lines; the lines of a block are joined."""
    return [_block(chunk.splitlines()) for chunk in re.split(r"\n\s*\n", text.strip()) if chunk.strip()]


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is bold."""
    for number, piece in enumerate(_BOLD.split(text)):
        if piece:
            yield piece, number % 2 == 1


def plain(text: str) -> str:
    return _BOLD.sub(r"\1", text)


def _block(lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("#"):
        marks, _, title = first.partition(" ")
        return Heading(len(marks), title.strip())
    if first.startswith("|"):
        return _table(lines)
    if first.startswith("> "):
        return Note(" ".join(line.removeprefix("> ").strip() for line in lines))
    if _ITEM.match(first):
        return Items(tuple(_items(lines)), ordered=first[0].isdigit())
    return Paragraph(" ".join(line.strip() for line in lines))


def _items(lines: list[str]) -> Iterator[str]:
    """An entry goes on over the lines that do not start a new one."""
    number = 0
    numbered = []
    for line in lines:
        number += bool(_ITEM.match(line))
        numbered.append((number, line))
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        joined = " ".join(line.strip() for _, line in group)
        yield _ITEM.sub("", joined, count=1)


def _table(lines: list[str]) -> Table:
    """A row that does not end with a bar goes on in the next line."""
    rows: list[str] = []
    for line in lines:
        if rows and not rows[-1].endswith("|"):
            rows[-1] += " " + line.strip()
        else:
            rows.append(line.strip())
    cells = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]
    header, separator, *body = cells
    if any(set(cell) != {"-"} for cell in separator) or any(len(row) != len(header) for row in body):
        raise ValueError(f"malformed table below {header}")
    return Table(header, tuple(body), tuple(len(cell) for cell in separator))
