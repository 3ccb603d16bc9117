"""What every engine keeps to: the scripted one of other tests, quote mode, and real models."""

import json
import socket
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest

from chatbot.answering.quote_engine import QuoteEngine
from chatbot.domain import Call, EngineName, Excerpt, Sentence, Turn
from chatbot.llm.embedded import EmbeddedEngine
from chatbot.llm.engine import Engine, Task
from chatbot.llm.ollama import OllamaEngine
from chatbot.llm.output_schema import MOST_TOKENS, answer_schema, as_json, read_drafts
from config.catalogue import embedded_models
from config.errors import EngineFailed, ModelUnavailable
from config.sections import OllamaSettings
from tests.fakes.engine import ScriptedEngine, in_pieces

FIRST, SECOND = "Im ersten Jahr sind es 28 Tage.", "Im zweiten Jahr sind es 29 Tage."
QUESTION = "Wie viele Urlaubstage habe ich im zweiten Jahr?"
SENTENCES = (Sentence(3, 0, len(SECOND), SECOND, 0.9), Sentence(1, 0, len(FIRST), FIRST, 0.8))
HISTORY = [Turn(question="Wie viele Urlaubstage habe ich im ersten Jahr?", answer=FIRST)]


def task(calls: list[Call]) -> Task:
    return Task(QUESTION, "de", [Excerpt(1, "Urlaub", FIRST), Excerpt(3, "Urlaub", SECOND)], SENTENCES, 2, calls)


@pytest.fixture(
    scope="module",
    params=[
        "scripted",
        "quote",
        pytest.param("embedded", marks=[pytest.mark.integration, pytest.mark.slow]),
        pytest.param("ollama", marks=pytest.mark.integration),
    ],
)
def engine(request: pytest.FixtureRequest) -> Engine:
    match request.param:
        case "scripted":
            return ScriptedEngine(in_pieces(as_json([(SECOND, 3), (FIRST, 1)])), fails=False)
        case "quote":
            return QuoteEngine()
        case "embedded":
            return EmbeddedEngine(embedded_models()["answers"], request.getfixturevalue("models_dir"), 0)
        case _:
            return OllamaEngine(OllamaSettings(url=request.getfixturevalue("ollama_url"), model="gemma3:270m"))


def test_it_gets_ready_and_says_who_it_is(engine: Engine) -> None:
    engine.prepare()
    assert engine.name in get_args(EngineName)
    assert bool(engine.model) == bool(engine.digest), "a model has a digest, and without one there is none"
    assert not engine.digest or len(engine.digest) == 64


def test_an_answer_has_the_form_of_answers_and_cites_what_was_shown(engine: Engine) -> None:
    asked = task([])
    answered: Any = json.loads("".join(engine.draft(asked)))
    numbers = [excerpt.number for excerpt in asked.excerpts]
    jsonschema_rs.validate(answer_schema(numbers, asked.statements), answered)
    assert {number for said in answered.get("statements", ()) for number in said["sources"]} <= set(numbers)


def test_its_pieces_can_be_read_while_they_come(engine: Engine) -> None:
    drafts = list(read_drafts(engine.draft(task([]))))
    complete = [draft for draft in drafts if draft.complete]
    assert [draft.index for draft in complete] == list(range(len(complete)))
    assert all(draft.sources for draft in complete)


def test_an_answer_leaves_the_call_of_its_model(engine: Engine) -> None:
    calls: list[Call] = []
    text = "".join(engine.draft(task(calls)))
    assert len(calls) == bool(engine.model)
    for call in calls:
        assert call.purpose == "answer" and call.output == text
        assert QUESTION in call.messages[-1][1]


def test_a_model_tells_its_tokens_and_how_long_it_may_write(engine: Engine) -> None:
    calls: list[Call] = []
    "".join(engine.draft(task(calls)))
    for call in calls if engine.model != "scripted" else ():
        assert call.prompt_tokens > 20 and call.answer_tokens > 0
        assert call.sampling["longest_output"] == MOST_TOKENS


def test_what_a_model_reads_in_a_time_is_known_once_it_is_warm(engine: Engine) -> None:
    engine.warm_up()
    if engine.model and engine.model != "scripted":
        assert 0 < engine.reads(1) <= engine.reads(3) <= engine.reads(1000) <= 2048, "half of its window at most"
    else:
        assert engine.reads(1000) == 0


def test_closing_an_answer_ends_it_and_the_engine_answers_the_next(engine: Engine) -> None:
    calls: list[Call] = []
    pieces = engine.draft(task(calls))
    taken = next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert next(pieces, None) is None
    whole = "".join(engine.draft(task([])))
    assert whole.startswith(taken) and "answerable" in json.loads(whole)
    assert all(call.output == taken for call in calls), "what it wrote until then, and no more"


def test_a_follow_up_becomes_a_question_of_its_own(engine: Engine) -> None:
    calls: list[Call] = []
    rewritten = engine.rewrite("Und im zweiten Jahr?", HISTORY, "de", calls)
    assert rewritten.strip() and len(rewritten) > len("Und im zweiten Jahr?")
    assert [call.purpose for call in calls] == ["rewrite"] * bool(engine.model)


@pytest.fixture(params=["scripted", pytest.param("ollama that is down", marks=pytest.mark.integration)])
def failing(request: pytest.FixtureRequest) -> Engine:
    if request.param == "scripted":
        return ScriptedEngine()
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    return OllamaEngine(OllamaSettings(url=url, model="gemma3:270m", timeout=5))


def test_an_engine_that_stops_raises_one_kind_of_error_and_leaves_its_call(failing: Engine) -> None:
    calls: list[Call] = []
    with pytest.raises(EngineFailed, match="http://"):
        list(failing.draft(task(calls)))
    with pytest.raises(EngineFailed, match="http://"):
        failing.rewrite("Und im zweiten Jahr?", HISTORY, "de", calls)
    assert [call.purpose for call in calls] == ["answer", "rewrite"]
    assert [call.output for call in calls] == ["", ""]


@pytest.fixture(params=["scripted", "embedded without its file"])
def absent(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "scripted":
        return ScriptedEngine(prepare=ModelUnavailable("model.missing", model="M", path=tmp_path))
    return EmbeddedEngine(embedded_models()["answers"], tmp_path, 0)


def test_a_model_that_is_not_there_is_said_before_it_is_asked(absent: Engine) -> None:
    with pytest.raises(ModelUnavailable, match="models --fetch"):
        absent.prepare()
