"""The quality report: documents judged by themselves and beside each other."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ingest.documents import Completeness, Described, Measures, Metadata
from ingest.quality.complete_share import complete_share
from ingest.quality.findings import COST, Finding, Kind, Quality
from ingest.quality.similar_documents import findings_among

_GARBLED = 0.15  # share of words that are none
_POOR_OCR = 75.0  # mean confidence
_KNOWN_WORDS = 0.12  # share of one language's function words below which a text is in none of them
_SHARE = 0.3  # of a document's passages
_DATES = ("created", "modified", "stated", "valid_from", "valid_until")
_UNREAD = ("unread", "uncomputed")  # what is in a file to be seen, and is not in its text


def assess(documents: Sequence[Described], today: date, old_years: float, compares: bool = True) -> list[Quality]:
    """Judge every document by itself and beside the others, worst first.

    Args:
        documents: all of one or more collections.
        today: the day for validity and age.
        old_years: age in years from which a document is old.
        compares: whether documents are judged beside the others, which takes about as long as there are many.
    """
    findings: dict[tuple[str, str], list[Finding]] = {(d.collection, d.path): [] for d in documents}
    for document in documents:
        findings[document.collection, document.path] += _own(document, today, old_years)
    for document, finding in findings_among(documents) if compares else ():
        findings[document.collection, document.path].append(finding)
    judged = [
        Quality(
            collection=collection,
            path=path,
            score=max(0, 100 - sum(COST[kind] for kind in {finding.kind for finding in found})),
            findings=tuple(found),
        )
        for (collection, path), found in findings.items()
    ]
    return sorted(judged, key=lambda quality: (quality.score, quality.collection, quality.path))


def _own(document: Described, today: date, old_years: float) -> Iterator[Finding]:
    if document.reason:
        key = document.reason["key"]
        kind: Kind = {"document.locked": "locked", "document.no_text": "no_text"}.get(key, "failed")  # type: ignore[assignment]
        yield Finding(kind=kind, details=document.reason)
    if document.measures is None:
        return
    yield from _of_text(document.measures)
    yield from _of_metadata(document.about, today, old_years)


def _of_text(measures: Measures) -> Iterator[Finding]:
    if measures.unread_pages:
        pages = ", ".join(map(str, measures.unread_pages[:20]))
        yield Finding(kind="unread_pages", details={"pages": pages})
    if measures.partly_read_pages:
        pages = ", ".join(map(str, measures.partly_read_pages[:20]))
        yield Finding(kind="partly_read", details={"pages": pages})
    if measures.garbled > _GARBLED:
        yield Finding(kind="garbled", details={"share": f"{measures.garbled:.0%}"})
    if measures.ocr_confidence is not None and measures.ocr_confidence < _POOR_OCR:
        yield Finding(kind="poor_ocr", details={"confidence": f"{measures.ocr_confidence:.0f}"})
    if measures.known_words is not None and measures.known_words < _KNOWN_WORDS:
        yield Finding(kind="other_language")
    if measures.completeness:
        yield from _of_completeness(measures.completeness)
    for why, texts in measures.unseen.items():
        kind: Kind = "unread" if why in _UNREAD else "unseen"
        yield Finding(kind=kind, details={"why": why, "texts": " · ".join(texts)})
    if measures.short > _SHARE:
        yield Finding(kind="short_passages", details={"share": f"{measures.short:.0%}"})
    if measures.long > _SHARE:
        yield Finding(kind="long_passages", details={"share": f"{measures.long:.0%}"})


def _of_completeness(said: Completeness) -> Iterator[Finding]:
    if said.share is None:
        yield Finding(kind="unchecked")
    elif said.share < complete_share():
        details = {"missing": f"{1 - said.share:.3f}", "words": ", ".join(said.missing)}
        yield Finding(kind="incomplete", details=details)


def _of_metadata(about: Metadata, today: date, old_years: float) -> Iterator[Finding]:
    said = {name: getattr(about, name) for name in _DATES}
    dates = {name: date.fromisoformat(value.value) for name, value in said.items() if value}
    until, since = dates.get("valid_until"), dates.get("valid_from")
    if until and until < today:
        yield Finding(kind="expired", details={"date": until.isoformat()})
    if since and since > today:
        yield Finding(kind="not_yet_valid", details={"date": since.isoformat()})
    for earlier, later in (("valid_from", "valid_until"), ("created", "modified"), ("stated", "valid_until")):
        if earlier in dates and later in dates and dates[earlier] > dates[later]:
            details = {"earlier": earlier, "first": str(dates[earlier]), "later": later, "second": str(dates[later])}
            yield Finding(kind="contradictory_dates", details=details)
    if dates.get("stated", today) > today + timedelta(days=1):
        details = {"earlier": "stated", "first": str(dates["stated"]), "later": "today", "second": str(today)}
        yield Finding(kind="contradictory_dates", details=details)
    newest = max((dates[name] for name in ("modified", "stated", "valid_from") if name in dates), default=None)
    if newest and (today - newest).days > old_years * 365.25:
        yield Finding(kind="old", details={"date": newest.isoformat()})
    if about.title is None or about.title.origin == "file_name":
        yield Finding(kind="no_title")
    if about.author is None:
        yield Finding(kind="no_author")
    if not {"created", "stated", "valid_from"} & dates.keys():
        yield Finding(kind="no_date")
