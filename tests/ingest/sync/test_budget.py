"""Bounds on what comes out of one file, all its archives together."""

from pathlib import Path

import pytest

from config.errors import DocumentFailed
from ingest.documents import Member
from ingest.sync.budget import Budget

FILES, GIGABYTE = 10_000, 1_000_000_000


def members(count: int) -> tuple[Member, ...]:
    """Members that could not be unpacked; they count all the same."""
    return (Member(name="a.csv"),) * count


def unpacked(folder: Path, *sizes: int) -> tuple[Member, ...]:
    """Members of these sizes, without taking the space."""
    folder.mkdir()
    made = []
    for number, size in enumerate(sizes):
        file = folder / str(number)
        with file.open("wb") as opened:
            opened.truncate(size)
        made.append(Member(name=file.name, file=file))
    return tuple(made)


def refused(budget: Budget, found: tuple[Member, ...], depth: int = 0) -> DocumentFailed:
    with pytest.raises(DocumentFailed) as failure:
        budget.spend(found, depth)
    return failure.value


def test_archives_in_archives_are_opened_down_to_the_third() -> None:
    budget = Budget("a.zip")
    for depth in range(3):
        budget.spend(members(1), depth)
    error = refused(budget, members(1), 3)
    assert error.key == "archive.too_deep" and error.details == {"document": "a.zip", "most": 3}


def test_files_of_all_archives_are_counted_together() -> None:
    budget = Budget("a.zip")
    budget.spend(members(FILES // 2), 0)
    budget.spend(members(FILES // 2), 1)
    error = refused(budget, members(1), 1)
    assert error.key == "archive.too_large" and error.details["document"] == "a.zip"
    Budget("b.zip").spend(members(FILES), 0)  # each file has bounds of its own


def test_bytes_of_all_archives_are_counted_together(tmp_path: Path) -> None:
    budget = Budget("a.zip")
    budget.spend(unpacked(tmp_path / "one", GIGABYTE, GIGABYTE - 7), 0)
    budget.spend(unpacked(tmp_path / "two", 7), 1)
    assert refused(budget, unpacked(tmp_path / "three", 1), 1).key == "archive.too_large"


def test_what_is_refused_leaves_the_disk_at_once(tmp_path: Path) -> None:
    kept, found = unpacked(tmp_path / "kept", 1), unpacked(tmp_path / "refused", 2 * GIGABYTE, 1)
    refused(Budget("a.zip"), (Member(name="locked.csv"), *found))
    assert not (tmp_path / "refused").exists()
    assert kept[0].file is not None and kept[0].file.exists()
