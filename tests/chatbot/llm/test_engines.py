"""Engines with real models: embedded llama.cpp, and a real Ollama."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from chatbot.compliance.licences import licence_label, licence_on
from chatbot.compliance.sovereignty.models import doubtful, models
from chatbot.domain import Call, Excerpt, Turn
from chatbot.llm.embedded import EmbeddedEngine
from chatbot.llm.engine import Task
from chatbot.llm.ollama import OllamaEngine
from chatbot.llm.output_schema import read_drafts
from chatbot.verification.model_check import MiniCheck, ModelVerifier, OllamaVerifier
from config.catalogue import embedded_models
from config.errors import EngineFailed, ModelUnavailable
from config.sections import OllamaSettings
from config.settings import Settings

TASK = Task(
    "Wie viele Urlaubstage habe ich im zweiten Jahr?",
    "de",
    [Excerpt(1, "Urlaub", "Im ersten Jahr sind es 28 Tage."), Excerpt(3, "Urlaub", "Im zweiten Jahr sind es 29 Tage.")],
    (),
    2,
    [],
)


@pytest.fixture(scope="module")
def embedded(models_dir: Path) -> EmbeddedEngine:
    return EmbeddedEngine(embedded_models()["answers"], models_dir, 0)


@pytest.mark.integration
def test_embedded_model_answers_in_the_schema(embedded: EmbeddedEngine) -> None:
    calls: list[Call] = []
    pieces = list(embedded.draft(TASK._replace(calls=calls)))
    (call,) = calls
    assert call.prompt_tokens > 100 and 10 < call.answer_tokens < 100, "counted by the model itself"
    assert call.output == "".join(pieces) and TASK.question in call.messages[1][1]
    assert call.sampling == {"temperature": 0, "context": 4096, "longest_output": 700}
    assert len(pieces) > 5
    value = json.loads("".join(pieces))
    assert value["answerable"] is True
    assert all(set(s["sources"]) <= {1, 3} for s in value["statements"])
    assert any("29" in s["text"] for s in value["statements"])


@pytest.mark.integration
def test_the_answering_model_can_check_statements(embedded: EmbeddedEngine) -> None:
    verifier = ModelVerifier(embedded.open_model)
    evidence = "Im zweiten Jahr sind es 29 Tage."
    assert verifier.supports(evidence, evidence, "Wie viel Urlaub?", calls := [])
    assert not verifier.supports("Die Kantine öffnet um elf Uhr.", evidence, "Wann öffnet die Kantine?", calls)
    assert [call.purpose for call in calls] == ["verify", "verify"] and "true" in calls[0].output


def test_a_verifier_on_ollama_answers_or_says_what_is_missing(ollama_url: str) -> None:
    there = OllamaEngine(OllamaSettings(url=ollama_url, model="gemma3:270m"))
    for kind in (ModelVerifier, MiniCheck):
        said = OllamaVerifier(kind(there.open_model), there).supports("Es sind 29 Tage.", "Es sind 29 Tage.", "?", [])
        assert isinstance(said, bool)
    absent = OllamaEngine(OllamaSettings(url=ollama_url, model="bespoke-minicheck"))
    with pytest.raises(ModelUnavailable, match="ollama pull bespoke-minicheck"):
        OllamaVerifier(MiniCheck(absent.open_model), absent).supports("a", "b", "c", [])


@pytest.mark.integration
def test_embedded_model_rewrites_a_follow_up(embedded: EmbeddedEngine) -> None:
    history = [
        Turn(question="Wie viele Urlaubstage habe ich im ersten Jahr?", answer="Im ersten Jahr sind es 28 Tage.")
    ]
    rewritten = embedded.rewrite("Und im zweiten Jahr?", history, "de", [])
    assert "Urlaub" in rewritten and "zweiten" in rewritten


@pytest.mark.integration
def test_embedded_model_stops_when_nobody_listens(embedded: EmbeddedEngine) -> None:
    pieces = embedded.draft(TASK)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert json.loads("".join(embedded.draft(TASK)))["answerable"] is True  # the engine is free again


@pytest.mark.integration
def test_embedded_model_opens_no_port(embedded: EmbeddedEngine) -> None:
    embedded.open_model()
    listening = [line.split()[3] for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:]]
    inodes = {
        line.split()[9] for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:] if line.split()[3] == "0A"
    }
    own = {link.readlink().name for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}
    assert not any(f"socket:[{inode}]" in own for inode in inodes), listening


def test_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="models --fetch"):
        EmbeddedEngine(embedded_models()["answers"], tmp_path, 0).prepare()


def test_damaged_model_is_never_loaded(tmp_path: Path) -> None:
    entry = embedded_models()["answers"]
    (tmp_path / entry.file).write_bytes(b"GGUF something else")
    with pytest.raises(ModelUnavailable, match="not the published"):
        EmbeddedEngine(entry, tmp_path, 0).prepare()


def ollama(url: str, model: str = "gemma3:270m", timeout: float = 60) -> OllamaEngine:
    return OllamaEngine(OllamaSettings(url=url, model=model, timeout=timeout))


def test_real_ollama_streams_the_schema(ollama_url: str) -> None:
    engine = ollama(ollama_url)
    engine.prepare()
    assert len(engine.digest) == 64
    pieces = list(engine.draft(TASK))
    assert len(pieces) > 3
    value = json.loads("".join(pieces))
    assert value["answerable"] is False or all(set(s["sources"]) <= {1, 3} for s in value["statements"])


def test_real_ollama_lacks_a_model(ollama_url: str) -> None:
    with pytest.raises(ModelUnavailable, match=r"ollama pull qwen2\.5:7b"):
        ollama(ollama_url, "qwen2.5:7b").prepare()


@pytest.mark.integration
def test_ollama_that_is_down_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    engine = ollama(url)
    with pytest.raises(EngineFailed, match=url):
        engine.prepare()
    with pytest.raises(EngineFailed, match=url):
        list(engine.draft(TASK))


class Faulty(BaseHTTPRequestHandler):
    """Starts a stream and cuts it, or answers 500: what a healthy server does not do."""

    def do_POST(self) -> None:
        if self.server.fault == "500":  # type: ignore[attr-defined]
            self.send_error(500)
            return
        self.send_response(200)
        if self.server.fault:  # type: ignore[attr-defined]
            self.send_header("content-length", "100000")
        self.end_headers()
        said = {"model": "m", "message": {"role": "assistant", "content": '{"answerable": true, '}, "done": False}
        lines = [said]
        if self.server.fault == "":  # type: ignore[attr-defined]
            end = {"role": "assistant", "content": '"statements": [{"text": "29 Tage.", "sources": [1]}]}'}
            lines.append({**said, "message": end, "done": True, "prompt_eval_count": 1, "eval_count": 1})
        for line in lines:
            self.wfile.write(json.dumps(line).encode() + b"\n")

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(params=["cut", "500"])
def faulty_url(request: pytest.FixtureRequest) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Faulty)
    server.fault = request.param  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.integration
def test_ollama_dying_in_the_middle_is_named(faulty_url: str) -> None:
    with pytest.raises(EngineFailed, match=faulty_url):
        list(read_drafts(ollama(faulty_url).draft(TASK)))


@pytest.mark.integration
def test_ollama_that_dies_in_the_middle_and_comes_back_is_asked_again() -> None:
    with HTTPServer(("127.0.0.1", 0), Faulty) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        engine = ollama(url := f"http://127.0.0.1:{server.server_port}")
        for _ in range(3):
            server.fault = "cut"  # type: ignore[attr-defined]
            with pytest.raises(EngineFailed, match=url):
                list(read_drafts(engine.draft(TASK)))
            server.fault = ""  # type: ignore[attr-defined]
            assert list(read_drafts(engine.draft(TASK)))[-1].text == "29 Tage."
        server.shutdown()


def test_the_licence_of_a_model_is_what_the_server_says_of_it(ollama_url: str, settings: Settings) -> None:
    found = licence_on(ollama_url, "gemma3:270m")
    assert (found.name, found.use) == ("Gemma Terms of Use", "conditions")
    assert licence_label(found, "en") == "Gemma Terms of Use (with conditions that somebody has to read)"
    assert licence_on(ollama_url, "not-there").use == licence_on("http://127.0.0.1:9", "x").use == "unknown"
    ollama = settings.ollama.model_copy(update={"url": ollama_url, "model": "gemma3:270m"})
    asked = settings.model_copy(update={"ollama": ollama})
    (answers,) = (one for one in models(asked) if one.task == "answers" and one.used)
    assert (answers.licence, answers.use) == ("Gemma Terms of Use", "conditions")
    assert doubtful(asked) == [], "conditions are shown, and no reason to warn at each start"
