"""What is noted on the way to an answer: calls with whose they were, tokens, and what the search found."""

from datetime import date, timedelta

from llama_index.core.schema import NodeWithScore

from chatbot.domain import Call, Purpose
from chatbot.records.transcript import Transcript, found_passages
from chatbot.retrieval.retriever import PassageNode
from ingest.documents import Metadata, Passage, Value
from tests.chatbot.passages import passage
from tests.fakes.engine import ScriptedEngine

ONE = passage("Der Urlaub beträgt 28 Tage.", "a.md", start=40)
OTHER = passage("Die Probezeit dauert sechs Monate.", "b.md")


def call(purpose: Purpose = "answer", prompt: int = 0, answer: int = 0) -> Call:
    return Call(purpose=purpose, messages=(("user", "?"),), prompt_tokens=prompt, answer_tokens=answer)


def node(one: Passage, score: float | None = 0.5, cosine: float = 0.0, bm25: float = 0.0) -> NodeWithScore:
    return NodeWithScore(node=PassageNode(one, cosine, bm25), score=score)


def test_calls_are_noted_with_the_engine_that_made_them_in_order() -> None:
    transcript, engine, other = Transcript(), ScriptedEngine(model="m1"), ScriptedEngine(model="m2")
    transcript.add_calls(engine, [call("rewrite"), call("answer")])
    transcript.add_calls(other, [call("answer")])
    noted = [(one.purpose, one.engine, one.model) for one in transcript.calls]
    assert noted == [("rewrite", "ollama", "m1"), ("answer", "ollama", "m1"), ("answer", "ollama", "m2")]
    assert {one.digest for one in transcript.calls} == {engine.digest}


def test_an_engine_without_calls_leaves_none() -> None:
    transcript = Transcript()
    transcript.add_calls(ScriptedEngine(), [])
    assert transcript.calls == [] and (transcript.prompt_tokens, transcript.answer_tokens) == (0, 0)


def test_tokens_are_those_of_answers_all_engines_together() -> None:
    transcript = Transcript()
    transcript.add_calls(ScriptedEngine(), [call("rewrite", 1000, 1000), call("answer", 200, 30)])
    transcript.add_calls(ScriptedEngine(), [call("answer", 40, 5), call("verify", 1000, 1000)])
    assert (transcript.prompt_tokens, transcript.answer_tokens) == (240, 35)


def test_two_transcripts_share_nothing() -> None:
    first, second = Transcript(), Transcript()
    first.add_calls(ScriptedEngine(), [call()])
    assert second.calls == second.judged == second.checks == []


def test_each_part_of_the_question_has_what_was_found_for_it_best_first() -> None:
    found = found_passages([("a", [node(ONE, 0.9), node(OTHER, 0.8)]), ("b", []), ("c", [node(ONE, 0.7)])])
    assert [(one.part, one.document, one.score) for one in found] == [
        (0, "a.md", 0.9),
        (0, "b.md", 0.8),
        (2, "a.md", 0.7),
    ]


def test_a_found_passage_says_where_it_stands_and_how_near_it_is() -> None:
    placed = ONE.model_copy(update={"page": 3, "extraction_id": "e7"})
    (found,) = found_passages([("a", [node(placed, 0.12345678, cosine=0.87654321, bm25=2.00000049)])])
    assert (found.passage, found.collection, found.version) == (str(ONE.id), "c", "v")
    assert (found.extraction_id, found.page, found.section) == ("e7", 3, "2 Urlaub")
    assert (found.start, found.end) == (40, 40 + len(ONE.text))
    assert (found.score, found.cosine, found.bm25) == (0.123457, 0.876543, 2.0)


def test_a_passage_without_a_score_has_none_to_speak_of() -> None:
    (found,) = found_passages([("a", [node(ONE, None)])])
    assert found.score == 0.0


def test_what_did_not_hold_any_more_on_that_day_is_marked() -> None:
    def until(day: date) -> Passage:
        return ONE.model_copy(update={"about": Metadata(valid_until=Value(value=day.isoformat(), origin="text"))})

    today = date.today()
    superseded = ONE.model_copy(update={"newer": ("c.md",), "superseded_by": "c.md"})
    asked = [ONE, superseded, until(today - timedelta(days=1)), until(today + timedelta(days=1))]
    found = found_passages([("a", [node(one) for one in asked])])
    assert [one.outdated for one in found] == [False, True, True, False]
