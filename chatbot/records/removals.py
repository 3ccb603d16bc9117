"""What the chain itself notes as removed: by request, or because its retention has passed."""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from chatbot.records.chain import digest
from chatbot.records.schema import Removed
from chatbot.records.tables import entries

_AT_ONCE = 500  # rows a statement


class Removal(NamedTuple):
    """An entry that notes a removal.

    Attributes:
        before: records opened before this time, for a retention that has passed.
    """

    number: int
    kind: str
    at: str
    records: int
    before: str


class Removals:
    """All removals that the chain notes.

    Args:
        connection: in one snapshot with what is compared with them.
    """

    def __init__(self, connection: Connection) -> None:
        self.noted: list[Removal] = []
        expired: list[tuple[int, int, int]] = []
        words: list[tuple[int, int]] = []
        chosen = select(entries).where(entries.c.kind.in_(["erased", "expired"])).order_by(entries.c.number)
        for row in connection.execute(chosen):
            with suppress(ValueError, TypeError):  # an unreadable note proves nothing
                removed = Removed.model_validate_json(row.body)
                if digest(row.body) != row.content:
                    continue
                self.noted.append(Removal(row.number, row.kind, row.at, removed.records, removed.before))
                words += removed.entries
                if row.kind == "expired":
                    expired += [(first, last, len(self.noted) - 1) for first, last in removed.entries]
        self._expired = sorted(expired)
        self._words = _merged(words)

    def explain_words(self, number: int) -> bool:
        """Whether the words of an entry were removed with notice."""
        index = bisect_right(self._words, (number, sys.maxsize)) - 1
        return index >= 0 and number <= self._words[index][1]

    def explain_body(self, row: Row[Any]) -> bool:
        """Whether the content of an entry was removed with notice, and the notice can be true.

        A note about later entries, or about records younger than it says, explains nothing.
        """
        index = bisect_right(self._expired, (row.number, sys.maxsize, 0)) - 1
        if index < 0 or row.number > self._expired[index][1]:
            return False
        note = self.noted[self._expired[index][2]]
        if row.number > note.number or not note.before:
            return False
        before = datetime.fromisoformat(note.before)
        younger = row.kind == "opened" and datetime.fromisoformat(row.at) >= before
        return not younger and before <= datetime.fromisoformat(note.at)


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def batches(identities: Iterable[str]) -> Iterator[list[str]]:
    """Ids in order, so many at a time as a statement takes."""
    ordered = sorted(identities)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Numbers as ranges from first to last."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
