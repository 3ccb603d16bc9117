"""Which model files the settings need, and fetching those that are missing."""

from collections.abc import Callable

from config.catalogue import CatalogueModel, ModelRole, embedded_models
from config.settings import Settings
from ingest.embedding.model_files import fetch_model


def needed_models(settings: Settings) -> dict[ModelRole, CatalogueModel]:
    """The embedded models that are used: the one that answers only where the settings name it."""
    used = {"answers": settings.answer.engine, "embeddings": settings.embedding.engine}
    return {role: entry for role, entry in embedded_models().items() if used[role] == "embedded"}


def fetch_needed(settings: Settings, progress: Callable[[CatalogueModel, int], None]) -> int:
    """Fetch what is not there yet; complete models cost nothing.

    Args:
        settings: name the models and their folder.
        progress: called with a model and the bytes of each part of it that is in place.

    Returns:
        How many models are there.

    Raises:
        ModelUnavailable: one cannot be fetched, or is not what was published.
    """
    needed = needed_models(settings)
    for entry in needed.values():
        fetch_model(entry, settings.model_folder, lambda done, entry=entry: progress(entry, done))  # type: ignore[misc]
    return len(needed)
