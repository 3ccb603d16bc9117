"""Fixtures: settings in a temporary folder, the examples indexed once, real Ollama where there is one."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from chatbot.judge.cross_encoder import Judge
from chatbot.judge.opener import open_judge
from config import environment
from config.guard import install_guard
from config.settings import Settings, load_settings
from ingest.embedding import open_embedder
from tests.inside import inside
from tests.opened_once import opened_once
from tests.postgres import postgres

# A busy machine is no failure: what is tested is what comes out, never how long it takes.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

__all__ = ["postgres"]  # a fixture, too
environment.prepare()
# No test reaches beyond this machine: what tries fails, and names its caller.
install_guard(())

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
LONGEST = (
    "test_cli.py", "test_faults.py", "test_leaks.py", "test_kills.py", "test_every_page.py", "test_engine_contract.py",
    "test_baseline.py", "test_command.py", "test_sovereignty.py", "test_http_schema.py", "test_worker.py",
    "test_kill.py", "test_engines.py", "test_conversations_in_browser.py", "test_auditors_jobs.py",
)  # fmt: skip


OTHERS = ("integration", "browser", "slow")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What has no other marker is a unit test; the longest files first, so that no worker is left with one of them."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))
    for item in items:
        if not any(item.get_closest_marker(name) for name in OTHERS):
            item.add_marker(pytest.mark.unit)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Unit tests stay inside, with their fixtures."""
    with inside(item.nodeid) if item.get_closest_marker("unit") else nullcontext():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _opened_once() -> Iterator[None]:
    with opened_once():
        yield


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The model files fetched by `fundstelle models --fetch`, shared by all tests."""
    return load_settings().model_folder


@pytest.fixture(scope="session")
def judge(models_dir: Path) -> Judge:
    """The judge that comes with the product."""
    settings = load_settings(models_dir=models_dir)
    found = open_judge(settings, open_embedder(settings))
    assert found
    return found


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no settings but their own."""
    for name in os.environ:
        if name.startswith("FUNDSTELLE_"):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path, models_dir: Path) -> Settings:
    return load_settings(data_dir=tmp_path / "data", models_dir=models_dir)


@pytest.fixture(scope="session")
def indexed_dir(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Path:
    """A data directory with the example documents, indexed with the real embedded model; each worker has its own."""
    shared, own = tmp_path_factory.getbasetemp().parent / "examples", tmp_path_factory.mktemp("indexed") / "data"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _index_examples(own, models_dir)
        return own
    with (shared.with_suffix(".lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            _index_examples(shared.with_suffix(".new"), models_dir)
            shared.with_suffix(".new").rename(shared)
    shutil.copytree(shared, own)
    return own


def _index_examples(data_dir: Path, models_dir: Path) -> None:
    from chatbot.bootstrap import bootstrap
    from ingest.db.runs import Outcome
    from ingest.sync.pipeline import ingest

    with bootstrap(Settings(data_dir=data_dir, models_dir=models_dir)) as services:
        events = list(ingest([EXAMPLES], "beispiele", services.ingestion()))
    assert not [event for event in events if isinstance(event, Outcome) and event.status == "failed"]


@pytest.fixture(scope="session")
def ollama_url() -> str:
    """A real Ollama that serves `gemma3:270m`."""
    url = os.environ.get("OLLAMA_TEST_URL")
    if not url:
        pytest.skip("OLLAMA_TEST_URL names no Ollama")
    return url
