"""What a person may see of a version: its documents and their passages. Every read here takes the clearance."""

from typing import NamedTuple

from chatbot.retrieval.retriever import discreet
from chatbot.web.services import ChatServices
from config.access import Clearance
from config.errors import IndexUnavailable
from ingest.db.shown_documents import ShownDocument
from ingest.documents import Passage


class Seen(NamedTuple):
    """A version as one person sees it.

    Attributes:
        document: that is shown.
        elsewhere: others with the same bytes.
        passages: of the document, in order.
        may_have_file: whether nothing inside the file is closed to the person.
    """

    document: ShownDocument
    elsewhere: tuple[ShownDocument, ...]
    passages: tuple[Passage, ...]
    may_have_file: bool


def seen_version(services: ChatServices, version: str, clearance: Clearance) -> Seen | None:
    """A version with what the clearance covers of it; None where that is nothing, or where it is not found any more.

    Args:
        services: that read the index.
        version: SHA-256, or anything else that an address has there.
        clearance: of the person.
    """
    try:
        generation = services.index.generation().name
        found = services.index.shown.of_version(generation, version, clearance)
        if not found:
            return None
        document, *elsewhere = found
        passages = services.index.open_store(generation).passages_of(document.id, clearance)
    except IndexUnavailable:  # whoever cannot be asked says no
        return None
    shown = tuple(discreet(passage, clearance) for passage in passages if passage.version == version)
    if not shown:
        return None
    return Seen(document, tuple(elsewhere), shown, may_have_file(found, clearance))


def may_have_file(found: list[ShownDocument], clearance: Clearance) -> bool:
    """Whether somebody may have the bytes: a mail or an archive holds its members, too, and some may be closed."""
    return bool(found) and not any(clearance.has_closed_in(one.collection, one.path) for one in found)
