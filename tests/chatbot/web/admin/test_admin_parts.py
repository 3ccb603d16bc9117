"""Parts of the administration by themselves: groups of findings, the tree of folders, jobs, amounts."""

import threading
from pathlib import Path

import pytest

from chatbot.jobs.chosen_schedule import ChosenSchedule
from chatbot.jobs.folder_tree import tree
from chatbot.jobs.one_job import OneJob
from chatbot.jobs.progress import Progress
from chatbot.rendering.amounts import duration_text, number_text, size_text
from chatbot.web.admin.report import GROUPS
from config.errors import DiskFull, DocumentFailed, SettingsError
from config.sections import IngestSettings
from ingest.db.database import open_database
from ingest.db.runs import Outcome
from ingest.quality.findings import COST
from ingest.sync.carry_out import Planned
from ingest.sync.plan import Plan


def test_every_kind_of_finding_is_in_one_group() -> None:
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(COST)


def test_the_tree_shows_folders_of_its_roots_alone(tmp_path: Path) -> None:
    for name in ("root/b/c", "root/a", "root/.hidden", "outside/secret", "root/data"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "root" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "root" / "brief.docx").write_bytes(b"x")
    (tmp_path / "root" / "film.mkv").write_bytes(b"x")
    root, hidden = tmp_path / "root", tmp_path / "root" / "data"
    (closed,) = tree([root], [], hidden)
    assert closed.below is None and closed.files is None
    opened = [root, root / "b", root / ".." / "outside", tmp_path / "outside", root / "link"]
    (top,) = tree([root], opened, hidden)
    assert [one.name for one in top.below or ()] == ["a", "b"] and top.files == 1
    assert [one.name for one in (top.below or ())[1].below or ()] == ["c"]
    (gone,) = tree([tmp_path / "gone"], [tmp_path / "gone"], hidden)
    assert gone.is_closed_to_us and gone.below == ()


def test_jobs_of_a_kind_run_one_after_the_other_and_say_how_they_ended() -> None:
    job, go = OneJob[int](), threading.Event()

    def ended() -> bool:
        while job.state is None or job.state.running:
            pass
        return True

    job.begin("first", lambda: (go.wait(10) and 3) or 0)
    with pytest.raises(SettingsError):
        job.begin("second", lambda: 4)
    go.set()
    assert ended() and job.state is not None and job.state.result == 3

    def full() -> int:
        raise DiskFull("disk.full", folder="x", free=1, floor=2)

    job.begin("third", full)
    assert ended() and isinstance(job.state.error, DiskFull)
    job.begin("fourth", lambda: 1 // 0)
    assert ended() and job.state.unexpected and job.state.error is None


def test_a_run_names_what_failed_but_not_without_end() -> None:
    progress = Progress()
    progress.update(Planned(plan=Plan("c", (), 0, 0)))
    for number in range(300):
        error = DocumentFailed("document.empty", document=str(number))
        progress.update(Outcome(collection="c", path=str(number), status="failed", error=error))
    progress.update(Outcome(collection="c", path="x", status="indexed"))
    assert progress.counts["failed"] == 300 and len(progress.failed) == 200 and progress.failed[0].path == "0"


def test_a_schedule_is_the_settings_until_somebody_chooses(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'x.db'}")
    schedule = ChosenSchedule(database, IngestSettings(watch=True, every_minutes=5))
    assert schedule.get() == (True, 5, False)
    schedule.choose(False, 0)
    schedule.choose(False, 30)
    assert ChosenSchedule(database, IngestSettings()).get() == (False, 30, True)
    schedule.forget()
    assert schedule.get() == (True, 5, False)


def test_amounts_are_written_as_the_reader_does() -> None:
    assert (number_text(12345, "de"), number_text(12345, "en")) == ("12.345", "12,345")
    assert (size_text(1_234_000_000, "de"), size_text(999, "en")) == ("1,2\xa0GB", "999 byte")
    assert (duration_text(0.2, "de"), duration_text(100, "en"), duration_text(7200, "de")) == (
        "1 Sekunde", "2 minutes", "2 Stunden"
    )  # fmt: skip
