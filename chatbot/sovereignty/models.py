"""Every model: digest, licence, origin and state. Ollama is asked only where its address is inside for certain."""

from collections.abc import Iterator
from typing import Any, Literal

from chatbot.sovereignty.endpoints import place_of
from config.catalogue import CatalogueModel, embedded_models
from config.errors import FundstelleError, ModelUnavailable
from config.settings import Settings
from ingest.documents import Frozen

State = Literal["checked", "damaged", "missing", "there", "unreachable", "not_asked", "cloud"]

_PROBE_SECONDS = 2.0


class Model(Frozen):
    """A model of the catalogue, or one of Ollama's that the settings name.

    Attributes:
        digest: SHA-256, without a prefix; empty where it is not known.
        licence: an SPDX identifier; empty for Ollama's models, whose publishers state it.
        origin: who made it; empty where the catalogue does not say.
        state: `checked`: the file has the published digest; `cloud`: Ollama itself forwards it to another host.
        used: whether the present settings use it.
    """

    task: Literal["answers", "embeddings", "checks"]
    name: str
    digest: str
    licence: str
    origin: str
    state: State
    used: bool


def models(settings: Settings) -> tuple[Model, ...]:
    """Every model.

    Args:
        settings: of this installation.
    """
    return (*_embedded(settings), *_ollama(settings))


def _embedded(settings: Settings) -> Iterator[Model]:
    used = {
        "answers": settings.answer.engine in ("auto", "embedded"),
        "embeddings": settings.embedding.engine == "embedded",
    }
    for role, entry in embedded_models().items():
        yield Model(
            task=role, name=entry.label, digest=entry.sha256, licence=entry.licence, origin=entry.origin,
            state=_file_state(entry, settings), used=used[role],
        )  # fmt: skip


def _file_state(entry: CatalogueModel, settings: Settings) -> State:
    from ingest.model_files import model_path

    try:
        model_path(entry, settings.model_folder)
    except ModelUnavailable as error:
        return "missing" if error.key == "model.missing" else "damaged"
    return "checked"


def _ollama(settings: Settings) -> Iterator[Model]:
    named: dict[Literal["answers", "embeddings", "checks"], str] = {}
    if settings.answer.engine in ("auto", "ollama"):
        named["answers"] = settings.ollama.model
    if settings.embedding.engine == "ollama":
        named["embeddings"] = settings.embedding.model
    if settings.answer.verifier == "ollama":
        named["checks"] = settings.answer.verifier_model
    listed = _listed(settings.ollama.url) if named else None
    for task, name in named.items():
        digest, state = _found(name, listed)
        yield Model(task=task, name=name, digest=digest, licence="", origin="", state=state, used=True)


def _found(name: str, listed: "list[dict[str, Any]] | State | None") -> tuple[str, State]:
    if not isinstance(listed, list):
        return "", listed or "unreachable"
    entry = next((one for one in listed if one.get("model") in (name, f"{name}:latest")), None)
    if entry is None:
        return "", "missing"
    # A cloud model can be copied to a harmless name; the server still says where it runs.
    state: State = "cloud" if entry.get("remote_host") or entry.get("remote_model") else "there"
    return str(entry.get("digest", "")).removeprefix("sha256:"), state


def _listed(url: str) -> list[dict[str, Any]] | State:
    """What the server has; not asked where its name would have to be looked up, or where it is outside."""
    from urllib.parse import urlsplit

    import httpx

    if place_of(urlsplit(url).hostname or "") not in ("loopback", "private", "everywhere"):
        return "not_asked"
    try:
        answered = httpx.get(f"{url.rstrip('/')}/api/tags", timeout=_PROBE_SECONDS).raise_for_status().json()
    except (httpx.HTTPError, ValueError, FundstelleError):
        return "unreachable"
    entries = answered.get("models") if isinstance(answered, dict) else None
    return [one for one in entries or () if isinstance(one, dict)]
