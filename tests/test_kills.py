"""Killed at random moments, no piece of work loses what it had acknowledged, and the next start finds a whole state."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

KILLS = os.environ.get("KILLS", "1")
SECONDS = "3600" if "KILLS" in os.environ else "8"  # after which no other kill begins
SEED = "20261130"
WORKS = ("FirstIndex", "Change", "Rebuild", "Remove", "Answers", "Retention", "Migration", "Backup", "Restore")


@pytest.mark.parametrize("work", WORKS)
def test_killed_at_random_moments(work: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.killing", work, KILLS, SEED, str(tmp_path / "kills"), SECONDS]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert 0 < told["kills"] <= int(KILLS) and told["failures"] == []
