"""Lines whose dots lead from a name to its value, or from a heading to its page: the dots are for the eye.

Without this step lines of a contents or a price list run together, and dots stick to words.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.partition.page import Page
from ingest.partition.runs import Box, FieldName, Run

_DOTS = re.compile(r"\s*(?:(?:[.·]\s?){5,}|…(?:\s?…)+)\s*")
_SIGNS = ("....", ". . .", "…", "··", "· ·")
_LETTER = 0.5  # width of a letter, in shares of its size
_PAGE_NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,6}|[A-Z]{1,2}[-. ]?\d{1,3}", re.I)
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?|[A-Z]\.?|[IVX]{1,5}\.?|§ ?\d+[a-z]?")
_LONGEST_NAME = 120
_SAME_LINE = 0.5  # share of a line's height


def without_leaders(page: Page) -> Page:
    """A page whose leaders are gone: lines of a contents stand alone, other lines have names and values.

    Args:
        page: as it was read.
    """
    if not any(sign in text for text in (run.text for run in page.runs) for sign in _SIGNS):  # as on most pages
        return page
    runs = list(_whole_lines(page.runs))
    found: list[Run] = []
    for is_led, group in groupby(_with_numbers(runs), key=lambda run: _leader(run) is not None):
        lines = list(group)
        found += _led(lines) if is_led else lines
    return page._replace(runs=found)


def _with_numbers(runs: Sequence[Run]) -> list[Run]:
    """Runs in which the number of a section is one with its line of the contents, from which it may stand apart."""
    found: list[Run] = []
    for run in runs:
        if found and _SECTION.fullmatch(found[-1].text) and _leader(run) and _is_beside(found[-1], run):
            run = run._replace(words=(*found.pop().words, *run.words))
        found.append(run)
    return found


def _whole_lines(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs, one that ends with a leader together with what follows on its line."""
    held: Run | None = None
    for run in runs:
        if held is not None and _is_beside(held, run):
            yield held._replace(words=(*held.words, *run.words))
            held = None
            continue
        if held is not None:
            yield held
        held = run if _ends_with_dots(run) else None
        if held is None:
            yield run
    if held is not None:
        yield held


def _ends_with_dots(run: Run) -> bool:
    last = [match for match in _DOTS.finditer(run.text)]
    return bool(last) and last[-1].end() == len(run.text) and last[-1].start() > 0 and not run.name


def _is_beside(run: Run, other: Run) -> bool:
    shared = min(run.bottom, other.bottom) - max(run.top, other.top)
    return other.left >= run.right - run.size and shared > _SAME_LINE * run.size


def _leader(run: Run) -> re.Match[str] | None:
    """The one leader of a line, with words before and behind it; None for all other lines."""
    if run.name:
        return None
    found = [match for match in _DOTS.finditer(run.text)]
    if len(found) != 1 or not 0 < found[0].start() <= _LONGEST_NAME:
        return None
    if found[0].end() == len(run.text) or run.text.endswith(":"):  # to be written on, before another name
        return None
    return found[0]


def _led(lines: Sequence[Run]) -> Iterator[Run]:
    parted = [(_words(run, 0, match.start()), _words(run, match.end(), len(run.text))) for run, match in
              ((run, _leader(run)) for run in lines) if match is not None]  # fmt: skip
    is_contents = all(_PAGE_NUMBER.fullmatch(_text(value)) for _, value in parted)
    for run, (name, value) in zip(lines, parted, strict=True):
        if is_contents:
            yield run._replace(words=(*name, *value), stands_alone=True, edges=None)
        else:
            yield run._replace(words=value, name=FieldName(_text(name).rstrip(" :"), name), edges=None)


def _text(words: Sequence[tuple[str, Box]]) -> str:
    return " ".join(word for word, _ in words)


def _words(run: Run, start: int, end: int) -> tuple[tuple[str, Box], ...]:
    """The words between two places of a run's text; of one that the leader cuts, its letters at that end."""
    found: list[tuple[str, Box]] = []
    at = 0
    for word, (left, top, right, bottom) in run.words:
        first, last = max(start, at), min(end, at + len(word))
        if first < last:
            width = _LETTER * run.size * (last - first)
            box_left = left if first == at else max(left, right - width)
            box_right = right if last == at + len(word) else min(right, left + width)
            found.append((run.text[first:last], (box_left, top, box_right, bottom)))
        at += len(word) + 1
    return tuple(found)
