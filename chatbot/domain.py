"""What an answer is made of, and the events by which it arrives."""

from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import BaseModel

from config.access import Clearance
from config.messages import Language
from config.policy import DataClass
from ingest.documents import ExtractionId, Frozen, Passage

LOCAL = "local"  # the person at this machine, where there are no accounts
EngineName = Literal["ollama", "embedded", "quote"]
# A quotation is the source's own words; what it says is checked by nobody. What is computed is from cells of a table.
Verdict = Literal["supported", "quoted", "computed", "unsupported", "contradicted"]
# What the documents give: an answer, passages that are near and may not answer, or nothing; or they were not asked.
Outcome = Literal["answered", "related", "not_found", "reply"]
# What the product says itself, without a search.
Reply = Literal["greeting", "thanks", "help", "identity"]


class Person(Frozen):
    """Who asks, and what that person may see."""

    name: str
    clearance: Clearance
    groups: tuple[str, ...] = ()


class Turn(Frozen):
    """An earlier question of the conversation, as it was understood, with the text of its answer and its record."""

    question: str
    answer: str
    record: str = ""


class Source(Frozen):
    """A passage shown with an answer, under the number by which statements cite it.

    Attributes:
        passages: ids of the passages it is made of; neighbours are shown as one.
        also_in: other documents that say the same, as collection/path.
        data_class: how confidential the policy calls the document; empty where it says nothing.
    """

    number: int
    passage: Passage
    score: float
    passages: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()
    data_class: DataClass | Literal[""] = ""


class FoundPassage(Frozen):
    """A passage that the search returned, shown or not.

    Attributes:
        part: which part of the question it was found for, from 0.
        score: by which it was ranked.
        cosine: of its sentence nearest to the question.
        bm25: by the question's words.
        page_label: what is printed on the page, where it is not its number.
        outdated: past its validity, or superseded, when it was found.
    """

    part: int
    passage: str
    collection: str
    document: str
    version: str
    extraction_id: ExtractionId
    page: int | None
    page_label: str = ""
    section: str
    start: int
    end: int
    score: float
    cosine: float
    bm25: float
    outdated: bool


Purpose = Literal["rewrite", "answer", "verify"]


class Call(BaseModel):
    """One call of a language model, filled in while it writes.

    Attributes:
        messages: role and text of each.
        sampling: settings by which the model chooses its words.
        output: as it came, whole or up to where it was stopped.
    """

    purpose: Purpose
    messages: tuple[tuple[str, str], ...]
    sampling: dict[str, float] = {}
    engine: str = ""
    model: str = ""
    digest: str = ""
    output: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0


class Check(Frozen):
    """What the verifying model said of a statement."""

    statement: str
    evidence: str
    supported: bool


class Box(NamedTuple):
    """A rectangle on a page (1-based); in points, or pixels of a picture, from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Citation(Frozen):
    """The exact span of a version's text that a statement rests on.

    Attributes:
        page_label: what is printed on the page, where it is not its number.
        clause: its number, such as "§ 4 (1) a)".
        cells: on a sheet.
        row: what names the row of a table, such as "Ventile · 2025"; empty outside tables, and for several rows.
        column: the heads of the cell that is meant; in a form, its name.
        cell: the value of that cell in the version's text; None where no single one is meant.
        boxes: where it stands on its pages, a box a line; empty where a format has none.
    """

    source: int
    document: str
    collection: str
    version: str
    page: int | None
    page_label: str = ""
    section: str
    clause: str = ""
    cells: str | None = None
    row: str = ""
    column: str = ""
    cell: tuple[int, int] | None = None
    start: int
    end: int
    quote: str
    boxes: tuple[Box, ...] = ()


Operation = Literal[
    "value", "count", "list", "sum", "mean", "largest", "smallest", "difference", "property", "beside", "mentions"
]  # fmt: skip


class Computation(Frozen):
    """What was worked out of the rows that a statement cites, so that anyone can do it again.

    Attributes:
        operation: on their values; `property` is what is known of the document itself, `beside` puts the quotations of
            two documents side by side, `mentions` names the documents that have words.
        column: path of heads of the values, name of the property, or the words; empty for counts and lists.
        result: a decimal number, of counts and lists how many rows or documents; empty where a cell is the answer.
    """

    operation: Operation
    column: str = ""
    result: str = ""


class Statement(Frozen):
    """One sentence of an answer with its verdict and citations.

    Attributes:
        quoted: the source's own words, put in place of the model's or beside them.
        corrected: the model named another source than the one that supports it.
        conflicts: other passages that state another value for the same thing.
        computation: what it states, where it was worked out.
    """

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...]
    quoted: bool = False
    corrected: bool = False
    conflicts: tuple[Citation, ...] = ()
    computation: Computation | None = None

    @property
    def holds(self) -> bool:
        """Whether the documents say so."""
        return holds_up(self.verdict)


# Whose words a statement has: a language model's, a document's, or the program's own.
Writer = Literal["model", "document", "program"]


def written_by(statement: Statement, engine: str) -> Writer:
    """Who has written the words of a statement.

    Args:
        statement: of an answer.
        engine: that answered; the one that quotes writes nothing of its own.
    """
    if statement.computation or statement.verdict == "computed":
        return "program"
    return "document" if statement.quoted or statement.verdict == "quoted" or engine == "quote" else "model"


def holds_up(verdict: str) -> bool:
    """Whether a verdict is of a statement that the documents make."""
    return verdict in ("supported", "quoted", "computed")


class Sentence(NamedTuple):
    """A sentence or table row of a source; its span is relative to the passage."""

    source: int  # number of the source
    start: int
    end: int
    text: str
    score: float
    share: float = 0.0  # of the weight of all sentences found


class Excerpt(NamedTuple):
    """What the model sees of one source."""

    number: int
    heading: str
    text: str


RefusalReason = Literal["weak_evidence", "related", "not_in_sources", "unverified"]


class Refusal(Frozen):
    """Why there is no answer, and what helps instead.

    Attributes:
        reason: nothing found is near the question; what is near does not answer it for certain; the model found no
            answer in it; or nothing that the model wrote holds up.
        searched: collections the search was narrowed to; empty for all that the person may see.
        in_one_document: whether it was limited to a document.
        closest: the best sentence of each of the three sources that come closest.
        ask: owners of the collections that these are from.
    """

    reason: RefusalReason
    searched: tuple[str, ...]
    closest: tuple[Citation, ...]
    ask: tuple[str, ...]
    in_one_document: bool = False


class Answer(Frozen):
    """The whole outcome of one question. `answerable` false is a refusal, or a reply: no statement held up.

    Attributes:
        examples: questions that a reply proposes.
    """

    question: str
    standalone_question: str
    language: Language
    answerable: bool
    statements: tuple[Statement, ...]
    refusal: Refusal | None = None
    reply: Reply | None = None
    examples: tuple[str, ...] = ()
    sources: tuple[Source, ...]
    engine: str
    model: str
    model_digest: str
    prompt_digest: str
    generation: str
    notices: tuple[str, ...]
    timings: dict[str, float]  # seconds since the question: retrieved, first_statement, finished
    prompt_tokens: int = 0  # the engine's own count; 0 where no model was asked
    answer_tokens: int = 0
    record: str
    asked: datetime

    @property
    def outcome(self) -> Outcome:
        """What the documents give."""
        if self.reply:
            return "reply"
        if self.answerable:
            return "answered"
        return "not_found" if self.refusal is None or self.refusal.reason == "weak_evidence" else "related"


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
