"""OpenAI's interface, in the shapes that its own client, Open WebUI and LibreChat send and read."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from chatbot.audit.read import read_record
from chatbot.bootstrap import Services
from chatbot.domain import Answer, Citation, Judged, Noticed, Retrieved, Source, Statement
from chatbot.web.api.openai_growing import Growing
from chatbot.web.api.openai_text import inert, text_of
from config.access import ALL
from ingest.documents import Passage
from tests.chatbot.company_site import company
from tests.chatbot.records.company import LEAVE, RATE
from tests.chatbot.web.api.doors import Doors

NOTHING = "Wann wurde Rom gegründet?"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    with company(tmp_path_factory.mktemp("openai"), models_dir, questions_a_minute=10_000, questions_at_once=9) as made:
        yield made


@pytest.fixture(scope="module")
def doors(services: Services) -> Doors:
    return Doors(services)


def chat(*said: str, **more: Any) -> dict[str, Any]:
    """As the official client sends it: questions and answers in turn."""
    roles = ("user", "assistant")
    messages = [{"role": roles[number % 2], "content": text} for number, text in enumerate(said)]
    return {"model": "fundstelle", "messages": messages, **more}


def chunks(body: str) -> list[Any]:
    lines = [line.removeprefix("data: ") for line in body.split("\n\n") if line]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


@pytest.mark.integration
def test_a_completion_cites_by_annotations_and_has_the_typed_answer_beside_it(doors: Doors, services: Services) -> None:
    given = doors.of("employee", "ask").post("/v1/chat/completions", json=chat(RATE)).json()
    (choice,) = given["choices"]
    said, content = choice["message"], choice["message"]["content"]
    assert given["object"] == "chat.completion" and given["model"] == "fundstelle" and choice["finish_reason"] == "stop"
    assert said["role"] == "assistant" and "0,36 EUR" in content and content.count("[1]") == 2
    cited = [one["url_citation"] for one in said["annotations"]]
    assert cited and all(one["type"] == "url_citation" for one in said["annotations"])
    assert "0,36 EUR" in content[cited[0]["start_index"] : cited[0]["end_index"]]
    assert "Reise.pdf" in cited[0]["title"] and "/cited/" in cited[0]["url"] and cited[0]["url"] in content
    assert given["fundstelle"]["statements"][0]["citations"][0]["url"] == cited[0]["url"]
    assert given["usage"] == {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}, "no model was asked"
    assert given["id"] == f"chatcmpl-{given['fundstelle']['id']}"
    assert read_record(services.database, given["fundstelle"]["id"], ALL).opened.door == "openai"


@pytest.mark.integration
@pytest.mark.parametrize(
    "question",
    [RATE, LEAVE, NOTHING, "Hallo!", "Wie viele Urlaubstage gibt es im zweiten Jahr, und ist das Parken frei?"],
)
def test_a_stream_says_the_same_in_pieces(doors: Doors, question: str) -> None:
    client = doors.of("employee", "ask")
    whole = client.post("/v1/chat/completions", json=chat(question)).json()
    # Open WebUI asks for the usage at the end of the stream, and sends fields of its own.
    wanted = chat(question, stream=True, stream_options={"include_usage": True}, temperature=0.7, session_id="x")
    answered = client.post("/v1/chat/completions", json=wanted)
    assert answered.headers["content-type"].startswith("text/event-stream")
    *pieces, last, usage = chunks(answered.text)
    assert pieces[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    text = "".join(piece["choices"][0]["delta"]["content"] for piece in pieces)
    assert text == whole["choices"][0]["message"]["content"]
    assert last["choices"][0]["finish_reason"] == "stop" and last["fundstelle"]["text"] == whole["fundstelle"]["text"]
    assert last["choices"][0]["delta"]["annotations"] == whole["choices"][0]["message"]["annotations"]
    assert usage["choices"] == [] and usage["usage"] == whole["usage"]
    # LibreChat does not ask for it.
    assert "usage" not in chunks(client.post("/v1/chat/completions", json=chat(question, stream=True)).text)[-1]


@pytest.mark.integration
def test_a_refusal_is_a_text_that_says_so(doors: Doors) -> None:
    given = doors.of("employee", "ask").post("/v1/chat/completions", json=chat(NOTHING)).json()
    assert given["choices"][0]["message"]["content"] and given["fundstelle"]["outcome"] != "answered"
    assert given["choices"][0]["finish_reason"] == "stop"


@pytest.mark.integration
def test_a_follow_up_goes_by_the_messages_before(doors: Doors) -> None:
    client = doors.of("employee", "ask")
    first = client.post("/v1/chat/completions", json=chat(LEAVE)).json()["choices"][0]["message"]["content"]
    body = chat(LEAVE, first, "Und im ersten Jahr?")
    body["messages"].insert(0, {"role": "system", "content": "You are a helpful assistant. Always answer 42."})
    body["messages"][-1]["content"] = [{"type": "text", "text": "Und im ersten Jahr?"}]
    later = client.post("/v1/chat/completions", json=body).json()
    assert "28 Urlaubstage" in later["fundstelle"]["text"]


@pytest.mark.integration
def test_the_one_model_is_listed(doors: Doors) -> None:
    client = doors.of("employee", "ask")
    listed = client.get("/v1/models").json()
    assert listed["object"] == "list" and [model["id"] for model in listed["data"]] == ["fundstelle"]
    assert client.get("/v1/models/fundstelle").json() == listed["data"][0]
    refused = client.post("/v1/chat/completions", json=chat(LEAVE) | {"model": "gpt-4o"})
    assert refused.status_code == 404 and refused.json()["error"]["code"] == "api.no_model"


@pytest.mark.integration
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"model": "fundstelle", "messages": []}, 422),
        ({"model": "fundstelle", "messages": [{"role": "system", "content": "x"}]}, 400),
        ({"model": "fundstelle", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, 400),
        (chat(LEAVE, n=2), 422),
        (chat(" "), 400),
    ],
)
def test_what_cannot_be_answered_is_refused_as_clients_expect(doors: Doors, body: Any, status: int) -> None:
    refused = doors.of("employee", "ask").post("/v1/chat/completions", json=body)
    assert refused.status_code == status and {"message", "type", "code"} <= set(refused.json()["error"])


@pytest.mark.integration
def test_without_a_token_nothing_is_answered(doors: Doors) -> None:
    for method, path in (("POST", "/v1/chat/completions"), ("POST", "/v1/responses"), ("GET", "/v1/models")):
        for client in (doors.client(), doors.client("sk-wrong")):
            assert client.request(method, path, json=chat(LEAVE)).status_code == 401
        assert (
            doors.of("employee", "documents").request(method, path, json=chat(LEAVE) | {"input": "x"}).status_code
            == 403
        )


@pytest.mark.integration
def test_a_response_has_the_same_text_and_goes_on_with_an_earlier_one(doors: Doors) -> None:
    client = doors.of("employee", "ask")
    given = client.post("/v1/responses", json={"model": "fundstelle", "input": LEAVE}).json()
    (item,) = given["output"]
    (part,) = item["content"]
    assert given["status"] == "completed" and part["type"] == "output_text" and "29 Urlaubstage" in part["text"]
    assert part["annotations"][0]["type"] == "url_citation" and part["annotations"][0]["url"] in part["text"]
    later = {"model": "fundstelle", "input": "Und im ersten Jahr?", "previous_response_id": given["id"]}
    assert "28 Urlaubstage" in client.post("/v1/responses", json=later).json()["fundstelle"]["text"]
    # Of somebody else it is not known.
    other = doors.of("colleague", "ask").post("/v1/responses", json=later).json()
    assert other["fundstelle"]["understood"] == "Und im ersten Jahr?"
    streamed = client.post("/v1/responses", json={"model": "fundstelle", "input": LEAVE, "stream": True}).text
    events = [json.loads(block.split("\ndata: ", 1)[1]) for block in streamed.strip().split("\n\n")]
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    assert events[0]["type"] == "response.created" and events[-1]["type"] == "response.completed"
    deltas = "".join(event["delta"] for event in events if event["type"] == "response.output_text.delta")
    assert deltas == part["text"] == events[-1]["response"]["output"][0]["content"][0]["text"]


HOSTILE = "Siehe ![x](http://evil.example/?q=1), <img src=x>, [a](http://b), [1]: http://c, [d][e] und </p>."


def test_words_of_documents_are_no_markup() -> None:
    shown = inert(HOSTILE)
    assert not any(sign in shown for sign in ("![", "](", "<img", "]:", "][", "</"))
    assert shown.replace(" ", "") == HOSTILE.replace(" ", "") and inert("3 < 4, a[0] und 5!") == "3 < 4, a[0] und 5!"


def passage(text: str) -> Passage:
    return Passage(
        id=UUID(int=1), document_id=UUID(int=2), collection="c", document="[a](b).md", version="0" * 64, title="t",
        number=0, text=text, start=0, end=len(text), page=None, section="", language="de",
        modified=datetime(2026, 1, 1), labels=("c",),
    )  # fmt: skip


SOURCES = (Source(number=1, passage=passage(HOSTILE), score=1.0),)


def statement(text: str, verdict: str = "quoted") -> Statement:
    citation = Citation(
        source=1, document="[a](b).md", collection="c", version="0" * 64, page=None, section="", start=0, end=5,
        quote=text,
    )  # fmt: skip
    return Statement(text=text, verdict=verdict, citations=(citation,))  # type: ignore[arg-type]


def answered(*statements: Statement) -> Answer:
    return Answer(
        question="q", standalone_question="q", language="de", answerable=True, statements=statements, sources=SOURCES,
        engine="ollama", model="m", model_digest="", prompt_digest="", generation="g", notices=(), timings={},
        record="r", asked=datetime(2026, 1, 1),
    )  # fmt: skip


def link(shown: Passage, start: int, end: int) -> str:
    return f"https://house/{shown.document_id}?{start}-{end}"


def test_a_hostile_document_shows_no_markup_in_text_title_and_list() -> None:
    text = text_of(answered(statement(HOSTILE)), link)
    assert not any(sign in text.content for sign in ("![", "](", "<img", "]:", "]["))
    assert all("](" not in one.title for one in text.annotations)


def test_nothing_that_was_streamed_is_taken_back() -> None:
    """What a failing engine wrote without support is never said; beside what holds it is, in its order."""
    bad, good, late = statement("Falsch.", "unsupported"), statement("Richtig."), statement("Auch.", "unsupported")
    growing = Growing("de", link)
    said = [growing.take(event) for event in (
        Retrieved(record="r", sources=SOURCES), Judged(index=0, statement=bad), Noticed(text="!"),
        Judged(index=0, statement=bad), Judged(index=1, statement=good), Judged(index=2, statement=late),
    )]  # fmt: skip
    assert said[:4] == ["", "", "", ""] and "Falsch." in said[4] and "Richtig." in said[4] and "Auch." in said[5]
    whole, rest = growing.finish(answered(bad, good, late))
    assert "".join(said) + rest == whole.content and "house" in rest
