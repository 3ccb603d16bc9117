"""Documents beside each other: duplicates, and older versions that newer ones take the place of."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from ingest.documents import Described
from ingest.quality.findings import Finding
from ingest.quality.fingerprint import similar_pairs
from ingest.text.languages import pattern_of

_SERIES = ("minutes", "mail", "invoice", "offer", "letter", "report", "form")  # one does not replace another
_NEAR, _RELATED = 0.8, 0.3  # similarity of near-duplicates, and of versions with the same name
# Every character has one way to match: a name of separators alone would else take for ever.
_VERSION_MARKS = re.compile(rf"(?:[\s_.-]|\d|{pattern_of('metadata.version_marks')}|\(\d+\))+$", re.I)
_DATE_MARKS = re.compile(r"(?:19|20)\d\d(?:[-_.]?\d\d){0,2}|\b\d{1,2}[._]\d{1,2}[._](?:19|20)?\d\d")


def newer_documents(documents: Sequence[Described]) -> dict[str, list[str]]:
    """Paths of the newer documents, the newest last, for each older version within one collection."""
    members = [document for document in documents if document.version and document.measures]
    newer: dict[str, list[Described]] = defaultdict(list)
    for one, other, _ in _similar(members):
        older, later = sorted((one, other), key=_recency)
        if _replaces(later, older):
            newer[older.path].append(later)
    return {path: [one.path for one in sorted(found, key=_recency)] for path, found in newer.items()}


def findings_among(documents: Sequence[Described]) -> Iterator[tuple[Described, Finding]]:
    """Findings that take two documents of one collection: duplicates and older versions.

    Args:
        documents: all of one or more collections.
    """
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
