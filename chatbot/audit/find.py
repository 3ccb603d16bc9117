"""Finding records: by what an auditor knows of them, or at random."""

import hashlib
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from heapq import nsmallest
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Select, exists, func, select, true

from chatbot.records.schema import OpenedPersonal
from chatbot.records.search_rows import clearance_of, group_text
from chatbot.records.tables import entries, personal, record_documents, records
from config.access import ALL, Clearance
from ingest.documents import Frozen

_FIRST_DAY, _LAST_DAY = date(1970, 1, 2), date(9999, 12, 30)


class Query(Frozen):
    """What is looked for; nothing set finds every record. Dates are days of this machine's clock, both included.

    Attributes:
        people: names that records may have for one person.
        version: SHA-256 of a file, or its beginning.
        document: path, or a part of it.
        used: how collection, document or version have to have been used.
        verdict: unsupported finds answers with such a statement, supported those without.
        text: words that question and statements have to contain, all of them.
    """

    since: date | None = None
    until: date | None = None
    people: tuple[str, ...] = ()
    group: str = ""
    collection: str = ""
    document: str = ""
    version: str = ""
    used: Literal["cited", "shown", "found"] = "found"
    verdict: Literal["", "supported", "unsupported"] = ""
    state: Literal["", "answered", "refused", "replied", "interrupted", "failed", "lost", "open"] = ""
    engine: Literal["", "ollama", "embedded", "quote"] = ""
    feedback: Literal["", "helpful", "wrong"] = ""
    review: Literal["", "none", "accepted", "objected"] = ""
    text: str = ""


class Line(Frozen):
    """A record in a list.

    Attributes:
        question: as typed; empty where it was erased.
    """

    id: str
    opened: datetime
    state: str
    person: str
    question: str
    engine: str
    model: str
    statements: int
    unsupported: int
    feedback: str
    review: str
    replays: str


class Results(Frozen):
    """A page of records, newest first, with the number of all that fit, and of those that were reviewed.

    Attributes:
        beyond: records of people who could see more than the auditor may inspect, whatever was looked for.
    """

    lines: tuple[Line, ...]
    count: int
    reviewed: int
    beyond: int


def find(engine: Engine, query: Query, clearance: Clearance, limit: int, offset: int = 0) -> Results:
    """Records that fit, newest first.

    Args:
        engine: of the database.
        query: what is looked for.
        clearance: of the auditor.
        limit: records wanted.
        offset: records to pass over.
    """
    with engine.connect() as connection:
        chosen = _chosen(query).where(inspectable(connection, clearance))
        ordered = chosen.order_by(records.c.opened.desc(), records.c.id)
        return _page(connection, clearance, chosen, connection.execute(ordered.limit(limit).offset(offset)).all())


def sample(engine: Engine, query: Query, clearance: Clearance, count: int, seed: int) -> Results:
    """Records drawn at random among those that fit; the same seed draws the same as long as these stay.

    Args:
        engine: of the database.
        query: what is looked for.
        clearance: of the auditor.
        count: records wanted.
        seed: of the draw.
    """
    with engine.connect() as connection:
        chosen = _chosen(query).where(inspectable(connection, clearance))
        ids = connection.execute(chosen.with_only_columns(records.c.id)).scalars()
        drawn = nsmallest(count, ids, key=lambda identity: hashlib.sha256(f"{seed}:{identity}".encode()).digest())
        rows = {row.id: row for row in connection.execute(select(records).where(records.c.id.in_(drawn)))}
        return _page(connection, clearance, chosen, [rows[identity] for identity in drawn if identity in rows])


def inspectable(connection: Connection, clearance: Clearance) -> Any:
    """Condition on records: those of people who could see no more than this.

    Whatever a record holds, earlier turns and prompts included, comes from what its person could see.

    Args:
        connection: to the database.
        clearance: of the auditor.
    """
    if clearance == ALL:
        return true()
    held = connection.execute(select(records.c.clearance).distinct()).scalars()
    return records.c.clearance.in_([text for text in held if _is_within(text, clearance)])


def _is_within(held: str, clearance: Clearance) -> bool:
    try:
        return clearance_of(held).is_within(clearance)
    except (ValueError, TypeError):  # changed behind the program's back; the check of the chain names it
        return False


def _page(connection: Connection, clearance: Clearance, chosen: Select[Any], rows: Any) -> Results:
    questions = _questions(connection, [row.id for row in rows])
    counted = chosen.with_only_columns(func.count(), func.count(func.nullif(records.c.review, "")))
    count, reviewed = connection.execute(counted).one()
    shown = Line.model_fields.keys() - {"question"}
    return Results(
        lines=tuple(
            Line(question=questions.get(row.id, ""), **{name: row._mapping[name] for name in shown}) for row in rows
        ),
        count=count,
        reviewed=reviewed,
        beyond=connection.execute(select(func.count()).where(~inspectable(connection, clearance))).scalar_one(),
    )


def _questions(connection: Connection, ids: list[str]) -> dict[str, str]:
    chosen = (
        select(personal.c.record, personal.c.body)
        .join(entries, entries.c.number == personal.c.number)
        .where(entries.c.kind == "opened", personal.c.record.in_(ids))
    )
    questions = {}
    for row in connection.execute(chosen):
        with suppress(ValueError):  # changed behind the program's back; the check of the chain names it
            questions[row.record] = OpenedPersonal.model_validate_json(row.body).question
    return questions


def _chosen(query: Query) -> Select[Any]:
    chosen = select(records)
    if query.since:
        chosen = chosen.where(records.c.opened >= _begin(query.since))
    if query.until and query.until < date.max:
        chosen = chosen.where(records.c.opened < _begin(query.until + timedelta(days=1)))
    for name in ("state", "engine", "feedback"):
        if value := getattr(query, name):
            chosen = chosen.where(records.c[name] == value)
    if query.people:
        chosen = chosen.where(records.c.person.in_(query.people))
    if query.review:
        chosen = chosen.where(records.c.review == ("" if query.review == "none" else query.review))
    if query.verdict:
        chosen = chosen.where(
            records.c.unsupported > 0 if query.verdict == "unsupported" else records.c.unsupported == 0
        )
        chosen = chosen.where(records.c.statements > 0)
    if query.group:
        chosen = chosen.where(records.c.groups.contains(group_text([query.group]), autoescape=True))
    for word in query.text.lower().split():
        chosen = chosen.where(records.c.words.contains(word, autoescape=True))
    return _of_documents(chosen, query)


def _begin(day: date) -> datetime:
    """Midnight of this machine's clock, which the pages show, too; at the ends of the calendar UTC may have none."""
    day = min(max(day, _FIRST_DAY), _LAST_DAY)
    return datetime.combine(day, time.min).astimezone(UTC)


def _of_documents(chosen: Select[Any], query: Query) -> Select[Any]:
    conditions = []
    if query.collection:
        conditions.append(record_documents.c.collection == query.collection)
    if query.document:
        conditions.append(record_documents.c.document.contains(query.document, autoescape=True))
    if query.version:
        conditions.append(record_documents.c.version.startswith(query.version.lower(), autoescape=True))
    if not conditions:
        return chosen
    uses = {"cited": ["cited"], "shown": ["cited", "shown"], "found": ["cited", "shown", "found"]}[query.used]
    conditions += [record_documents.c.used.in_(uses), record_documents.c.record == records.c.id]
    return chosen.where(exists().where(*conditions))
