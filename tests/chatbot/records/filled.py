"""Records for tests: made by the real writer, without asking a model."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Engine

from chatbot.domain import Answer, Citation, FoundPassage, Person, Source, Statement
from chatbot.records.record import Asked, OpenRecord, Records
from config.access import Clearance
from ingest.db.database import open_database
from ingest.documents import Passage

TEXT = "Im zweiten Jahr sind es 29 Arbeitstage."


def open_records(folder: Path) -> tuple[Engine, Records]:
    engine = open_database(f"sqlite:///{folder / 'records.sqlite'}")
    return engine, Records(engine, str, "test 1")


def version_of(text: str = TEXT) -> str:
    return sha256(text.encode()).hexdigest()


def asked(question: str, person: str = "Ada") -> Asked:
    return Asked(
        question=question,
        person=Person(name=person, clearance=Clearance(labels=frozenset({"c"})), groups=("Werk Nord",)),
    )


def ask(
    records: Records,
    question: str = "Wie viele Urlaubstage?",
    person: str = "Ada",
    document: str = "a.md",
    engine: str = "quote",
) -> str:
    """Leave a record of an answered question; returns its id."""
    with records.opened(asked(question, person)) as record:
        record.seal(answered(record, question, document, engine))
    return record.id


def answered(record: OpenRecord, question: str, document: str = "a.md", engine: str = "quote") -> Answer:
    """An answer from one document, with what was found noted in the record."""
    passage = Passage(
        id=UUID(int=1), document_id=UUID(int=2), collection="c", document=document, version=version_of(), title="",
        number=0, text=TEXT, start=0, end=len(TEXT), page=None, section="", language="de",
        modified=datetime(2026, 1, 1, tzinfo=UTC), labels=("c",), extraction_id=version_of()[:16],
    )  # fmt: skip
    source = Source(number=1, passage=passage, score=0.5, passages=(str(passage.id),))
    found = passage.model_dump(
        include={"collection", "document", "version", "extraction_id", "page", "section", "start", "end"}
    )
    record.transcript.standalone = question
    record.transcript.sources = (source,)
    record.transcript.found = (
        FoundPassage(part=0, passage=str(passage.id), score=0.5, cosine=0.9, bm25=1.5, outdated=False, **found),
    )
    citation = Citation(source=1, document=document, collection="c", version=version_of(), page=None, section="",
                        start=0, end=len(TEXT), quote=TEXT)  # fmt: skip
    return Answer(
        question=question, standalone_question=question, language="de", answerable=True,
        statements=(Statement(text=TEXT, verdict="supported", citations=(citation,)),), sources=(source,),
        engine=engine, model="", model_digest="", prompt_digest="", generation="g", notices=(),
        timings={"finished": 0.1}, record=record.id, asked=record.opened,
    )  # fmt: skip


def some_id() -> str:
    return str(uuid4())
