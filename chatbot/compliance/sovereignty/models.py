"""Every model: digest, licence, origin and state. Ollama is asked only where its address is inside for certain."""

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

from chatbot.compliance.licences import licence_on
from chatbot.compliance.sovereignty.endpoints import place_of
from chatbot.judge.card import card, is_whole
from config.catalogue import CatalogueModel, embedded_models
from config.errors import FundstelleError, ModelUnavailable
from config.licences import UNKNOWN, Use
from config.settings import Settings
from ingest.documents import Frozen
from ingest.embedding.ollama import Listed, listed_models, reporting_ollama

State = Literal["checked", "damaged", "missing", "there", "unreachable", "not_asked", "cloud"]


class Model(Frozen):
    """A model of the catalogue, or one of Ollama's that the settings name.

    Attributes:
        digest: SHA-256, without a prefix; empty where it is not known.
        licence: an SPDX identifier, or the name by which the model calls it; empty where it names none.
        use: what a firm may do under it.
        origin: who made it; empty where the catalogue does not say.
        state: `checked`: the file has the published digest; `cloud`: Ollama itself forwards it to another host.
        used: whether the present settings use it.
    """

    task: Literal["answers", "embeddings", "judge", "checks"]
    name: str
    digest: str
    licence: str
    use: Use = "allowed"
    origin: str
    state: State
    used: bool


def models(settings: Settings) -> tuple[Model, ...]:
    """Every model.

    Args:
        settings: of this installation.
    """
    return (*_embedded(settings), _judge(settings), *_ollama(settings))


def _embedded(settings: Settings) -> Iterator[Model]:
    used = {
        "answers": settings.answer.engine == "embedded",
        "embeddings": settings.embedding.engine == "embedded",
    }
    for role, entry in embedded_models().items():
        yield Model(
            task=role, name=entry.label, digest=entry.sha256, licence=entry.licence, origin=entry.origin,
            state=_file_state(entry, settings), used=used[role],
        )  # fmt: skip


def _judge(settings: Settings) -> Model:
    found = card()
    lower = _file_state(embedded_models()["embeddings"], settings)
    return Model(
        task="judge", name=found.name, digest=found.sha256, licence=found.licence, origin=found.origin,
        state="checked" if is_whole() else "damaged", used=is_whole() and lower == "checked",
    )  # fmt: skip


def _file_state(entry: CatalogueModel, settings: Settings) -> State:
    from ingest.embedding.model_files import model_path

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
    listed = _asked(settings.ollama.url) if named else "not_asked"
    for task, name in named.items():
        digest, state = _found(name, listed)
        licence = licence_on(settings.ollama.url, name) if state == "there" else UNKNOWN
        yield Model(
            task=task,
            name=name,
            digest=digest,
            licence=licence.name,
            use=licence.use,
            origin="",
            state=state,
            used=True,
        )


def doubtful(settings: Settings) -> list[Model]:
    """The models in use that a firm may not use, or of which nobody can tell; only of servers that have them.

    Args:
        settings: of this installation.
    """
    return [
        one for one in models(settings) if one.used and one.state == "there" and one.use in ("forbidden", "unknown")
    ]


def _found(name: str, listed: tuple[Listed, ...] | State) -> tuple[str, State]:
    if not isinstance(listed, tuple):
        return "", listed
    entry = next((one for one in listed if one.is_named(name)), None)
    if entry is None:
        return "", "missing"
    # A cloud model can be copied to a harmless name; the server still says where it runs.
    return entry.digest, "cloud" if entry.remote else "there"


def _asked(url: str) -> tuple[Listed, ...] | State:
    """What the server has; not asked where its name would have to be looked up, or where it is outside."""
    if place_of(urlsplit(url).hostname or "") not in ("loopback", "private", "everywhere"):
        return "not_asked"
    try:
        with reporting_ollama(url, ""):
            return listed_models(url)
    except FundstelleError:
        return "unreachable"
