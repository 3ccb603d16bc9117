"""A real PostgreSQL for tests, where it is installed."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

BINARIES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL on a Unix socket of its own."""
    if BINARIES is None:
        pytest.skip("PostgreSQL is not installed")
    folder = tmp_path_factory.mktemp("pg")
    prefix: list[str] = []
    user = getpass.getuser()
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = "postgres"
        prefix = ["runuser", "-u", user, "--"]
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == 0 and parent != Path("/") and str(parent).startswith("/tmp/"):
                parent.chmod(0o755)
        shutil.chown(folder, user)
    subprocess.run(
        [*prefix, BINARIES / "initdb", "-D", folder / "data", "-A", "trust", "-U", user],
        check=True,
        capture_output=True,
    )
    control = [*prefix, BINARIES / "pg_ctl", "-D", folder / "data", "-w"]
    options = f"-k {folder} -c listen_addresses=''"
    subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], check=True, capture_output=True)
    yield f"postgresql://{user}@/postgres?host={folder}"
    subprocess.run([*control, "stop", "-m", "fast"], check=True, capture_output=True)


def stop(url: str, how: str) -> None:
    """End the server under its clients, as a power cut (immediate) or an update (fast) does."""
    subprocess.run([*_control(url), "stop", "-m", how], check=True, capture_output=True)


def start(url: str) -> None:
    """Start the server again, unless it runs."""
    if subprocess.run([*_control(url), "status"], check=False, capture_output=True).returncode:
        folder = _folder(url)
        options = f"-k {folder} -c listen_addresses=''"
        subprocess.run([*_control(url), "-l", folder / "log", "-o", options, "start"], check=True, capture_output=True)


def _control(url: str) -> list[str | Path]:
    assert BINARIES is not None
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    return [*prefix, BINARIES / "pg_ctl", "-D", _folder(url) / "data", "-w"]


def _folder(url: str) -> Path:
    return Path(url.partition("host=")[2])
