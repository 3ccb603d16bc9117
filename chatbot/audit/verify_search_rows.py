"""Whether what auditors search says the same as the entries it was made from."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from chatbot.records.integrity import IntegrityError
from chatbot.records.schema import (
    Feedback,
    FeedbackPersonal,
    Opened,
    OpenedPersonal,
    Review,
    ReviewPersonal,
    Sealed,
    SealedPersonal,
)
from chatbot.records.search_rows import document_rows, is_proved, opened_row, sealed_row, searched_words
from chatbot.records.tables import entries, personal, record_documents, records
from ingest.db.clock import utc

_BATCH = 500
_STRANGERS = 10  # named of each kind
_TIMES = ("opened", "sealed")


def verify_search_rows(connection: Connection) -> Iterator[IntegrityError]:
    """Make each record's row anew from its entries, and compare.

    Args:
        connection: in one snapshot with the walk of the chain.
    """
    last = -1
    while True:
        chosen = select(entries.c.number, entries.c.record).where(
            entries.c.number > last, entries.c.kind == "opened", entries.c.body.is_not(None)
        )
        batch = list(connection.execute(chosen.order_by(entries.c.number).limit(_BATCH)))
        if not batch:
            break
        yield from _check_records(connection, [row.record for row in batch])
        last = batch[-1].number
    yield from _strangers(connection)


def _check_records(connection: Connection, identities: Sequence[str]) -> Iterator[IntegrityError]:
    columns = [*entries.c, personal.c.person, personal.c.body.label("said")]
    joined = entries.outerjoin(personal, personal.c.number == entries.c.number)
    chosen = select(*columns).select_from(joined).where(entries.c.record.in_(identities)).order_by(entries.c.number)
    of_records: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(chosen):
        of_records.setdefault(row.record, []).append(row)
    shown = {row.id: row._mapping for row in connection.execute(select(records).where(records.c.id.in_(identities)))}
    used: dict[str, set[tuple[Any, ...]]] = {}
    for row in connection.execute(select(record_documents).where(record_documents.c.record.in_(identities))):
        used.setdefault(row.record, set()).add(tuple(row))
    for record, rows in of_records.items():
        kinds = [row.kind for row in rows]
        if kinds.count("opened") > 1 or kinds.count("sealed") > 1 or kinds[0] != "opened":
            yield IntegrityError(rows[-1].number, record, "twice")
            continue
        try:
            expected, documents = _made_anew(record, rows)
        except ValueError:  # the walk has named it; what it says in the search cannot follow from it
            yield IntegrityError(rows[0].number, record, "search")
            continue
        found = shown.get(record)
        if found is None or not _says_the_same(found, expected, rows[0].body) or documents != used.get(record, set()):
            yield IntegrityError(rows[0].number, record, "search")
        elif _is_half_erased(rows) or _is_anothers(rows, expected["person"]):
            yield IntegrityError(rows[0].number, record, "personal")


def _is_anothers(rows: Sequence[Row[Any]], asked: str) -> bool:
    """Whether words of an entry are said to be those of another than the entry names."""
    return any(row.said is not None and row.person != _person(row, asked) for row in rows)


def _is_half_erased(rows: Sequence[Row[Any]]) -> bool:
    """Whether the words of a question went without those of its answer, or the other way round: they go together."""
    words = [row.said is None for row in rows if row.kind in ("opened", "sealed") and row.personal]
    return len(set(words)) > 1


def _says_the_same(found: Any, expected: dict[str, Any], opened: str) -> bool:
    """Whether a row of the search is the expected one, and its clearance the one that the entry proves."""
    held = found["clearance"]
    return _plain(found) == _plain(expected | {"clearance": held}) and is_proved(
        Opened.model_validate_json(opened), held
    )


def _made_anew(record: str, rows: Sequence[Row[Any]]) -> tuple[dict[str, Any], set[tuple[Any, ...]]]:
    """The record's row in the search and its documents, as the entries have them."""
    said = OpenedPersonal.model_validate_json(rows[0].said) if rows[0].said else None
    row = opened_row(Opened.model_validate_json(rows[0].body), said)
    row |= {"id": record, "opened": datetime.fromisoformat(rows[0].at)}
    documents: set[tuple[Any, ...]] = set()
    for entry in rows[1:]:
        match entry.kind:
            case "sealed":
                body = Sealed.model_validate_json(entry.body)
                words = SealedPersonal.model_validate_json(entry.said) if entry.said else None
                row |= sealed_row(body) | {"sealed": datetime.fromisoformat(entry.at)}
                row["words"] = searched_words(said.question, words) if said and words else ""
                documents = {tuple(values.values()) for values in document_rows(record, body)}
            case "feedback":
                row["feedback"] = Feedback.model_validate_json(entry.body).value
            case "review":
                row["review"] = Review.model_validate_json(entry.body).verdict
    return row, documents


def _person(row: Row[Any], asked: str) -> str:
    """Whom the words of an entry belong to."""
    if row.kind == "review":
        return ReviewPersonal.model_validate_json(row.said).reviewer
    return FeedbackPersonal.model_validate_json(row.said).person if row.kind == "feedback" else asked


def _plain(row: Any) -> dict[str, Any]:
    """A row whose times compare, whichever database they come from."""
    return {**row, **{name: row[name] and utc(row[name]) for name in _TIMES}}


def _strangers(connection: Connection) -> Iterator[IntegrityError]:
    """Rows of the search, and words, that no entry has."""
    kinds: tuple[tuple[Table, Any, str], ...] = (
        (records, records.c.id, "opened"),
        (record_documents, record_documents.c.record, "sealed"),
    )
    for table, identity, kind in kinds:
        entry = select(entries.c.number).where(
            entries.c.record == identity, entries.c.kind == kind, entries.c.body.is_not(None)
        )
        for record in islice(
            connection.execute(select(identity).select_from(table).where(~entry.exists())), _STRANGERS
        ):
            yield IntegrityError(0, record[0], "search")
    entry = select(entries.c.number).where(entries.c.number == personal.c.number)
    for row in islice(connection.execute(select(personal).where(~entry.exists())), _STRANGERS):
        yield IntegrityError(row.number, row.record, "personal")
