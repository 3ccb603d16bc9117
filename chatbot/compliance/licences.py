"""Licences of models on an Ollama server, and what they let a firm do, in words."""

from config.errors import FundstelleError
from config.licences import UNKNOWN, Licence
from config.messages import Language, message
from ingest.embedding.ollama import licence_on_ollama, reporting_ollama

_USES = {
    "allowed": "licence.allowed",
    "conditions": "licence.conditions",
    "forbidden": "licence.forbidden",
    "unknown": "licence.unknown",
}


def licence_on(url: str, model: str) -> Licence:
    """The licence that a model names; an unknown one where its server does not tell.

    Args:
        url: of the server.
        model: that it has.
    """
    try:
        with reporting_ollama(url, model):
            return licence_on_ollama(url, model)
    except FundstelleError:
        return UNKNOWN


def use_label(licence: Licence, language: Language) -> str:
    """What a licence lets a firm do."""
    return message(_USES[licence.use], language)


def licence_label(licence: Licence, language: Language) -> str:
    """A licence, with what it lets a firm do where that is not simply allowed; empty where none is named."""
    if not licence.name or licence.use == "allowed":
        return licence.name
    return f"{licence.name} ({use_label(licence, language)})"
