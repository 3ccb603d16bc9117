"""Engines in turn, verdicts while they write, the sources' own words, and what the transcript has of it all."""

from collections.abc import Sequence

import pytest

from chatbot.answering.context import AnswerContext
from chatbot.answering.generate import Attempt, generate
from chatbot.domain import Call, Check, Drafted, Event, Judged, Noticed, Statement
from chatbot.llm.output_schema import as_json
from config.errors import EngineFailed, ModelUnavailable
from tests.chatbot.answering.asked import (
    CANTEEN,
    EXTRACT,
    HOLIDAY,
    INVENTED,
    OFF_TOPIC,
    QUESTION,
    RIGHT,
    context_of,
    nothing_near,
    writer,
)
from tests.chatbot.passages import passage
from tests.fakes.engine import ScriptedEngine, in_pieces

PERMITS = "Wer genehmigt die Dienstreise?"


def generated(context: AnswerContext) -> tuple[list[Event], Attempt]:
    events: list[Event] = []
    steps = generate(context)
    while True:
        try:
            events.append(next(steps))
        except StopIteration as done:
            return events, done.value


def judged(events: Sequence[Event]) -> list[tuple[int, str, str]]:
    """Index, verdict and text of each statement that was shown."""
    shown = (event for event in events if isinstance(event, Judged))
    return [(event.index, event.statement.verdict, event.statement.text) for event in shown]


def noticed(events: Sequence[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Noticed)]


def verdicts(statements: Sequence[Statement]) -> list[str]:
    return [statement.verdict for statement in statements]


# Engines in turn


def test_the_first_engine_that_finishes_answers_and_no_other_is_asked() -> None:
    first, second = writer(RIGHT), writer(RIGHT, model="other")
    events, attempt = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[first, second]))
    assert attempt.engine is first and attempt.supported
    assert (len(first.tasks), len(second.tasks)) == (1, 0)
    assert noticed(events) == []


def test_a_task_says_what_the_settings_allow_and_shows_what_matters() -> None:
    engine = writer(RIGHT)
    generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[engine], statements=3))
    (task,) = engine.tasks
    assert (task.question, task.language, task.statements) == (QUESTION, "de", 3)
    assert RIGHT in task.excerpts[0].text and task.excerpts[0].number == 1
    assert task.sentences[0].text == RIGHT


def test_a_model_that_reads_faster_is_shown_more() -> None:
    texts = [f"Im zweiten Jahr sind es {n} Tage Urlaub, {'wie im Rahmenplan steht, ' * 16}fest." for n in range(28, 32)]
    shown = []
    for speed in (0, 20, 1000):  # tokens a second
        engine = writer(RIGHT)
        engine.speed = speed
        sources = [passage(text, f"{number}.md") for number, text in enumerate(texts)]
        generated(context_of(QUESTION, *sources, engines=[engine], first_words_seconds=6))
        shown.append(sum(len(excerpt.text) for excerpt in engine.tasks[0].excerpts))
    assert 0 < shown[0] == shown[1] <= 1200 < shown[2], "what was not measured gets as little as what is slow"


def test_an_engine_that_fails_is_named_and_the_next_one_answers() -> None:
    broken, healthy = writer(fails=True), writer(RIGHT, model="other")
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[broken, healthy])
    events, attempt = generated(context)
    assert attempt.engine is healthy and attempt.supported
    assert noticed(events) == context.notices.texts and len(context.notices.texts) == 1
    assert "http://x" in context.notices.texts[0]


def test_an_engine_whose_model_is_gone_is_replaced_as_well() -> None:
    gone = ScriptedEngine(failure=ModelUnavailable("ollama.no_model", url="http://x", model="m7"))
    events, attempt = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[gone]))
    assert attempt.engine.name == "quote" and attempt.supported
    assert ["m7" in text for text in noticed(events)] == [True]


def test_what_held_up_before_an_engine_died_stays_and_no_other_is_asked() -> None:
    dying, second = writer(RIGHT, INVENTED, fails=True), writer(RIGHT, model="other")
    events, attempt = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[dying, second]))
    assert attempt.engine is dying and verdicts(attempt.statements) == ["quoted"]
    assert second.tasks == [] and len(noticed(events)) == 1


def test_what_did_not_hold_up_before_an_engine_died_is_dropped_for_the_next_ones_answer() -> None:
    dying, second = writer(INVENTED, RIGHT, fails=True), writer(RIGHT, model="other")
    _, attempt = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[dying, second]))
    assert attempt.engine is second and [s.text for s in attempt.statements] == [RIGHT]


def test_a_statement_cut_off_in_the_middle_is_none() -> None:
    cut = as_json([(RIGHT, 1), (INVENTED, 1)]).partition(INVENTED)[0] + INVENTED[:9]
    events, attempt = generated(
        context_of(QUESTION, HOLIDAY, CANTEEN, engines=[ScriptedEngine(in_pieces(cut), fails=True)])
    )
    assert [s.text for s in attempt.statements] == [RIGHT]
    assert judged(events) == [(0, "quoted", RIGHT)]


def test_where_the_evidence_is_weak_no_engine_is_asked() -> None:
    engine = writer(RIGHT)
    context = nothing_near(context_of(OFF_TOPIC, HOLIDAY, CANTEEN, engines=[engine]))
    events, attempt = generated(context)
    assert (events, engine.tasks, context.transcript.calls) == ([], [], [])
    assert attempt == Attempt(context.engines[-1]) and attempt.engine.name == "quote"


def test_where_nothing_was_found_no_engine_is_asked() -> None:
    engine = writer(RIGHT)
    events, attempt = generated(context_of(QUESTION, engines=[engine]))
    assert (events, engine.tasks, attempt.statements) == ([], [], ())


# Statements


def test_a_statement_is_shown_while_it_grows_and_judged_as_soon_as_it_is_whole() -> None:
    events, _ = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(EXTRACT, INVENTED)]))
    kinds = [(type(event).__name__, event.index) for event in events if isinstance(event, Drafted | Judged)]
    first = kinds.index(("Judged", 0))
    assert first > 1 and set(kinds[:first]) == {("Drafted", 0)}
    texts = [event.text for event in events if isinstance(event, Drafted) and event.index == 0]
    assert texts[-1] == EXTRACT and all(EXTRACT.startswith(text) for text in texts) and len(set(texts)) > 1


@pytest.mark.parametrize(
    ("unsupported", "shown"), [("mark", ["quoted", "unsupported"]), ("drop", ["quoted"])], ids=["mark", "drop"]
)
def test_what_does_not_hold_up_is_marked_or_not_even_shown(unsupported: str, shown: list[str]) -> None:
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(RIGHT, INVENTED)], unsupported=unsupported)
    events, attempt = generated(context)
    assert [verdict for _, verdict, _ in judged(events)] == shown
    assert verdicts(context.transcript.judged) == verdicts(attempt.statements) == ["quoted", "unsupported"]


def test_a_statement_may_answer_any_part_of_the_question() -> None:
    both = f"{QUESTION} Wann öffnet die Kantine?"
    canteen = "Montags um elf Uhr."
    engine = ScriptedEngine([as_json([(EXTRACT, 1), (canteen, 2)])], fails=False)
    events, _ = generated(context_of(both, HOLIDAY, CANTEEN, engines=[engine]))
    assert judged(events)[:2] == [(0, "supported", EXTRACT), (1, "supported", canteen)]
    only, _ = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[engine]))
    assert judged(only)[1][1] == "unsupported", "as part of the other question it says nothing"


def test_a_near_copy_is_shown_in_the_sources_words() -> None:
    copied = "Im zweiten Beschäftigungsjahr beträgt der ganze Urlaub 29 Arbeitstage."
    _, attempt = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(copied)]))
    (statement,) = attempt.statements
    assert statement.quoted and statement.text == RIGHT


def test_another_value_in_another_document_is_named_with_the_statement() -> None:
    other = passage("Im zweiten Beschäftigungsjahr beträgt der Urlaub 27 Arbeitstage.", "alt.md")
    _, attempt = generated(context_of(QUESTION, HOLIDAY, other, engines=[writer(RIGHT)]))
    assert [conflict.document for conflict in attempt.statements[0].conflicts] == ["alt.md"]
    _, alone = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(RIGHT)]))
    assert alone.statements[0].conflicts == ()


# The sources' own words


def test_quotes_replace_what_does_not_hold_up_and_say_so() -> None:
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(INVENTED)])
    events, attempt = generated(context)
    assert attempt.engine is context.engines[-1] and attempt.statements[0].text == RIGHT
    assert set(verdicts(attempt.statements)) <= {"supported", "quoted"}
    assert noticed(events) == [EngineFailed("answer.quotes_instead").text("de")] == context.notices.texts
    assert context.transcript.judged[0].text == INVENTED and context.transcript.judged[1].text == RIGHT


def test_quotes_stand_in_for_a_refusal_without_a_word_of_blame() -> None:
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer()])
    events, attempt = generated(context)
    assert attempt.engine.name == "quote" and attempt.statements[0].quoted
    assert noticed(events) == [] and judged(events)[0] == (0, "quoted", RIGHT)


def test_a_refusal_stands_where_no_sentence_comes_near_enough() -> None:
    context = context_of(PERMITS, passage("Die Reise beginnt an der Pforte.", "reise.md"), engines=[writer()])
    assert context.evidence.is_near and not context.evidence.quotable(against_model=True), (
        "near enough to ask an engine, and not to quote against its word"
    )
    events, attempt = generated(context)
    assert (events, attempt.statements) == ([], ()) and attempt.engine is context.engines[0]


def test_the_best_sentence_is_added_to_what_passes_over_it() -> None:
    events, attempt = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(EXTRACT)]))
    assert judged(events) == [(0, "supported", EXTRACT), (1, "quoted", RIGHT)]
    assert [s.quoted for s in attempt.statements] == [False, True] and attempt.engine.name == "ollama"


def test_a_sentence_that_is_there_is_not_added_again() -> None:
    events, attempt = generated(context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(RIGHT)]))
    assert judged(events) == [(0, "quoted", RIGHT)] and len(attempt.statements) == 1


# A model that checks


class Doubter:
    """Stands for a verifying model that is never convinced, or fails as it is told; notes its calls as real ones do."""

    def __init__(self, failure: Exception | None = None) -> None:
        self._failure = failure
        self.asked: list[tuple[str, str, str]] = []

    def supports(self, statement: str, evidence: str, question: str, calls: list[Call]) -> bool:
        self.asked.append((statement, evidence, question))
        calls.append(Call(purpose="verify", messages=(("user", statement),)))
        if self._failure:
            raise self._failure
        return False


def test_a_verifying_model_may_veto_what_the_rules_let_through() -> None:
    doubter = Doubter()
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(EXTRACT)], verifier=doubter)
    events, attempt = generated(context)
    assert judged(events)[0] == (0, "unsupported", EXTRACT)
    assert doubter.asked == [(EXTRACT, RIGHT, QUESTION)]
    assert context.transcript.checks == [Check(statement=EXTRACT, evidence=RIGHT, supported=False)]
    assert [call.purpose for call in context.transcript.calls] == ["verify", "answer"]
    assert attempt.engine.name == "quote", "nothing of the model was left, so the sources speak"


def test_a_verifying_model_is_not_asked_about_the_sources_own_words_or_what_the_rules_refuse() -> None:
    doubter = Doubter()
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(RIGHT, INVENTED)], verifier=doubter)
    _, attempt = generated(context)
    assert doubter.asked == [] and verdicts(attempt.statements) == ["quoted", "unsupported"]


@pytest.mark.parametrize(
    "failure",
    [
        EngineFailed("ollama.unreachable", url="http://y"),
        ModelUnavailable("ollama.no_model", url="http://y", model="m7"),
    ],
    ids=lambda failure: failure.key,
)
def test_where_the_verifying_model_fails_the_rules_stand_and_it_is_said_once(failure: Exception) -> None:
    doubter = Doubter(failure)
    engine = writer(EXTRACT, "Es sind 29 Arbeitstage.")
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[engine], verifier=doubter)
    _, attempt = generated(context)
    assert len(doubter.asked) == 2 and set(verdicts(attempt.statements)) == {"supported", "quoted"}
    assert [("http://y" in text) for text in context.notices.texts] == [True]
    assert context.transcript.checks == [] and len(context.transcript.calls) == 3


# What is left of it


def test_the_transcript_has_the_call_and_what_the_model_saw() -> None:
    far = passage("Der Parkplatz liegt hinter der Halle.", "parken.md")
    engine = writer(RIGHT)
    context = context_of(QUESTION, far, HOLIDAY, CANTEEN, engines=[engine])
    generated(context)
    (call,) = context.transcript.calls
    assert (call.engine, call.model, call.digest) == ("ollama", "scripted", engine.digest)
    assert context.transcript.seen == tuple(excerpt.number for excerpt in engine.tasks[0].excerpts)
    assert 2 in context.transcript.seen


def test_the_transcript_has_what_an_engine_wrote_before_it_died() -> None:
    dying, second = writer(INVENTED, "x", fails=True, model="first"), writer(RIGHT, model="second")
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[dying, second])
    generated(context)
    assert [(call.model, INVENTED in call.output) for call in context.transcript.calls] == [
        ("first", True),
        ("second", False),
    ]
    assert context.transcript.seen and [s.text for s in context.transcript.judged] == [INVENTED, RIGHT]


def test_the_transcript_has_the_call_of_an_answer_that_was_stopped() -> None:
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[writer(RIGHT, INVENTED)])
    steps = generate(context)
    while not isinstance(next(steps), Judged):
        pass
    steps.close()
    (call,) = context.transcript.calls
    assert RIGHT in call.output and INVENTED not in call.output and call.model == "scripted"
    assert context.transcript.seen and [s.text for s in context.transcript.judged] == [RIGHT]


def test_where_no_model_was_asked_nothing_was_seen_by_one() -> None:
    context = context_of(QUESTION, HOLIDAY, CANTEEN)
    _, attempt = generated(context)
    assert attempt.supported and attempt.engine.name == "quote"
    assert (context.transcript.calls, context.transcript.seen) == ([], ())


@pytest.mark.parametrize(
    ("question", "written", "marks"),
    [(QUESTION, [RIGHT], ["first_statement"]), (QUESTION, [], ["first_statement"]), (OFF_TOPIC, [RIGHT], [])],
    ids=["written", "quoted", "none"],
)
def test_the_clock_marks_the_first_statement_whoever_made_it(
    question: str, written: list[str], marks: list[str]
) -> None:
    context = context_of(question, HOLIDAY, CANTEEN, engines=[writer(*written)])
    generated(context if marks else nothing_near(context))
    assert list(context.clock.marks) == marks
