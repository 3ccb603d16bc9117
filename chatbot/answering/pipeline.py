"""Question -> passages -> cited, verified answer -> record."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chatbot.answering.calibration import calibrated
from chatbot.answering.context import AnswerContext, AnswerServices, Clock, Notices
from chatbot.answering.evidence import Evidence, WeighedPart, by_best_fact, evidence_of, no_evidence, weigh
from chatbot.answering.follow_ups.understand import understand
from chatbot.answering.generate import generate
from chatbot.answering.question import check_question
from chatbot.answering.reading import Reading, read
from chatbot.answering.result import finish, replied
from chatbot.answering.single_rows import without_single_rows
from chatbot.answering.small_talk import reply_to
from chatbot.domain import Call, Event, Finished, Person, Retrieved, Source, Turn, Understood
from chatbot.llm.engine import Engine
from chatbot.records.record import Asked, OpenRecord
from chatbot.records.schema import Door
from chatbot.records.transcript import Transcript, found_passages
from chatbot.retrieval.sources import Found, choose_sources
from config.errors import EngineFailed, ModelUnavailable
from config.messages import Language, message_language
from config.policy import Policy
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.filters import EVERYTHING, Filters
from ingest.index.statistics import Statistics
from ingest.text.words import detect_language

if TYPE_CHECKING:
    from chatbot.judge.cross_encoder import Judge


def answer(
    question: str,
    history: Sequence[Turn],
    person: Person,
    services: AnswerServices,
    filters: Filters = EVERYTHING,
    replays: str = "",
    door: Door = "",
    conversation: str = "",
    follows: str = "",
) -> Iterator[Event]:
    """Answer one question; the events come as soon as they can, the last one is `Finished`.

    Args:
        question: as typed.
        history: earlier turns of the conversation, oldest first.
        person: who asks; retrieval sees only what the person's clearance covers.
        services: retriever, engines, sentence vectors and records.
        filters: what the person narrowed the search to.
        replays: id of the record whose question an auditor has answered again.
        door: by which another program asks; kept in the record.
        conversation: that the question is part of; without one it stands by itself.
        follows: record of the conversation's question before.

    Raises:
        QuestionRejected: empty or too long, or the person asks too much at a time.
        IndexUnavailable: the index cannot be searched.
    """
    question = check_question(question, services.settings)
    history = services.records.still_known(history, person, replays)
    clock = Clock()
    language = message_language(detect_language(question, _language_of(history)))
    asked = Asked(
        question=question, history=tuple(history), person=person, filters=filters, replays=replays, door=door,
        conversation=conversation, follows=follows,
    )  # fmt: skip
    with services.admitted(person), services.records.opened(asked) as record:
        transcript = record.transcript
        transcript.generation = services.generation
        if reply := reply_to(question):
            transcript.standalone = question
            yield Finished(answer=replied(question, language, reply, person, services, record))
            return
        yield from _from_documents(asked, language, services, clock, record)


def _from_documents(
    asked: Asked, language: Language, services: AnswerServices, clock: Clock, record: OpenRecord
) -> Iterator[Event]:
    """What the documents say to a question: understood, retrieved, written, verified, sealed."""
    question, person, transcript = asked.question, asked.person, record.transcript
    engines = _usable_engines(services, notices := Notices(language))
    services = _with_working_judge(services, notices)
    statistics = services.statistics(person.clearance)
    reading, wish, is_doubtful = understand(
        question,
        asked.history,
        lambda text: read(text, person, asked.filters, language, services, is_first=not asked.history),
        lambda: _rewritten(question, asked.history, language, engines, notices, transcript),
        statistics,
    )
    standalone = transcript.standalone = reading.question
    if standalone != question:
        yield Understood(standalone_question=standalone)
    transcript.found = found_passages(reading.found)
    told = None if is_doubtful else reading.told
    sources, evidence = (told.sources, no_evidence()) if told else _evidence(reading, is_doubtful, services)
    policy = services.policy()
    transcript.sources = sources = tuple(_classed(source, policy) for source in sources)
    yield Retrieved(record=record.id, sources=sources)
    clock.mark("retrieved")
    context = AnswerContext(
        question, standalone, language, asked.filters, sources, evidence, statistics, engines, transcript, notices,
        clock, services, told, wish,
    )  # fmt: skip
    attempt = yield from generate(context)
    clock.mark("finished")
    finished = finish(context, attempt, record)
    record.seal(finished)
    yield Finished(answer=finished)


def _evidence(reading: Reading, is_doubtful: bool, services: AnswerServices) -> tuple[tuple[Source, ...], Evidence]:
    """The sources with the best facts; of what is doubtful nothing is an answer by itself."""
    wanted = services.settings.sources
    if not reading.weighed:
        return choose_sources(reading.found, wanted), no_evidence()
    sources, evidence = evidence_from(reading.found, reading.weighed, wanted)
    evidence = calibrated(evidence, services.calibration)
    return sources, evidence.doubted() if is_doubtful else evidence


def _with_working_judge(services: AnswerServices, notices: Notices) -> AnswerServices:
    """The services, without the judge where it cannot be opened: the weights for that case count instead."""
    try:
        if services.judge:
            services.judge.answers("", ())
    except (EngineFailed, ModelUnavailable) as error:
        notices.add(error)
        return services._replace(judge=None)
    return services


def _language_of(history: Sequence[Turn]) -> str:
    return detect_language(history[-1].question) if history else "de"


def _usable_engines(services: AnswerServices, notices: Notices) -> list[Engine]:
    usable = []
    for engine in services.engines:
        try:
            services.permit(engine.model)
            engine.prepare()
        except ModelUnavailable as error:
            notices.add(error)
        except EngineFailed as error:
            if services.settings.engine != "auto":  # it was chosen, not tried on the way
                notices.add(error)
        else:
            usable.append(engine)
    return usable


def _rewritten(
    question: str,
    history: Sequence[Turn],
    language: Language,
    engines: list[Engine],
    notices: Notices,
    transcript: Transcript,
) -> str:
    """A follow-up as the first model that works completes it; empty without one."""
    for engine in (engine for engine in engines if engine.name != "quote"):
        calls: list[Call] = []
        try:
            return engine.rewrite(question, history, language, calls)
        except (EngineFailed, ModelUnavailable) as error:
            notices.add(error)
        finally:
            transcript.add_calls(engine, calls)
    return ""


def find_evidence(
    found: Sequence["Found"],
    wanted: int,
    statistics: Statistics,
    vectors: SentenceVectors,
    judge: "Judge | None" = None,
) -> tuple[tuple[Source, ...], Evidence]:
    """The sources with the best facts, and their facts.

    Args:
        found: passages for each part of the question.
        wanted: number of sources.
        statistics: of the index.
        vectors: of its embedder.
        judge: reads the best facts beside the question.
    """
    return evidence_from(found, weigh(found, statistics, vectors, judge), wanted)


def evidence_from(
    found: Sequence["Found"], weighed: Sequence[WeighedPart], wanted: int
) -> tuple[tuple[Source, ...], Evidence]:
    """The same of facts that are weighed already."""
    sources = choose_sources(by_best_fact(found, weighed), wanted)
    return sources, without_single_rows(evidence_of(weighed, sources), sources, [part for part, _ in found])


def _classed(source: Source, policy: Policy) -> Source:
    """With how confidential the policy calls it, so that readers know what they may pass on."""
    deciding = policy.deciding(source.passage.collection, source.passage.document)
    return source.model_copy(update={"data_class": deciding[1].data_class}) if deciding else source
