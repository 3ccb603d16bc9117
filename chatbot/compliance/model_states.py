"""Every model in use, with its licence and whether it is there: on the terminal and on the page alike."""

from typing import NamedTuple

from chatbot.compliance.licences import licence_label, licence_on
from chatbot.llm.needed_models import needed_models
from chatbot.llm.ollama import OllamaEngine
from config.errors import FundstelleError, ModelUnavailable
from config.messages import Language, message
from config.sections import OllamaSettings
from config.settings import Settings
from ingest.embedding.model_files import model_path


class ModelState(NamedTuple):
    """A model as a reader sees it.

    Attributes:
        role: what it is for.
        name: of the model.
        licence: with what it lets a firm do.
        state: whether it is there, in words.
        is_there: whether it can be used.
        is_fetched: whether it is a file that is fetched here.
    """

    role: str
    name: str
    licence: str
    state: str
    is_there: bool
    is_fetched: bool


def model_states(settings: Settings, language: Language) -> list[ModelState]:
    """Every model that the settings name.

    Args:
        settings: name them.
        language: of the reader.
    """
    found = []
    for role, entry in needed_models(settings).items():
        try:
            model_path(entry, settings.model_folder)
            state, there = message("models.present", language), True
        except ModelUnavailable as error:
            state = message("models.absent", language) if error.key == "model.missing" else error.text(language)
            there = False
        found.append(
            ModelState(message(f"models.role.{role}", language), entry.label, entry.licence, state, there, True)
        )
    for name in _named_on_ollama(settings):
        problem = _problem(settings.ollama.model_copy(update={"model": name}))
        licence = licence_label(licence_on(settings.ollama.url, name), language) or "—"
        state = problem.text(language) if problem else message("models.present", language)
        found.append(ModelState(message("models.role.ollama", language), name, licence, state, problem is None, False))
    return found


def _named_on_ollama(settings: Settings) -> list[str]:
    """The models that the settings name for Ollama, the answering one always."""
    names = [settings.ollama.model]
    if settings.embedding.engine == "ollama":
        names.append(settings.embedding.model)
    if settings.answer.verifier == "ollama":
        names.append(settings.answer.verifier_model)
    return list(dict.fromkeys(names))


def _problem(settings: OllamaSettings) -> FundstelleError | None:
    try:
        OllamaEngine(settings).prepare()
    except FundstelleError as error:
        return error
    return None
