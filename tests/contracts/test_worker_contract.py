"""What every reader of files keeps to: the one in this process that other tests use, and a real process."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.errors import DocumentFailed
from config.sections import IngestSettings
from ingest.partition import STATE
from ingest.sync.worker import Read, Worker
from tests.fakes.worker import InProcessWorker
from tests.ingest.partition.test_partition import outline
from tests.make_formats import FORWARD_SUBJECT

DATA = Path(__file__).parents[1] / "data"
ATTACHED = ["Anlage Preise.pdf", "Bedingungen.txt", f"{FORWARD_SUBJECT}.eml"]
SETTINGS = IngestSettings(file_seconds=60)
Reader = InProcessWorker | Worker


@pytest.fixture(scope="module", params=["in this process", pytest.param("process", marks=pytest.mark.integration)])
def worker(request: pytest.FixtureRequest) -> Iterator[Reader]:
    worker: Reader = InProcessWorker(SETTINGS) if request.param == "in this process" else Worker(SETTINGS)
    yield worker
    worker.stop()


def read(worker: Reader, name: str, folder: Path) -> Read:
    return worker.read(Path(shutil.copy(DATA / "formats" / name, folder)))


@pytest.mark.parametrize("name", ["notiz.md", "liste.csv", "mail.eml"])
def test_a_file_is_read_as_its_golden_outline_says(name: str, worker: Reader, tmp_path: Path) -> None:
    found = read(worker, name, tmp_path).extraction
    golden = (DATA / "format_outlines" / f"{name}.json").read_text(encoding="utf-8")
    assert outline(found) == json.loads(golden)
    assert found.made_by == STATE


def test_attachments_are_unpacked_beside_the_mail(worker: Reader, tmp_path: Path) -> None:
    members = read(worker, "mail.eml", tmp_path).members
    assert [member.name for member in members] == ATTACHED
    for member in members:
        assert member.reason is None and member.file is not None
        assert member.file.is_relative_to(tmp_path) and member.file.stat().st_size > 0


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("kaputt.xlsx", b"PK\x03\x04 and nothing else", "document.damaged"),
        ("leer.csv", b"", "document.empty"),
        ("wortlos.md", b"\n \n", "document.no_text"),
        ("rauschen.csv", bytes(range(128, 160)) * 40, "document.garbage"),
    ],
)
def test_a_file_that_cannot_be_read_has_its_reason(
    name: str, content: bytes, key: str, worker: Reader, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentFailed) as failure:
        worker.read(tmp_path / name)
    assert failure.value.key == key
    assert {type(value) for value in failure.value.details.values()} == {str}, "in words, as it is stored"
    assert failure.value.details["document"] == name


def test_the_next_file_is_read_after_one_that_failed_and_after_a_stop(worker: Reader, tmp_path: Path) -> None:
    (tmp_path / "leer.csv").write_bytes(b"")
    with pytest.raises(DocumentFailed):
        worker.read(tmp_path / "leer.csv")
    assert "Beispielstahl" in read(worker, "liste.csv", tmp_path).extraction.text
    worker.stop()
    assert "Beispielstahl" in read(worker, "liste.csv", tmp_path).extraction.text


@pytest.mark.integration
@pytest.mark.parametrize("name", ["notiz.md", "liste.csv", "mail.eml"])
def test_both_read_the_same(name: str, tmp_path: Path) -> None:
    process = Worker(SETTINGS)
    try:
        assert read(process, name, tmp_path) == read(InProcessWorker(SETTINGS), name, tmp_path)
    finally:
        process.stop()
