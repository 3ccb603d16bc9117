"""Whether what records cite is still what it was: the versions in the vault, and the texts read from them."""

from collections.abc import Iterator

from sqlalchemy import Engine, select

from chatbot.audit.cited_texts import Texts
from chatbot.records.integrity import IntegrityError
from chatbot.records.schema import Sealed, SealedPersonal
from chatbot.records.tables import entries, personal, record_documents
from config.errors import FundstelleError
from ingest.vault import Vault

_AT_ONCE = 500  # rows in memory


def check_versions(engine: Engine, vault: Vault) -> Iterator[IntegrityError]:
    """Compare each cited version with the digest it is named after, and each cited text with the record's.

    Args:
        engine: of the database.
        vault: where versions are kept.

    Yields:
        A break for each version that is missing or another, and for each record whose cited text is another.
    """
    with engine.connect() as connection:
        cited = select(record_documents.c.version).where(record_documents.c.used != "found").distinct()
        for version in connection.execute(cited).scalars():
            yield from _check_version(vault, version)
        sealed = select(entries.c.number, entries.c.record, entries.c.body, personal.c.body.label("said")).outerjoin(
            personal, personal.c.number == entries.c.number
        )
        texts = Texts(vault)
        chosen = sealed.where(entries.c.kind == "sealed", entries.c.body.is_not(None)).order_by(entries.c.number)
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(chosen):
            try:
                body = Sealed.model_validate_json(row.body)
                said = SealedPersonal.model_validate_json(row.said) if row.said else SealedPersonal()
            except ValueError:  # the walk of the chain names it
                continue
            yield from _check_texts(row.number, row.record, body, said, texts)


def count_cited(engine: Engine) -> int:
    """How many versions records cite or have shown."""
    cited = select(record_documents.c.version).where(record_documents.c.used != "found").distinct()
    with engine.connect() as connection:
        return len(list(connection.execute(cited)))


def _check_version(vault: Vault, version: str) -> Iterator[IntegrityError]:
    try:
        if not vault.is_genuine(version):
            yield IntegrityError(0, "", "version", {"version": version})
    except FundstelleError:
        yield IntegrityError(0, "", "lost", {"version": version})


def _check_texts(
    number: int, record: str, body: Sealed, said: SealedPersonal, texts: Texts
) -> Iterator[IntegrityError]:
    shown = {source.number: source.passage for source in said.answer.sources} if said.answer else {}
    for source in body.sources:
        kept, then = texts.of(source), shown.get(source.number)
        # Neighbours were joined by white space of their own.
        if kept is None or (then is not None and kept.split() != then.text.split()):
            yield IntegrityError(number, record, "text", {"version": source.version})
