"""What is removed of a person, with a receipt of what went and what is left for others to decide."""

from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Engine, delete, select

from chatbot.compliance.subject_search import Mention, Mentions, Person, mentions
from chatbot.identity.tables import acceptances, accounts, sessions, setup_links, subjects
from chatbot.records.checkpoints import checkpoint_of
from chatbot.records.erasure import WITH_WORDS, erase
from chatbot.records.retention import needed_versions
from chatbot.records.tables import entries
from ingest.db.database import overwrite_removed
from ingest.documents import Frozen
from ingest.vault import Vault

_ACCOUNT_TABLES = (sessions, setup_links, acceptances, accounts, subjects)  # what belongs to an account, before it


class Receipt(Frozen):
    """What an erasure has removed.

    Attributes:
        records: ids of records whose words are gone, or whose remarks of the person are.
        noted: numbers of the entries of the chain that note the removal.
        accounts: rows removed, by table.
        versions: removed from the vault, since neither index nor records need them any more.
        left: places that still mention the name: documents are their owner's, records of others are to be looked at.
        unread: what could not be searched.
        overwritten: whether freed pages of the database are overwritten already.
    """

    kind: Literal["fundstelle-erasure-1"] = "fundstelle-erasure-1"
    at: datetime
    name: str
    records: tuple[str, ...]
    noted: tuple[int, ...]
    accounts: dict[str, int]
    versions: tuple[str, ...]
    left: tuple[Mention, ...]
    unread: tuple[str, ...]
    overwritten: bool


def erase_subject(person: Person, engine: Engine, vault: Vault) -> Receipt:
    """Remove records, account and unneeded versions of a person.

    Documents of the index are not touched: they would come back with the next run. When their owner has removed or
    changed them, and a run has been, a second erasure removes their versions from the vault, too.

    Args:
        person: who is to be forgotten.
        engine: of the database.
        vault: where versions are kept.
    """
    before, top = mentions(person, engine, vault), checkpoint_of(engine).number
    own = {one.name for one in before.found if one.where == "record" and one.likeness == "own"}
    erase(engine, tuple(person.called))
    removed = _remove_account(person, engine)
    versions = _remove_versions(before, engine, vault)
    overwritten = overwrite_removed(engine, WITH_WORDS)
    after = mentions(person, engine, vault)
    return Receipt(
        at=datetime.now(UTC), name=person.name, records=tuple(sorted(own)), noted=_noted(engine, top),
        accounts=removed, versions=versions, left=after.found, unread=after.unread, overwritten=overwritten,
    )  # fmt: skip


def _remove_account(person: Person, engine: Engine) -> dict[str, int]:
    removed = {}
    with engine.begin() as connection:
        for table in _ACCOUNT_TABLES:
            name = table.c.account if "account" in table.c else table.c.name
            removed[table.name] = connection.execute(delete(table).where(name.in_(person.called))).rowcount
    return removed


def _remove_versions(found: Mentions, engine: Engine, vault: Vault) -> tuple[str, ...]:
    """Versions that surely name the person and that nothing needs any more."""
    named = {one.place.split()[0] for one in found.found if one.where == "document" and one.likeness == "certain"}
    with engine.connect() as connection:
        needed = needed_versions(connection)
    gone = tuple(version for version in vault.versions() if version[:16] in named and version not in needed)
    for version in gone:
        vault.remove(version)
    return gone


def _noted(engine: Engine, top: int) -> tuple[int, ...]:
    chosen = select(entries.c.number).where(entries.c.record == "", entries.c.kind == "erased", entries.c.number > top)
    with engine.connect() as connection:
        return tuple(connection.execute(chosen.order_by(entries.c.number)).scalars())
