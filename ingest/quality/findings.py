"""The quality report: what is wrong with the documents, how bad it is, and what to do about it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Literal

from pydantic import Field

from ingest.documents import (
    WITH_CELLS,
    Completeness,
    Described,
    Extraction,
    Frozen,
    Measures,
    Metadata,
    Passage,
    Unseen,
    UnseenText,
)
from ingest.quality.complete_share import complete_share
from ingest.quality.fingerprint import fingerprint, similar_pairs
from ingest.text.languages import LANGUAGES, pattern_of, stopwords
from ingest.text.words import words

# Every kind of finding, with the points it costs a document of its 100.
Kind = Literal[
    "failed", "locked", "no_text", "unread_pages", "partly_read", "garbled", "poor_ocr", "other_language",
    "exact_duplicate",
    "near_duplicate", "older_version", "expired", "not_yet_valid", "contradictory_dates", "old", "no_title",
    "no_author", "no_date", "short_passages", "long_passages", "incomplete", "unchecked", "unseen", "ignored",
]  # fmt: skip
COST: dict[Kind, int] = {
    "failed": 100, "locked": 100, "no_text": 100, "unread_pages": 40, "partly_read": 30, "garbled": 50, "poor_ocr": 30,
    "other_language": 20, "exact_duplicate": 30, "near_duplicate": 15, "older_version": 30, "expired": 30,
    "not_yet_valid": 10, "contradictory_dates": 20, "old": 15, "no_title": 5, "no_author": 3, "no_date": 5,
    "short_passages": 10, "long_passages": 10, "incomplete": 40, "unchecked": 5, "unseen": 0, "ignored": 0,
}  # fmt: skip
_GARBLED = 0.15  # share of words that are none
_POOR_OCR = 75.0  # mean confidence
_KNOWN_WORDS = 0.12  # share of one language's function words below which a text is in none of them
_ENOUGH_WORDS = 40
_SERIES = ("minutes", "mail", "invoice", "offer", "letter", "report", "form")  # one does not replace another
_NEAR, _RELATED = 0.8, 0.3  # similarity of near-duplicates, and of versions with the same name
_SHORT, _LONG = 60, 1600  # characters of a passage
_SHARE = 0.3  # of a document's passages
_EXAMPLES, _LONGEST_EXAMPLE = 3, 80  # texts that nobody sees, and characters of each
_DATES = ("created", "modified", "stated", "valid_from", "valid_until")
_WORD = re.compile(r"[^\W\d_]{2,}", re.U)
_NO_WORD = re.compile(r"^(?:[^aeiouyäöüàáâèéêíóôúœ]{5,}|.*(.)\1{3,}.*)$", re.I)
# Every character has one way to match: a name of separators alone would else take for ever.
_VERSION_MARKS = re.compile(rf"(?:[\s_.-]|\d|{pattern_of('metadata.version_marks')}|\(\d+\))+$", re.I)
_DATE_MARKS = re.compile(r"(?:19|20)\d\d(?:[-_.]?\d\d){0,2}|\b\d{1,2}[._]\d{1,2}[._](?:19|20)?\d\d")


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


def measure(extraction: Extraction, passages: Sequence[Passage]) -> Measures:
    """Measure one version.

    Args:
        extraction: its text.
        passages: cut from it.
    """
    text = extraction.text
    found = _WORD.findall(text[:50_000])
    strange = sum(bool(_NO_WORD.match(word)) for word in found) + text[:50_000].count("\ufffd")
    lengths = [len(passage.text) for passage in passages]
    return Measures(
        characters=len(text),
        garbled=round(strange / len(found), 3) if len(found) >= _ENOUGH_WORDS else 0.0,
        ocr_confidence=extraction.ocr_confidence,
        unread_pages=extraction.unread_pages,
        partly_read_pages=extraction.partly_read_pages,
        known_words=None if _is_mostly_tables(extraction) else _known_words(text),
        short=sum(length < _SHORT for length in lengths) / max(len(lengths), 1),
        long=sum(length > _LONG for length in lengths) / max(len(lengths), 1),
        fingerprint=fingerprint(text),
        completeness=extraction.completeness,
        unseen=_examples(extraction.unseen),
    )


def _examples(unseen: Sequence[UnseenText]) -> dict[Unseen, tuple[str, ...]]:
    """The first texts of each kind that nobody sees, shortened."""
    found: dict[Unseen, tuple[str, ...]] = {}
    for one in unseen:
        before = found.get(one.why, ())
        if len(before) < _EXAMPLES:
            found[one.why] = (*before, one.text[:_LONGEST_EXAMPLE])
    return found


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
    for document, finding in _among(documents) if compares else ():
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


def newer_documents(documents: Sequence[Described]) -> dict[str, list[str]]:
    """Paths of the newer documents, the newest last, for each older version within one collection."""
    members = [document for document in documents if document.version and document.measures]
    newer: dict[str, list[Described]] = defaultdict(list)
    for one, other, _ in _similar(members):
        older, later = sorted((one, other), key=_recency)
        if _replaces(later, older):
            newer[older.path].append(later)
    return {path: [one.path for one in sorted(found, key=_recency)] for path, found in newer.items()}


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
        yield Finding(kind="unseen", details={"why": why, "texts": " · ".join(texts)})
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


def _among(documents: Sequence[Described]) -> Iterator[tuple[Described, Finding]]:
    """Findings that take two documents of one collection: duplicates and older versions."""
    collections: dict[str, list[Described]] = defaultdict(list)
    for document in documents:
        if document.version and document.measures:
            collections[document.collection].append(document)
    for members in collections.values():
        yield from _duplicates(members)


def _duplicates(members: list[Described]) -> Iterator[tuple[Described, Finding]]:
    firsts = _firsts(members)
    for member in members:
        if firsts[member.version or ""] is not member:
            details = {"other": firsts[member.version or ""].path}
            yield member, Finding(kind="exact_duplicate", details=details)
    newest: dict[str, tuple[Described, Described]] = {}
    for one, other, similarity in _similar(members):
        older, newer = sorted((one, other), key=_recency)
        if _replaces(newer, older):
            _, before = newest.get(older.path, (older, newer))
            newest[older.path] = older, max(before, newer, key=_recency)
        elif similarity >= _NEAR:
            yield other, Finding(kind="near_duplicate", details={"other": one.path, "similarity": f"{similarity:.0%}"})
    for older, newer in newest.values():
        yield older, Finding(kind="older_version", details={"newer": newer.path})


def _firsts(members: Sequence[Described]) -> dict[str, Described]:
    """Of each version the document that lies nearest to the top."""
    firsts: dict[str, Described] = {}
    for member in sorted(members, key=lambda m: (m.path.count("/"), m.path)):
        firsts.setdefault(member.version or "", member)
    return firsts


def _similar(members: Sequence[Described]) -> Iterator[tuple[Described, Described, float]]:
    """Pairs of documents of other bytes and nearly the same words."""
    by_path = {member.path: member for member in _firsts(members).values()}
    prints = {path: member.measures.fingerprint for path, member in by_path.items() if member.measures}
    for one, other, similarity in similar_pairs(prints, _RELATED):
        yield by_path[one], by_path[other], similarity


def _replaces(newer: Described, older: Described) -> bool:
    """Whether one document takes the place of a similar one: the same name but for dates and versions, and itself
    dated or numbered later. The files' times alone say nothing, and of minutes and mails each stands for itself."""
    kinds = {document.about.type.value for document in (newer, older) if document.about.type}
    return (
        _family(newer.path) == _family(older.path)
        and _recency(newer)[:2] > _recency(older)[:2]
        and kinds.isdisjoint(_SERIES)
    )


def _family(path: str) -> str:
    """A file's name without what tells its versions apart: `Urlaub_v2_2024.docx` and `Urlaub.docx` are one."""
    stem = _DATE_MARKS.sub("", PurePosixPath(path).stem)
    return re.sub(r"[\W_]+", " ", _VERSION_MARKS.sub("", stem)).strip().lower()


def _recency(document: Described) -> tuple[str, ...]:
    """What makes one version newer than another: its date of validity or issue, its number, the file's time."""
    about = document.about
    stated = about.valid_from or about.stated
    number = ".".join(part.zfill(4) for part in about.version.value.split(".")) if about.version else ""
    modified = about.modified.value if about.modified else ""
    return (stated.value if stated else "", number, modified, document.path)


def _is_mostly_tables(extraction: Extraction) -> bool:
    in_tables = sum(part.end - part.start for part in extraction.parts if part.kind in WITH_CELLS)
    return in_tables > len(extraction.text) / 2


def _known_words(text: str) -> float | None:
    found = words(text[:20_000])
    if len(found) < _ENOUGH_WORDS:
        return None
    return max(sum(word in stopwords(language) for word in found) / len(found) for language in LANGUAGES)


def finding_counts(qualities: Iterable[Quality]) -> dict[Kind, int]:
    """How many documents each kind of finding concerns."""
    counts: dict[Kind, int] = defaultdict(int)
    for quality in qualities:
        for kind in {finding.kind for finding in quality.findings}:
            counts[kind] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1] * COST[item[0]], item[0])))
