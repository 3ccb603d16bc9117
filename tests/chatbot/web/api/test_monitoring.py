"""Figures by Prometheus' own parser, and whether the program says which part does not work."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import create_engine
from starlette.testclient import TestClient

from chatbot.bootstrap import Services
from chatbot.jobs.ready import Ready
from config.errors import IndexUnavailable
from ingest.index.opener import store_opener
from tests.chatbot.company_site import company
from tests.chatbot.records.company import LEAVE
from tests.chatbot.web.api.doors import Doors
from tests.fakes.engine import ScriptedEngine

QDRANT = "http://127.0.0.1:9"  # nobody listens there


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("metrics")
    with company(folder, models_dir, metrics_from=["10.1.0.0/16"]) as made:
        yield made


@pytest.fixture(scope="module")
def doors(services: Services) -> Doors:
    return Doors(services)


def figures(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.integration
def test_questions_outcomes_verdicts_and_seconds_are_counted(doors: Doors, services: Services) -> None:
    monitor = doors.of(services.service_accounts.put("monitor", ["employee"], []), "metrics")
    before = figures(monitor.get("/metrics").text)
    client = doors.of("employee", "ask")
    for question in (LEAVE, "Wann wurde Rom gegründet?", "Hallo!"):
        client.post("/api/v1/ask", json={"question": question})
    answered = monitor.get("/metrics")
    assert answered.headers["content-type"].startswith("text/plain")
    now = figures(answered.text)

    def grown(*name: str) -> float:
        return now[name] - before.get(name, 0)

    assert grown("fundstelle_questions_total", "rest") == 3 and grown("fundstelle_questions_total", "page") == 0
    states = ("answered", "refused", "replied")
    assert [grown("fundstelle_outcomes_total", state) for state in states] == [1, 1, 1]
    assert sum(value for name, value in now.items() if name[0] == "fundstelle_statements_total") >= 1
    assert grown("fundstelle_seconds_count", "finished") == 3 and grown("fundstelle_seconds_count", "retrieved") == 2
    assert now["fundstelle_questions_running",] == 0 and now["fundstelle_documents",] == 3
    assert now["fundstelle_passages",] >= 3 and now["fundstelle_runs", "done"] >= 1
    assert now["fundstelle_part_ready", "index"] == now["fundstelle_engine_ready", "quote"] == 1
    assert not re.search("employee|Urlaub|Reise|monitor", answered.text), "nobody and nothing is named"


@pytest.mark.integration
def test_the_dashboard_asks_for_figures_that_there_are(doors: Doors, services: Services) -> None:
    dashboard = json.loads((Path(__file__).parents[4] / "docs" / "grafana.json").read_text())
    asked = {name for panel in dashboard["panels"] for target in panel["targets"]
             for name in re.findall(r"fundstelle_\w+", target["expr"])}  # fmt: skip
    text = doors.of(services.service_accounts.put("monitor", ["employee"], []), "metrics").get("/metrics").text
    told = set(re.findall(r"^# TYPE (\w+)", text, re.M))
    assert len(asked) >= 9 and {name.removesuffix("_bucket") for name in asked} <= told


@pytest.mark.integration
def test_figures_are_for_a_token_of_this_scope_or_for_named_addresses(doors: Doors) -> None:
    assert doors.client().get("/metrics").status_code == 401
    assert doors.of("employee", "ask").get("/metrics").status_code == 403
    for address, status in (("10.1.2.3", 200), ("::ffff:10.1.2.3", 200), ("10.2.0.1", 401)):
        client = TestClient(doors.app, "http://localhost", client=(address, 5000))
        assert client.get("/metrics").status_code == status, address
        assert client.get("/api/v1/collections").status_code == 401


@pytest.mark.integration
def test_ready_names_each_part_to_everybody_and_nothing_else(doors: Doors) -> None:
    answered = doors.client().get("/ready")
    assert answered.status_code == 200
    assert answered.json() == {"status": "ready", "not_ready": [], "database": "ok", "index": "ok", "engine": "quote"}
    assert doors.client().get("/health").json() == {"status": "ok"}


@pytest.mark.integration
def test_without_qdrant_or_database_it_is_not_ready_and_says_which(
    doors: Doors, services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = services.settings.model_copy(
        update={"qdrant": services.settings.qdrant.model_copy(update={"url": QDRANT})}
    )
    gone = services.index()._replace(open_store=store_opener(settings))
    monkeypatch.setattr(services, "ready", Ready(lambda: gone, services.database, services.engines))
    answered = Doors(services).client().get("/ready")
    assert answered.status_code == 503 and answered.json()["not_ready"] == ["index"] and QDRANT not in answered.text
    nowhere = create_engine(f"sqlite:///{tmp_path / 'none' / 'x.sqlite'}")
    monkeypatch.setattr(services, "ready", Ready(services.index, nowhere, services.engines))
    answered = Doors(services).client().get("/ready")
    assert answered.status_code == 503 and answered.json()["not_ready"] == ["database"]
    assert "none" not in answered.text


class Asked:
    """An index that counts how often it is asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.times, self._error = 0, error

    def __call__(self) -> Any:
        self.times += 1
        raise self._error or IndexUnavailable("index.nothing", folder="x")


def test_an_index_that_is_still_empty_stands_in_nobodys_way() -> None:
    ready = Ready(Asked(), create_engine("sqlite://"), ())
    assert ready.parts() == {"database": "ok", "index": "empty"}
    lost = Ready(Asked(IndexUnavailable("index.lost", name="x")), create_engine("sqlite://"), ())
    assert lost.parts()["index"] == "unavailable"


def test_who_asks_all_the_time_costs_little() -> None:
    now, asked = [0.0], Asked()
    ready = Ready(asked, create_engine("sqlite://"), (), lambda: now[0])
    for _ in range(50):
        ready.parts()
    assert asked.times == 1
    now[0] = 3.0
    ready.parts()
    assert asked.times == 2


def test_an_engine_that_cannot_answer_is_told_apart() -> None:
    works, fails = ScriptedEngine(), ScriptedEngine(prepare=IndexUnavailable("index.lost", name="x"))
    assert Ready(Asked(), create_engine("sqlite://"), (fails,)).engines() == {"ollama": False}
    assert Ready(Asked(), create_engine("sqlite://"), (works,)).engines() == {"ollama": True}
