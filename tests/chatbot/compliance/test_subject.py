"""All that mentions a person is found, however the name is written, and erased with a receipt."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.audit.verify_chain import verify_chain
from chatbot.bootstrap import Services, bootstrap
from chatbot.compliance.data_inventory import TABLES, inventory_report, stored_table
from chatbot.compliance.name_matching import NamePattern
from chatbot.compliance.subject_erasure import erase_subject
from chatbot.compliance.subject_search import Mention, mentions, person_called
from config.personal_data import PERSONAL, personal_data
from config.settings import Settings
from ingest.db.metadata import METADATA
from ingest.documents import Extraction
from tests.chatbot.records.filled import ask, version_of


@pytest.fixture
def house(settings: Settings) -> Iterator[Services]:
    with bootstrap(settings) as services:
        yield services


def keep(house: Services, folder: Path, text: str) -> str:
    (folder / "a.md").write_text(text)
    house.vault.keep(version_of(text), folder / "a.md", Extraction(title="", text=text, parts=()))
    return version_of(text)


def found(house: Services, name: str, *accounts: str) -> list[Mention]:
    return list(mentions(person_called(name, accounts, house.records.pseudonyms), house.database, house.vault).found)


@pytest.mark.parametrize(
    ("text", "likeness"),
    [
        ("Jana Müller", "certain"),
        ("JANA MUELLER", "certain"),
        ("Müller, Jana", "certain"),
        ("Mu\u0308ller Jana", "certain"),
        ("Frau Müller, Frau Dr. Jana", "certain"),
        ("Jana Maria Müllers Urlaub", "certain"),
        ("jana.mueller@firma.de", "certain"),
        ("J. Müller", "possible"),
        ("die Müller-Werke", "possible"),
        ("Müller und Jana Klein", "possible"),
        ("Jana Klein", None),
        ("Müllerei", None),
        ("", None),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, likeness: str | None) -> None:
    places = list(NamePattern("Jana Müller").find(text))
    assert [one.likeness for one in places] == ([likeness] if likeness else [])
    assert [one.likeness for one in NamePattern("Müller, Jana").find(text)] == [one.likeness for one in places]


def test_places_of_a_text_are_told_by_its_characters() -> None:
    text = "Es fragt Jana Weber. Weber antwortet."
    assert [text[one.start : one.end] for one in NamePattern("Jana Weber").find(text)] == ["Jana Weber", "Weber"]


def test_every_column_of_the_schema_is_classified_and_none_is_invented() -> None:
    assert TABLES
    schema = {name: set(table.columns.keys()) for name, table in METADATA.tables.items()}
    assert {name: set(known.columns) for name, known in personal_data().items()} == schema


def test_the_schema_that_is_classified_is_the_one_in_the_database(house: Services) -> None:
    from sqlalchemy import inspect

    made = inspect(house.database)
    tables = {name: {one["name"] for one in made.get_columns(name)} for name in made.get_table_names()}
    tables.pop("alembic_version")
    assert tables == {name: set(known.columns) for name, known in personal_data().items()}


def test_documents_records_and_accounts_are_searched(house: Services, tmp_path: Path) -> None:
    version = keep(house, tmp_path, "Ansprechpartnerin ist Jana Weber, Zimmer 3.")
    mine, other = ask(house.records.records, person="jana"), ask(house.records.records, "Was sagt Weber, Jana dazu?")
    house.accounts.add("jana", ["employee"], [])
    places = found(house, "Jana Weber", "jana")
    assert {(one.where, one.name) for one in places if one.likeness == "certain"} == {
        ("document", version), ("record", other)}  # fmt: skip
    own = {(one.where, one.name) for one in places if one.likeness == "own"}
    assert {("record", mine), ("account", "jana")} <= own
    assert found(house, "Olga Nowak") == []


def test_records_under_a_pseudonym_are_found(house: Services) -> None:
    pseudonym = house.records.pseudonyms.pseudonym("jana")
    record = ask(house.records.records, person=pseudonym)
    assert {one.name for one in found(house, "Jana Weber", "jana") if one.likeness == "own"} == {record}


def test_what_could_not_be_searched_is_named(house: Services, tmp_path: Path) -> None:
    version = keep(house, tmp_path, "Jana Weber")
    (house.settings.data_dir / "vault" / version[:2] / version / "extraction.md.json.gz").write_bytes(b"torn")
    missed = mentions(person_called("Jana Weber", (), house.records.pseudonyms), house.database, house.vault)
    assert missed.unread == (version,) and not missed.found


def test_an_erasure_leaves_a_receipt_of_what_went_and_what_is_left(house: Services, tmp_path: Path) -> None:
    version = keep(house, tmp_path, "Jana Weber ist die Ansprechpartnerin.")
    mine = ask(house.records.records, person="jana")
    other = ask(house.records.records, "Wo sitzt Jana Weber?")
    house.accounts.add("jana", ["employee"], [])
    person = person_called("Jana Weber", ("jana",), house.records.pseudonyms)
    receipt = erase_subject(person, house.database, house.vault)
    assert receipt.records == (mine,) and receipt.versions == (version,) and len(receipt.noted) == 1
    assert receipt.accounts["accounts"] == 1 and receipt.accounts["setup_links"] == 1
    assert {one.name for one in receipt.left} == {other}, "of others, for somebody to decide"
    assert house.accounts.get("jana") is None and version not in set(house.vault.versions())
    assert not list(verify_chain(house.database, {}))
    assert not [one for one in found(house, "Jana Weber", "jana") if one.likeness == "own"]


def test_a_version_that_a_record_cites_stays_and_the_receipt_says_so(house: Services, tmp_path: Path) -> None:
    from tests.chatbot.records.filled import TEXT

    cited = keep(house, tmp_path, TEXT)
    ask(house.records.records)
    receipt = erase_subject(person_called("Arbeitstage", (), house.records.pseudonyms), house.database, house.vault)
    assert receipt.versions == () and cited in {one.name for one in receipt.left}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_officer_s_report_lists_every_table_that_holds_something_of_people(house: Services, language: str) -> None:
    report = inventory_report(house.installation(), language)  # type: ignore[arg-type]
    shown = {row[0]: row for row in stored_table(house.installation(), language).rows}  # type: ignore[arg-type]
    personal = {n for n, one in personal_data().items() if any(one.of_kind(*PERSONAL)) and one.about != "nobody"}
    assert set(shown) == personal and all(all(row) for row in shown.values())
    assert "password" not in shown["accounts"][2] and "{" not in "".join(shown["records"])
    assert report.language == language
