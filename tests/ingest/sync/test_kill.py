"""Killed at any moment, an ingestion loses nothing: the next finished run leaves the index of a clean build."""

import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from chatbot.bootstrap import bootstrap
from config.sections import IngestSettings
from config.settings import Settings
from ingest.documents import Passage, document_id
from ingest.index.store import PassageStore
from ingest.sync.pipeline import ingest

pytestmark = pytest.mark.integration

FUNDSTELLE = Path(sys.executable).with_name("fundstelle")
KILLS = int(os.environ.get("KILLS", "6"))
SEED = 20260301
UNLIMITED = IngestSettings(deletion_share=1)


def test_many_kills_leave_the_index_of_a_clean_build(tmp_path: Path, models_dir: Path) -> None:
    chance = random.Random(SEED)
    documents, data_dir = tmp_path / "documents", tmp_path / "data"
    documents.mkdir()
    for number in range(12):
        write_table(documents / f"tabelle{number}.csv", number)
    write_archive(documents / "archiv.zip", chance)
    killed_at_work = 0
    for _ in range(KILLS):
        change_something(documents, chance)
        killed_at_work += run_and_kill(documents, data_dir, models_dir, chance.uniform(0, 2.5))
        check_that_what_is_visible_is_whole(data_dir, models_dir)
    assert killed_at_work > KILLS // 2
    finish(documents, data_dir, models_dir)
    finish(documents, tmp_path / "clean", models_dir)
    survived, clean = points(data_dir, models_dir), points(tmp_path / "clean", models_dir)
    assert survived.keys() == clean.keys()
    for id_, (passage, vector) in clean.items():
        assert survived[id_][0] == passage
        assert sum(a * b for a, b in zip(survived[id_][1], vector, strict=True)) > 0.9999


def write_table(file: Path, number: int) -> None:
    rows = [f"Artikel {number}-{row};{row * 7 + number} Stück;Lager {number % 5}" for row in range(12)]
    file.write_text("\n".join(["Artikel;Bestand;Ort", *rows]), encoding="utf-8")


def write_archive(file: Path, chance: random.Random) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(chance.randint(2, 5)):
            archive.writestr(f"innen{number}.csv", f"Name;Wert\nPosten {number};{chance.random():.6f}\nRest;1\n")


def change_something(documents: Path, chance: random.Random) -> None:
    """Add, rewrite, move or delete a few files."""
    for _ in range(chance.randint(2, 5)):
        tables = sorted(documents.glob("*.csv"))
        chosen = chance.choice(tables)
        match chance.randint(0, 4):
            case 0:
                write_table(documents / f"neu{chance.randint(0, 9999)}.csv", chance.randint(100, 999))
            case 1 if len(tables) > 6:
                chosen.unlink()
            case 2:
                chosen.rename(documents / f"verschoben{chance.randint(0, 9999)}.csv")
            case 3:
                write_archive(documents / "archiv.zip", chance)
            case _:
                write_table(chosen, chance.randint(100, 999))


def environment(data_dir: Path, models_dir: Path) -> dict[str, str]:
    own = {"FUNDSTELLE_DATA_DIR": str(data_dir), "FUNDSTELLE_MODELS_DIR": str(models_dir)}
    return {**os.environ, **own, "FUNDSTELLE_INGEST__DELETION_SHARE": "1", "LANG": "en"}


def run_and_kill(documents: Path, data_dir: Path, models_dir: Path, seconds: float) -> bool:
    """Start a run and kill it so long after its plan; whether it was still at work then."""
    command = [FUNDSTELLE, "ingest", str(documents), "--collection", "c"]
    running = subprocess.Popen(
        command, env=environment(data_dir, models_dir), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith("Plan"):
            break
    time.sleep(seconds)
    at_work = running.poll() is None
    running.send_signal(signal.SIGKILL)
    running.communicate()
    return at_work


def check_that_what_is_visible_is_whole(data_dir: Path, models_dir: Path) -> None:
    with bootstrap(Settings(data_dir=data_dir, models_dir=models_dir)) as services:
        generation = services.registry.active_generation()
        if generation is None or not (store := services.open_store(generation.name)).exists():
            return
        for path, known in services.registry.documents(generation.name, "c").items():
            if known.version:
                found = [p.number for p, _ in store.vectors_of(document_id("c", path)) if p.version == known.version]
                assert sorted(found) == list(range(known.passages)), path


def finish(documents: Path, data_dir: Path, models_dir: Path) -> None:
    with bootstrap(Settings(data_dir=data_dir, models_dir=models_dir, ingest=UNLIMITED)) as services:
        list(ingest([documents], "c", services.ingestion()))


def points(data_dir: Path, models_dir: Path) -> dict[Any, tuple[Passage, list[float]]]:
    """Every point of the index, not only the registered ones."""
    with bootstrap(Settings(data_dir=data_dir, models_dir=models_dir)) as services:
        generation = services.generation().name
        store: PassageStore = services.open_store(generation)
        known = services.registry.documents(generation, "c")
        assert not [entry for entry in known.values() if entry.pending is not None]
        found = {p.id: (p, v.passage) for path in known for p, v in store.vectors_of(document_id("c", path))}
        assert store.count() == len(found)
        return found


def test_a_rebuild_that_was_killed_goes_on(tmp_path: Path, models_dir: Path) -> None:
    documents, data_dir = tmp_path / "documents", tmp_path / "data"
    documents.mkdir()
    for number in range(8):
        write_table(documents / f"tabelle{number}.csv", number)
    finish(documents, data_dir, models_dir)
    before = points(data_dir, models_dir)
    with bootstrap(Settings(data_dir=data_dir, models_dir=models_dir)) as services:
        active = services.generation().name
    command = [FUNDSTELLE, "ingest", "--rebuild"]
    running = subprocess.Popen(command, env=environment(data_dir, models_dir), stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    while "indexed" not in running.stdout.readline():
        pass
    running.send_signal(signal.SIGKILL)
    running.communicate()
    with bootstrap(Settings(data_dir=data_dir, models_dir=models_dir)) as services:
        assert services.generation().name == active  # the old index answers
        begun = services.registry.building_generation()
    subprocess.run(command, env=environment(data_dir, models_dir), check=True, capture_output=True)
    with bootstrap(Settings(data_dir=data_dir, models_dir=models_dir)) as services:
        assert begun is not None and services.generation().name == begun.name
    assert points(data_dir, models_dir).keys() == before.keys()
