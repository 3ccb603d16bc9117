"""What is wrong with the documents, worked out once for each state of the index; grouped by what to do about it."""

import threading
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from chatbot.rendering.quality_report import advice, finding_text, quality_report, quality_rows
from config.access import Clearance
from config.errors import FundstelleError
from config.messages import Language, message
from ingest.index.services import IndexServices
from ingest.quality.findings import Finding, Kind, Quality

# Every kind of finding, by what helps: in this order they are shown, the most pressing first.
GROUPS: dict[str, tuple[Kind, ...]] = {
    "mend": (
        "failed",
        "locked",
        "no_text",
        "unread_pages",
        "unread",
        "incomplete",
        "partly_read",
        "garbled",
        "poor_ocr",
    ),
    "tidy": ("exact_duplicate", "near_duplicate", "older_version"),
    "renew": ("expired", "old", "not_yet_valid", "contradictory_dates"),
    "describe": ("no_title", "no_date", "no_author"),
    "know": ("ignored", "other_language", "unseen", "unchecked", "short_passages", "long_passages"),
}


class Row(NamedTuple):
    """A finding as the page shows it.

    Attributes:
        text: what was found, as far as the reader may know it.
        advice: what to do.
        other: path of another document that it is about; empty where there is none, or the reader may not know.
        is_covered: whether the reader may see what is in the document.
    """

    collection: str
    path: str
    score: int
    text: str
    advice: str
    other: str
    is_covered: bool


class KeptReport:
    """The report, worked out anew when a run has ended, or a day has.

    To compare all documents with each other takes a while. So what is wrong with each by itself is there at once, and
    duplicates and older versions follow.

    Args:
        index: that is judged.
        old_years: age from which a document is called old.
    """

    def __init__(self, index: IndexServices, old_years: float) -> None:
        self._index, self._old_years = index, old_years
        self._lock = threading.Lock()
        self._known: tuple[Any, list[Quality], bool] | None = None
        self._comparing: threading.Thread | None = None

    def get(self) -> list[Quality]:
        """Every document with what is known of it now, worst first; empty while nothing is indexed."""
        return self.now()[0]

    def now(self) -> tuple[list[Quality], bool]:
        """As `get`, and whether duplicates and older versions are still looked for: it may end right after."""
        with self._lock:
            state = self._state()
            if self._known is None or self._known[0] != state:
                self._known = state, self._worked_out(compares=False), True
                self._comparing = threading.Thread(target=self._compare, args=(state,), daemon=True, name="report")
                self._comparing.start()
            return self._known[1:]

    def whole(self) -> list[Quality]:
        """As `get`, when all documents have been compared."""
        self.get()
        if thread := self._comparing:
            thread.join()
        return self.get()

    def _compare(self, state: Any) -> None:
        found = self._worked_out(compares=True)
        with self._lock:
            if self._known is not None and self._known[0] == state:
                self._known = state, found, False

    def _state(self) -> Any:
        generation = self._index.registry.active_generation()
        # While a run goes on, what was worked out before it stays.
        latest = [run.id for run in self._index.history.runs(limit=20) if run.state != "running"][:1]
        return generation, latest, tuple(self._index.registry.collections()), date.today()

    def _worked_out(self, compares: bool) -> list[Quality]:
        try:
            return quality_report(self._index, self._old_years, compares=compares)
        except FundstelleError:
            return []


def of_collection(report: Sequence[Quality], collection: str) -> list[Quality]:
    """What is said of one collection's documents; of all for an empty name."""
    return [one for one in report if collection in ("", one.collection)]


def rows_of(report: Iterable[Quality], kind: Kind, clearance: Clearance, language: Language) -> list[Row]:
    """Each document with a kind of finding.

    Args:
        report: to look in.
        kind: of finding.
        clearance: of the reader; of documents that it does not cover only the kind of a finding is told.
        language: of the reader.
    """
    return [
        _row(judged, finding, clearance, language)
        for judged in report
        for finding in judged.findings
        if finding.kind == kind
    ]


def _row(judged: Quality, finding: Finding, clearance: Clearance, language: Language) -> Row:
    covered = clearance.covers(judged.collection, judged.path)
    other = finding.details.get("other") or finding.details.get("newer") or ""
    text = finding_text(finding, language) if covered else told(finding, language)
    shown = (text, advice(finding, language), other if covered else "", covered)
    return Row(judged.collection, judged.path, judged.score, *shown)


def told(finding: Finding, language: Language) -> str:
    """A finding without what is in the document; why a file could not be read is its own, and the admin's to mend."""
    if "key" in finding.details:
        return finding_text(finding, language)
    return message(f"quality.kind.{finding.kind}", language)


def csv_rows(report: Iterable[Quality], clearance: Clearance, language: Language) -> list[list[str]]:
    """The report with its head, as far as a reader may know it.

    Args:
        report: to be written.
        clearance: of the reader.
        language: of the reader.
    """
    head, *_ = quality_rows([], language)
    return [head, *(row for judged in report for row in _csv_rows(judged, clearance, language))]


def _csv_rows(judged: Quality, clearance: Clearance, language: Language) -> list[list[str]]:
    _, *rows = quality_rows([judged], language)
    if clearance.covers(judged.collection, judged.path):
        return rows
    said = [told(finding, language) for finding in judged.findings] or [""]
    return [[*row[:3], text, row[4]] for row, text in zip(rows, said, strict=True)]


def of_run(report: Sequence[Quality], index: IndexServices, run: str) -> list[Quality]:
    """What is said of the documents that a run read."""
    read = {(outcome.collection, outcome.path) for outcome in index.history.outcomes(run)}
    return [one for one in report if (one.collection, one.path) in read]
