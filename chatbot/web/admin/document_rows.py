"""Documents as admins see them listed: every name and state, and what is in them only by a group of the admin."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from chatbot.web.documents.listing import FACETS, Narrowed, listing
from chatbot.web.services import AdminServices
from config.access import ALL, Clearance
from config.errors import IndexUnavailable
from ingest.db.shown_documents import ShownDocument
from ingest.quality.findings import Kind, Quality

_OPEN = ("collection", "path", "found", "container", "modified", "newer")  # what an admin knows of every document
_NOTHING: dict[str, Any] = {name: "" for name in ShownDocument._fields if name not in _OPEN}
_KINDS: dict[str, tuple[Kind, ...]] = {
    "failed": ("failed", "locked", "no_text"),
    "incomplete": ("unread_pages", "unread", "incomplete", "partly_read", "garbled", "poor_ocr"),
    "expired": ("expired",),
    "duplicate": ("exact_duplicate", "near_duplicate"),
    "older": ("older_version",),
}
STATES = (*_KINDS, "good")


class Narrow(NamedTuple):
    """What the list is narrowed to; empty is everything."""

    words: str = ""
    collection: str = ""
    type: str = ""
    department: str = ""
    state: str = ""


class Line(NamedTuple):
    """A document in the list.

    Attributes:
        document: as the registry has it, without what the reader may not know; `found` is empty where it never was.
        passages: in the index.
        reason: why the last attempt to read it failed.
        is_covered: whether the reader may see what is in it.
        states: of `STATES`.
    """

    document: ShownDocument
    passages: int
    reason: dict[str, Any] | None
    is_covered: bool
    states: tuple[str, ...] = ()


class Listed(NamedTuple):
    """The list with its counts.

    Attributes:
        lines: all of it.
        facets: how many documents each value would leave, by the facet's name.
    """

    lines: list[Line]
    facets: dict[str, tuple[tuple[str, int], ...]]


def lines(services: AdminServices, clearance: Clearance, collection: str = "") -> list[Line]:
    """Every document, also those that were never read.

    Args:
        services: that know them.
        clearance: of the reader.
        collection: only of this one.
    """
    index = services.index
    generation = index.registry.active_generation()
    if generation is None:
        return []
    names = [collection] if collection else list(index.registry.collections())
    shown = {(one.collection, one.path): one for one in index.shown.all(generation.name, ALL)}
    found = []
    for name in names:
        for path, known in index.registry.documents(generation.name, name).items():
            document = shown.get((name, path)) or _unread(name, path, known.container or "")
            covered = clearance.covers(name, path)
            found.append(Line(document if covered else _bare(document), known.passages, known.reason, covered))
    return found


def listed(
    services: AdminServices, report: Sequence[Quality], clearance: Clearance, wanted: Narrow, today: date
) -> Listed:
    """The list that is wanted, with what failed first.

    Args:
        services: that know the documents.
        report: on them.
        clearance: of the reader, by which words are looked for in texts.
        wanted: what the list is narrowed to.
        today: by which validity is judged.
    """
    states = {(one.collection, one.path): tuple(_states(one)) for one in report}
    every = {
        (line.document.collection, line.document.path): line._replace(
            states=states.get((line.document.collection, line.document.path), ("good",))
        )
        for line in lines(services, clearance)
    }
    if not every:
        return Listed([], {name: () for name in (*FACETS, "state")})
    documents = [line.document for line in every.values()]
    narrowed = Narrowed(wanted.words, wanted.collection, wanted.type, wanted.department)
    try:
        store = services.index.open_store(services.index.generation().name)
        made = listing(documents, store, clearance, narrowed, today)
    except IndexUnavailable:
        return Listed(list(every.values()), {name: () for name in (*FACETS, "state")})
    found = [every[one.document.collection, one.document.path] for one in made.found]
    counted = Counter(state for line in found for state in line.states)
    kept = [line for line in found if not wanted.state or wanted.state in line.states]
    kept.sort(key=lambda line: line.reason is None)
    facets = made.facets | {"state": tuple((state, counted[state]) for state in STATES if counted[state])}
    return Listed(kept, facets)


def _states(judged: Quality) -> Iterator[str]:
    kinds = {finding.kind for finding in judged.findings}
    found = [state for state, of_it in _KINDS.items() if kinds & set(of_it)]
    yield from found or ["good"]


def _bare(document: ShownDocument) -> ShownDocument:
    """A document without what is in it."""
    return document._replace(newer=(), **_NOTHING)


def _unread(collection: str, path: str, container: str) -> ShownDocument:
    """A document that was never read."""
    never = datetime.fromtimestamp(0, UTC)
    return ShownDocument(collection, path, "", container, never, (), **_NOTHING)
