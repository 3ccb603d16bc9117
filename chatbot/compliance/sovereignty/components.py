"""Every installed package with version and licence, and the telemetry switches as this process has them."""

import os
import sys
from importlib import import_module
from importlib.metadata import Distribution, distributions
from typing import Any, Literal, NamedTuple

from config.environment import SWITCHES
from ingest.documents import Frozen

_OURS = "fundstelle"
_LICENCE = "License :: "
_LONGEST = 60  # some packages put the whole text of their licence where its name belongs


class Component(Frozen):
    """An installed package.

    Attributes:
        licence: an SPDX expression where `spdx`, else a name in the package's own words, or empty.
        needed: whether the product needs it, directly or through another; else it is a tool of development.
        direct: whether the product names it as its own need.
        needs: names of the installed packages it needs.
    """

    name: str
    version: str
    licence: str
    spdx: bool
    needed: bool
    direct: bool
    needs: tuple[str, ...]


class Switch(Frozen):
    """A variable that turns telemetry off, what it must be and what it is here."""

    variable: str
    wanted: str
    found: str | None


class Telemetry(Frozen):
    """What a package is known to contact, and whether that is turned off.

    Attributes:
        contacts: the host, or empty where none is known.
        switches: as they stand in this process.
        library: what the package itself takes the switches for; None where it does not say or is not loaded.
        state: `server`: the switch is the server's own and cannot be seen from here.
    """

    component: str
    version: str
    contacts: str
    switches: tuple[Switch, ...]
    library: bool | None
    state: Literal["off", "on", "server", "none"]


class _Known(NamedTuple):
    package: str
    contacts: str
    variables: tuple[str, ...] = ()
    on_server: bool = False


_KNOWN = (
    _Known("gradio", "api.gradio.app", ("GRADIO_ANALYTICS_ENABLED",)),
    _Known("gradio-client", "huggingface.co", ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")),
    _Known("huggingface-hub", "huggingface.co", ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")),
    _Known("unstructured", "packages.unstructured.io", ("DO_NOT_TRACK", "SCARF_NO_ANALYTICS")),
    _Known("onnxruntime", "mobile.events.data.microsoft.com", ("ORT_DISABLE_TELEMETRY",)),
    _Known("ollama", "ollama.com", ("OLLAMA_NO_CLOUD",), on_server=True),
    _Known("qdrant-client", "telemetry.qdrant.io", on_server=True),
    _Known("qdrant-edge-py", ""),
    _Known("llama-index-core", ""),
)


def components() -> tuple[Component, ...]:
    """Every package installed beside this program, by name."""
    from packaging.utils import canonicalize_name

    installed: dict[str, Distribution] = {}
    for found in distributions():
        if name := found.metadata["Name"]:
            installed.setdefault(canonicalize_name(name), found)  # the first on the path is the one that is imported
    needs = _needs(installed)
    needed = _reached(_OURS, needs)
    rows = []
    for name in sorted(installed):
        licence, spdx = _licence(installed[name])
        rows.append(
            Component(
                name=name, version=installed[name].version, licence=licence, spdx=spdx, needed=name in needed,
                direct=name in needs.get(_OURS, ()), needs=tuple(sorted(needs[name])),
            )
        )  # fmt: skip
    return tuple(rows)


def telemetry(installed: tuple[Component, ...]) -> tuple[Telemetry, ...]:
    """The packages that are known to phone home, each with its switches as read from this process.

    Args:
        installed: from `components`.
    """
    versions = {component.name: component.version for component in installed}
    return tuple(_telemetry(known, versions[known.package]) for known in _KNOWN if known.package in versions)


def _telemetry(known: _Known, version: str) -> Telemetry:
    switches = tuple(
        Switch(variable=name, wanted=SWITCHES[name], found=os.environ.get(name)) for name in known.variables
    )
    library = _said_by_library(known.package)
    state: Literal["off", "on", "server", "none"] = "none"
    if known.on_server:
        state = "server"
    elif switches:
        state = "off" if library is not False and all(one.found == one.wanted for one in switches) else "on"
    return Telemetry(
        component=known.package,
        version=version,
        contacts=known.contacts,
        switches=switches,
        library=library,
        state=state,
    )


def _said_by_library(package: str) -> bool | None:
    """Whether the package itself holds its telemetry to be off; some read the switches once, when imported."""
    if package == "huggingface-hub":
        constants: Any = import_module("huggingface_hub.constants")
        return bool(constants.HF_HUB_OFFLINE and constants.HF_HUB_DISABLE_TELEMETRY)
    # The others take seconds to import. Where they are not loaded, they have not sent anything either.
    if package == "gradio" and (analytics := sys.modules.get("gradio.analytics")):
        return not analytics.analytics_enabled()
    if package == "unstructured" and (utils := sys.modules.get("unstructured.utils")):
        opted_out = getattr(utils, "_telemetry_opt_out", None)
        return bool(opted_out()) if opted_out else None
    return None


def _needs(installed: dict[str, Distribution]) -> dict[str, set[str]]:
    """Which installed packages each one needs, those of the extras that somebody asks for included."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    needs: dict[str, set[str]] = {name: set() for name in installed}
    asked = {(name, "") for name in installed}
    waiting = list(asked)
    while waiting:
        name, extra = waiting.pop()
        for line in installed[name].requires or ():
            need = Requirement(line)
            target = canonicalize_name(need.name)
            if target not in installed or (need.marker and not need.marker.evaluate({"extra": extra})):
                continue
            needs[name].add(target)
            further = {(target, one) for one in need.extras} - asked
            asked |= further
            waiting += further
    return needs


def _reached(start: str, needs: dict[str, set[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        further = needs.get(waiting.pop(), set()) - reached
        reached |= further
        waiting += further
    return reached


def _licence(package: Distribution) -> tuple[str, bool]:
    expressions = package.metadata.get_all("License-Expression") or []
    if expressions:
        return expressions[0].strip(), True
    said = package.metadata.get_all("License") or []
    first = next((lines[0].strip() for one in said if (lines := one.strip().splitlines())), "")
    if first and len(first) <= _LONGEST and first.upper() != "UNKNOWN":
        return first, False
    classifiers = package.metadata.get_all("Classifier") or []
    named = next((one.rpartition(" :: ")[2] for one in classifiers if one.startswith(_LICENCE)), "")
    return named or _first_line(package), False


def _first_line(package: Distribution) -> str:
    """The title of the licence that comes with a package, where it says nothing itself."""
    for name in package.metadata.get_all("License-File") or []:
        text = package.read_text(f"licenses/{name}") or package.read_text(name) or ""
        first = next(iter(text.strip().splitlines()), "").strip()
        if 0 < len(first) <= _LONGEST:
            return first
    return ""
