"""The labelled statements are whole, balanced, and about documents that are there."""

import json
from collections import Counter
from pathlib import Path

import pytest

from config.errors import SettingsError
from eval.stated import COMPANIES, DEVELOPED_WITH, ONLY_TESTED, load_stated


def test_every_company_is_in_one_part() -> None:
    assert sorted((*DEVELOPED_WITH, *ONLY_TESTED)) == sorted(p.name for p in COMPANIES.iterdir() if p.is_dir())


@pytest.mark.parametrize("name", [*DEVELOPED_WITH, *ONLY_TESTED])
def test_half_of_the_statements_are_true(name: str) -> None:
    stated = load_stated(COMPANIES / name / "statements.jsonl")
    assert Counter(entry.is_true for entry in stated) == {True: 60, False: 60}
    assert all((COMPANIES / name / "documents" / entry.document).is_file() for entry in stated)


def test_a_line_of_another_form_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "statements.jsonl"
    broken.write_text(json.dumps({"question": "?", "statement": "."}) + "\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"statements\.jsonl"):
        load_stated(broken)
