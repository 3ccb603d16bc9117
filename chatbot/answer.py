"""Question -> passages -> cited, verified answer -> record."""

import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from chatbot.engines import Engine, Task
from chatbot.evidence import Evidence, choose_excerpts, weigh_sentences
from chatbot.numbers import missing_numbers
from chatbot.records import OpenRecord, Records
from chatbot.schema import read_drafts
from chatbot.types import (
    Answer,
    Drafted,
    Event,
    Finished,
    Judged,
    Noticed,
    Person,
    Retrieved,
    Source,
    Statement,
    Turn,
    Understood,
)
from chatbot.vectors import SentenceVectors
from chatbot.verify import judge
from config.errors import EngineFailed, FundstelleError, ModelUnavailable, QuestionRejected
from config.messages import Language
from config.prompts import load_prompt
from config.settings import AnswerSettings
from ingest.analysis import detect_language, normalise, words
from ingest.documents import Clearance
from ingest.filters import EVERYTHING, Narrowing
from ingest.statistics import Statistics

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever

# Evidence below this is never an answer: no sentence of the sources is near enough to the question.
WEAKEST_EVIDENCE = 0.80
# From here on the best sentences are quoted when the model's own do not hold up.
QUOTABLE_EVIDENCE = 0.88
_NEIGHBOURS = 15  # passages beyond the sources, to weigh words by
_FOLLOW_UP = re.compile(
    r"^(und|aber|oder|was ist mit|wie ist es|gilt das|and|but|or|what about|how about|does that|is that)\b", re.I
)
_REFERRING = frozenset(
    "er es ihn ihm dies dieser diese dieses das davon dafür dazu dort it that this they them".split()
)
_SHORT = 5  # words


class Answering(NamedTuple):
    """The parts that answer questions; built in one place and passed down."""

    retriever: Callable[[Person, int, Narrowing], "BaseRetriever"]
    may_see: Callable[[str, Clearance], bool]  # whether a version has a passage that a clearance covers
    generation: str
    engines: Sequence[Engine]  # in the order they are tried; the last is always ready
    vectors: SentenceVectors
    statistics: Callable[[], Statistics]
    records: Records
    settings: AnswerSettings


class _Attempt(NamedTuple):
    engine: Engine
    statements: tuple[Statement, ...]


def answer(
    question: str, history: Sequence[Turn], person: Person, parts: Answering, narrowing: Narrowing = EVERYTHING
) -> Iterator[Event]:
    """Answer one question; the events come as soon as they can, the last one is `Finished`.

    Args:
        question: as typed.
        history: earlier turns of the conversation, oldest first.
        person: who asks; retrieval sees only what the person's clearance covers.
        parts: retriever, engines, sentence vectors and records.
        narrowing: what the person narrowed the search to.

    Raises:
        QuestionRejected: empty or too long.
        IndexUnavailable: the index cannot be searched.
    """
    question = check_question(question, parts.settings)
    clock = _Clock()
    language = detect_language(question, _language_of(history))
    with parts.records.opened(question) as record:
        engines = _usable_engines(parts.engines, notices := _Notices(language))
        standalone = _standalone(question, history, language, engines, notices)
        if standalone != question:
            yield Understood(standalone_question=standalone)
        sources = _retrieve(standalone, person, narrowing, parts)
        yield Retrieved(record=record.id, sources=sources)
        clock.mark("retrieved")
        statistics = parts.statistics()
        evidence = weigh_sentences(standalone, sources, statistics, parts.vectors)
        attempt = yield from _write(standalone, language, sources, evidence, statistics, engines, notices, clock, parts)
        clock.mark("finished")
        finished = _finish(question, standalone, language, sources, attempt, notices, clock, record, parts)
        record.seal(finished)
        yield Finished(answer=finished)


def check_question(question: str, settings: AnswerSettings) -> str:
    """The question without what no one typed on purpose.

    Raises:
        QuestionRejected: nothing is left, or it is longer than the settings allow.
    """
    question = " ".join(normalise(question).split())
    if not any(char.isalnum() for char in question):
        raise QuestionRejected("question.empty")
    if len(question) > settings.question_characters:
        raise QuestionRejected("question.too_long", length=len(question), most=settings.question_characters)
    return question


def is_follow_up(question: str) -> bool:
    """Whether a question probably leans on the one before: it starts like one, refers back, or is short."""
    found = words(question)
    return bool(_FOLLOW_UP.match(question)) or not _REFERRING.isdisjoint(found) or len(found) < _SHORT


class _Clock:
    def __init__(self) -> None:
        self._start = time.perf_counter()
        self.marks: dict[str, float] = {}

    def mark(self, name: str) -> None:
        self.marks.setdefault(name, round(time.perf_counter() - self._start, 3))


class _Notices:
    def __init__(self, language: Language) -> None:
        self._language = language
        self.texts: list[str] = []

    def add(self, error: FundstelleError) -> Noticed:
        self.texts.append(error.text(self._language))
        return Noticed(text=self.texts[-1])


def _language_of(history: Sequence[Turn]) -> Language:
    return detect_language(history[-1].question) if history else "de"


def _usable_engines(engines: Sequence[Engine], notices: _Notices) -> list[Engine]:
    usable = []
    for engine in engines:
        try:
            engine.prepare()
        except ModelUnavailable as error:
            notices.add(error)
        except EngineFailed as error:
            if engine is engines[0] and len(engines) == 2:  # chosen by name, not tried on the way
                notices.add(error)
        else:
            usable.append(engine)
    return usable


def _standalone(
    question: str, history: Sequence[Turn], language: Language, engines: list[Engine], notices: _Notices
) -> str:
    if not history or not is_follow_up(question):
        return question
    for engine in engines:
        try:
            return engine.rewrite(question, history, language)
        except (EngineFailed, ModelUnavailable) as error:
            notices.add(error)
    return question


def _retrieve(question: str, person: Person, narrowing: Narrowing, parts: Answering) -> tuple[Source, ...]:
    wanted = parts.settings.sources
    nodes = parts.retriever(person, wanted + _NEIGHBOURS, narrowing).retrieve(question)
    passages = [node.node.passage for node in nodes]  # type: ignore[attr-defined]
    return tuple(
        Source(number=number, passage=passage, score=node.score or 0.0)
        for number, (passage, node) in enumerate(zip(passages[:wanted], nodes, strict=False), 1)
    )


def _write(
    question: str,
    language: Language,
    sources: tuple[Source, ...],
    evidence: Evidence,
    statistics: Statistics,
    engines: list[Engine],
    notices: _Notices,
    clock: _Clock,
    parts: Answering,
) -> Generator[Event, None, _Attempt]:
    """Let the engines try in turn until one has finished.

    Where the evidence is strong but nothing that the model said holds up, the best sentences stand in.
    """
    if evidence.strength < WEAKEST_EVIDENCE:
        return _Attempt(engines[-1], ())  # no model was asked
    excerpts = choose_excerpts(evidence, sources, parts.settings.source_tokens)
    task = Task(question, language, excerpts, evidence.sentences, parts.settings.statements)
    attempt = _Attempt(engines[-1], ())
    waiting = list(engines)
    while waiting:
        engine = waiting.pop(0)
        attempt = _Attempt(engine, ())
        try:
            drafts = read_drafts(engine.draft(task))
            while (draft := next(drafts, None)) is not None:
                clock.mark("first_statement")
                yield Drafted(index=draft.index, text=draft.text)
                if draft.complete:
                    judged = judge(draft.text, question, draft.sources, sources, statistics, parts.vectors)
                    attempt = attempt._replace(statements=(*attempt.statements, judged))
                    if judged.verdict == "supported" or parts.settings.unsupported == "mark":
                        yield Judged(index=draft.index, statement=judged)
        except (EngineFailed, ModelUnavailable) as error:
            yield notices.add(error)
            if _supported(attempt):
                break
            continue
        if not attempt.statements or _supported(attempt) or not _quotable(question, evidence, sources):
            break
        waiting = waiting[-1:]
        if waiting:
            yield notices.add(EngineFailed("answer.quotes_instead"))
    return attempt


def _quotable(question: str, evidence: Evidence, sources: tuple[Source, ...]) -> bool:
    """Whether the best sentence is near the question and is about the same numbers and type designations."""
    best = evidence.sentences[0]
    passage = sources[best.source - 1].passage
    about = f"{passage.title}\n{passage.section}\n{best.text}"
    return evidence.strength >= QUOTABLE_EVIDENCE and not missing_numbers(question, about)


def _supported(attempt: _Attempt) -> bool:
    return any(statement.verdict == "supported" for statement in attempt.statements)


def _finish(
    question: str,
    standalone: str,
    language: Language,
    sources: tuple[Source, ...],
    attempt: _Attempt,
    notices: _Notices,
    clock: _Clock,
    record: OpenRecord,
    parts: Answering,
) -> Answer:
    statements = attempt.statements
    supported = _supported(attempt)
    if parts.settings.unsupported == "drop":
        statements = tuple(s for s in statements if s.verdict == "supported")
    return Answer(
        question=question,
        standalone_question=standalone,
        language=language,
        answerable=supported,
        statements=statements if supported else (),
        sources=sources,
        engine=attempt.engine.name,
        model=attempt.engine.model,
        model_digest=attempt.engine.digest,
        prompt_digest=load_prompt("answer", language).digest,
        generation=parts.generation,
        notices=tuple(notices.texts),
        timings=clock.marks,
        record=record.id,
        asked=record.opened,
    )
