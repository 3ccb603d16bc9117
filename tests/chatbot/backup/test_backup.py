"""A backup brings everything back, or says why it does not and leaves what is there as it was."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyrage.x25519 import Identity
from sqlalchemy import select, text

from chatbot.backup import archive, closed_file, contents
from chatbot.backup.contents import Header
from chatbot.backup.keys import ClosingKey, OpeningKey, closing_key, opening_key
from chatbot.backup.restore import check_backup
from chatbot.bootstrap import bootstrap
from chatbot.identity.tables import sessions
from chatbot.records.tables import records
from config.errors import DiskFull, SettingsError
from config.free_space import Room
from config.settings import Settings
from ingest.db.tables import documents, generations, runs
from tests.chatbot.backup.house import (
    CONTENT,
    OPEN,
    VERSION,
    backed_up,
    breaks,
    brought_back,
    elsewhere,
    head,
    house,
    leave_record,
    state_of,
)

OPERATORS = Path(__file__).parents[3] / "docs" / "operators.md"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return house(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def file(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backups") / "monday.backup"
    backed_up(settings, target)
    return target


def test_everything_is_brought_back_on_another_machine(settings: Settings, file: Path, tmp_path: Path) -> None:
    there = elsewhere(settings, tmp_path / "new")
    done = brought_back(file, there)
    assert done.faults == () and done.restore.known == 0
    kept = (*contents.KEYS, "calibration.json")
    assert [(there.data_dir / name).read_bytes() for name in kept] == [
        (settings.data_dir / name).read_bytes() for name in kept
    ]
    assert (there.data_dir / "vault" / VERSION[:2] / VERSION / "original.md").read_bytes() == CONTENT
    assert {"policy.toml", "variables.txt"} <= {one.name for one in (there.data_dir / "from-backup").iterdir()}
    with bootstrap(there) as services:
        assert breaks(services) == [] and services.records.records.count() == 3
        assert len(services.records.checkpoints().heads) == 1
        leave_record(services, "Danach?")
        assert breaks(services) == []
    left = {one.name for one in there.data_dir.iterdir()}
    assert not left & {"restoring", "replaced", "restore-unfinished"}


def test_every_key_of_the_data_directory_is_brought_back() -> None:
    told = re.findall(r"^\| `(\w+\.key)`", OPERATORS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(told) >= 3 and set(contents.KEYS) == set(told)


def test_nothing_of_a_backup_can_be_read_without_its_key(file: Path) -> None:
    content = file.read_bytes()
    assert b"Frage" not in content and b"fundstelle.sqlite" not in content and b"policy" not in content
    assert file.stat().st_mode & 0o777 == 0o600


def test_recipients_open_it_with_their_own_key_each(settings: Settings, tmp_path: Path) -> None:
    ours, theirs = Identity.generate(), Identity.generate()
    (tmp_path / "recipients").write_text(f"# the second one is in the safe\n{theirs.to_public()}\n")
    (tmp_path / "identity").write_text(f"# made by age-keygen\n{theirs}\n")
    key = closing_key([str(ours.to_public()), str(tmp_path / "recipients")], None)
    made = backed_up(settings, tmp_path / "b", key)
    for opens in (OpeningKey(identities=(ours,)), opening_key([tmp_path / "identity"], None)):
        header, listed = check_backup(tmp_path / "b", opens, Room(tmp_path, 0))
        assert header == made.header and len(listed.members) == made.files


@pytest.mark.parametrize(
    ("what", "key"),
    [
        (lambda: closing_key([], None), "backup.one_key"),
        (lambda: closing_key(["age1nonsense"], None), "backup.no_recipient"),
        (lambda: closing_key(["/nowhere"], None), "backup.key_unreadable"),
        (lambda: opening_key([Path(__file__)], None), "backup.no_identity"),
        (lambda: opening_key([], None), "backup.one_key"),
    ],
)
def test_what_is_no_key_is_said_so(what: Callable[[], object], key: str) -> None:
    with pytest.raises(SettingsError) as failure:
        what()
    assert failure.value.key == key


def test_a_passphrase_has_to_be_long(tmp_path: Path) -> None:
    (tmp_path / "short").write_text("geheim\n")
    (tmp_path / "long").write_text("lang genug ist das\n")
    with pytest.raises(SettingsError) as failure:
        closing_key([], tmp_path / "short")
    assert failure.value.key == "backup.short_password" and "geheim" not in str(failure.value)
    assert closing_key([], tmp_path / "long").passphrase == "lang genug ist das"


def damaged(file: Path, target: Path, how: str) -> Path:
    content = bytearray(file.read_bytes())
    if how == "cut":
        content = content[: len(content) // 2]
    elif how == "cut at the end":
        content = content[:-1]
    elif how == "longer":
        content += b"x"
    elif how == "empty":
        content.clear()
    elif how == "no backup":
        content = bytearray(b"PK\x03\x04 something else")
    else:
        content[int(len(content) * float(how))] ^= 1
    target.write_bytes(content)
    return target


@pytest.mark.parametrize(
    "how", ["0.001", "0.02", "0.3", "0.5", "0.9", "0.999", "cut", "cut at the end", "longer", "empty", "no backup"]
)
def test_a_changed_file_is_refused_and_nothing_is_changed(
    settings: Settings, file: Path, tmp_path: Path, how: str
) -> None:
    there = elsewhere(settings, tmp_path / "new")
    with bootstrap(there) as services:
        leave_record(services, "Schon da?")
    before = state_of(there.data_dir)
    with pytest.raises(SettingsError) as failure:
        brought_back(damaged(file, tmp_path / "bad", how), there, replace=True)
    assert failure.value.key in ("backup.changed", "backup.wrong_key", "backup.none")
    assert state_of(there.data_dir) == before
    with bootstrap(there) as services:
        assert services.records.records.count() == 1


def test_a_passphrase_opens_what_it_has_closed(settings: Settings, tmp_path: Path) -> None:
    backed_up(settings, tmp_path / "b", ClosingKey(passphrase="ein langes Kennwort"))
    with pytest.raises(SettingsError) as failure:
        check_backup(tmp_path / "b", OpeningKey(passphrase="ein anderes Kennwort"), Room(tmp_path, 0))
    assert failure.value.key == "backup.wrong_key"
    with pytest.raises(SettingsError) as failure:
        check_backup(tmp_path / "b", OPEN, Room(tmp_path, 0))
    assert failure.value.key == "backup.wrong_key"
    brought_back(
        tmp_path / "b", elsewhere(settings, tmp_path / "new"), key=OpeningKey(passphrase="ein langes Kennwort")
    )


def test_another_key_opens_nothing(settings: Settings, file: Path, tmp_path: Path) -> None:
    for key in (OpeningKey(passphrase="ein anderes Kennwort"), OpeningKey(identities=(Identity.generate(),))):
        with pytest.raises(SettingsError) as failure:
            brought_back(file, elsewhere(settings, tmp_path / "new"), key=key)
        assert failure.value.key == "backup.wrong_key"
    brought_back(file, elsewhere(settings, tmp_path / "new"), key=OPEN)


def changed_header(settings: Settings, target: Path, monkeypatch: pytest.MonkeyPatch, **values: object) -> Path:
    real = Header.model_dump_json
    monkeypatch.setattr(Header, "model_dump_json", lambda self: real(self.model_copy(update=values)))
    backed_up(settings, target)
    monkeypatch.undo()
    return target


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"form": 2}, "backup.other_form"),
        ({"schema_revision": "9999"}, "restore.newer"),
        ({"database": "postgresql"}, "restore.other_database"),
        ({"index": "server"}, "restore.other_index.embedded"),
    ],
)
def test_a_backup_of_another_version_or_kind_is_refused_with_a_sentence(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, object], key: str
) -> None:
    file = changed_header(settings, tmp_path / "other", monkeypatch, **values)
    there = elsewhere(settings, tmp_path / "new")
    with pytest.raises(SettingsError) as failure:
        brought_back(file, there)
    assert failure.value.key == key and "fundstelle.sqlite" not in state_of(there.data_dir)


def test_a_member_that_leads_outside_is_refused(settings: Settings, tmp_path: Path) -> None:
    real = archive.ArchiveWriter.add_bytes

    def add(self: archive.ArchiveWriter, name: str, content: bytes) -> None:
        real(self, name if name in (contents.HEADER, contents.CONTENTS) else f"../../{name}", content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive.ArchiveWriter, "add_bytes", add)
        backed_up(settings, tmp_path / "b")
    with pytest.raises(SettingsError) as failure:
        brought_back(tmp_path / "b", elsewhere(settings, tmp_path / "deep" / "new"))
    assert failure.value.key == "backup.changed"
    assert [one.name for one in tmp_path.rglob("heads.jsonl")] == []


def test_what_is_there_is_replaced_only_when_told(settings: Settings, file: Path, tmp_path: Path) -> None:
    there = elsewhere(settings, tmp_path / "new")
    brought_back(file, there)
    before = state_of(there.data_dir)
    with pytest.raises(SettingsError) as failure:
        brought_back(file, there)
    assert failure.value.key == "restore.not_empty" and state_of(there.data_dir) == before
    brought_back(file, there, replace=True)


def test_a_database_in_which_nothing_has_happened_is_no_obstacle(
    settings: Settings, file: Path, tmp_path: Path
) -> None:
    there = elsewhere(settings, tmp_path / "new")
    with bootstrap(there) as services:
        assert services.records.records.count() == 0
    assert brought_back(file, there).faults == ()


def test_nothing_is_restored_under_a_program_that_works_there(settings: Settings, file: Path, tmp_path: Path) -> None:
    there = elsewhere(settings, tmp_path / "new")
    with bootstrap(there) as services, pytest.raises(SettingsError) as failure:
        brought_back(file, there, replace=True)
    assert failure.value.key == "restore.in_use" and services.settings == there
    brought_back(file, there)


def test_a_file_that_is_there_is_never_written_over(settings: Settings, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(SettingsError) as failure:
        backed_up(settings, file)
    assert failure.value.key == "backup.exists" and file.read_bytes() == before


@pytest.mark.parametrize("after", [1, 20_000, 120_000])
def test_a_full_disk_leaves_no_file_and_a_sentence(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    written = 0

    class Full:
        """The disk of the backup, which takes so many bytes."""

        def __init__(self, file: object) -> None:
            self._file = file

        def write(self, content: bytes) -> int:
            nonlocal written
            written += len(content)
            if written > after:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self._file.write(content)  # type: ignore[attr-defined, no-any-return]

    real = closed_file.closing
    monkeypatch.setattr("chatbot.backup.make.closing", lambda file, key, room: real(Full(file), key, room))
    (settings.data_dir / "evaluation").mkdir(exist_ok=True)
    (settings.data_dir / "evaluation" / "big").write_bytes(os.urandom(200_000))
    with pytest.raises(DiskFull) as failure:
        backed_up(settings, tmp_path / "b")
    assert failure.value.details["folder"] == tmp_path and list(tmp_path.iterdir()) == []
    assert not (settings.data_dir / "backing-up").exists()


def test_a_folder_that_is_not_there_is_a_sentence(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as failure:
        backed_up(settings, tmp_path / "nowhere" / "b")
    assert failure.value.key == "backup.unfinished"


def test_versions_that_were_missing_are_said(tmp_path: Path) -> None:
    settings = house(tmp_path)
    with bootstrap(settings) as services, services.database.begin() as connection:
        row = {"generation": "g", "collection": "c", "path": "a.md", "size": 1, "modified_ns": "0", "seen_ns": "0"}
        for version in (VERSION, "f" * 64):
            values = {**row, "path": version, "version": version, "passages": 0, "read_by": ""}
            connection.execute(documents.insert(), values)
    assert backed_up(settings, tmp_path / "b").missing == ("f" * 64,)


def test_what_was_under_way_at_the_backup_has_ended_after_it(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    settings, now = house(tmp_path), datetime.now(UTC)
    with bootstrap(settings) as services:
        generation = services.registry.start_generation("e", 3, "building")
        row = {"generation": generation.name, "collection": "c", "path": "a.md", "size": 1, "passages": 1}
        with services.database.begin() as connection:
            connection.execute(sessions.insert(), {"token": "t", "account": "ada", "opened": now, "seen": now})
            connection.execute(documents.insert(), {**row, "modified_ns": "0", "seen_ns": "0", "read_by": ""})
            running = {"id": "r", "collection": "c", "kind": "run", "state": "running", "started": now}
            connection.execute(runs.insert(), {**running, "counts": {}, "passages": 0})
        held = services.records.records.opened(asked_open())
        held.__enter__()
        made = backed_up(settings, tmp_path / "b")
        held.__exit__(None, None, None)
    assert made.header.index == "none"
    there = elsewhere(settings, tmp_path / "new")
    assert brought_back(tmp_path / "b", there).faults == ()
    with bootstrap(there) as services, services.database.connect() as connection:
        assert not connection.execute(select(sessions)).all() and not connection.execute(select(generations)).all()
        assert not connection.execute(select(documents)).all()
        assert connection.execute(select(runs.c.state)).scalars().all() == ["stopped"]
        states = connection.execute(select(records.c.state).order_by(records.c.opened)).scalars().all()
        assert states == ["interrupted"] * 3 + ["lost"] and breaks(services) == []


def asked_open() -> object:
    from tests.chatbot.records.filled import asked

    return asked("Noch offen?")


def test_heads_newer_than_the_backup_are_explained_and_later_ones_count(tmp_path: Path) -> None:
    settings = house(tmp_path)
    backed_up(settings, tmp_path / "b")
    with bootstrap(settings) as services:
        for number in range(4):
            leave_record(services, f"Verloren {number}?")
        lost = head(services)
    done = brought_back(tmp_path / "b", settings, replace=True)
    assert (done.restore.last, done.restore.known, done.faults) == (done.header.number, lost.number, ())
    with bootstrap(settings) as services:
        assert services.records.checkpoints().heads[-1] == lost and breaks(services) == []
        for number in range(6):
            leave_record(services, f"Danach {number}?")
        again = head(services)
        assert again.number > lost.number and breaks(services) == []
        assert len(services.records.held_checkpoints().heads) == 2
        with services.database.begin() as connection:  # what is tampered with after it shows as before
            connection.execute(text(f"DELETE FROM entries WHERE number = {again.number}"))
        assert "cut" in breaks(services)


class PowerCut(BaseException):
    """The machine is gone from here on."""


@pytest.mark.parametrize("after", range(1, 10))
def test_a_restore_that_is_cut_off_leaves_a_whole_state_or_one_that_is_refused_until_it_is_done_again(
    settings: Settings, file: Path, tmp_path: Path, after: int
) -> None:
    there, moves = elsewhere(settings, tmp_path / "new"), 0
    with bootstrap(there) as services:
        for number in range(5):
            leave_record(services, f"Vorher {number}?")
    real = {name: getattr(Path, name) for name in ("rename", "replace", "unlink")}

    def cut(name: str) -> Callable[..., object]:
        def move(self: Path, *where: object, **how: object) -> object:
            nonlocal moves
            if (there.data_dir / "restore-unfinished").exists():
                moves += 1
            if moves >= after:
                raise PowerCut
            return real[name](self, *where, **how)

        return move

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(Path, name, cut(name))
        with pytest.raises(PowerCut):
            brought_back(file, there, replace=True)
    with pytest.raises(SettingsError) as refused, bootstrap(there):
        pass
    assert refused.value.key == "restore.unfinished"
    assert brought_back(file, there).faults == (), "that it may be replaced was said the first time"
    with bootstrap(there) as services:
        assert services.records.records.count() == 3 and breaks(services) == []
    assert not {"restoring", "replaced", "restore-unfinished"} & {one.name for one in there.data_dir.iterdir()}


def test_a_restore_onto_a_full_disk_changes_nothing(
    settings: Settings, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = elsewhere(settings, tmp_path / "new")
    with bootstrap(there) as services:
        leave_record(services, "Schon da?")
    before, real = state_of(there.data_dir), Path.open

    class Full:
        def write(self, _: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None: ...

    monkeypatch.setattr(Path, "open", lambda self, mode="r", **how: Full() if mode == "xb" else real(self, mode, **how))
    with pytest.raises(DiskFull):
        brought_back(file, there, replace=True)
    monkeypatch.undo()
    assert state_of(there.data_dir) == before
