"""What the chain itself notes as removed: by request, or because its retention has passed."""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from chatbot.records.chain import digest
from chatbot.records.restores import Restore, restores
from chatbot.records.retention_rule import rules
from chatbot.records.schema import Removed
from chatbot.records.tables import entries

_AT_ONCE = 500  # rows a statement


class Removal(NamedTuple):
    """An entry that notes a removal, or a retention.

    Attributes:
        before: records opened before this time, for a retention that has passed.
        days: that records are kept from here on.
    """

    number: int
    kind: str
    at: str
    records: int
    before: str
    days: int = 0


class Left(NamedTuple):
    """What is left of a record of which something was removed.

    Attributes:
        opened: when, as its entry says; empty where there is none.
        partly: whether one of its entries still has its content.
        last: number of its last entry.
    """

    opened: str
    partly: bool
    last: int


def left_of(connection: Connection, identities: Iterable[str]) -> dict[str, Left]:
    """What is left of records, by id."""
    found: dict[str, Left] = {}
    for part in batches(set(identities)):
        chosen = select(entries.c.record, entries.c.kind, entries.c.at, entries.c.number, entries.c.body.is_(None))
        for record, kind, at, number, gone in connection.execute(chosen.where(entries.c.record.in_(part))):
            before = found.get(record, Left("", False, 0))
            found[record] = Left(
                at if kind == "opened" else before.opened, before.partly or not gone, max(before.last, number)
            )
    return found


class Removals:
    """All removals that the chain notes.

    Args:
        connection: in one snapshot with what is compared with them.
    """

    def __init__(self, connection: Connection) -> None:
        self.noted: list[Removal] = []
        self.rules = rules(connection)
        self.restores = restores(connection)
        expired: list[tuple[int, int, int]] = []
        self._words: list[tuple[int, int, int]] = []  # first and last entry, and number of the notice
        chosen = select(entries).where(entries.c.kind.in_(["erased", "expired"])).order_by(entries.c.number)
        for row in connection.execute(chosen):
            with suppress(ValueError, TypeError):  # an unreadable note proves nothing
                removed = Removed.model_validate_json(row.body)
                if digest(row.body) != row.content:
                    continue
                self.noted.append(Removal(row.number, row.kind, row.at, removed.records, removed.before))
                self._words += [(first, last, row.number) for first, last in removed.entries]
                if row.kind == "expired":
                    expired += [(first, last, len(self.noted) - 1) for first, last in removed.entries]
        self._expired = sorted(expired)
        self._words = _merged(self._words)

    def shown(self) -> list[Removal | Restore]:
        """Removals, the retentions by which they were made, and restores, in the order of the chain."""
        kept = [
            Removal(rule.number, "kept_days" if rule.days else "kept_for_good", rule.at, 0, "", rule.days)
            for rule in self.rules
            if rule.days is not None
        ]
        return sorted([*self.noted, *kept, *self.restores], key=lambda note: note.number)

    @property
    def held_from(self) -> int:
        """The first entry that has to fit by its time: an earlier program did not see to that."""
        first = self.rules[0] if self.rules else None
        return first.number if first and first.days is None else 0

    def explain_words(self, number: int) -> bool:
        """Whether the words of an entry were removed with notice; a notice explains nothing that came after it."""
        index = bisect_right(self._words, (number, sys.maxsize, 0)) - 1
        return index >= 0 and number <= self._words[index][1] and number < self._words[index][2]

    def explain_body(self, row: Row[Any], left: Left | None) -> bool:
        """Whether the content of an entry was removed with notice, and the notice can be true.

        A note explains nothing about later entries, about records younger than it says or of which something is left,
        or that the retention of its time did not let go.

        Args:
            row: of the entry.
            left: of its record.
        """
        if left is None or left.partly or not left.opened:
            return False
        index = bisect_right(self._expired, (row.number, sys.maxsize, 0)) - 1
        if index < 0 or row.number > self._expired[index][1]:
            return False
        note = self.noted[self._expired[index][2]]
        if row.number > note.number or not note.before:
            return False
        try:
            before, at = datetime.fromisoformat(note.before), datetime.fromisoformat(note.at)
            whole = datetime.fromisoformat(left.opened) < before <= at and left.last < note.number
        except (ValueError, TypeError):  # a time that this program did not write
            return False
        return whole and self._let_go(note, before, at)

    def _let_go(self, note: Removal, before: datetime, at: datetime) -> bool:
        """Whether the retention of its time let a note's records go; what was removed before that was noted may be."""
        index = bisect_right(self.rules, note.number, key=lambda rule: rule.number) - 1
        if index < 0:
            return note.number < self.held_from
        return self.rules[index].lets_go(before, at)


def _merged(ranges: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Ranges that do not overlap, each with the number of the last notice of it."""
    merged: list[tuple[int, int, int]] = []
    for first, last, note in sorted(ranges):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]), max(note, merged[-1][2]))
        else:
            merged.append((first, last, note))
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
