"""Copies of files as they were at one moment, though others may write to them."""

import hashlib
import os
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from config.errors import DocumentFailed
from ingest.sync.discover import FoundFile
from ingest.sync.snapshot import Stat, take_snapshot
from ingest.sync.source_files import place_of

CONTENT = b"Name;Wert\nHaus;7\n"
CHANGED_NS = 1_700_000_000 * 10**9


def write_while_copied(monkeypatch: pytest.MonkeyPatch, file: Path, times: int) -> None:
    """Somebody writes to the file so often, each time when it begins to be read."""
    left = iter(range(times))

    class Growing(FileIO):
        def read(self, size: int | None = -1) -> Any:
            if self.tell() == 0 and next(left, None) is not None:
                with file.open("ab") as other:
                    other.write(b"Hof;8\n")
            return super().read(-1 if size is None else size)

    monkeypatch.setattr("ingest.sync.snapshot.opened_file", lambda _: Growing(file))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "docs" / "liste.csv"
    file.parent.mkdir()
    file.write_bytes(CONTENT)
    os.utime(file, ns=(CHANGED_NS, CHANGED_NS))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that it would have waited between its tries."""
    waited: list[float] = []
    monkeypatch.setattr("ingest.sync.snapshot.time.sleep", waited.append)
    return waited


def found(file: Path, path: str = "Werk/liste.csv") -> FoundFile:
    return FoundFile(path, place_of(file.parent, file.name), 0, 0)


def failure(file: FoundFile, folder: Path, megabytes: int = 1) -> DocumentFailed:
    with pytest.raises(DocumentFailed) as failure:
        take_snapshot(file, folder, megabytes)
    return failure.value


def test_a_copy_has_the_bytes_their_digest_and_what_the_disk_says(file: Path, folder: Path) -> None:
    copy, version, stat = take_snapshot(found(file), folder, 1)
    assert copy.parent == folder and copy.read_bytes() == CONTENT
    assert version == hashlib.sha256(CONTENT).hexdigest()
    assert stat == Stat(len(CONTENT), CHANGED_NS), "not what the listing said a while ago"


@pytest.mark.parametrize(
    ("path", "name"),
    [("Werk/Preise.2026.csv", "Preise.2026.csv"), ("a/" + "x" * 300 + ".PDF", "x" * 80 + ".PDF")],
    ids=["dots", "long"],
)
def test_a_copy_has_the_documents_suffix_and_no_longer_a_name_than_disks_take(
    path: str, name: str, file: Path, folder: Path
) -> None:
    copy, _, _ = take_snapshot(found(file, path), folder, 1)
    assert copy.name == name


def test_a_file_that_comes_to_rest_is_copied_as_it_is_then(
    file: Path, folder: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_while_copied(monkeypatch, file, 2)
    copy, version, stat = take_snapshot(found(file), folder, 1)
    whole = CONTENT + b"Hof;8\n" * 2
    assert copy.read_bytes() == file.read_bytes() == whole
    assert version == hashlib.sha256(whole).hexdigest() and stat.size == len(whole)
    assert waited == sorted(waited) and waited[0] == 0 < waited[1] < waited[2], "longer each time"


def test_a_file_that_does_not_come_to_rest_is_named(
    file: Path, folder: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_while_copied(monkeypatch, file, 99)
    error = failure(found(file), folder)
    assert error.key == "document.changing" and error.details["document"] == "Werk/liste.csv"
    assert len(waited) == 3


def test_a_file_above_the_limit_is_not_copied(file: Path, folder: Path) -> None:
    os.truncate(file, 2_000_000)
    take_snapshot(found(file), folder, 2)
    os.truncate(file, 2_000_001)
    for copied in folder.iterdir():
        copied.unlink()
    error = failure(found(file), folder, 2)
    assert error.key == "document.too_large" and error.details == {"document": "Werk/liste.csv", "most": "2 MB"}
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("what", ["gone", "folder"])
def test_what_cannot_be_read_is_named_by_its_path_in_the_collection(what: str, file: Path, folder: Path) -> None:
    listed = found(file)
    file.unlink()
    if what == "folder":
        file.mkdir()
    error = failure(listed, folder)
    assert error.key == {"gone": "document.unreadable", "folder": "document.replaced"}[what]
    assert error.details == {"document": "Werk/liste.csv"}
