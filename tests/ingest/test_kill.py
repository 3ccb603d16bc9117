"""Killed in the middle, an ingestion continues: no passage twice, none missing."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from chatbot.wiring import product
from config.settings import Settings
from ingest.documents import document_id

EXAMPLES = Path(__file__).parents[2] / "examples"
FUNDSTELLE = Path(sys.executable).with_name("fundstelle")


def test_a_killed_run_is_completed_by_the_next(tmp_path: Path, models_dir: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for file in (EXAMPLES / "IT").iterdir():
        shutil.copy(file, documents)
    data_dir = tmp_path / "data"
    environment = {**os.environ, "FUNDSTELLE_DATA_DIR": str(data_dir), "FUNDSTELLE_MODELS_DIR": str(models_dir)}
    command = [FUNDSTELLE, "ingest", str(documents), "--collection", "c"]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    running.stdout.readline()  # the first file is in
    running.send_signal(signal.SIGKILL)
    running.wait()
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "unchanged" in again.stdout + again.stderr or "unverändert" in again.stdout
    with product(Settings(data_dir=data_dir, models_dir=models_dir)) as built:
        generation = built.generation().name
        known = built.registry.documents(generation, "c")
        store, everything = built.open_store(generation), built.registry.everything()
        passages = [p for path in known for p in store.passages_of(document_id("c", path), everything)]
        assert set(known) == {file.name for file in documents.iterdir()}
        assert store.count() == len(passages) == sum(entry.passages for entry in known.values())
        for path in known:
            numbers = [p.number for p in store.passages_of(document_id("c", path), everything)]
            assert numbers == list(range(len(numbers)))
