"""Each test that SECURITY.md names is there, and each promise names one."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def promises(text: str) -> list[tuple[str, str]]:
    """Promise and test of each row of the table."""
    table = text.partition("| Promise | Test |")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ") and "---" not in line]
    return [(promise, named) for promise, named in rows]


@cache
def names_in(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def is_there(named: str) -> bool:
    """Whether a cell names one test that exists."""
    found = NAMED.fullmatch(named)
    return bool(found) and (ROOT / found[1]).is_file() and found[2] in names_in(ROOT / found[1])


def test_each_promise_has_a_test_that_exists() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = promises(text)
    assert len(rows) > 30
    assert [row for row in rows if not is_there(row[1])] == []
    assert len(NAMED.findall(text)) == len(rows), "a test is named in the table, where it is looked for"


def test_a_test_that_is_gone_is_noticed() -> None:
    assert is_there("`tests/test_security_page.py::test_a_test_that_is_gone_is_noticed`")
    assert not is_there("`tests/test_security_page.py::test_that_never_was`")
    assert not is_there("`tests/test_no_page.py::test_that_never_was`")
    assert not is_there("all of them")
