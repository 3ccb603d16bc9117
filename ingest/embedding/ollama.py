"""Embeddings from Ollama, by LlamaIndex's own class; Ollama's failures in words; and which models it really runs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from config.errors import EngineFailed, ModelOutside, ModelUnavailable
from config.licences import Licence, licence_of
from config.settings import Settings

if TYPE_CHECKING:
    import httpx
    from llama_index.core.embeddings import BaseEmbedding

_PROBE_SECONDS = 2.0
_REMEMBERED_SECONDS = 60.0


class Listed(NamedTuple):
    """A model that an Ollama server has.

    Attributes:
        remote: the host that it is passed on to; empty where the server runs it itself.
    """

    name: str
    digest: str
    remote: str

    def is_named(self, name: str) -> bool:
        """Whether the settings mean this model."""
        return self.name in (name, f"{name}:latest")


_remembered: dict[str, tuple[float, tuple[Listed, ...]]] = {}


def ollama_embedding(settings: Settings) -> "BaseEmbedding":
    """The model that `embedding.model` names, on the configured server."""
    from llama_index.embeddings.ollama import OllamaEmbedding

    return OllamaEmbedding(
        model_name=settings.embedding.model,
        base_url=settings.ollama.url,
        client_kwargs={"timeout": settings.ollama.timeout},
    )


@contextmanager
def embedding_on_ollama(url: str, model: str) -> Iterator[None]:
    """What surrounds each call of an embedding model: see `refuse_outside` and `reporting_ollama`."""
    with reporting_ollama(url, model):
        refuse_outside(url, model)
        yield


@contextmanager
def reporting_ollama(url: str, model: str) -> Iterator[None]:
    """Turn what the ollama client raises into errors that say what to do.

    Raises:
        ModelUnavailable: the server does not have the model.
        EngineFailed: the server cannot be reached, stopped in the middle, or reported a failure.
    """
    import httpx
    import ollama

    try:
        yield
    except ollama.ResponseError as error:
        if error.status_code == 404:
            raise ModelUnavailable("ollama.no_model", url=url, model=model) from error
        raise EngineFailed("ollama.failed", url=url, reason=error.error) from error
    except (ConnectionError, httpx.HTTPError) as error:
        raise EngineFailed("ollama.unreachable", url=url) from error


def listed_models(url: str) -> tuple[Listed, ...]:
    """The models that a server has, asked for now and remembered for `refuse_outside`.

    The client's own types drop where a model really runs, so the answer is read as it came.

    Args:
        url: of the server.

    Raises:
        ollama.ResponseError: the server reports a failure.
        ConnectionError: it cannot be reached, or what it says is no list.
    """
    import ollama

    answers: list[Any] = []

    def keep(response: "httpx.Response") -> None:
        response.read()
        if response.is_success:
            answers.append(response.json())

    try:
        ollama.Client(host=url, timeout=_PROBE_SECONDS, event_hooks={"response": [keep]}).list()
        entries = [entry for answer in answers for entry in answer["models"]]
        found = tuple(map(_listed, entries))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConnectionError(url) from error
    _remembered[url] = time.monotonic(), found
    return found


def licence_on_ollama(url: str, model: str) -> Licence:
    """The licence that a model on a server names, by its text or its short name.

    Args:
        url: of the server.
        model: that it has.

    Raises:
        ollama.ResponseError: the server reports a failure, or does not have the model.
        ConnectionError: it cannot be reached, or says nothing that can be read.
    """
    import ollama

    try:
        shown = ollama.Client(host=url, timeout=_PROBE_SECONDS).show(model)
    except ValueError as error:  # what it says is none of the client's types
        raise ConnectionError(url) from error
    return licence_of(shown.license or "", str((shown.modelinfo or {}).get("general.license") or ""))


def refuse_outside(url: str, model: str, clock: Callable[[], float] = time.monotonic) -> None:
    """Refuse a model of Ollama's cloud, whatever name it was copied to; a server is asked at most once a minute.

    Args:
        url: of the server.
        model: as the settings name it.
        clock: seconds that never run backwards.

    Raises:
        ModelOutside: the server passes texts for it on.
        ollama.ResponseError: the server reports a failure.
        ConnectionError: it cannot be reached, so that nobody can tell.
    """
    at, found = _remembered.get(url, (float("-inf"), ()))
    if clock() - at > _REMEMBERED_SECONDS:
        found = listed_models(url)
    for entry in found:
        if entry.is_named(model) and entry.remote:
            raise ModelOutside("ollama.outside", url=url, model=model, host=entry.remote)


def _listed(entry: dict[str, Any]) -> Listed:
    name = str(entry.get("model") or entry.get("name") or "")
    remote = str(entry.get("remote_host") or entry.get("remote_model") or "")
    return Listed(name, str(entry.get("digest") or "").removeprefix("sha256:"), remote)
