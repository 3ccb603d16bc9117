"""The answer as other programs read it: version 1 of its public JSON form, whatever becomes of it inside."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from chatbot.domain import Answer, Citation, Computation, Source, Statement
from chatbot.rendering.labels import part_label, refusal_lines, visible
from chatbot.web.api.annotations import Target, target_of
from ingest.documents import Passage, document_id

# Address at which a span of a document's version can be looked up: of its passage, start and end.
LinkOf = Callable[[Passage, int, int], str]
_OUTCOMES = {"answered": "answered", "related": "related", "not_found": "not_in_documents", "reply": "reply"}
OutcomeName = Literal["answered", "related", "not_in_documents", "reply"]


class Public(BaseModel):
    """A part of what other programs read. Members are added to it, and never change their meaning."""

    model_config = ConfigDict(frozen=True)


class Span(Public):
    """Characters of the version's extracted text; the end is excluded."""

    start: int
    end: int


class CitationJson(Public):
    """The exact words that a statement rests on, in the version of the document as it was then.

    Attributes:
        source: number of the source in this answer.
        document: path within its collection.
        document_id: the same for each version of it.
        version: SHA-256 of the file.
        page: counted from 1; `page_label` is what is printed on it where that is something else.
        section: path of headings.
        clause: its number, such as "§ 4 (1) a)".
        cells: range on a sheet, such as A2:C2.
        row: what names the row of a table.
        column: heads of the cell that is meant; in a form, the name of the field.
        cell: where its value stands.
        url: at which people look it up, with their own rights.
        target: the same place as a W3C Web Annotation target.
    """

    source: int
    collection: str
    document: str
    document_id: str
    version: str
    page: int | None
    page_label: str
    section: str
    clause: str
    cells: str | None
    row: str
    column: str
    cell: Span | None
    span: Span
    quote: str
    url: str
    target: Target


class ComputationJson(Public):
    """How a statement was worked out of the rows that it cites; the result is a decimal number."""

    operation: str
    column: str
    result: str


class StatementJson(Public):
    """One sentence with its verdict.

    Attributes:
        verdict: supported, quoted and computed hold; unsupported and contradicted do not.
        holds: whether the documents say so.
        quoted: it is in the document's own words.
        corrected: the model named another source than the one that supports it.
        conflicts: other passages that state another value for the same thing.
    """

    text: str
    verdict: Literal["supported", "quoted", "computed", "unsupported", "contradicted"]
    holds: bool
    quoted: bool
    corrected: bool
    citations: tuple[CitationJson, ...]
    conflicts: tuple[CitationJson, ...]
    computation: ComputationJson | None


class SourceJson(Public):
    """A passage that was shown with the answer.

    Attributes:
        place: page, section and clause, as people read it.
        also_in: other documents that say the same.
        data_class: how confidential the policy calls it; empty where it says nothing.
        superseded_by: path of a newer document that takes its place.
    """

    number: int
    title: str
    collection: str
    document: str
    document_id: str
    version: str
    place: str
    text: str
    span: Span
    score: float
    also_in: tuple[str, ...]
    data_class: str
    superseded_by: str | None
    url: str


class RefusalJson(Public):
    """Why there is no answer, what came closest, and whom to ask."""

    reason: Literal["weak_evidence", "related", "not_in_sources", "unverified"]
    text: str
    searched: tuple[str, ...]
    closest: tuple[CitationJson, ...]
    ask: tuple[str, ...]


class EngineJson(Public):
    """What wrote it: the model and its digest, both empty where none was asked."""

    name: str
    model: str
    digest: str


class TokensJson(Public):
    """The engine's own count; 0 where no model was asked."""

    prompt: int
    answer: int


class AnswerJson(Public):
    """A whole answer.

    Attributes:
        id: of its record.
        understood: the question as it was searched for; another one than `question` for a follow-up.
        outcome: answered; related: passages are near and may not answer; not_in_documents; reply: the program spoke
            for itself, without a search.
        text: statements that hold, or why there are none; plain text.
        seconds: since the question: retrieved, first_statement, finished.
    """

    format: Literal["fundstelle.answer/1"] = "fundstelle.answer/1"
    id: str
    question: str
    understood: str
    language: str
    outcome: OutcomeName
    text: str
    statements: tuple[StatementJson, ...]
    refusal: RefusalJson | None
    sources: tuple[SourceJson, ...]
    examples: tuple[str, ...]
    notices: tuple[str, ...]
    engine: EngineJson
    tokens: TokensJson
    seconds: dict[str, float]
    asked: datetime


def answer_json(answer: Answer, link: LinkOf) -> AnswerJson:
    """The public form of an answer.

    Args:
        answer: as it went into the record.
        link: gives the address of a span.
    """
    refused = " ".join(refusal_lines(answer, answer.language))
    refusal = answer.refusal and RefusalJson(
        reason=answer.refusal.reason,
        text=refused,
        searched=answer.refusal.searched,
        closest=_citations(answer.refusal.closest, answer.sources, link),
        ask=answer.refusal.ask,
    )
    return AnswerJson(
        id=answer.record,
        question=answer.question,
        understood=answer.standalone_question,
        language=answer.language,
        outcome=_OUTCOMES[answer.outcome],  # type: ignore[arg-type]
        text=" ".join(visible(s.text) for s in answer.statements if s.holds) or refused,
        statements=tuple(statement_json(statement, answer.sources, link) for statement in answer.statements),
        refusal=refusal,
        sources=tuple(source_json(source, link, answer) for source in answer.sources),
        examples=answer.examples,
        notices=answer.notices,
        engine=EngineJson(name=answer.engine, model=answer.model, digest=answer.model_digest),
        tokens=TokensJson(prompt=answer.prompt_tokens, answer=answer.answer_tokens),
        seconds=answer.timings,
        asked=answer.asked,
    )


def statement_json(statement: Statement, sources: tuple[Source, ...], link: LinkOf) -> StatementJson:
    """The public form of a statement.

    Args:
        statement: with its verdict.
        sources: that were shown with it.
        link: gives the address of a span.
    """
    computation: Computation | None = statement.computation
    return StatementJson(
        text=statement.text,
        verdict=statement.verdict,
        holds=statement.holds,
        quoted=statement.quoted,
        corrected=statement.corrected,
        citations=_citations(statement.citations, sources, link),
        conflicts=_citations(statement.conflicts, sources, link),
        computation=computation and ComputationJson(**computation.model_dump()),
    )


def source_json(source: Source, link: LinkOf, answer: Answer | None = None) -> SourceJson:
    """The public form of a source.

    Args:
        source: that was shown.
        link: gives the address of a span.
        answer: that it was shown with, for its language.
    """
    passage = source.passage
    return SourceJson(
        number=source.number,
        title=passage.title or passage.document,
        collection=passage.collection,
        document=passage.document,
        document_id=str(passage.document_id),
        version=passage.version,
        place=part_label(passage, None, answer.language if answer else "en"),
        text=passage.text,
        span=Span(start=passage.start, end=passage.end),
        score=round(source.score, 6),
        also_in=source.also_in,
        data_class=source.data_class,
        superseded_by=passage.superseded_by,
        url=link(passage, passage.start, passage.end),
    )


def _citations(citations: tuple[Citation, ...], sources: tuple[Source, ...], link: LinkOf) -> tuple[CitationJson, ...]:
    return tuple(_each(citations, {source.number: source.passage for source in sources}, link))


def _each(citations: tuple[Citation, ...], passages: dict[int, Passage], link: LinkOf) -> Iterator[CitationJson]:
    for citation in citations:
        passage = passages[citation.source]
        url = link(passage, citation.start, citation.end)
        yield CitationJson(
            source=citation.source,
            collection=citation.collection,
            document=citation.document,
            document_id=str(document_id(citation.collection, citation.document)),
            version=citation.version,
            page=citation.page,
            page_label=citation.page_label,
            section=citation.section,
            clause=citation.clause,
            cells=citation.cells,
            row=citation.row,
            column=citation.column,
            cell=Span(start=citation.cell[0], end=citation.cell[1]) if citation.cell else None,
            span=Span(start=citation.start, end=citation.end),
            quote=citation.quote,
            url=url,
            target=target_of(citation, passage, url),
        )
