"""No locked package has a known vulnerability."""

import json
import sys
from pathlib import Path

import pytest

from tests import package_audit
from tests.package_audit import KEPT, Unreachable, locked, refresh

pytestmark = pytest.mark.integration

# Vulnerabilities that do not concern the product, each with the reason.
ACCEPTED: dict[str, str] = {}


def test_no_locked_package_has_a_known_vulnerability() -> None:
    try:
        known = refresh()
    except Unreachable as error:
        if not KEPT.exists():
            pytest.skip(f"the vulnerability service does not answer, and no answer of it is kept: {error}")
        known = json.loads(KEPT.read_text())
    now = {list_[0]: list_[1] for list_ in map(list, locked())}
    of_now = [one for one in known["vulnerabilities"] if now.get(one["name"]) == one["version"]]
    assert [one for one in of_now if one["id"] not in ACCEPTED] == [], f"as of {known['date']}"


def test_the_lock_file_names_every_package_with_its_version() -> None:
    found = locked()
    assert len(found) > 100 and ("gradio", "6.31.0") in found
    assert all(version[0].isdigit() for _, version in found)


PRETENDED = """#!{python}
import json, re, sys
listed = open(sys.argv[sys.argv.index("-r") + 1]).read()
names = re.findall(r"(\\S+)==(\\S+)", listed)
bad = {{"id": "X-1", "fix_versions": ["2"]}}
print(json.dumps({{"dependencies": [
    {{"name": name, "skip_reason": "unknown"}} if name == "skipped" else
    {{"name": name, "version": version, "vulns": [bad] if name == "bad" and version == "1" else []}}
    for name, version in names
]}}))
"""


def test_what_the_service_says_is_read_and_silence_is_no_good_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretended = tmp_path / "pip-audit"
    pretended.write_text(PRETENDED.format(python=sys.executable))
    pretended.chmod(0o755)
    monkeypatch.setattr(package_audit, "PIP_AUDIT", pretended)
    found = package_audit.ask([("bad", "1"), ("bad", "2"), ("good", "1")])
    assert [(one["name"], one["version"], one["id"]) for one in found] == [("bad", "1", "X-1")]
    with pytest.raises(Unreachable, match="unknown"):
        package_audit.ask([("good", "1"), ("skipped", "1")])
    pretended.write_text("#!/bin/sh\nsleep 5\n")
    with pytest.raises(Unreachable, match="no answer"):
        package_audit.ask([("good", "1")], seconds=0.2)
    pretended.write_text("#!/bin/sh\necho no way >&2\n")
    with pytest.raises(Unreachable, match="no way"):
        package_audit.ask([("good", "1")])
