"""The parts this program is made of, with version and licence as they are installed here."""

import platform
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires

_NAME = re.compile(r"[\w.-]+")
_LICENCE = "License :: "
_LONGEST = 60  # some packages put the whole text of their licence where its name belongs


def component_rows() -> tuple[tuple[str, str, str], ...]:
    """Name, version and licence of Python and of the packages that this program names as its own needs."""
    names = sorted({name for need in requires("fundstelle") or () if (name := _name(need))}, key=str.lower)
    return (("Python", platform.python_version(), "PSF-2.0"), *map(_row, ("fundstelle", *names)))


def _name(need: str) -> str:
    found = None if "extra ==" in need else _NAME.match(need)
    return found[0] if found else ""


def _row(name: str) -> tuple[str, str, str]:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return name, "–", "–"
    return name, package.version, _licence(package)


def _licence(package: Distribution) -> str:
    said = [*_all(package, "License-Expression"), *_all(package, "License")]
    first = next((lines[0] for one in said if (lines := one.strip().splitlines())), "")
    if first and len(first) <= _LONGEST and first.upper() != "UNKNOWN":
        return first
    return next((c.rpartition(" :: ")[2] for c in _all(package, "Classifier") if c.startswith(_LICENCE)), "–")


def _all(package: Distribution, field: str) -> list[str]:
    return package.metadata.get_all(field) or []
