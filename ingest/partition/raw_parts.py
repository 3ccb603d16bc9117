"""What all second counts of a file share: lines, parts of packages, and what pages repeat."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

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


def without_repeats(pages: Iterable[list[str]], may_be_two: bool = False) -> Iterator[str]:
    """Lines of all pages; those on several, the number of the page apart, once.

    Args:
        pages: pages of a document, slides, or parts of a package.
        may_be_two: whether what both of two pages begin or end with is a running head, too.
    """
    held = list(pages)
    if may_be_two and len(held) == 2:
        first, second = held
        alike = {_without_numbers(line) for line in _ends(first)} & {_without_numbers(line) for line in _ends(second)}
        held = [first, [line for line in second if line not in _ends(second) or _without_numbers(line) not in alike]]
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
