"""What all second counts of a file share: lines, parts of packages, and what pages repeat."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.partition.page_numbers import beside_page_number, without_told_numbers
from ingest.partition.running_heads import runs_with_pages

_MOST_BYTES = 100_000_000  # of a part
_EDGE = 3  # lines at the top and the bottom of a page
_MARGIN = 3  # pages, slides or parts on which a line is a running head, which is kept once
_NUMBER = re.compile(r"\d+")
PAGE_NUMBER = "\x1d"  # stands where a program prints the number of the page
_PAGE_OF = re.compile(rf"(?:[^\W\d_]+\.?)?\s*{PAGE_NUMBER}(?:\s*(?:[^\W\d_]+|/)\s*{PAGE_NUMBER})?")


class Raw(NamedTuple):
    """Lines of a file, and the numbers in its cells, of which only the digits are known and not how they are shown."""

    lines: list[str]
    numbers: list[float]


def parts(path: Path, wanted: re.Pattern[str]) -> Iterator[str]:
    """XML parts of a package as text, those of a folder by their number; vast ones are left out.

    Args:
        path: of the file.
        wanted: names of the parts.
    """
    with zipfile.ZipFile(path) as package:
        for entry in sorted(package.infolist(), key=_place):
            if wanted.fullmatch(entry.filename) and entry.file_size <= _MOST_BYTES:
                yield package.read(entry).decode("utf-8", "replace")


def _place(entry: zipfile.ZipInfo) -> tuple[str, int]:
    """Folder and number of a part: its place among the slides tells which numbers in it are those of pages."""
    folder, _, name = entry.filename.rpartition("/")
    return folder, int("".join(filter(str.isdigit, name)) or 0)


def without_margins(pages: Iterable[list[str]], margins: Sequence[str]) -> Iterator[list[str]]:
    """Pages without their headers and footers, which are lines of the first one, once.

    Args:
        pages: lines of each.
        margins: as they stand on one page; others have other numbers.
    """
    words = (re.escape(_without_numbers(margin)) for margin in margins)
    patterns = [re.compile(one.replace("\\#", r"\d+").replace(r"\ ", r"\s+")) for one in words]
    for number, page in enumerate(pages):
        ends = _ends(page)
        lines = [_cut(line, patterns) if line in ends else line for line in page]
        yield lines if number else [*margins, *lines]


def _cut(line: str, patterns: Iterable[re.Pattern[str]]) -> str:
    for pattern in patterns:
        line = pattern.sub(" ", line)
    return line


def without_repeats(pages: Iterable[list[str]], may_be_two: bool = False) -> Iterator[str]:
    """Lines of all pages; those on several, the number of the page apart, once.

    Args:
        pages: pages of a document, slides, or parts of a package.
        may_be_two: whether what both of two pages begin or end with is a running head, too.
    """
    held = _without_page_numbers(list(pages))
    if may_be_two and len(held) == 2:
        first, second = held
        alike = {_without_numbers(line) for line in _ends(first)} & {_without_numbers(line) for line in _ends(second)}
        held = [first, _without_ends(second, alike)]
    found = defaultdict[str, list[tuple[int, list[int]]]](list)
    for page, lines in enumerate(held):
        for line in lines:
            found[_without_numbers(line)].append((page, [int(number) for number in _NUMBER.findall(line)]))
    repeated = {key for key, on in found.items() if len({page for page, _ in on}) >= _MARGIN and runs_with_pages(on)}
    seen: set[str] = set()
    for line in (line for lines in held for line in lines):
        key = _without_numbers(line)
        if key not in repeated or key not in seen:
            yield line
        seen.add(key)


def _without_page_numbers(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the lines that say nothing but the number of their page, which no reader takes for text."""
    found = defaultdict[str, list[tuple[int, str]]](list)
    for number, page in enumerate(pages):
        for line in _ends(page):
            found[_without_numbers(line)].append((number, line))
    gone = {key for key, on in found.items() if len(pages) > 1 and _is_page_number(on)}
    left = [_without_ends(page, gone) for page in pages]
    ends = dict(enumerate(map(_ends, left)))
    told = without_told_numbers(ends)
    shown = [dict(zip(ends[number], told[number], strict=True)) for number in ends]
    return [[own.get(line, line) for line in page] for page, own in zip(left, shown, strict=True)]


def _is_page_number(on: list[tuple[int, str]]) -> bool:
    numbers = [(page, [int(number) for number in _NUMBER.findall(line)]) for page, line in on]
    beside = beside_page_number([line for _, line in on]) if len(on) > 1 and runs_with_pages(numbers) else None
    return beside is not None and not any(map(str.isalnum, beside))


def _without_ends(page: list[str], gone: set[str]) -> list[str]:
    """A page without the lines at its ends that are, their numbers apart, among some."""
    ends = {line for line in _ends(page) if _without_numbers(line) in gone}
    return [line for line in page if line not in ends]


def _ends(page: list[str]) -> list[str]:
    """The lines with which a page begins and ends."""
    filled = [line for line in page if line.strip()]
    return [*filled[:_EDGE], *filled[-_EDGE:]]


def _without_numbers(line: str) -> str:
    return _NUMBER.sub("#", line).strip()


def without_page_number(line: str) -> str:
    """A line of a header or footer without the number of its page and the words around that, which are left out.

    Args:
        line: with marks for numbers of pages.
    """
    return _PAGE_OF.sub("", line)
