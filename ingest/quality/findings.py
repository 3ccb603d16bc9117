"""The quality report's findings: what can be wrong with a document, and what it costs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from ingest.documents import Frozen

# Every kind of finding, with the points it costs a document of its 100.
Kind = Literal[
    "failed", "locked", "no_text", "unread_pages", "partly_read", "garbled", "poor_ocr", "other_language",
    "exact_duplicate",
    "near_duplicate", "older_version", "expired", "not_yet_valid", "contradictory_dates", "old", "no_title",
    "no_author", "no_date", "short_passages", "long_passages", "incomplete", "unchecked", "unseen", "unread",
    "ignored",
]  # fmt: skip
COST: dict[Kind, int] = {
    "failed": 100, "locked": 100, "no_text": 100, "unread_pages": 40, "partly_read": 30, "garbled": 50, "poor_ocr": 30,
    "other_language": 20, "exact_duplicate": 30, "near_duplicate": 15, "older_version": 30, "expired": 30,
    "not_yet_valid": 10, "contradictory_dates": 20, "old": 15, "no_title": 5, "no_author": 3, "no_date": 5,
    "short_passages": 10, "long_passages": 10, "incomplete": 40, "unchecked": 5, "unseen": 0, "unread": 10,
    "ignored": 0,
}  # fmt: skip


class Finding(Frozen):
    """One thing that is wrong; `details` fill its message."""

    kind: Kind
    details: dict[str, str] = Field(default_factory=dict)


class Quality(Frozen):
    """A document's findings and its score, 100 for nothing found."""

    collection: str
    path: str
    score: int
    findings: tuple[Finding, ...]


def finding_counts(qualities: Iterable[Quality]) -> dict[Kind, int]:
    """How many documents each kind of finding concerns."""
    counts: dict[Kind, int] = defaultdict(int)
    for quality in qualities:
        for kind in {finding.kind for finding in quality.findings}:
            counts[kind] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1] * COST[item[0]], item[0])))
