"""What an answer is made of, and the events by which it arrives."""

from datetime import datetime
from typing import Literal

from config.messages import Language
from ingest.documents import Clearance, Frozen, Passage

Verdict = Literal["supported", "unsupported", "contradicted"]


class Person(Frozen):
    """Who asks, and what that person may see."""

    name: str
    clearance: Clearance


class Turn(Frozen):
    """An earlier question of the conversation, as it was understood, with the text of its answer."""

    question: str
    answer: str


class Source(Frozen):
    """A passage shown with an answer, under the number by which statements cite it."""

    number: int
    passage: Passage
    score: float


class Citation(Frozen):
    """The exact span of a version's text that a statement rests on."""

    source: int
    document: str
    collection: str
    version: str
    page: int | None
    section: str
    cells: str | None = None  # on a sheet
    start: int
    end: int
    quote: str


class Statement(Frozen):
    """One sentence of an answer with its verdict and citations."""

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...]


class Answer(Frozen):
    """The whole outcome of one question. `answerable` false is a refusal: no statement held up."""

    question: str
    standalone_question: str
    language: Language
    answerable: bool
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    engine: str
    model: str
    model_digest: str
    prompt_digest: str
    generation: str
    notices: tuple[str, ...]
    timings: dict[str, float]  # seconds since the question: retrieved, first_statement, finished
    record: str
    asked: datetime


class Understood(Frozen):
    """The follow-up was rewritten into this standalone question."""

    standalone_question: str


class Retrieved(Frozen):
    """The sources, before any model has spoken."""

    record: str
    sources: tuple[Source, ...]


class Drafted(Frozen):
    """Statement `index` so far, not yet verified."""

    index: int
    text: str


class Judged(Frozen):
    """Statement `index` verified."""

    index: int
    statement: Statement


class Noticed(Frozen):
    """Something the person should know, such as an engine that stopped in the middle."""

    text: str


class Finished(Frozen):
    """The answer as it went into the record."""

    answer: Answer


Event = Understood | Retrieved | Drafted | Judged | Noticed | Finished
