"""A model of Ollama's cloud under a harmless name, as `ollama cp` makes it, is used for nothing."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from chatbot.cli.print_answer import print_models
from chatbot.compliance.sovereignty.models import models
from chatbot.llm.ollama import OllamaEngine
from chatbot.verification.model_check import MiniCheck, ModelVerifier, OllamaVerifier
from config.errors import EngineFailed, ModelOutside, ModelUnavailable
from config.sections import OllamaSettings
from config.settings import Settings, load_settings
from ingest.embedding import ollama as on_ollama
from ingest.embedding import open_embedder

pytestmark = pytest.mark.integration

CLOUD, OLD, LOCAL = "harmlos", "nur-modell", "echt:1b"
LISTED = [
    {
        "model": "harmlos:latest",
        "digest": "ab" * 32,
        "remote_host": "https://ollama.com:443",
        "remote_model": "x-cloud",
    },
    {"model": "nur-modell:latest", "digest": "cd" * 32, "remote_model": "gpt-oss:120b"},
    {"model": "echt:1b", "digest": "ef" * 32},
]


class Server(ThreadingHTTPServer):
    """Has what a healthy server of this house would not have, and counts what it is asked."""

    asked: Counter[str]
    listed: object
    status: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._reply({"models": self.server.listed})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        said = {"role": "assistant", "content": "Yes"}
        self._reply({"model": LOCAL, "embeddings": [[1.0, 0.0]], "done": True, "message": said})

    def _reply(self, content: object) -> None:
        self.server.asked[self.path] += 1
        body = json.dumps(content).encode()
        self.send_response(self.server.status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.asked, server.listed, server.status = Counter(), LISTED, 200
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def engine(server: Server, model: str) -> OllamaEngine:
    return OllamaEngine(OllamaSettings(url=server.url, model=model))


@pytest.mark.parametrize("model", [CLOUD, f"{CLOUD}:latest", OLD])
def test_it_does_not_answer(server: Server, model: str) -> None:
    with pytest.raises(ModelOutside, match="ollama pull") as refused:
        engine(server, model).prepare()
    assert model in refused.value.text("de") and "läuft nicht auf Ollama" in refused.value.text("de")
    assert server.asked == {"/api/tags": 1}, "not a word of a question was sent"


def test_a_model_of_the_house_answers_with_one_request_before_each_question(server: Server) -> None:
    there = engine(server, LOCAL)
    there.prepare()
    there.prepare()
    assert there.digest == "ef" * 32 and server.asked == {"/api/tags": 2}


@pytest.mark.parametrize("kind", [ModelVerifier, MiniCheck])
def test_it_does_not_check(server: Server, kind: type[MiniCheck]) -> None:
    outside = engine(server, CLOUD)
    with pytest.raises(ModelOutside):
        OllamaVerifier(kind(outside.open_model), outside).supports("a", "b", "c", [])
    assert server.asked == {"/api/tags": 1}


def test_checking_costs_no_request_where_the_engine_has_just_asked(server: Server) -> None:
    there = engine(server, LOCAL)
    there.prepare()
    for _ in range(5):
        assert OllamaVerifier(MiniCheck(there.open_model), there).supports("a", "b", "c", [])
    assert server.asked["/api/tags"] == 1 and server.asked["/api/chat"] == 5


def test_it_does_not_embed(server: Server) -> None:
    embedder = open_embedder(load_settings(ollama={"url": server.url}, embedding={"engine": "ollama", "model": CLOUD}))
    for call in (lambda: embedder.embed_question("geheim"), lambda: embedder.embed_passages(["geheim"])):
        with pytest.raises(ModelOutside):
            call()
    assert server.asked == {"/api/tags": 1}


def test_embedding_in_the_house_asks_once_a_minute(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = open_embedder(load_settings(ollama={"url": server.url}, embedding={"engine": "ollama", "model": LOCAL}))
    for _ in range(5):
        assert embedder.embed_question("Wie viel Urlaub?") == [1.0, 0.0]
    assert server.asked == {"/api/tags": 1, "/api/embed": 5}
    at, found = on_ollama._remembered[server.url]
    monkeypatch.setitem(on_ollama._remembered, server.url, (at - 61, found))
    server.listed = [{**LISTED[2], "remote_host": "https://ollama.com"}]  # exchanged while the program runs
    with pytest.raises(ModelOutside):
        embedder.embed_question("Wie viel Urlaub?")
    assert server.asked["/api/embed"] == 5


@pytest.mark.parametrize(("listed", "status"), [(None, 200), ("x", 200), ([1], 200), (LISTED, 500)])
def test_where_nobody_can_tell_nothing_is_sent(server: Server, listed: object, status: int) -> None:
    server.listed, server.status = listed, status
    there = engine(server, LOCAL)
    with pytest.raises(EngineFailed):
        there.prepare()
    with pytest.raises(EngineFailed):
        OllamaVerifier(MiniCheck(there.open_model), there).supports("a", "b", "c", [])
    assert set(server.asked) == {"/api/tags"}


def test_a_model_that_is_not_there_is_still_named(server: Server) -> None:
    with pytest.raises(ModelUnavailable, match="does not have the model"):
        engine(server, "fehlt").prepare()


def test_it_is_marked_where_models_are_shown(server: Server, tmp_path: Path) -> None:
    settings = load_settings(
        data_dir=tmp_path,
        ollama={"url": server.url, "model": LOCAL},
        embedding={"engine": "ollama", "model": CLOUD},
        answer={"verifier": "ollama", "verifier_model": OLD},
    )
    states = {one.name: one.state for one in models(settings) if not one.origin}
    assert states == {LOCAL: "there", CLOUD: "cloud", OLD: "cloud"}
    for language, words in (("de", "läuft nicht auf Ollama"), ("en", "does not run on Ollama")):
        console = Console(file=(shown := StringIO()), width=400)
        print_models(settings, console, language)  # type: ignore[arg-type]
        lines = {name: line for line in shown.getvalue().splitlines() for name in (LOCAL, CLOUD, OLD) if name in line}
        assert words in lines[CLOUD] and words in lines[OLD] and words not in lines[LOCAL]


@pytest.mark.parametrize("model", ["X:CLOUD", "gpt-oss:120b-Cloud", "x-cloud:latest", " y-cloud ", "hf.co/a/b:cloud"])
@pytest.mark.parametrize("section", ["ollama", "embedding"])
def test_names_of_the_cloud_are_refused_however_they_are_spelled(model: str, section: str) -> None:
    with pytest.raises(ValueError, match="outside this house"):
        Settings.model_validate({section: {"model": model}})
