"""A question with its sources, as the pipeline has it when the engines begin; no index and no model."""

from collections.abc import Callable, Sequence
from typing import Any

from chatbot.answering.citation_boxes import WordsOf
from chatbot.answering.context import AnswerContext, AnswerServices, Clock, Notices
from chatbot.answering.question import parts_of
from chatbot.answering.quote_engine import QuoteEngine
from chatbot.llm.engine import Engine
from chatbot.llm.output_schema import as_json
from chatbot.records.transcript import Transcript
from chatbot.verification.model_check import Verifier
from config.policy import Policy
from config.sections import AnswerSettings
from ingest.documents import Passage
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.filters import EVERYTHING, Filters
from ingest.text.words import detect_language
from tests.chatbot.answering.weighed import evidence_for
from tests.chatbot.passages import passage, sources_of, statistics_of
from tests.fakes.embedder import fake_embedder
from tests.fakes.engine import ScriptedEngine, in_pieces
from tests.fakes.judge import WordsJudge

QUESTION = "Wie viele Arbeitstage Urlaub habe ich im zweiten Beschäftigungsjahr?"
OFF_TOPIC = "Wer gewann 2014 die Weltmeisterschaft?"
RIGHT = "Im zweiten Beschäftigungsjahr beträgt der Urlaub 29 Arbeitstage."
INVENTED = "Das Dach hat einen Pool."
EXTRACT = "29 Arbeitstage."  # true, and no sentence of a source
HOLIDAY = passage(f"{RIGHT} Resturlaub verfällt Ende März des folgenden Jahres.", "urlaub.md")
CANTEEN = passage("Die Kantine öffnet montags um elf Uhr.", "kantine.md", title="Hausordnung")


def no_words(*_: str) -> tuple[()]:
    """Of documents without pages."""
    return ()


def nothing(*_: Any) -> Any:
    """A part that is not asked here."""
    raise AssertionError("what was found is given")


def context_of(
    question: str,
    *passages: Passage,
    engines: Sequence[Engine] = (),
    verifier: Verifier | None = None,
    filters: Filters = EVERYTHING,
    policy: Policy | None = None,
    words_of: WordsOf = no_words,
    permit: Callable[[str], None] = lambda model: None,
    **settings: Any,
) -> AnswerContext:
    """A question of which these passages were found, best first; quote mode is the last engine.

    Args:
        question: standalone.
        passages: found.
        engines: before quote mode.
        verifier: that checks statements.
        filters: of the search.
        policy: that counts.
        words_of: where words of a version stand.
        permit: as of the services.
        settings: of answers.
    """
    sources, vectors, language = sources_of(*passages), SentenceVectors(fake_embedder()), detect_language(question)
    judge = WordsJudge()
    statistics, order = statistics_of(sources), (*engines, QuoteEngine())
    services = AnswerServices(
        retriever=nothing,
        document=nothing,
        shelf=nothing,
        may_see=nothing,
        generation="g1",
        engines=order,
        vectors=vectors,
        statistics=lambda clearance: statistics,
        words_of=words_of,
        judge=judge,
        verifier=verifier,
        records=None,  # type: ignore[arg-type]
        settings=AnswerSettings(**settings),
        permit=permit,
        limits=None,
        calibration=None,
        policy=lambda: policy or Policy(),
    )
    return AnswerContext(
        question=question,
        standalone=question,
        language=language,
        filters=filters,
        sources=sources,
        evidence=evidence_for(parts_of(question), sources, statistics, vectors, judge),
        statistics=statistics,
        engines=order,
        transcript=Transcript(standalone=question, sources=sources),
        notices=Notices(language),
        clock=Clock(),
        services=services,
    )


def writer(*texts: str, source: int = 1, fails: bool = False, model: str = "scripted") -> ScriptedEngine:
    """An engine that writes these statements; without any it refuses."""
    return ScriptedEngine(in_pieces(as_json([(text, source) for text in texts])), fails=fails, model=model)


def nothing_near(context: AnswerContext) -> AnswerContext:
    """The same where nothing that was found comes near."""
    return context._replace(evidence=context.evidence._replace(chances=(0.0,)))
