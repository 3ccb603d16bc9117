"""What the entries of a record hold: the chained part, and the part that belongs to a person."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chatbot.domain import (
    Answer,
    Call,
    Check,
    Citation,
    FoundPassage,
    Person,
    Refusal,
    Source,
    Statement,
    Turn,
    Verdict,
)
from chatbot.records.transcript import Transcript
from ingest.documents import ExtractionId, Frozen
from ingest.index.filters import EVERYTHING, Filters

State = Literal["answered", "refused", "replied", "interrupted", "failed", "lost"]
Use = Literal["support", "conflict", "closest"]
# By which door a question came in, those of the page and the terminal by none; a text of others to be checked.
Door = Literal["", "rest", "openai", "mcp", "check"]


class Kept(BaseModel):
    """Part of an entry. Entries outlive the program that wrote them: what a later one does not know, it passes over."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_by_name=True, serialize_by_alias=True)


class Asked(Frozen):
    """A question with everything that decides what it may find.

    Attributes:
        history: earlier turns of the conversation, as they were given.
        replays: id of the record whose question an auditor has answered again.
        door: by which another program asked.
        conversation: that it is part of.
        follows: record of the question before, whether or not it gave a turn.
    """

    question: str
    history: tuple[Turn, ...] = ()
    person: Person
    filters: Filters = EVERYTHING
    replays: str = ""
    door: Door = ""
    conversation: str = ""
    follows: str = ""


class Opened(Kept):
    """Chained part of the entry that opens a record."""

    clearance: tuple[str, ...]  # labels that were open to the person
    held: str = ""  # SHA-256 of the whole clearance; what was closed to the person is not named to readers
    filters: Annotated[Filters, Field(alias="narrowing")]  # entries have it under this name
    process: str
    follows: str  # record of the question before
    replays: str
    door: str = ""  # by which another program asked
    conversation: str = ""


class OpenedPersonal(Kept):
    person: str
    groups: tuple[str, ...]
    question: str
    history: tuple[Turn, ...]


class Shown(Kept):
    """A source as it was shown: its passages, joined where they are neighbours."""

    number: int
    passages: tuple[str, ...]
    collection: str
    document: str
    version: str
    extraction_id: ExtractionId
    start: int
    end: int
    score: float
    also_in: tuple[str, ...]


class Cited(Kept):
    """A span that a statement rests on, that conflicts with it, or that came closest to a refused question."""

    statement: int | None
    use: Use
    source: int
    collection: str
    document: str
    version: str
    extraction_id: ExtractionId
    page: int | None
    page_label: str = ""
    section: str
    clause: str = ""
    cell: tuple[int, int] | None = None
    start: int
    end: int


class Sealed(Kept):
    """Chained part of the entry that seals a record: everything but the words."""

    state: State
    error: str = ""
    program: str
    language: str = ""
    engine: str = ""
    model: str = ""
    model_digest: str = ""
    prompt_digest: str = ""
    sampling: dict[str, float] = {}
    generation: str = ""
    found: tuple[FoundPassage, ...] = ()
    sources: tuple[Shown, ...] = ()
    seen: tuple[int, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    citations: tuple[Cited, ...] = ()
    refusal: str = ""
    timings: dict[str, float] = {}
    prompt_tokens: int = 0
    answer_tokens: int = 0


class SealedPersonal(Kept):
    """The words of question, prompts and answer: they may say something about the person who asked.

    Attributes:
        judged: statements as they were shown one by one, also where none of them is in the answer.
        error: in a sentence.
    """

    standalone: str = ""
    answer: Answer | None = None
    judged: tuple[Statement, ...] = ()
    calls: tuple[Call, ...] = ()
    checks: tuple[Check, ...] = ()
    error: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Of the answer; of what there was of one that did not come to its end."""
        return self.answer.statements if self.answer else self.judged


class Feedback(Kept):
    value: Literal["helpful", "wrong"]


class FeedbackPersonal(Kept):
    person: str
    comment: str


class Review(Kept):
    verdict: Literal["accepted", "objected"]


class ReviewPersonal(Kept):
    reviewer: str
    note: str


class KeyNoted(Kept):
    """A public key with which exports are signed from then on.

    Attributes:
        key: in hexadecimal.
    """

    algorithm: Literal["Ed25519"]
    key: str


class Retention(Kept):
    """How many days records are kept from here on: 0 for good, None where that was not noted yet."""

    days: int | None


class Restored(Kept):
    """That the database was restored from a backup, which ended with the entry before this one.

    Attributes:
        taken: when the backup was made.
        number: of the last entry in it; `hash` is that entry's.
        ended: the latest time that the chain knew then.
        known: number of the newest head that was known at the restore, 0 where none was newer.
    """

    taken: str
    number: int
    hash: str
    ended: str
    known: int = 0


class Removed(Kept):
    """What an erasure or the end of a retention took away.

    Attributes:
        entries: numbers of the entries, as ranges from first to last.
        before: records opened before this time, where retention has passed.
    """

    entries: tuple[tuple[int, int], ...]
    records: int
    before: str = ""


def sealed(answer: Answer, transcript: Transcript, program: str) -> Sealed:
    """The chained part of a finished answer."""
    last = next((call for call in reversed(transcript.calls) if call.engine == answer.engine), None)
    return Sealed(
        **_on_the_way(transcript, answer.statements, answer.refusal),
        state="replied" if answer.reply else "answered" if answer.answerable else "refused",
        program=program,
        language=answer.language,
        engine=answer.engine,
        model=answer.model,
        model_digest=answer.model_digest,
        prompt_digest=answer.prompt_digest,
        sampling=last.sampling if last else {},
        generation=answer.generation,
        refusal=answer.refusal.reason if answer.refusal else "",
        timings=answer.timings,
        prompt_tokens=answer.prompt_tokens,
        answer_tokens=answer.answer_tokens,
    )


def unsealed(state: State, error: str, transcript: Transcript, program: str) -> Sealed:
    """The chained part of an answer that did not come to its end: what there was of it.

    Args:
        state: how it ended.
        error: name of what went wrong; never its text, which may repeat words of the question.
        transcript: of the answer.
        program: that answered.
    """
    last = transcript.calls[-1] if transcript.calls else None
    return Sealed(
        **_on_the_way(transcript, transcript.judged, None),
        state=state,
        error=error,
        program=program,
        engine=last.engine if last else "",
        model=last.model if last else "",
        model_digest=last.digest if last else "",
        generation=transcript.generation,
    )


def words(transcript: Transcript, answer: Answer | None, error: str = "") -> SealedPersonal:
    """The personal part of an answer, finished or not."""
    return SealedPersonal(
        standalone=transcript.standalone,
        answer=answer,
        judged=tuple(transcript.judged),
        calls=tuple(transcript.calls),
        checks=tuple(transcript.checks),
        error=error,
    )


def _on_the_way(transcript: Transcript, statements: Sequence[Statement], refusal: Refusal | None) -> dict[str, Any]:
    return {
        "found": transcript.found,
        "sources": tuple(map(_shown, transcript.sources)),
        "seen": transcript.seen,
        "verdicts": tuple(statement.verdict for statement in statements),
        "citations": tuple(_cited(statements, refusal, transcript.sources)),
    }


def _shown(source: Source) -> Shown:
    return Shown(
        number=source.number,
        passages=source.passages,
        collection=source.passage.collection,
        document=source.passage.document,
        version=source.passage.version,
        extraction_id=source.passage.extraction_id,
        start=source.passage.start,
        end=source.passage.end,
        score=round(source.score, 6),
        also_in=source.also_in,
    )


def _cited(statements: Sequence[Statement], refusal: Refusal | None, sources: Sequence[Source]) -> Iterator[Cited]:
    extraction_id = {source.number: source.passage.extraction_id for source in sources}

    def one(citation: Citation, use: Use, statement: int | None) -> Cited:
        same = citation.model_dump(include=set(Cited.model_fields) & set(Citation.model_fields))
        return Cited(statement=statement, use=use, extraction_id=extraction_id.get(citation.source, ""), **same)

    for index, statement in enumerate(statements):
        yield from (one(citation, "support", index) for citation in statement.citations)
        yield from (one(citation, "conflict", index) for citation in statement.conflicts)
    yield from (one(citation, "closest", None) for citation in (refusal.closest if refusal else ()))
