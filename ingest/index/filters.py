"""Which passages a search may find: a person's clearance and what the search is narrowed to, as Qdrant filters."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from pydantic import ConfigDict
from qdrant_client import models

from config.access import Clearance
from ingest.db.shown_documents import ShownDocument
from ingest.documents import Frozen

NEWER = "newer"  # documents that take this one's place, each with its labels


class Filters(Frozen):
    """What a search is narrowed to; nothing set means everything that the clearance covers."""

    model_config = ConfigDict(extra="ignore")  # records of earlier programs name filters that are no more

    collections: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    documents: tuple[UUID, ...] = ()
    valid_on: date | None = None  # leaves out what is past its validity, not yet valid, or superseded


EVERYTHING = Filters()


def allowed(
    clearance: Clearance, filters: Filters, language: str | None = None, hidden: Collection[str] = ()
) -> models.Filter:
    """What a person may find: the clearance is always part of it; `hidden` versions are not."""
    must: list[Any] = [covers(clearance)]
    must_not: list[Any] = []
    for key, values in (
        ("document_id", [str(one) for one in filters.documents]),
        ("collection", filters.collections),
        ("about.type.value", filters.types),
        ("about.department.value", filters.departments),
    ):
        if values:
            must.append(models.FieldCondition(key=key, match=models.MatchAny(any=list(values))))
    if hidden:
        must_not.append(models.FieldCondition(key="version", match=models.MatchAny(any=sorted(hidden))))
    if language:
        must.append(equals("language", language))
    if filters.valid_on:
        must_not.append(_between("about.valid_until.value", None, filters.valid_on - timedelta(days=1)))
        must_not.append(_between("about.valid_from.value", filters.valid_on + timedelta(days=1), None))
        # A newer document that the person may not see must not show by what it hides.
        newer = models.Nested(key=NEWER, filter=models.Filter(must=[covers(clearance)]))
        must_not.append(models.NestedCondition(nested=newer))
    return models.Filter(must=must, must_not=must_not or None)


def admits(filters: Filters, document: ShownDocument) -> bool:
    """Whether a search that is narrowed so may find a document of the registry; the same as `allowed` of passages.

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


def _between(key: str, first: date | None, last: date | None) -> models.FieldCondition:
    return models.FieldCondition(key=key, range=models.DatetimeRange(gte=first, lte=last))


def equals(key: str, value: str) -> models.FieldCondition:
    """A payload field with exactly this value."""
    return models.FieldCondition(key=key, match=models.MatchValue(value=value))


def covers(clearance: Clearance) -> models.Filter:
    """What a clearance covers: with one of its open labels, and none that is closed within that one."""
    plain: list[str] = []
    rules: list[Any] = []
    for opened, closed in clearance.rules():
        if not closed:
            plain.append(opened)
        else:
            rules.append(models.Filter(must=[_bears([opened])], must_not=[_bears(closed)]))
    return models.Filter(should=[_bears(plain), *rules])


def _bears(labels: Collection[str]) -> models.FieldCondition:
    return models.FieldCondition(key="labels", match=models.MatchAny(any=sorted(labels)))
