"""What a search is narrowed to."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict

from ingest.db.shown_documents import ShownDocument
from ingest.documents import Frozen


class Filters(Frozen):
    """What a search is narrowed to; nothing set means everything that the clearance covers."""

    model_config = ConfigDict(extra="ignore")  # records of earlier programs name filters that are no more

    collections: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    documents: tuple[UUID, ...] = ()
    valid_on: date | None = None  # leaves out what is past its validity, not yet valid, or superseded


EVERYTHING = Filters()


def admits(filters: Filters, document: ShownDocument) -> bool:
    """Whether a search that is narrowed so may find a document of the registry; as `allowed` decides of passages.

    Args:
        filters: what the search is narrowed to.
        document: that the person's clearance covers.
    """
    chosen = (
        (document.id, filters.documents),
        (document.collection, filters.collections),
        (document.type, filters.types),
        (document.department, filters.departments),
    )
    is_chosen = all(not values or value in values for value, values in chosen)
    return is_chosen and (filters.valid_on is None or document.holds_on(filters.valid_on))
