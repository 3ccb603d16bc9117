"""Other accounts of the machine read nothing of what the program keeps."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.bootstrap import bootstrap
from config.errors import SettingsError
from config.private_files import keep_private
from config.settings import Settings


def open_to_others(folder: Path) -> list[str]:
    """Whatever has a bit for group or others, the folder itself included."""
    found = [folder, *folder.rglob("*")]
    return [str(path) for path in found if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077]


@pytest.fixture
def loose_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_what_an_earlier_program_left_open_is_closed_at_the_start(tmp_path: Path, loose_umask: None) -> None:
    data = tmp_path / "data"
    (data / "index" / "g1" / "segments").mkdir(parents=True)
    for name in ("fundstelle.sqlite", "fundstelle.sqlite-wal", "fundstelle.sqlite-shm", "index/g1/segments/payload"):
        (data / name).write_text("Was verdient Frau Weber?")
    with bootstrap(Settings(data_dir=data)):
        assert open_to_others(data) == []


def test_the_owner_keeps_what_he_had(tmp_path: Path, loose_umask: None) -> None:
    (tmp_path / "run").write_text("")
    (tmp_path / "run").chmod(0o755)
    (tmp_path / "kept").write_text("")
    (tmp_path / "kept").chmod(0o444)
    keep_private(tmp_path)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("run", "kept")] == [0o700, 0o400]


def test_a_vault_on_another_disk_is_closed_and_what_links_inside_lead_to_is_left(
    tmp_path: Path, loose_umask: None
) -> None:
    disk, strange, data = tmp_path / "disk", tmp_path / "strange", tmp_path / "data"
    for folder in (disk, strange, data):
        folder.mkdir()
    (disk / "original.md").write_text("")
    (disk / "out").symlink_to(strange)
    (data / "vault").symlink_to(disk)
    (data / "nowhere").symlink_to(tmp_path / "gone")
    keep_private(data)
    assert (open_to_others(disk), open_to_others(strange)) == ([], [str(strange)])


def test_a_missing_folder_is_nothing_to_close(tmp_path: Path) -> None:
    keep_private(tmp_path / "none")


def test_what_may_not_be_closed_is_refused_with_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loose_umask: None
) -> None:
    (tmp_path / "fundstelle.sqlite").write_text("")

    def refused(path: str, mode: int) -> None:
        raise PermissionError(1, "Operation not permitted", path)

    monkeypatch.setattr(os, "chmod", refused)
    with pytest.raises(SettingsError) as failure:
        keep_private(tmp_path)
    assert failure.value.key == "data.open_to_others"
    assert failure.value.details["path"] == str(tmp_path / "fundstelle.sqlite")


@pytest.mark.integration
def test_nothing_that_a_run_a_record_and_an_export_make_is_open(tmp_path: Path, models_dir: Path) -> None:
    """The engine writes its files in native code, SQLite its own beside the database: the umask holds for all."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.md").write_text("# Werk\n\nDie Presse steht in Halle 2.")
    program = "import os; os.umask(0o022); from chatbot.cli.main import main; main()"
    environment = os.environ | {
        "FUNDSTELLE_DATA_DIR": str(tmp_path / "data"),
        "FUNDSTELLE_MODELS_DIR": str(models_dir),
        "FUNDSTELLE_ANSWER__ENGINE": "quote",
    }
    export = tmp_path / "records.csv"
    for command in (
        ["ingest", str(tmp_path / "papers"), "--collection", "werk"],
        ["ask", "Wo steht die Presse?"],
        ["audit", "export", str(export)],
    ):
        done = subprocess.run(
            [sys.executable, "-c", program, *command], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert len(list((tmp_path / "data" / "index").rglob("*"))) > 5
    assert open_to_others(tmp_path / "data") == [] and export.stat().st_mode & 0o077 == 0


@pytest.mark.integration
def test_files_made_while_the_database_is_open_are_closed(tmp_path: Path) -> None:
    from config.private_files import close_new_files

    close_new_files()
    with bootstrap(Settings(data_dir=tmp_path / "data")) as services:
        services.registry.active_generation()
        beside = sqlite3.connect(tmp_path / "data" / "fundstelle.sqlite")
        beside.execute("BEGIN IMMEDIATE")
        assert (tmp_path / "data" / "fundstelle.sqlite-wal").exists()
        assert open_to_others(tmp_path / "data") == []
        beside.close()
