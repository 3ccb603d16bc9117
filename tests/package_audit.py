"""Known vulnerabilities of the locked packages, from the service that pip-audit asks, or from the last answer kept.

    python -m tests.package_audit --refresh

asks anew and keeps the answer in `tests/data/known_vulnerabilities.json`, for machines that do not reach the service.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "tests" / "data" / "known_vulnerabilities.json"
PIP_AUDIT = Path(sys.executable).with_name("pip-audit")
_SECONDS = 60


class Unreachable(Exception):
    """The service does not answer, or knows none of the packages."""


def locked() -> list[tuple[str, str]]:
    """Name and version of every package that the lock file takes from a registry."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return [(one["name"], one["version"]) for one in packages if "registry" in one["source"]]


def ask(packages: list[tuple[str, str]], seconds: float = _SECONDS) -> list[dict[str, Any]]:
    """What the service knows of packages: name, version, id and first good version of each vulnerability.

    Args:
        packages: names and versions; one name may have several.
        seconds: given to the service, for each round.

    Raises:
        Unreachable: it does not answer, or not for these packages.
    """
    found: list[dict[str, Any]] = []
    rest = packages
    while rest:
        round_, rest = _rounds(rest)
        for package in _audit(round_, seconds):
            if "skip_reason" in package:
                raise Unreachable(package["skip_reason"])
            found += [
                {"name": package["name"], "version": package["version"], "id": one["id"], "fixed": one["fix_versions"]}
                for one in package["vulns"]
            ]
    return found


def _rounds(packages: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The packages of one question, which names each only once, and those for the next."""
    now = dict(reversed(packages))
    return list(now.items()), [one for one in packages if now[one[0]] != one[1]]


def _audit(packages: list[tuple[str, str]], seconds: float) -> list[dict[str, Any]]:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("".join(f"{name}=={version}\n" for name, version in packages))
        listed.flush()
        command = [
            PIP_AUDIT,
            "-r",
            listed.name,
            "--no-deps",
            "--disable-pip",
            "-f",
            "json",
            "--progress-spinner",
            "off",
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
            answered: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
        except subprocess.TimeoutExpired as error:
            raise Unreachable(f"no answer within {seconds:.0f} s") from error
        except ValueError as error:
            raise Unreachable(done.stderr.strip().rpartition("\n")[2][:200]) from error
    return answered


def refresh() -> dict[str, Any]:
    """Ask anew.

    Raises:
        Unreachable: the service does not answer; one package is asked for first, so that this is quick to learn.
    """
    packages = locked()
    ask(packages[:1])
    today = datetime.now(UTC).date().isoformat()
    return {"date": today, "packages": [list(one) for one in packages], "vulnerabilities": ask(packages, 300)}


def main() -> int:
    parser = argparse.ArgumentParser(description="Known vulnerabilities of the locked packages")
    parser.add_argument("--refresh", action="store_true", help="ask the service, and keep its answer")
    given = parser.parse_args()
    try:
        known = refresh() if given.refresh else json.loads(KEPT.read_text())
    except (Unreachable, FileNotFoundError) as error:
        print(f"not audited: {error}", file=sys.stderr)
        return 2
    if given.refresh:
        KEPT.write_text(json.dumps(known, indent=1) + "\n")
    print(f"{len(known['packages'])} packages as of {known['date']}")
    for one in known["vulnerabilities"]:
        print(f"{one['name']} {one['version']}: {one['id']}, mended in {', '.join(one['fixed']) or 'no version'}")
    return 1 if known["vulnerabilities"] else 0


if __name__ == "__main__":
    sys.exit(main())
