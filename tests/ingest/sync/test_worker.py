"""Workers: a file that hangs, crashes or bloats its process costs itself and nothing else."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.errors import DocumentFailed
from config.sections import IngestSettings
from ingest.sync.worker import Worker
from tests.hostile_files import HOSTILE

pytestmark = pytest.mark.integration

LIMITS = IngestSettings(file_seconds=10, worker_megabytes=1000)  # a crash takes seconds on a busy machine


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("fallen_fuer_muster.txt", "document.too_slow"),
        ("formular_zeichnet_sich_selbst.pdf", "document.crashed"),
        ("zeichenketten_2_gb.xlsx", "document.too_much_memory"),
    ],
)
def test_the_next_file_finds_a_healthy_process(name: str, key: str, tmp_path: Path) -> None:
    worker = Worker(LIMITS)
    HOSTILE[name](tmp_path / name)
    (tmp_path / "gut.csv").write_text("Name;Wert\nHaus;7\n")
    for _ in range(2):
        with pytest.raises(DocumentFailed) as failure:
            worker.read(tmp_path / name)
        assert failure.value.key == key
        assert worker.read(tmp_path / "gut.csv").extraction.text == "Name: Haus; Wert: 7"
    worker.stop()


def test_progress_extends_the_time(tmp_path: Path) -> None:
    """Eleven pages of OCR take longer than the limit for one."""
    from tests.make_formats import TARGET

    if not any(os.access(Path(folder) / "tesseract", os.X_OK) for folder in os.environ["PATH"].split(os.pathsep)):
        pytest.skip("tesseract is not installed")
    from PIL import Image

    with Image.open(TARGET / "scan.jpg") as page:
        page.save(tmp_path / "lang.tiff", save_all=True, append_images=[page] * 10)
    worker = Worker(IngestSettings(file_seconds=5))
    started = time.perf_counter()
    assert worker.read(tmp_path / "lang.tiff").extraction.text.count("Nordwerk") >= 11
    assert time.perf_counter() - started > 5
    worker.stop()


def test_a_process_ends_with_its_owner(tmp_path: Path) -> None:
    owner = (
        "import os, sys; from pathlib import Path; from config.sections import IngestSettings\n"
        "from ingest.sync.worker import Worker\n"
        f"worker = Worker(IngestSettings()); worker.read(Path({str(tmp_path / 'a.csv')!r}))\n"
        "print(worker._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    (tmp_path / "a.csv").write_text("Name;Wert\nHaus;7\n")
    done = subprocess.run([sys.executable, "-c", owner], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    for _ in range(50):
        if not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes():
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its owner")
