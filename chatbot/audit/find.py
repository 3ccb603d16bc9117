"""Finding records by what an auditor knows of them."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Engine, Select, exists, func, select, true

from chatbot.records.chain import timestamp
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
        model: name, as records have it.
        replays: none leaves out what auditors had answered again, only finds nothing else.
        text: words that question and statements have to contain, all of them.
        as_of: records that were finished by then, with the sign-offs that they had then; None for those of now.
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
    model: str = ""
    replays: Literal["", "none", "only"] = ""
    feedback: Literal["", "helpful", "wrong"] = ""
    review: Literal["", "none", "accepted", "objected"] = ""
    text: str = ""
    as_of: datetime | None = None


Sort = Literal["opened", "person", "state", "unsupported", "engine", "feedback", "review"]


class Order(NamedTuple):
    """How a list is sorted; what is alike by that comes newest first."""

    by: Sort = "opened"
    descending: bool = True

    def columns(self) -> list[tuple[Any, bool]]:
        """What is compared, one after the other, and whether downwards; no two records are alike in all of it."""
        by = (self.by, "model") if self.by == "engine" else (self.by,)
        return [*((records.c[name], self.descending) for name in by), (records.c.opened, True), (records.c.id, False)]

    def clauses(self) -> list[Any]:
        """For the database."""
        return [column.desc() if down else column for column, down in self.columns()]


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
    """A page of records, with the number of all that fit, and of those that were reviewed.

    Attributes:
        by_review: how many there are of each sign-off, whichever of them is looked for; "" are those without.
        beyond: records of people who could see more than the auditor may inspect, whatever was looked for.
    """

    lines: tuple[Line, ...]
    count: int
    reviewed: int
    by_review: dict[str, int]
    beyond: int


def find(
    engine: Engine, query: Query, clearance: Clearance, limit: int, offset: int = 0, order: Order | None = None
) -> Results:
    """Records that fit.

    Args:
        engine: of the database.
        query: what is looked for.
        clearance: of the auditor.
        limit: records wanted.
        offset: records to pass over.
        order: of the list; newest first without one.
    """
    with engine.connect() as connection:
        chosen = matching(query).where(inspectable(connection, clearance))
        ordered = chosen.order_by(*(order or Order()).clauses()).limit(limit).offset(offset)
        return results(connection, query, clearance, connection.execute(ordered).all())


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


def results(connection: Connection, query: Query, clearance: Clearance, rows: Any) -> Results:
    """Records as a page shows them, with the counts of all that fit.

    Args:
        connection: to the database.
        query: what is looked for.
        clearance: of the auditor.
        rows: of the table of records.
    """
    questions = _questions(connection, [row.id for row in rows])
    of_any = matching(query.model_copy(update={"review": ""})).where(inspectable(connection, clearance))
    counted = of_any.with_only_columns(records.c.review, func.count()).group_by(records.c.review)
    by_review = {review: count for review, count in connection.execute(counted)}
    fitting = matching(query).where(inspectable(connection, clearance))
    signed = func.count(func.nullif(records.c.review, ""))
    count, reviewed = connection.execute(fitting.with_only_columns(func.count(), signed)).one()
    shown = Line.model_fields.keys() - {"question"}
    known = ((questions.get(row.id, ""), {name: row._mapping[name] for name in shown}) for row in rows)
    return Results(
        lines=tuple(Line(question=question, **values) for question, values in known),
        count=count,
        reviewed=reviewed,
        by_review=by_review,
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


def matching(query: Query) -> Select[Any]:
    """The records that fit, whoever may see them."""
    chosen = select(records)
    if query.since:
        chosen = chosen.where(records.c.opened >= begin(query.since))
    if query.until and query.until < date.max:
        chosen = chosen.where(records.c.opened < begin(query.until + timedelta(days=1)))
    for name in ("state", "engine", "model", "feedback"):
        if value := getattr(query, name):
            chosen = chosen.where(records.c[name] == value)
    if query.people:
        chosen = chosen.where(records.c.person.in_(query.people))
    if query.replays:
        chosen = chosen.where(records.c.replays == "" if query.replays == "none" else records.c.replays != "")
    if query.as_of:
        chosen = chosen.where(records.c.sealed <= query.as_of)
    if query.review:
        chosen = chosen.where(_reviewed(query))
    if query.verdict:
        fits = records.c.unsupported > 0 if query.verdict == "unsupported" else records.c.unsupported == 0
        chosen = chosen.where(fits, records.c.statements > 0)
    if query.group:
        chosen = chosen.where(records.c.groups.contains(group_text([query.group]), autoescape=True))
    for word in query.text.lower().split():
        chosen = chosen.where(records.c.words.contains(word, autoescape=True))
    return _of_documents(chosen, query)


def _reviewed(query: Query) -> Any:
    """Condition on the sign-off: that of now, or the latest one of then."""
    if query.as_of is None:
        return records.c.review == ("" if query.review == "none" else query.review)
    signed = select(entries.c.body).where(
        entries.c.record == records.c.id, entries.c.kind == "review", entries.c.at <= timestamp(query.as_of)
    )
    if query.review == "none":
        return ~signed.exists()
    latest = signed.order_by(entries.c.number.desc()).limit(1).scalar_subquery()
    return latest.contains(f'"{query.review}"', autoescape=True)


def begin(day: date) -> datetime:
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
