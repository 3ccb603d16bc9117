"""Metadata by rules, with where each value comes from; dates as people write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import Extraction, Metadata, Part, Properties
from ingest.partition.properties import properties
from ingest.quality.metadata import metadata
from ingest.text.dates import dates_in

MODIFIED = datetime(2026, 2, 1, tzinfo=UTC)


def found(text: str, path: str = "Personal/regel.docx", heading: str = "", **said: str) -> Metadata:
    parts = (Part(kind="title", start=0, end=len(heading), level=0, page=None, label=None),) if heading else ()
    extraction = Extraction(title=heading, text=f"{heading}\n\n{text}", parts=parts, properties=Properties(**said))
    return metadata(extraction, path, MODIFIED, "de")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am 1.3.2026", date(2026, 3, 1)),
        ("01.03.26", date(2026, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
        ("1. März 2026", date(2026, 3, 1)),
        ("1 March 2026", date(2026, 3, 1)),
        ("March 1st, 2026", date(2026, 3, 1)),
        ("3rd of April 2026", date(2026, 4, 3)),
        ("Oktober 2025", date(2025, 10, 1)),
        ("09/2025", date(2025, 9, 1)),
        ("31.02.2026", None),
        ("Version 1.3.2", None),
        ("12.345.678", None),
        ("Tel. 0421 2026", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert next((found.date for found in dates_in(text)), None) == expected


MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_any_date_is_read_back(day: date) -> None:
    for written in (f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", f"{day.day}. {MONTHS[day.month - 1]} {day.year}"):
        text = f"gültig ab {written}, heißt es"
        (read,) = dates_in(text)
        assert read.date == day
        assert text[read.start : read.end] == written


@given(st.text(max_size=300))
def test_no_text_breaks_the_rules(text: str) -> None:
    assert found(text).title is not None


@pytest.mark.parametrize(
    ("text", "field", "value", "words"),
    [
        ("Gültig ab 1. März 2026.", "valid_from", "2026-03-01", "Gültig ab 1. März 2026"),
        ("Sie tritt am 1. Januar 2026 in Kraft.", "valid_from", "2026-01-01", "tritt am 1. Januar 2026 in Kraft"),
        ("Effective date: 2026-04-01", "valid_from", "2026-04-01", "Effective date: 2026-04-01"),
        ("valid from 1 April 2026", "valid_from", "2026-04-01", "valid from 1 April 2026"),
        ("gültig bis 31.12.2027", "valid_until", "2027-12-31", "gültig bis 31.12.2027"),
        ("Gültig vom 1. Januar bis 31. Dezember 2026", "valid_until", "2026-12-31",
         "Gültig vom 1. Januar bis 31. Dezember 2026"),
        ("expires on March 5, 2027", "valid_until", "2027-03-05", "expires on March 5, 2027"),
        ("Stand: 15.01.2026", "stated", "2026-01-15", "Stand: 15.01.2026"),
        ("Last updated: 15 January 2026", "stated", "2026-01-15", "Last updated: 15 January 2026"),
        ("Version 2.3", "version", "2.3", "Version 2.3"),
        ("Revision 8 vom 2.3.2026", "version", "8", "Revision 8"),
        ("Verfasserin: Jana Petersen", "author", "Jana Petersen", "Verfasserin: Jana Petersen"),
    ],
)  # fmt: skip
def test_validity_version_and_author_are_read_from_the_text(text: str, field: str, value: str, words: str) -> None:
    read = getattr(found(f"{text}\n\nDanach anderes."), field)
    assert (read.value, read.origin, read.words) == (value, "text", words)


@pytest.mark.parametrize(
    "text",
    [
        "Der Stand am Tor ist rot.",
        "Am 3. Mai 2026 wurde geprüft.",
        "Sie ersetzt die Fassung vom 1. April 2022.",
        "Die Prüfung gilt bis zur Wartung.",
    ],
)
def test_other_dates_are_no_validity(text: str) -> None:
    read = found(text)
    assert (read.valid_from, read.valid_until, read.stated) == (None, None, None)


def test_values_say_where_they_come_from() -> None:
    read = found("Text.", heading="Reiseordnung", author="J. Petersen", created="2025-01-02")
    assert read.title is not None and (read.title.value, read.title.origin) == ("Reiseordnung", "heading")
    assert read.author is not None and read.author.origin == "properties"
    assert read.created is not None and read.created.value == "2025-01-02"
    assert read.modified is not None and (read.modified.value, read.modified.origin) == ("2026-02-01", "file_system")
    assert read.department is not None and (read.department.value, read.department.origin) == ("Personal", "folder")
    assert read.type is not None and (read.type.value, read.type.words) == ("policy", "ordnung")
    assert found("Text.", path="Protokoll_2026-01-15.md").stated is not None
    assert found("Text.", path="a.md").department is None
    assert found("Text.", title="Microsoft Word - Dokument1").title.origin == "file_name"  # type: ignore[union-attr]


def test_dates_of_files_in_their_many_forms() -> None:
    assert properties("", "", "D:20260301101500+01'00'", "2026-03-02T08:00:00Z").created == "2026-03-01"
    assert properties(" a\n b ", None, "gestern", "20261399") == Properties(title="a b")
