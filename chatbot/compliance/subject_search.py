"""Everything that mentions a person: in the text of every version that is kept, and in every column with words.

Which columns these are is in `config/personal_data.toml`; a column that is not there fails a test, so none is passed
over. What could not be searched is named, too.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Engine, Table, select

from chatbot.compliance.name_matching import Likeness, NamePattern
from chatbot.records.pseudonyms import Pseudonyms
from config.access import plain_account
from config.personal_data import personal_data
from ingest.db.database import snapshot
from ingest.db.metadata import METADATA
from ingest.db.tables import documents
from ingest.documents import Extraction
from ingest.vault import Vault

Where = Literal["document", "record", "account", "other"]
_AROUND = 60  # characters shown on both sides of a name
_AT_ONCE = 500  # rows in memory
_RECORDS = {"records", "personal", "entries", "record_documents", "early_records", "inspections"}
_ACCOUNTS = {"accounts", "subjects", "acceptances", "sessions", "setup_links"}


class Mention(NamedTuple):
    """A place that mentions the person.

    Attributes:
        where: what kind of thing it is in.
        name: of the document, the record or the account; else of the table.
        place: version and characters, or table and column.
        likeness: whether it is surely this name; `own` where the row is the person's own.
        words: around the name.
    """

    where: Where
    name: str
    place: str
    likeness: Likeness | Literal["own"]
    words: str


class Mentions(NamedTuple):
    """All places, and what could not be searched.

    Attributes:
        unread: documents and versions without a text.
    """

    found: tuple[Mention, ...]
    unread: tuple[str, ...]


class Person(NamedTuple):
    """Who is looked for.

    Attributes:
        name: as documents have it.
        called: names that rows of the database may have for the person.
    """

    name: str
    called: frozenset[str]


def person_called(name: str, accounts: Iterable[str], pseudonyms: Pseudonyms) -> Person:
    """A person by name and accounts, with the pseudonyms that records may have.

    Args:
        name: as documents have it.
        accounts: that the person signs in with, where these are called otherwise.
        pseudonyms: what people are called in records.
    """
    named = {name, plain_account(name), *accounts, *map(plain_account, accounts)}
    return Person(name, frozenset(called for one in named for called in pseudonyms.all_names(one)))


def mentions(person: Person, engine: Engine, vault: Vault) -> Mentions:
    """Search everything that is kept; takes as long as reading all of it.

    Args:
        person: who is looked for.
        engine: of the database.
        vault: where versions are kept.
    """
    pattern = NamePattern(person.name)
    with snapshot(engine) as connection:
        rows = tuple(_in_database(connection, person, pattern))
        paths, unread = _paths(connection)
    texts, unreadable = _in_vault(vault, pattern, paths)
    return Mentions((*texts, *rows), (*unread, *unreadable))


def _paths(connection: Connection) -> tuple[Mapping[str, Sequence[str]], list[str]]:
    """The documents of each version, and those of which none could be read."""
    paths: dict[str, list[str]] = defaultdict(list)
    unread = []
    for row in connection.execute(select(documents.c.collection, documents.c.path, documents.c.version)):
        name = f"{row.collection}/{row.path}"
        if row.version:
            paths[row.version].append(name)
        else:
            unread.append(name)
    return paths, unread


def _in_vault(
    vault: Vault, pattern: NamePattern, paths: Mapping[str, Sequence[str]]
) -> tuple[list[Mention], list[str]]:
    found: dict[Mention, None] = {}
    unread = []
    for version in vault.versions():
        name = ", ".join(paths.get(version, ())) or version
        readings = list(vault.readings(version))
        if not readings or None in readings:
            unread.append(name)
        for reading in readings:
            if reading:
                found |= dict.fromkeys(_in_text(reading, version, name, pattern))
    return list(found), unread


def _in_text(reading: Extraction, version: str, name: str, pattern: NamePattern) -> Iterator[Mention]:
    for hit in pattern.find(reading.text):
        page = next((part.page for part in reading.parts if part.start <= hit.start < part.end and part.page), None)
        place = f"{version[:16]} {hit.start}-{hit.end}" + (f" p. {page}" if page else "")
        yield Mention("document", name, place, hit.likeness, _around(reading.text, hit.start, hit.end))
    properties = reading.properties.model_dump(mode="json")
    beside = json.dumps([reading.title, properties, reading.unseen], ensure_ascii=False, default=str)
    for hit in pattern.find(beside):
        place = f"{version[:16]} properties"
        yield Mention("document", name, place, hit.likeness, _around(beside, hit.start, hit.end))


def _in_database(connection: Connection, person: Person, pattern: NamePattern) -> Iterator[Mention]:
    for name, table in sorted(METADATA.tables.items()):
        columns = list(personal_data()[name].of_kind("name", "words"))
        if not columns:
            continue
        names = set(personal_data()[name].of_kind("name"))
        rows = connection.execution_options(yield_per=_AT_ONCE).execute(select(table))
        for row in rows.mappings():
            yield from _in_row(table, row, columns, names, person, pattern)


def _in_row(
    table: Table, row: Mapping[Any, Any], columns: Sequence[str], names: set[str], person: Person, pattern: NamePattern
) -> Iterator[Mention]:
    where, called = _named(table, row)
    for column in columns:
        value, place = row[column], f"{table.name}.{column}"
        if not value:
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if column in names and text in person.called:
            yield Mention(where, called, place, "own", text)
            continue
        for hit in pattern.find(text):
            yield Mention(where, called, place, hit.likeness, _around(text, hit.start, hit.end))


def _named(table: Table, row: Mapping[Any, Any]) -> tuple[Where, str]:
    """What a row is of, and its name."""
    if table.name in _RECORDS:
        return "record", str(row["id"] if "id" in row else row["record"])
    if table.name in _ACCOUNTS:
        return "account", str(row["name"] if "name" in row else row["account"])
    if table.name == "documents":
        return "document", f"{row['collection']}/{row['path']}"
    return "other", table.name


def _around(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - _AROUND) : end + _AROUND].split())
