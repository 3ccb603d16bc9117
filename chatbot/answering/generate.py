"""The engines write, every statement is verified, and the sources' own words stand in where that is better."""

from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from chatbot.answering.context import AnswerContext
from chatbot.answering.excerpts import choose_excerpts
from chatbot.answering.more import further_quotes
from chatbot.answering.notes import notes_of
from chatbot.answering.question import parts_of
from chatbot.answering.quotes import in_the_sources_words, missing_quotes, quote, without_quoted_mails
from chatbot.domain import Call, Check, Drafted, Event, Judged, Sentence, Source, Statement
from chatbot.llm.engine import Engine, Task
from chatbot.llm.output_schema import Draft, read_drafts
from chatbot.verification.conflicts import find_conflicts
from chatbot.verification.verify import verify
from chatbot.whole_documents.told import Told
from config.errors import AnswerDoubtful, EngineFailed, ModelUnavailable
from config.messages import Language
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.statistics import Statistics

if TYPE_CHECKING:
    from chatbot.judge.cross_encoder import Judge


_LANGUAGES: Mapping[str, Language] = {"english": "en", "german": "de"}  # that are wished


class Attempt(NamedTuple):
    """What an engine has made of a question."""

    engine: Engine
    statements: tuple[Statement, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether a statement holds up."""
        return any(statement.holds for statement in self.statements)


def generate(context: AnswerContext) -> Generator[Event, None, Attempt]:
    """Let the engines try in turn until one has finished; then add what the sources say themselves.

    Where the documents tell it without one, or the evidence is too weak, no engine is asked.
    """
    attempt = Attempt(context.engines[-1])
    if context.told:
        return (yield from _tell(context, context.told))
    if not context.evidence.is_near:
        return attempt
    for engine in context.engines:
        attempt, finished = yield from _draft(context, engine)
        if finished or attempt.supported:
            break
    attempt = yield from _as_wished(context, (yield from _complete(context, attempt)))
    return (yield from _with(attempt, notes_of(attempt.statements, context.sources), context))


def _tell(context: AnswerContext, told: Told) -> Generator[Event, None, Attempt]:
    """What was worked out, or stands in whole documents."""
    context.clock.mark("first_statement")
    if told.notice:
        yield context.notices.add(told.notice)
    for index, statement in enumerate(told.statements):
        context.transcript.judged.append(statement)
        yield Judged(index=index, statement=statement)
    return Attempt(context.engines[-1], told.statements)


def _draft(context: AnswerContext, engine: Engine) -> Generator[Event, None, tuple[Attempt, bool]]:
    """One engine's statements, each judged as soon as it is whole; and whether the engine came to its end."""
    settings = context.services.settings
    excerpts = choose_excerpts(context.evidence, context.sources, engine.reads(settings.first_words_seconds))
    calls: list[Call] = []
    best = [sentence for part in context.evidence.quotable() for sentence in part]
    quotes = tuple(without_quoted_mails(best, context.sources))
    task = Task(*_wanted(context), excerpts, quotes, settings.statements, calls)
    attempt = Attempt(engine)
    try:
        drafts = read_drafts(engine.draft(task))
        while (draft := next(drafts, None)) is not None:
            context.clock.mark("first_statement")
            yield Drafted(index=draft.index, text=draft.text)
            if draft.complete:
                judged = _quoted(context, quotes[draft.index]) if engine.name == "quote" else _judged(context, draft)
                context.transcript.judged.append(judged)
                attempt = attempt._replace(statements=(*attempt.statements, judged))
                if judged.holds or settings.unsupported == "mark":
                    yield Judged(index=draft.index, statement=judged)
    except (EngineFailed, ModelUnavailable) as error:
        yield context.notices.add(error)
        return attempt, False
    finally:
        if calls:
            context.transcript.seen = tuple(excerpt.number for excerpt in excerpts)
        context.transcript.add_calls(engine, calls)
    return attempt, True


def _wanted(context: AnswerContext) -> tuple[str, Language]:
    """The question as a model reads it, with a wish about its form, and the language of the answer."""
    language = _LANGUAGES.get(context.wish or "", context.language)
    return (f"{context.standalone}\n{context.question}" if context.wish else context.standalone), language


def _as_wished(context: AnswerContext, attempt: Attempt) -> Generator[Event, None, Attempt]:
    """With more of the passage where that is wanted; what only a language model can do is said to be so."""
    if context.wish in ("form", "english", "german") and attempt.engine.name == "quote" and attempt.supported:
        yield context.notices.add(AnswerDoubtful("answer.other_form"))
    more = further_quotes(attempt.statements, context.sources) if context.wish == "more" else ()
    return (yield from _with(attempt, more, context))


def _with(attempt: Attempt, further: Sequence[Statement], context: AnswerContext) -> Generator[Event, None, Attempt]:
    """An attempt with further statements in the sources' words."""
    for statement in further:
        context.transcript.judged.append(statement)
        yield Judged(index=len(attempt.statements), statement=statement)
        attempt = attempt._replace(statements=(*attempt.statements, statement))
    return attempt


def verify_for_parts(
    text: str,
    question: str,
    cited: Sequence[int],
    sources: Sequence[Source],
    statistics: Statistics,
    vectors: SentenceVectors,
    judge: "Judge | None" = None,
) -> Statement:
    """A statement's verdict for the first part of a question that it answers: a short one answers one of them.

    The arguments are those of `verify`; the question is the whole one.
    """
    for part in parts_of(question):
        statement = verify(text, part, cited, sources, statistics, vectors, judge)
        if statement.verdict == "supported":
            break
    return statement


def _judged(context: AnswerContext, draft: Draft) -> Statement:
    services = context.services
    statement = verify_for_parts(
        draft.text,
        context.standalone,
        draft.sources,
        context.sources,
        context.statistics,
        services.vectors,
        services.judge,
    )
    if statement.verdict != "supported":
        return statement
    statement = in_the_sources_words(statement)
    if not statement.quoted and not _passes(context, statement):
        return statement.model_copy(update={"verdict": "unsupported"})
    return _with_conflicts(context, statement)


def _quoted(context: AnswerContext, sentence: Sentence) -> Statement:
    """A sentence that quote mode has taken over: nothing of it can be wrong but what the source says."""
    return _with_conflicts(context, quote(sentence, context.sources))


def _with_conflicts(context: AnswerContext, statement: Statement) -> Statement:
    conflicts = find_conflicts(statement, context.sources, context.statistics, context.services.vectors)
    return statement.model_copy(update={"conflicts": conflicts})


def _passes(context: AnswerContext, statement: Statement) -> bool:
    """The verifier model's judgement; without one, or where it fails, that of the rules stands."""
    if context.services.verifier is None:
        return True
    evidence = "\n".join(citation.quote for citation in statement.citations)
    try:
        supported = context.services.verifier.supports(
            statement.text, evidence, context.standalone, context.transcript.calls
        )
        context.transcript.checks.append(Check(statement=statement.text, evidence=evidence, supported=supported))
        return supported
    except (EngineFailed, ModelUnavailable) as error:
        if error.text(context.language) not in context.notices.texts:
            context.notices.add(error)
        return True


def _complete(context: AnswerContext, attempt: Attempt) -> Generator[Event, None, Attempt]:
    """Add the best sentence that the statements pass over, or quote where none of them holds up."""
    quotes = missing_quotes(context.evidence, context.sources, attempt.statements, context.standalone)
    if not quotes:
        return attempt
    context.clock.mark("first_statement")
    if not attempt.supported:
        if attempt.statements:
            yield context.notices.add(EngineFailed("answer.quotes_instead"))
        attempt = Attempt(context.engines[-1])
    return (yield from _with(attempt, quotes, context))
