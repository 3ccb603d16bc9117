"""Hostile pages, indexed and asked for at the served page: everybody else is answered meanwhile."""

import multiprocessing
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from chatbot.bootstrap import bootstrap
from config.settings import Settings
from ingest.sync.pipeline import ingest
from tests.chatbot.rendering.hostile_pages import healthy, write_readable
from tests.chatbot.serving import served

pytestmark = [pytest.mark.integration, pytest.mark.slow]

SLOWER = 40  # times as long as on an idle server an answer may take; all pages stood still for seconds


class Site(NamedTuple):
    address: str
    versions: dict[str, str]
    pid: int

    def memory(self) -> int:
        """Megabytes that the server itself holds."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1000

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.address + path, trust_env=False, timeout=120)

    def health_seconds(self) -> float:
        started = time.perf_counter()
        assert self.get("/health").json() == {"status": "ok"}
        return time.perf_counter() - started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("hostile")
    write_readable(folder / "docs")
    (folder / "docs" / "gut.pdf").write_bytes(healthy())
    with bootstrap(Settings(data_dir=folder / "data", models_dir=models_dir)) as services:
        list(ingest([folder / "docs"], "c", services.ingestion()))
        known = services.registry.documents(services.generation().name, "c")
    versions = {path: document.version for path, document in known.items() if document.version}
    variables = {"FUNDSTELLE_DATA_DIR": str(folder / "data"), "FUNDSTELLE_MODELS_DIR": str(models_dir)}
    with served(**variables, FUNDSTELLE_ANSWER__ENGINE="quote") as address:
        (server,) = multiprocessing.active_children()
        yield Site(address, versions, server.pid or 0)


def test_while_hostile_pages_are_drawn_everybody_else_is_answered(site: Site) -> None:
    print("read:", sorted(site.versions))
    assert {"gut.pdf", "shading_bomb.pdf", "huge_page.pdf"} <= site.versions.keys()
    picture = site.get(f"/pages/{site.versions['gut.pdf']}.png?page=1")
    assert picture.status_code == 200 and picture.content.startswith(b"\x89PNG")
    idle, before = statistics.median(site.health_seconds() for _ in range(30)), site.memory()
    answers: dict[str, httpx.Response] = {}

    def ask(name: str, version: str) -> None:
        answers[name] = site.get(f"/pages/{version}.png?page=1")

    asked = [threading.Thread(target=ask, args=one) for one in site.versions.items()]
    for one in asked:
        one.start()
    busy = []
    while any(one.is_alive() for one in asked):
        busy.append(site.health_seconds())
    after = site.memory()
    told = {name: (answer.status_code, answer.headers["content-type"]) for name, answer in answers.items()}
    print(f"health idle {idle * 1000:.1f} ms, busy {statistics.median(busy) * 1000:.1f} ms, worst "
          f"{max(busy) * 1000:.0f} ms of {len(busy)}; memory {before} -> {after} MB; {told}")  # fmt: skip
    assert len(busy) > 50 and statistics.median(busy) < SLOWER * idle
    assert after < before + 100, "what a page takes is taken elsewhere"
    assert told["shading_bomb.pdf"] == (422, "image/svg+xml") and told["huge_page.pdf"] == (200, "image/png")
    instead = answers["shading_bomb.pdf"].text
    assert "12" in instead and "Der Zaehler steht bei 4711." in instead and "<script" not in instead
