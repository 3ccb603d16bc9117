"""Documents and passages that a clearance covers, to list and to read, without a question."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from chatbot.retrieval.retriever import discreet
from config.access import Clearance
from config.errors import DocumentMissing
from ingest.documents import Metadata, Passage, document_id
from ingest.index.services import IndexServices


class Listed(NamedTuple):
    """A document in a list."""

    id: UUID
    collection: str
    path: str
    version: str
    passages: int
    about: Metadata


def collections(index: IndexServices, clearance: Clearance) -> dict[str, int]:
    """How many documents of each collection a clearance covers; collections without any are not named.

    Raises:
        IndexUnavailable: nothing is indexed.
    """
    return index.shown.counted(index.generation().name, clearance)


def documents(
    index: IndexServices, collection: str, clearance: Clearance, limit: int, after: str = ""
) -> tuple[list[Listed], bool]:
    """Documents of a collection that a clearance covers, by path, and whether there are more.

    Args:
        index: that is read.
        collection: its name.
        clearance: of the reader.
        limit: documents wanted.
        after: the path behind which the list goes on.

    Raises:
        IndexUnavailable: nothing is indexed.
    """
    rest = sorted((one for one in _covered(index, collection, clearance) if one.path > after), key=lambda one: one.path)
    return rest[:limit], len(rest) > limit


def document(index: IndexServices, identity: UUID, clearance: Clearance) -> list[Passage]:
    """The passages of a document's version that is found now, in order.

    Raises:
        DocumentMissing: there is none that the clearance covers.
        IndexUnavailable: the index cannot be read.
    """
    found = index.open_store(index.generation().name).passages_of(identity, clearance)
    shown = [discreet(one, clearance) for one in _visible(index, found)]
    if not shown:
        raise DocumentMissing("document.not_found", id=identity)
    return shown


def passage(index: IndexServices, identity: UUID, clearance: Clearance) -> Passage:
    """A passage by its id.

    Raises:
        DocumentMissing: there is none that the clearance covers.
        IndexUnavailable: the index cannot be read.
    """
    found = index.open_store(index.generation().name).passage(identity, clearance)
    for one in _visible(index, [found] if found else []):
        return discreet(one, clearance)
    raise DocumentMissing("document.no_passage", id=identity)


def _covered(index: IndexServices, collection: str, clearance: Clearance) -> Iterator[Listed]:
    generation = index.generation().name
    known = index.registry.documents(generation, collection)
    for described in index.registry.described(generation, collection):
        if described.version and clearance.covers(collection, described.path):
            identity = document_id(collection, described.path)
            passages = known[described.path].passages if described.path in known else 0
            yield Listed(identity, collection, described.path, described.version, passages, described.about)


def _visible(index: IndexServices, found: list[Passage]) -> Iterator[Passage]:
    """Those of the version that may be shown now; a run may be writing another."""
    keys = {(one.collection, one.document) for one in found}
    visible = index.versions(index.generation().name).visible(keys)
    return (one for one in found if visible.get((one.collection, one.document)) == one.version)
