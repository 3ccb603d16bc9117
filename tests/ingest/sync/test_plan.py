"""The plan: what a run would do, for any folder and any registry."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import DocumentFailed, IndexUnavailable, SettingsError
from ingest.db.registry import IndexedDocument
from ingest.partition import STATE
from ingest.sync.discover import FoundFile, Listing, discover
from ingest.sync.plan import content_hash, make_plan
from ingest.sync.source_files import Place

PATTERNS = (".*", "~$*", "Thumbs.db", "alt/")
LONG_AGO = 1_600_000_000 * 10**9


def known_as(file: Path, path: str, **changes: object) -> IndexedDocument:
    """The registry's entry of a file that was indexed a while after it was written."""
    stat = file.stat()
    entry = IndexedDocument(
        path=path,
        version=content_hash(file),
        size=stat.st_size,
        modified_ns=stat.st_mtime_ns,
        seen_ns=stat.st_mtime_ns + 10**10,
        passages=1,
        read_by=STATE,
    )
    return entry.model_copy(update=changes)


def write(folder: Path, path: str, text: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    return file


def kinds(folder: Path, known: dict[str, IndexedDocument]) -> dict[str, str]:
    return {change.path: change.kind for change in make_plan(discover([folder], PATTERNS), known, "c").changes}


def test_every_kind_of_change(tmp_path: Path) -> None:
    same, changed = write(tmp_path, "gleich.md", "a"), write(tmp_path, "anders.md", "neu")
    moved = write(tmp_path, "neu/ort.md", "verschobener Text")
    write(tmp_path, "frisch.md", "ganz neu")
    write(tmp_path, "bild.xyz", "?")
    known = {
        "gleich.md": known_as(same, "gleich.md"),
        "anders.md": known_as(changed, "anders.md", version="0" * 64, size=99),
        "alt.md": known_as(moved, "alt.md"),
        "weg.md": IndexedDocument(path="weg.md", version="1" * 64, size=7, read_by=STATE),
    }
    assert kinds(tmp_path, known) == {
        "gleich.md": "unchanged",
        "anders.md": "changed",
        "neu/ort.md": "moved",
        "frisch.md": "added",
        "bild.xyz": "ignored",
        "weg.md": "deleted",
    }


def test_touched_is_unchanged_and_rewritten_within_the_clock_is_not(tmp_path: Path) -> None:
    file = write(tmp_path, "a.md", "eins")
    touched = known_as(file, "a.md", modified_ns=5)
    assert kinds(tmp_path, {"a.md": touched}) == {"a.md": "unchanged"}
    just_seen = known_as(file, "a.md", seen_ns=LONG_AGO + 10**9)
    file.write_text("zwei")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))  # the same size, and a clock that did not move
    assert kinds(tmp_path, {"a.md": just_seen}) == {"a.md": "changed"}


def test_unchanged_files_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {f"{n}.md": known_as(write(tmp_path, f"{n}.md", str(n)), f"{n}.md") for n in range(20)}
    monkeypatch.setattr("ingest.sync.plan.opened_file", lambda _: pytest.fail("opened"))
    assert set(kinds(tmp_path, known).values()) == {"unchanged"}


@pytest.mark.parametrize("changes", [{"pending": "x"}, {"read_by": "0"}, {"reason": {"key": "document.needs_program"}}])
def test_what_a_kill_an_update_or_a_missing_program_left_is_read_again(
    changes: dict[str, object], tmp_path: Path
) -> None:
    entry = known_as(write(tmp_path, "a.md", "a"), "a.md", **changes)
    assert kinds(tmp_path, {"a.md": entry}) == {"a.md": "changed"}


def test_a_broken_file_is_not_tried_again_until_it_changes(tmp_path: Path) -> None:
    file = write(tmp_path, "a.md", "a")
    entry = known_as(file, "a.md", version=None, reason={"key": "document.empty", "document": "a.md"})
    assert kinds(tmp_path, {"a.md": entry}) == {"a.md": "failed"}
    os.utime(file)
    assert kinds(tmp_path, {"a.md": entry}) == {"a.md": "added"}


def test_ignored_patterns_links_and_devices(tmp_path: Path) -> None:
    (tmp_path / "draussen.md").write_text("geheim")
    folder = tmp_path / "ordner"
    write(folder, "a.md", "a")
    for name in (".versteckt.md", "~$a.docx", "Thumbs.db", "alt/b.md", ".git/c.md"):
        write(folder, name, "x")
    (folder / "innen.md").symlink_to(folder / "a.md")
    (folder / "hinaus.md").symlink_to(tmp_path / "draussen.md")
    (folder / "kreis").symlink_to(folder)
    (folder / "leer.md").symlink_to("nirgends")
    os.mkfifo(folder / "rohr.md")
    listing = discover([folder], PATTERNS)
    assert [file.path for file in listing.files] == ["a.md"]
    assert {path: error.key for path, error in listing.unlisted.items()} == {
        "hinaus.md": "document.link_outside",
        "innen.md": "document.link_inside",
        "leer.md": "document.no_regular_file",
        "rohr.md": "document.no_regular_file",
    }


def test_two_folders_keep_files_of_one_name_apart(tmp_path: Path) -> None:
    write(tmp_path, "a/regel.md", "a")
    write(tmp_path, "b/regel.md", "b")
    listing = discover([tmp_path / "a", tmp_path / "b"], PATTERNS)
    assert [file.path for file in listing.files] == ["a/regel.md", "b/regel.md"]
    write(tmp_path, "c/a/x.md", "x")
    with pytest.raises(SettingsError, match="called a"):
        discover([tmp_path / "a", tmp_path / "c" / "a"], PATTERNS)


def test_documents_of_a_folder_that_cannot_be_listed_stay() -> None:
    listing = Listing((), {"zu": DocumentFailed("folder.unlisted", document="zu", reason="denied")})
    known = {
        "zu/a.md": IndexedDocument(path="zu/a.md", version="v"),
        "weg.md": IndexedDocument(path="weg.md", version="w"),
    }
    changes = {change.path: change.kind for change in make_plan(listing, known, "c").changes}
    assert changes == {"zu": "failed", "weg.md": "deleted"}


def test_the_brake_on_mass_deletion() -> None:
    known = {f"{n}.md": IndexedDocument(path=f"{n}.md", version="v") for n in range(100)}
    nowhere = Place(Path(), (), ())
    listing = Listing(tuple(FoundFile(f"{n}.md", nowhere, 0, 0) for n in range(70)), {})
    plan = make_plan(listing, {path: entry.model_copy(update={"read_by": ""}) for path, entry in known.items()}, "c")
    assert plan.counts["deleted"] == 30
    plan.check_deletions(0.3)
    with pytest.raises(IndexUnavailable, match="30 of the 100"):
        plan.check_deletions(0.2)


names = st.sampled_from([f"{n}.md" for n in range(8)] + ["x/1.md", "x/2.md", "bild.xyz"])


@settings(max_examples=150, deadline=None)
@given(there=st.dictionaries(names, st.integers(0, 3)), before=st.dictionaries(names, st.integers(0, 3)))
def test_every_path_gets_exactly_one_change_and_nothing_is_lost(
    there: dict[str, int], before: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("plan")
    for path, content in there.items():
        write(folder, path, "x" * (content + 1))
    contents = {content: write(folder, f".inhalt{content}", "x" * (content + 1)) for content in range(4)}
    known = {p: known_as(contents[c], p) for p, c in before.items() if p.endswith(".md")}
    changes = make_plan(discover([folder], PATTERNS), known, "c").changes
    paths = [change.path for change in changes]
    assert len(paths) == len(set(paths))
    origins = [change.moved_from for change in changes if change.moved_from]
    assert len(origins) == len(set(origins))
    assert set(paths) | set(origins) == there.keys() | known.keys()
    for change in changes:
        content = there.get(change.path)
        if change.kind == "unchanged":
            assert content == before[change.path]
        elif change.kind == "moved":
            assert change.moved_from is not None and content == before[change.moved_from]
            assert change.moved_from not in there and change.path not in known
        elif change.kind == "deleted":
            assert content is None


def test_ten_thousand_unchanged_files_cost_one_listing(tmp_path: Path) -> None:
    """A bound so wide that only opening files or asking the database for each could break it."""
    known = {}
    for number in range(10_000):
        path = f"{number % 50}/{number}.md"
        known[path] = known_as(write(tmp_path, path, "x"), path)
    started = time.perf_counter()
    plan = make_plan(discover([tmp_path], PATTERNS), known, "c")
    assert plan.counts["unchanged"] == 10_000
    assert time.perf_counter() - started < 10
