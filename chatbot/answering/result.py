"""What an answer comes to: statements that hold up, or a refusal that says why, what came closest and whom to ask."""

from collections.abc import Sequence

from chatbot.answering.citation_boxes import with_boxes
from chatbot.answering.cited_cells import with_cell
from chatbot.answering.context import AnswerContext, AnswerServices
from chatbot.answering.generate import Attempt
from chatbot.answering.quotes import quote
from chatbot.answering.unmentioned import unmentioned
from chatbot.domain import Answer, Citation, Person, Refusal, RefusalReason, Reply, Source, Statement
from chatbot.records.record import OpenRecord
from config.access import label
from config.errors import AnswerDoubtful, IndexUnavailable
from config.messages import Language
from config.prompts import load_prompt

_CLOSEST = 3
_EXAMPLES = 3


def finish(context: AnswerContext, attempt: Attempt, record: OpenRecord) -> Answer:
    """The answer as it goes into the record.

    Args:
        context: the question.
        attempt: what was written.
        record: of this question.
    """
    statements = tuple(_placed(context, statement) for statement in attempt.statements)
    if attempt.supported and (names := unmentioned(context.standalone, _cited(context, statements))):
        context.notices.add(AnswerDoubtful("answer.unnamed", names=", ".join(names)))
    if context.services.settings.unsupported == "drop":
        statements = tuple(s for s in statements if s.holds)
    return Answer(
        question=context.question,
        standalone_question=context.standalone,
        language=context.language,
        answerable=attempt.supported,
        statements=statements if attempt.supported else (),
        refusal=None if attempt.supported else _refusal(context, attempt),
        sources=context.sources,
        engine=attempt.engine.name,
        model=attempt.engine.model,
        model_digest=attempt.engine.digest,
        prompt_digest=load_prompt("answer", context.language).digest,
        generation=context.services.generation,
        notices=tuple(context.notices.texts),
        timings=context.clock.marks,
        prompt_tokens=context.transcript.prompt_tokens,
        answer_tokens=context.transcript.answer_tokens,
        record=record.id,
        asked=record.opened,
    )


def replied(
    question: str, language: Language, reply: Reply, person: Person, services: AnswerServices, record: OpenRecord
) -> Answer:
    """What the product says itself, as it goes into the record; no document was searched.

    Args:
        question: as typed.
        language: of the question.
        reply: that it wants.
        person: who asks, to whom questions of that person's collections are proposed.
        services: with the policy.
        record: of this question.
    """
    answer = Answer(
        question=question,
        standalone_question=question,
        language=language,
        answerable=False,
        statements=(),
        reply=reply,
        examples=() if reply == "thanks" else services.policy().examples_for(person.clearance)[:_EXAMPLES],
        sources=(),
        engine="quote",
        model="",
        model_digest="",
        prompt_digest="",
        generation=services.generation,
        notices=(),
        timings={"finished": 0.0},
        record=record.id,
        asked=record.opened,
    )
    record.seal(answer)
    return answer


def _placed(context: AnswerContext, statement: Statement) -> Statement:
    """The statement with its citations' cells and boxes; a version that is not kept any more is told."""
    tables = {source.number: source.passage.table for source in context.sources}
    said = "" if statement.quoted else statement.text
    named = tuple(with_cell(c, tables[c.source], context.standalone, said) for c in statement.citations)
    statement = statement.model_copy(update={"citations": named})
    try:
        extraction_ids = {source.number: source.passage.extraction_id for source in context.sources}
        words_of = context.services.words_of
        citations = tuple(with_boxes(c, extraction_ids[c.source], words_of) for c in statement.citations)
    except IndexUnavailable as error:
        if error.text(context.language) not in context.notices.texts:
            context.notices.add(error)
        return statement
    return statement.model_copy(update={"citations": citations})


def _cited(context: AnswerContext, statements: Sequence[Statement]) -> list[Source]:
    supported = (statement for statement in statements if statement.holds)
    numbers = {citation.source for statement in supported for citation in statement.citations}
    return [source for source in context.sources if source.number in numbers]


def _refusal(context: AnswerContext, attempt: Attempt) -> Refusal:
    reason: RefusalReason = "weak_evidence"
    if context.evidence.is_near:
        unanswered: RefusalReason = "related" if attempt.engine.name == "quote" else "not_in_sources"
        reason = "unverified" if attempt.statements else unanswered
    closest = _closest(context)
    named = dict.fromkeys(citation.collection for citation in closest)
    owners = context.services.owners()
    return Refusal(
        reason=reason,
        searched=tuple(context.filters.collections),
        in_one_document=bool(context.filters.documents),
        closest=closest,
        ask=tuple(f"{owners[label(name)]} ({name})" for name in named if label(name) in owners),
    )


def _closest(context: AnswerContext) -> tuple[Citation, ...]:
    """The best sentence of each of the three sources that come closest."""
    best: dict[int, Citation] = {}
    for sentence in context.evidence.sentences:
        if sentence.source not in best and len(best) < _CLOSEST:
            cited = quote(sentence, context.sources).citations[0]
            table = context.sources[sentence.source - 1].passage.table
            best[sentence.source] = with_cell(cited, table, context.standalone)
    return tuple(best.values())
