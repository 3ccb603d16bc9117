"""Embeddings from Ollama, by LlamaIndex's own class; and Ollama's failures in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from config.errors import EngineFailed, ModelUnavailable
from config.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.embeddings import BaseEmbedding


def ollama_embedding(settings: Settings) -> "BaseEmbedding":
    """The model that `embedding.model` names, on the configured server."""
    from llama_index.embeddings.ollama import OllamaEmbedding

    return OllamaEmbedding(
        model_name=settings.embedding.model,
        base_url=settings.ollama.url,
        client_kwargs={"timeout": settings.ollama.timeout},
    )


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
