"""The bill of materials in CycloneDX 1.6: packages, Python and model files."""

import platform
import tomllib
from datetime import datetime
from importlib.metadata import PackageNotFoundError, distribution
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, uuid5

from chatbot.compliance.sovereignty.components import Component
from chatbot.judge.card import WEIGHTS, card
from config.catalogue import CatalogueModel, embedded_models

_OURS = "fundstelle"
_LOCK = "uv.lock"


def bill(components: tuple[Component, ...], made: datetime) -> dict[str, Any]:
    """The bill of materials as CycloneDX wants it in JSON.

    The digest of a package is that of its wheel in `uv.lock`, where that file lies beside the program and one wheel
    fits what is installed; digests of models are those of the catalogue. Tools of development have the scope
    `excluded`.

    Args:
        components: from `chatbot.compliance.sovereignty.components`.
        made: when the bill is made.
    """
    refs = {component.name: _purl(component) for component in components}
    locked = _locked(Path(__file__).parents[3] / _LOCK)
    ours = next((one for one in components if one.name == _OURS), None)
    others = [one for one in components if one is not ours]
    parts = [*(_package(one, refs[one.name], locked) for one in others), _python()]
    models = [*(_model(entry) for entry in embedded_models().values()), _judge()]
    needs = {refs[one.name]: sorted(refs[need] for need in one.needs) for one in components}
    top = {"type": "application", **_identity(ours, refs[_OURS])} if ours else _unnamed()
    whole = needs.setdefault(top["bom-ref"], [])
    whole += [part["bom-ref"] for part in (parts[-1], *models)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, made.isoformat() + ''.join(sorted(refs.values())))}",
        "version": 1,
        "metadata": {"timestamp": made.isoformat(timespec="seconds"), "component": top},
        "components": [*parts, *models],
        "dependencies": [{"ref": ref, "dependsOn": needed} for ref, needed in needs.items()],
    }


def _package(component: Component, ref: str, locked: dict[tuple[str, str], list[tuple[str, str]]]) -> dict[str, Any]:
    scope = "required" if component.needed else "excluded"
    found: dict[str, Any] = {"type": "library", "scope": scope, **_identity(component, ref)}
    if digest := _digest(component, locked):
        found["hashes"] = [{"alg": "SHA-256", "content": digest}]
    return found


def _identity(component: Component, ref: str) -> dict[str, Any]:
    found: dict[str, Any] = {"bom-ref": ref, "name": component.name, "version": component.version, "purl": ref}
    if component.licence:
        found["licenses"] = [
            {"expression": component.licence} if component.spdx else {"license": {"name": component.licence}}
        ]
    return found


def _purl(component: Component) -> str:
    return f"pkg:pypi/{component.name.replace('_', '-')}@{quote(component.version, safe='')}"


def _unnamed() -> dict[str, Any]:
    """The program itself where it runs without being installed."""
    return {"type": "application", "bom-ref": _OURS, "name": _OURS}


def _python() -> dict[str, Any]:
    ref = f"pkg:generic/python@{quote(platform.python_version(), safe='')}"
    return {
        "type": "platform",
        "bom-ref": ref,
        "name": platform.python_implementation(),
        "version": platform.python_version(),
        "purl": ref,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }


def _model(entry: CatalogueModel) -> dict[str, Any]:
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{entry.sha256}",
        "name": entry.name,
        "version": entry.variant,
        "supplier": {"name": entry.origin},
        "licenses": [{"license": {"id": entry.licence}}],
        "hashes": [{"alg": "SHA-256", "content": entry.sha256}],
        "properties": [{"name": "fundstelle:file", "value": entry.file}],
    }


def _judge() -> dict[str, Any]:
    found = card()
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{found.sha256}",
        "name": found.name,
        "version": found.sha256[:12],
        "supplier": {"name": found.origin},
        "licenses": [{"expression": found.licence}],
        "hashes": [{"alg": "SHA-256", "content": found.sha256}],
        "properties": [{"name": "fundstelle:file", "value": WEIGHTS.name}],
    }


def _locked(lock: Path) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """File name and digest of each wheel in the lock, by name and version of its package."""
    if not lock.is_file():
        return {}
    packages = tomllib.loads(lock.read_text(encoding="utf-8")).get("package", [])
    return {
        (package["name"], package.get("version", "")): [
            (unquote(wheel["url"].rpartition("/")[2]), wheel["hash"].removeprefix("sha256:"))
            for wheel in package.get("wheels", ())
            if "url" in wheel and wheel.get("hash", "").startswith("sha256:")
        ]
        for package in packages
    }


def _digest(component: Component, locked: dict[tuple[str, str], list[tuple[str, str]]]) -> str:
    wheels = locked.get((component.name, component.version), [])
    if not wheels:
        return ""
    tags = _installed_tags(component.name)
    fitting = {digest for file, digest in wheels if tags & _tags(file)}
    return fitting.pop() if len(fitting) == 1 else ""


def _installed_tags(name: str) -> set[str]:
    try:
        lines = (distribution(name).read_text("WHEEL") or "").splitlines()
    except PackageNotFoundError:
        return set()
    return {line.removeprefix("Tag:").strip() for line in lines if line.startswith("Tag:")}


def _tags(file: str) -> set[str]:
    """The tags of a wheel's name, whose last three parts may each hold several, joined by dots."""
    parts = file.removesuffix(".whl").split("-")[-3:]
    return {"-".join(one) for one in product(*(part.split(".") for part in parts))}
