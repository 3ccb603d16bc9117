"""Hostile and broken files: the run ends, every healthy file is indexed, every bad one has its reason."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from chatbot.bootstrap import bootstrap
from config.sections import IngestSettings
from config.settings import Settings
from ingest.db.runs import Outcome
from ingest.documents import document_id
from ingest.sync.pipeline import ingest
from tests.hostile_files import HOSTILE, IGNORABLE, MAY_BE_READ, TOLD_BY_CONTENT, write_all

pytestmark = pytest.mark.integration

LIMITS = IngestSettings(file_seconds=5, worker_megabytes=1500)
HEALTHY = {
    f"gesund{number}.md": f"# Blatt {number}\n\nDie Anlage {number} wiegt {number * 17 + 5} kg.\n"
    for number in range(4)
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("feindlich")
    write_all(folder)
    for name, text in HEALTHY.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(data_dir=folder.parent / "data", models_dir=models_dir, ingest=LIMITS)
    with bootstrap(settings) as services:
        events = list(ingest([folder], "c", services.ingestion()))
        store = services.open_store(services.generation().name)
        for name, text in HEALTHY.items():
            (found,) = store.passages_of(document_id("c", name), services.registry.everything())
            assert found.text == text.strip().removeprefix("# ")
        known = services.registry.documents(services.generation().name, "c")
        passages = [
            p.text for path in known for p in store.passages_of(document_id("c", path), services.registry.everything())
        ]
        # What a document asked to include from this machine did not get in.
        assert not [text for text in passages if "root:" in text]
    shutil.rmtree(folder)
    return {event.path: event for event in events if isinstance(event, Outcome)}


def test_there_are_many_of_them() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - MAY_BE_READ - IGNORABLE - TOLD_BY_CONTENT))
def test_every_bad_file_has_a_reason(name: str, outcomes: dict[str, Outcome]) -> None:
    shown = "".join(char if char.isprintable() else "\ufffd" for char in name.encode("utf-8", "replace").decode())
    inner = {path for path in outcomes if path.startswith(f"{shown}/")}
    # An archive itself may be sound; then it is the members at its ends that fail.
    ends = [path for path in inner if not any(other.startswith(f"{path}/") for other in inner)] or [shown]
    failed = [outcomes[shown]] if outcomes[shown].status == "failed" else [outcomes[path] for path in ends]
    assert {found.status for found in failed} == {"failed"}
    for found in failed:
        assert found.error is not None
        assert all(len(found.error.text(language)) > 20 for language in ("de", "en"))


@pytest.mark.parametrize("name", sorted(TOLD_BY_CONTENT))
def test_a_file_under_a_wrong_name_is_read_as_what_it_is(name: str, outcomes: dict[str, Outcome]) -> None:
    assert outcomes[name].status == "indexed" and outcomes[name].passages > 0


def test_nothing_is_left_running(outcomes: dict[str, Outcome]) -> None:
    assert outcomes
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    running = [line.split(None, 2) for line in listed.splitlines()[1:]]
    # Other tests may run at the same time: what is left of these has lost its parent, or has us as such.
    ours = {"1", str(os.getpid())}
    left = [args for _, parent, args in running if parent in ours and ("pandoc" in args or "soffice" in args)]
    assert left + [args for _, _, args in running if f"worker_process {LIMITS.worker_megabytes}" in args] == []
