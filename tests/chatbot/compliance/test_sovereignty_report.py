"""The report that nothing leaves the house: it must notice what does, and show no secret."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from chatbot.compliance.sovereignty.bill_of_materials import bill
from chatbot.compliance.sovereignty.components import components, telemetry
from chatbot.compliance.sovereignty.endpoints import endpoints, place_of
from chatbot.compliance.sovereignty.models import models
from chatbot.compliance.sovereignty.report import as_report, sovereignty
from chatbot.compliance.sovereignty.self_test import attempts, cloud_names
from config.errors import SettingsError
from config.settings import Settings, load_settings

ROOT = Path(__file__).parents[3]
OLD_LOOKUPS = {"socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
GUARD = "from config import environment; environment.prepare()\nfrom config.guard import install_guard\n"
TRY = "import json; from chatbot.compliance.sovereignty.self_test import attempts\n"
SHOW = "print(json.dumps({a.call + ' ' + a.target: a.outcome for a in attempts()}))"
# What the guard does not refuse today, refused here, to see that the command is then content.
WHOLE_GUARD = """
import sys
from config.errors import ConnectionRefusedByGuard
def hook(event, arguments):
    if event in ("socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        raise ConnectionRefusedByGuard("guard.refused", host=arguments[0], caller="test")
sys.addaudithook(hook)
"""


def run(code: str, *before: str, **variables: str) -> subprocess.CompletedProcess[str]:
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("FUNDSTELLE_")} | variables
    command = [*before, sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings, cwd=ROOT)


def command(tmp_path: Path, *arguments: str, before: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    code = f"{before}\nimport sys; sys.argv = {['fundstelle', 'sovereignty', *arguments]!r}\n"
    variables = {
        "FUNDSTELLE_DATA_DIR": str(tmp_path),
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "",
        "COLUMNS": "160",
    } | variables
    return run(code + "from chatbot.cli.main import main; main()", **variables)


def test_guard_refuses_every_way_out() -> None:
    tried = [one for one in attempts() if one.call not in OLD_LOOKUPS]
    assert {one.kind for one in tried} == {"tcp", "udp", "lookup"}
    assert {one.target for one in tried} >= {"192.0.2.1:443", "8.8.8.8:53", "[2001:db8::1]:443"}
    for one in tried:
        assert one.outcome in ("refused", "impossible"), one
        assert one.outcome == "impossible" or one.error.startswith("ConnectionRefusedByGuard: "), one
    assert all(one.outcome == "refused" for one in tried if ":db8:" not in one.target)


def test_guard_refuses_the_old_lookups() -> None:
    assert {one.outcome for one in attempts() if one.call in OLD_LOOKUPS} == {"refused"}


@pytest.mark.integration
def test_without_a_guard_the_self_test_fails() -> None:
    done = run(TRY + SHOW)
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout).values()) == {"open"}


@pytest.mark.integration
def test_a_guard_that_lets_one_host_through_is_noticed() -> None:
    outcomes = json.loads(run(GUARD + "install_guard(['192.0.2.1'])\n" + TRY + SHOW).stdout)
    assert outcomes["socket.sendmsg 192.0.2.1:53"] == "open"
    assert outcomes["socket.connect 8.8.8.8:53"] == "refused"


@pytest.mark.integration
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("guard", ["", GUARD + "install_guard(())\n"])
def test_no_packet_leaves_with_or_without_a_guard(guard: str, tmp_path: Path) -> None:
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    trace = tmp_path / "trace"
    child = "from chatbot.compliance.sovereignty.self_test import route_of_child; route_of_child()\n"
    done = run(guard + TRY + child + SHOW, "strace", "-f", "-qq", "-e", calls, "-o", str(trace))
    assert done.returncode == 0 and json.loads(done.stdout), done.stderr
    lines = [line for line in trace.read_text().splitlines() if "AF_INET" in line]
    # The child connects UDP sockets, which only looks for a route. Nothing is sent anywhere.
    assert len(lines) in (1, 2)
    assert all("connect(" in line and "htons(53)" in line for line in lines), lines


@pytest.mark.integration
@pytest.mark.skipif(
    shutil.which("unshare") is None or subprocess.run(["unshare", "-rn", "true"], check=False).returncode != 0,
    reason="no network namespace can be made here",
)
def test_a_network_without_a_way_out_is_seen() -> None:
    code = "from chatbot.compliance.sovereignty.self_test import route_of_child; print(route_of_child())"
    assert run(code, "unshare", "-rn").stdout.strip() == "none"


def test_models_of_the_cloud_are_refused_by_every_setting_that_names_a_model() -> None:
    tried = cloud_names()
    assert all(one.refused for one in tried)
    named = {one.setting for one in tried}
    assert named == {"ollama.model", "embedding.model", "answer.verifier_model"}


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("127.0.0.1", "loopback"),
        ("127.8.8.8", "loopback"),
        ("[::1]", "loopback"),
        ("LOCALHOST", "loopback"),
        ("10.1.2.3", "private"),
        ("172.31.0.1", "private"),
        ("192.168.0.9", "private"),
        ("fd00::1", "private"),
        ("fe80::1%eth0", "private"),
        ("169.254.1.1", "private"),
        ("::ffff:10.0.0.1", "private"),
        ("172.32.0.1", "outside"),
        ("8.8.8.8", "outside"),
        ("192.0.2.1", "outside"),
        ("::ffff:8.8.8.8", "outside"),
        ("2001:db8::1", "outside"),
        ("134744072", "outside"),
        ("0x8.8.8.8", "outside"),
        ("0.0.0.0", "everywhere"),
        ("qdrant", "named"),
        ("localhost.example.org", "named"),
        ("10.0.0.1.example.org", "named"),
    ],
)
def test_place_of_a_host(host: str, place: str) -> None:
    assert place_of(host) == place


def places(**sections: Any) -> dict[str, str]:
    return {f"{one.setting} {one.host}": one.place for one in endpoints(load_settings(**sections))}


def test_database_hosts_are_found_wherever_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGHOST", raising=False)
    monkeypatch.delenv("PGHOSTADDR", raising=False)
    assert places()["database.url "] == "process"
    assert places(database={"url": "postgresql:///f"})["database.url "] == "loopback"
    assert places(database={"url": "postgresql://u:p@8.8.8.8/f"})["database.url 8.8.8.8"] == "outside"
    queried = places(database={"url": "postgresql:///f?host=10.0.0.1:5432&host=9.9.9.9"})
    assert queried["database.url 10.0.0.1"] == "private" and queried["database.url 9.9.9.9"] == "outside"
    assert places(database={"url": "postgresql:///f?hostaddr=9.9.9.9"})["database.url 9.9.9.9"] == "outside"
    assert places(database={"url": "postgresql:///f?host=/run/pg"})["database.url /run/pg"] == "loopback"
    monkeypatch.setenv("PGHOST", "9.9.9.9")
    assert places(database={"url": "postgresql:///f"})["database.url 9.9.9.9"] == "outside"


def test_database_url_that_cannot_be_read_is_an_error_without_its_secret() -> None:
    with pytest.raises(SettingsError) as caught:
        endpoints(load_settings(database={"url": "geheim"}))
    assert "database.url" in str(caught.value) and "geheim" not in str(caught.value)


def test_page_on_all_networks_warns_unless_published_on_loopback() -> None:
    assert places(server={"host": "0.0.0.0"})["server.host 0.0.0.0"] == "everywhere"
    published = {"host": "0.0.0.0", "loopback_published": True}
    assert places(server=published)["server.host 0.0.0.0"] == "published"


def test_no_name_is_looked_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Any] = []
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, lambda *a, **k: asked.append(a))
    settings = load_settings(data_dir=tmp_path, ollama={"url": "http://ollama:11434"}, qdrant={"url": "http://q:6333"})
    assert [one.place for one in endpoints(settings)][:2] == ["named", "named"]
    assert [one.state for one in models(settings) if one.name == settings.ollama.model] == ["not_asked"]
    outside = load_settings(data_dir=tmp_path, ollama={"url": "http://8.8.8.8"})
    assert [one.state for one in models(outside) if one.name == settings.ollama.model] == ["not_asked"]
    assert asked == []


@pytest.mark.integration
def test_outside_is_flagged_and_secrets_are_nowhere(tmp_path: Path) -> None:
    page, bom = tmp_path / "page.html", tmp_path / "bom.json"
    variables = {
        "FUNDSTELLE_QDRANT__URL": "http://me:geheim1@9.9.9.9:6333/?key=geheim2",
        "FUNDSTELLE_QDRANT__API_KEY": "geheim3",
        "FUNDSTELLE_DATABASE__URL": "postgresql://me:geheim4@10.0.0.7/f?password=geheim5",
        "FUNDSTELLE_OLLAMA__URL": "http://me:geheim6@192.168.1.1:1",
        "FUNDSTELLE_ANSWER__ENGINE": "quote",
    }
    shown = command(tmp_path, "--html", str(page), "--bom", str(bom), before=WHOLE_GUARD, **variables)
    given = command(tmp_path, "--json", before=WHOLE_GUARD, **variables)
    assert shown.returncode == 0 and given.returncode == 0, shown.stderr + given.stderr
    assert "Warnung: qdrant.url nennt 9.9.9.9: außerhalb des Hauses." in shown.stdout
    assert "Warnung" in page.read_text() and "Warnung: ollama" not in shown.stdout
    report = json.loads(given.stdout)
    assert {one["setting"]: one["place"] for one in report["endpoints"]}["qdrant.url"] == "outside"
    assert report["open_ways"] == []
    for text in (shown.stdout, given.stdout, page.read_text(), bom.read_text(), shown.stderr):
        assert "geheim" not in text


@pytest.mark.integration
def test_page_loads_nothing(settings: Settings) -> None:
    from chatbot.cli.sovereignty import as_page

    for language in ("de", "en"):
        page = as_page(as_report(sovereignty(settings), language))
        loaded = re.findall(r"""(?:src|href)=["']?([^"'\s>]+)""", page)
        assert len(loaded) == 1 and loaded[0].startswith("data:text/css;base64,")
        assert "<script" not in page


@pytest.mark.integration
def test_exit_code_says_whether_all_was_refused(tmp_path: Path) -> None:
    let_through = command(tmp_path, FUNDSTELLE_OLLAMA__URL="http://192.0.2.1:1", FUNDSTELLE_ANSWER__ENGINE="quote")
    assert let_through.returncode == 1 and "socket.connect(192.0.2.1:443)" in let_through.stderr
    whole = command(tmp_path, before=WHOLE_GUARD, FUNDSTELLE_ANSWER__ENGINE="quote")
    assert whole.returncode == 0 and "Bestanden" in whole.stdout and whole.stderr == ""


@pytest.mark.integration
def test_telemetry_is_read_and_not_assumed() -> None:
    code = (
        "import os, json; from config import environment; environment.prepare(); os.environ.pop('GONE', None)\n"
        "from chatbot.compliance.sovereignty.components import components, telemetry\n"
        "print(json.dumps({t.component: [t.state, t.library] for t in telemetry(components())}))"
    )
    all_off = json.loads(run(code).stdout)
    assert {all_off[name][0] for name in ("gradio", "huggingface-hub", "unstructured")} == {"off"}
    assert all_off["huggingface-hub"][1] is True and all_off["ollama"][0] == "server"
    for variable, package in (
        ("GRADIO_ANALYTICS_ENABLED", "gradio"),
        ("DO_NOT_TRACK", "unstructured"),
        ("HF_HUB_DISABLE_TELEMETRY", "huggingface-hub"),
    ):
        # DO_NOT_TRACK would turn off the telemetry of huggingface_hub, too; what stands here is the switch itself.
        found = json.loads(run(code.replace("GONE", variable)).stdout)
        assert found[package][0] == "on", variable
        assert found["ollama"] == all_off["ollama"]


@pytest.mark.integration
def test_a_library_that_was_imported_too_early_is_noticed() -> None:
    code = (
        "import os\nfor name in ('HF_HUB_OFFLINE', 'HF_HUB_DISABLE_TELEMETRY', 'DO_NOT_TRACK'):\n"
        "    os.environ.pop(name, None)\n"
        "import huggingface_hub.constants; from config import environment; environment.prepare()\n"
        "from chatbot.compliance.sovereignty.components import components, telemetry\n"
        "print([t.state for t in telemetry(components()) if t.component == 'huggingface-hub'])"
    )
    assert run(code).stdout.strip() == "['on']"


def test_bill_of_materials_is_whole() -> None:
    made = bill(components(), datetime(2026, 1, 2, tzinfo=UTC))
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    parts = [made["metadata"]["component"], *made["components"]]
    refs = [part["bom-ref"] for part in parts]
    assert len(refs) == len(set(refs))
    assert [one["ref"] for one in made["dependencies"]] == list({one["ref"]: 0 for one in made["dependencies"]})
    assert {ref for one in made["dependencies"] for ref in (one["ref"], *one["dependsOn"])} <= set(refs)
    for one in made["dependencies"]:
        assert len(one["dependsOn"]) == len(set(one["dependsOn"]))
    for part in parts:
        assert part["name"] and part["version"] and part["type"]
        assert part["type"] == "machine-learning-model" or part["purl"].startswith("pkg:")
        for digest in part.get("hashes", ()):
            assert digest["alg"] == "SHA-256" and re.fullmatch(r"[0-9a-f]{64}", digest["content"])
        for licence in part.get("licenses", ()):
            assert set(licence) <= {"expression", "license"} and len(licence) == 1


def test_every_need_of_the_project_is_in_the_bill_and_locked() -> None:
    made = bill(components(), datetime(2026, 1, 2, tzinfo=UTC))
    known = {part["name"]: part for part in made["components"]}
    lock = (ROOT / "uv.lock").read_text()
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]:
        part = known[canonicalize_name(Requirement(line).name)]
        assert part["scope"] == "required", line
        if "hashes" in part:
            assert f"sha256:{part['hashes'][0]['content']}" in lock
    assert known["pytest"]["scope"] == "excluded" and known["python-docx"]["scope"] == "required"
    assert sum("hashes" in part for part in known.values()) > len(known) / 2
    assert {"Qwen2.5-Coder-1.5B-Instruct", "multilingual-e5-small"} <= set(known)


@pytest.fixture
def copied_cloud_model() -> Iterator[str]:
    """An Ollama that has a cloud model under a harmless name, as `ollama cp` makes it."""
    entry = {"model": "harmlos:latest", "digest": "ab", "remote_host": "https://ollama.com:443"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"models": [entry, {"model": "echt:1b", "digest": "cd"}]}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.integration
def test_a_cloud_model_under_another_name_is_seen(copied_cloud_model: str, tmp_path: Path) -> None:
    for name, state in (("harmlos", "cloud"), ("echt:1b", "there"), ("fehlt", "missing")):
        settings = load_settings(data_dir=tmp_path, ollama={"url": copied_cloud_model, "model": name})
        assert [one.state for one in models(settings) if one.name == name] == [state]


def test_a_spoiled_model_file_is_seen(tmp_path: Path) -> None:
    from config.catalogue import embedded_models

    entry = embedded_models()["embeddings"]
    (tmp_path / entry.file).write_bytes(b"something else")
    found = {one.name: one for one in models(load_settings(data_dir=tmp_path, models_dir=tmp_path))}
    assert found[entry.label].state == "damaged" and found[entry.label].digest == entry.sha256
    assert found[embedded_models()["answers"].label].state == "missing"


def test_every_component_is_listed_with_its_version() -> None:
    from importlib.metadata import version

    found = {one.name: one for one in components()}
    assert found["pydantic"].version == version("pydantic") and found["pydantic"].direct
    assert found["pydantic-core"].needed and not found["pydantic-core"].direct
    assert not found["pytest"].needed
    assert {one.component for one in telemetry(tuple(found.values()))} >= {"gradio", "ollama", "llama-index-core"}
