"""Which passages a search may find, as conditions of Qdrant: what a person may see, within what the search asks for."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from qdrant_client import models

from config.access import Clearance
from ingest.index.filters import Filters

NEWER = "newer"  # documents that take this one's place, each with its labels


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
