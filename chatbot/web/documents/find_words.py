"""Words looked for in one document: where they stand, each place once."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chatbot.web.documents.text import Piece, pieces
from ingest.documents import Passage

_AROUND = 70  # characters shown before and after a hit
_MOST_SHOWN = 100
LONGEST = 200  # characters of what is looked for


class Hit(NamedTuple):
    """One place.

    Attributes:
        start: in the version's text.
        end: excluded.
        page: 1-based; None without pages.
        page_label: printed on it.
        section: heading path or sheet.
        cells: on a sheet.
        pieces: the hit with the words around it.
    """

    start: int
    end: int
    page: int | None
    page_label: str
    section: str
    cells: str | None
    pieces: tuple[Piece, ...]


class Hits(NamedTuple):
    """What was found.

    Attributes:
        total: of all places.
        shown: the first of them.
        separate: whether the words stand nowhere side by side, and each was looked for by itself.
    """

    total: int
    shown: tuple[Hit, ...]
    separate: bool


def find_words(passages: Sequence[Passage], wanted: str) -> Hits:
    """Where words stand in a document: side by side as they were typed, else each by itself.

    Args:
        passages: of one version, in order.
        wanted: words, in any case.
    """
    words = [re.escape(word) for word in wanted[:LONGEST].split()]
    if not words:
        return Hits(0, (), False)
    together = list(_found(passages, r"\s+".join(words)))
    if together or len(words) == 1:
        return Hits(len(together), tuple(together[:_MOST_SHOWN]), False)
    apart = list(_found(passages, "|".join(rf"\b{word}" for word in words)))
    return Hits(len(apart), tuple(apart[:_MOST_SHOWN]), True)


def _found(passages: Sequence[Passage], pattern: str) -> Iterator[Hit]:
    sought, done = re.compile(pattern, re.IGNORECASE), -1
    for passage in passages:
        for match in sought.finditer(passage.text):
            start, end = passage.start + match.start(), passage.start + match.end()
            if start < done:  # passages of a long paragraph overlap
                continue
            done = end
            place = passage.place_at(start)
            first, last = max(0, match.start() - _AROUND), min(len(passage.text), match.end() + _AROUND)
            around = pieces(passage.text, *_whole_words(passage.text, first, last, *match.span()), [match.span()])
            cells = passage.cells_of(start, end)
            yield Hit(start, end, place.page, place.page_label, place.section, cells, around)


def _whole_words(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """What is shown around a hit, without the halves of words at both ends."""
    if first:
        first = text.find(" ", first, start) + 1 or start
    if last < len(text) and (space := text.rfind(" ", end, last)) >= 0:
        last = space
    return first, last
