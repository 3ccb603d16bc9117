"""Somebody puts a link in place of a file or folder while a run goes on: what it leads to is never read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.bootstrap import Services
from config.errors import DocumentFailed
from config.private_files import opened_plain
from ingest.db.registry import IndexedDocument
from ingest.db.runs import Outcome
from ingest.documents import Extraction, Passage
from ingest.partition import STATE
from ingest.sync.carry_out import Planned
from ingest.sync.discover import FoundFile, Listing, discover
from ingest.sync.pipeline import ingest
from ingest.sync.plan import content_hash, make_plan
from ingest.sync.snapshot import take_snapshot
from ingest.sync.worker import own_members
from ingest.vault import Vault

SECRET = "# Vorstand\n\nDas Werk in Gera wird im Mai geschlossen.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What everybody may write to, and beside it what the program may read and they may not."""
    folder = tmp_path / "offen"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "plan.md").write_text("# Plan\n\nDie Kantine hat um 12 Uhr offen.\n")
    (tmp_path / "geheim").mkdir()
    (tmp_path / "geheim" / "plan.md").write_text(SECRET)
    return folder


def link_the_file(folder: Path) -> None:
    (folder / "b" / "plan.md").unlink()
    (folder / "b" / "plan.md").symlink_to(folder.parent / "geheim" / "plan.md")


def link_its_folder(folder: Path) -> None:
    (folder / "b").rename(folder / "alt")
    (folder / "b").symlink_to(folder.parent / "geheim")


def link_the_collection(folder: Path) -> None:
    folder.rename(folder.parent / "alt")
    (folder.parent / "ersatz").mkdir()
    (folder.parent / "ersatz" / "b").symlink_to(folder.parent / "geheim")
    folder.symlink_to(folder.parent / "ersatz")


def link_hard(folder: Path) -> None:
    (folder / "b" / "plan.md").unlink()
    os.link(folder.parent / "geheim" / "plan.md", folder / "b" / "plan.md")


def put_another_folder(folder: Path) -> None:
    (folder / "b").rename(folder / "alt")
    (folder.parent / "geheim").rename(folder / "b")


def put_a_pipe(folder: Path) -> None:
    (folder / "b" / "plan.md").unlink()
    os.mkfifo(folder / "b" / "plan.md")


ATTACKS = [link_the_file, link_its_folder, link_the_collection, link_hard, put_another_folder, put_a_pipe]
each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)


def only_file(folder: Path) -> FoundFile:
    (file,) = discover([folder], ()).files
    return file


@each_attack
def test_what_was_put_in_place_of_a_listed_file_is_not_copied(
    attack: Callable[[Path], None], folder: Path, tmp_path: Path
) -> None:
    file = only_file(folder)
    attack(folder)
    with pytest.raises(DocumentFailed) as failure:
        take_snapshot(file, tmp_path, 1)
    assert failure.value.key in ("document.replaced", "document.unreadable")
    assert [copy for copy in tmp_path.glob("plan*") if SECRET in copy.read_text()] == []


@each_attack
def test_nor_is_it_compared_with_what_was_indexed(attack: Callable[[Path], None], folder: Path) -> None:
    """Else the plan would tell whether a secret file is the one that somebody guesses it is."""
    listing = discover([folder], ())
    secret = folder.parent / "geheim" / "plan.md"
    known = IndexedDocument(path="alt.md", version=content_hash(secret), size=listing.files[0].size, read_by=STATE)
    attack(folder)
    made = make_plan(Listing(listing.files, {}), {"alt.md": known}, "c")
    assert {change.path: change.kind for change in made.changes} == {"b/plan.md": "added", "alt.md": "deleted"}


@pytest.mark.parametrize("attack", [link_its_folder, put_another_folder], ids=lambda attack: attack.__name__)
def test_a_folder_that_becomes_a_link_while_it_is_listed_is_named(
    attack: Callable[[Path], None], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.sync.source_files import opened_folder

    def opened_after_the_attack(place):  # type: ignore[no-untyped-def]
        if place.parts == ("b",):
            attack(folder)
        return opened_folder(place)

    monkeypatch.setattr("ingest.sync.discover.opened_folder", opened_after_the_attack)
    listing = discover([folder], ())
    assert "b/plan.md" not in [file.path for file in listing.files]
    assert listing.unlisted["b"].key == "folder.unlisted"


def test_a_file_that_nobody_touches_is_copied_wherever_it_lies(folder: Path, tmp_path: Path) -> None:
    deep = folder.joinpath(*["tief"] * 60)
    deep.mkdir(parents=True)
    (folder / "b" / "plan.md").rename(deep / "plan.md")
    (tmp_path / "weg").symlink_to(folder)  # an operator may name a folder by a link
    copy, _, _ = take_snapshot(only_file(tmp_path / "weg"), tmp_path, 1)
    assert "Kantine" in copy.read_text()


def test_no_descriptor_stays_open(folder: Path, tmp_path: Path) -> None:
    file, before = only_file(folder), len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        take_snapshot(file, tmp_path, 1)
    link_its_folder(folder)
    for _ in range(20):
        with pytest.raises(DocumentFailed):
            take_snapshot(file, tmp_path, 1)
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("attack", ["elsewhere", "link", "linked folder", "folder"])
def test_a_process_cannot_pass_another_file_off_as_a_member(attack: str, tmp_path: Path) -> None:
    """What a broken process says of itself is not believed."""
    (tmp_path / "geheim.md").write_text(SECRET)
    members = tmp_path / "a.zip.members"
    if attack == "linked folder":
        (tmp_path / "x").mkdir()
        (tmp_path / "x" / "0.md").write_text(SECRET)
        members.symlink_to(tmp_path / "x")
    else:
        members.mkdir()
    if attack == "link":
        (members / "0.md").symlink_to(tmp_path / "geheim.md")
    if attack == "folder":
        (members / "0.md").mkdir()
    file = tmp_path / "geheim.md" if attack == "elsewhere" else members / "0.md"
    with pytest.raises(DocumentFailed) as failure:
        list(own_members(tmp_path / "a.zip", [{"name": "plan.md", "file": str(file)}]))
    assert failure.value.key == "archive.unsafe_name"


def test_the_vault_keeps_no_link(tmp_path: Path) -> None:
    (tmp_path / "geheim.md").write_text(SECRET)
    (tmp_path / "0.md").symlink_to(tmp_path / "geheim.md")
    with pytest.raises(OSError, match="symbolic"), opened_plain(tmp_path / "0.md"):
        pass
    with pytest.raises(OSError, match="symbolic"):
        Vault(tmp_path / "vault").keep("0" * 64, tmp_path / "0.md", Extraction(title="", text="", parts=()))


@pytest.mark.integration
@pytest.mark.parametrize("attack", [link_the_file, link_its_folder], ids=lambda attack: attack.__name__)
def test_a_run_indexes_nothing_of_it(attack: Callable[[Path], None], folder: Path, services: Services) -> None:
    outcomes: list[Outcome] = []
    for event in ingest([folder], "offen", services.ingestion()):
        if isinstance(event, Planned):
            attack(folder)
        elif isinstance(event, Outcome):
            outcomes.append(event)
    assert [(one.path, one.status, one.error and one.error.key) for one in outcomes] == [
        ("b/plan.md", "failed", "document.replaced")
    ]
    found: list[Passage] = list(passages(services))
    assert [passage.text for passage in found if "Gera" in passage.text] == []


def passages(services: Services) -> list[Passage]:
    from ingest.documents import document_id

    store = services.open_store(services.generation().name)
    return list(store.passages_of(document_id("offen", "b/plan.md"), services.registry.everything()))
