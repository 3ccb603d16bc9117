"""What an answer comes to: statements that hold up, or a refusal that says why, what came closest and whom to ask."""

from collections.abc import Sequence

from chatbot.answering.citation_boxes import with_boxes
from chatbot.answering.context import Run
from chatbot.answering.generate import Attempt
from chatbot.answering.quotes import quote
from chatbot.answering.unmentioned import unnamed
from chatbot.domain import Answer, Citation, Refusal, RefusalReason, Source, Statement
from chatbot.records.record import OpenRecord
from config.errors import AnswerDoubtful, IndexUnavailable
from config.prompts import load_prompt

_CLOSEST = 3


def finish(run: Run, attempt: Attempt, record: OpenRecord) -> Answer:
    """The answer as it goes into the record.

    Args:
        run: the question.
        attempt: what was written.
        record: of this question.
    """
    statements = tuple(_placed(run, statement) for statement in attempt.statements)
    if attempt.supported and (names := unnamed(run.standalone, _cited(run, statements))):
        run.notices.add(AnswerDoubtful("answer.unnamed", names=", ".join(names)))
    if run.parts.settings.unsupported == "drop":
        statements = tuple(s for s in statements if s.verdict == "supported")
    return Answer(
        question=run.question,
        standalone_question=run.standalone,
        language=run.language,
        answerable=attempt.supported,
        statements=statements if attempt.supported else (),
        refusal=None if attempt.supported else _refusal(run, attempt),
        sources=run.sources,
        engine=attempt.engine.name,
        model=attempt.engine.model,
        model_digest=attempt.engine.digest,
        prompt_digest=load_prompt("answer", run.language).digest,
        generation=run.parts.generation,
        notices=tuple(run.notices.texts),
        timings=run.clock.marks,
        prompt_tokens=run.transcript.prompt_tokens,
        answer_tokens=run.transcript.answer_tokens,
        record=record.id,
        asked=record.opened,
    )


def _placed(run: Run, statement: Statement) -> Statement:
    """The statement with its citations' boxes; a version that is not kept any more is told."""
    try:
        readings = {source.number: source.passage.reading for source in run.sources}
        citations = tuple(with_boxes(c, readings[c.source], run.parts.words_of) for c in statement.citations)
    except IndexUnavailable as error:
        run.notices.add(error)
        return statement
    return statement.model_copy(update={"citations": citations})


def _cited(run: Run, statements: Sequence[Statement]) -> list[Source]:
    supported = (statement for statement in statements if statement.verdict == "supported")
    numbers = {citation.source for statement in supported for citation in statement.citations}
    return [source for source in run.sources if source.number in numbers]


def _refusal(run: Run, attempt: Attempt) -> Refusal:
    asked: RefusalReason = "unverified" if attempt.statements else "not_in_sources"
    reason: RefusalReason = "weak_evidence" if run.evidence.strength < 0 else asked
    closest = _closest(run)
    named = dict.fromkeys(citation.collection for citation in closest)
    owners = run.parts.owners()
    return Refusal(
        reason=reason,
        searched=tuple(run.narrowing.collections),
        closest=closest,
        ask=tuple(f"{owners[name]} ({name})" for name in named if name in owners),
    )


def _closest(run: Run) -> tuple[Citation, ...]:
    """The best sentence of each of the three sources that come closest."""
    best: dict[int, Citation] = {}
    for sentence in run.evidence.sentences:
        if sentence.source not in best and len(best) < _CLOSEST:
            best[sentence.source] = quote(sentence, run.sources).citations[0]
    return tuple(best.values())
