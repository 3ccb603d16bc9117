"""What a search is narrowed to holds for documents that are found by their name as for passages that are searched."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from ingest.db.shown_documents import ShownDocument
from ingest.documents import document_id
from ingest.index.filters import EVERYTHING, Filters, admits

RULES = ShownDocument(
    collection="c", path="Regelung.md", found="v", container="", modified=datetime(2026, 1, 1, tzinfo=UTC), newer=(),
    title="Regelung", type="policy", department="IT", stated="", valid_from="2026-02-01", valid_until="2026-11-30",
    author="", version="", created="",
)  # fmt: skip
OTHER = UUID(int=1)


@pytest.mark.parametrize(
    "filters",
    [
        EVERYTHING,
        Filters(documents=(OTHER, document_id("c", "Regelung.md"))),
        Filters(collections=("b", "c"), types=("policy",), departments=("IT",)),
        Filters(valid_on=date(2026, 2, 1)),
        Filters(valid_on=date(2026, 11, 30)),
    ],
)
def test_what_fits_all_of_it_is_admitted(filters: Filters) -> None:
    assert admits(filters, RULES)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(documents=(OTHER,)),
        Filters(documents=(document_id("c", "Regelung.md"),), collections=("b",)),
        Filters(types=("price_list",)),
        Filters(departments=("Personal",)),
        Filters(valid_on=date(2026, 1, 31)),
        Filters(valid_on=date(2026, 12, 1)),
    ],
)
def test_what_fails_one_of_it_is_not(filters: Filters) -> None:
    assert not admits(filters, RULES)


def test_what_a_newer_document_replaces_holds_on_no_day() -> None:
    assert not admits(Filters(valid_on=date(2026, 5, 4)), RULES._replace(newer=("Regelung_2.md",)))
