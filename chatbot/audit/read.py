"""One record as its entries hold it."""

from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Engine, Row, select

from chatbot.domain import FoundPassage
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
from chatbot.records.search_rows import clearance_of, is_proved
from chatbot.records.tables import entries, personal, records
from config.access import Clearance
from config.errors import ChainBroken, RecordMissing
from ingest.documents import Frozen


class Link(Frozen):
    """An entry of the chain that belongs to a record, as it proves itself.

    Attributes:
        body: as it was hashed; `content` is its SHA-256.
        said: the personal part as it was sealed; `personal` is its HMAC-SHA256 under `key`. Empty where erased.
    """

    number: int
    kind: str
    record: str
    at: str
    content: str
    personal: str
    previous: str
    hash: str
    body: str
    said: str = ""
    key: str = ""


class Opinion(Frozen):
    """Feedback of a person or sign-off of an auditor, with a free text, as it was added."""

    at: datetime
    value: str
    who: str
    text: str


class Record(Frozen):
    """A record as far as it is still there.

    Attributes:
        asked: None where it was erased.
        sealed: None while the question is being answered.
        said: None where it was erased.
    """

    id: str
    at: datetime
    sealed_at: datetime | None = None
    opened: Opened
    clearance: Clearance = Field(exclude=True)  # of the person; not for readers who may not see what was closed
    asked: OpenedPersonal | None = None
    sealed: Sealed | None = None
    said: SealedPersonal | None = None
    feedback: tuple[Opinion, ...] = ()
    reviews: tuple[Opinion, ...] = ()
    links: tuple[Link, ...]

    @property
    def erased(self) -> bool:
        """Whether the words were removed on request."""
        return self.asked is None

    @property
    def found(self) -> tuple[FoundPassage, ...]:
        """What the search has found."""
        return self.sealed.found if self.sealed else ()

    def version_named(self, version: str) -> bool:
        """Whether the search of this record has found a version."""
        return any(found.version == version for found in self.found)


def read_record(engine: Engine, identity: str, clearance: Clearance) -> Record:
    """A record by its id.

    Args:
        engine: of the database.
        identity: of the record.
        clearance: of the auditor; a record of a person who could see more is not there.

    Raises:
        RecordMissing: there is none, or its retention has passed.
        ChainBroken: it was changed behind the program's back.
    """
    columns = [*entries.c, personal.c.key, personal.c.body.label("said"), records.c.clearance]
    joined = entries.outerjoin(personal, personal.c.number == entries.c.number)
    joined = joined.outerjoin(records, records.c.id == entries.c.record)
    chosen = select(*columns).select_from(joined).where(entries.c.record == identity).order_by(entries.c.number)
    with engine.connect() as connection:
        rows = list(connection.execute(chosen))
    if not rows or rows[0].body is None:
        raise RecordMissing("record.missing", record=identity)
    try:
        record = _record(identity, rows)
    except (ValueError, KeyError, TypeError) as error:
        raise ChainBroken("record.unreadable", record=identity) from error
    if not is_proved(record.opened, rows[0].clearance):
        raise ChainBroken("record.unreadable", record=identity)
    if not record.clearance.is_within(clearance):
        raise RecordMissing("record.missing", record=identity)
    return record


def _record(identity: str, rows: list[Row[Any]]) -> Record:
    values: dict[str, Any] = {
        "id": identity,
        "clearance": clearance_of(rows[0].clearance),
        "links": tuple(_link(row) for row in rows),
    }
    opinions: dict[str, list[Opinion]] = {"feedback": [], "review": []}
    for row in rows:
        at = datetime.fromisoformat(row.at)
        match row.kind:
            case "opened" if "opened" not in values:
                values |= {"at": at, "opened": Opened.model_validate_json(row.body)}
                values["asked"] = OpenedPersonal.model_validate_json(row.said) if row.said else None
            case "sealed" if "sealed" not in values:
                values |= {"sealed_at": at, "sealed": Sealed.model_validate_json(row.body)}
                values["said"] = SealedPersonal.model_validate_json(row.said) if row.said else None
            case "feedback":
                feedback = FeedbackPersonal.model_validate_json(row.said) if row.said else None
                who, text = (feedback.person, feedback.comment) if feedback else ("", "")
                value = Feedback.model_validate_json(row.body).value
                opinions["feedback"].append(Opinion(at=at, value=value, who=who, text=text))
            case "review":
                review = ReviewPersonal.model_validate_json(row.said) if row.said else None
                who, text = (review.reviewer, review.note) if review else ("", "")
                verdict = Review.model_validate_json(row.body).verdict
                opinions["review"].append(Opinion(at=at, value=verdict, who=who, text=text))
    return Record(**values, feedback=tuple(opinions["feedback"]), reviews=tuple(opinions["review"]))


def _link(row: Row[Any]) -> Link:
    return Link.model_validate({name: row._mapping[name] or "" for name in Link.model_fields})
