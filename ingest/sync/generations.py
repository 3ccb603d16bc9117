"""Generations of the index: the one that is searched, the one that is built, and the one that it has replaced."""

from ingest.db.registry import Generation
from ingest.sync.carry_out import IngestServices


def current_generation(services: IngestServices) -> Generation:
    """The generation that is searched; the first one is made here.

    Raises:
        IndexUnavailable: it was built with another embedding model or chunking than the settings name.
    """
    generation = services.registry.active_generation()
    if generation is None:
        generation = _new_generation(services, "active")
    generation.check_embedding(services.embedder.signature)
    services.open_store(generation.name).create(generation.dimension)  # a kill may have come before this
    return generation


def drop_retired(services: IngestServices) -> None:
    """Drop the index that a rebuild has replaced, where it was not stopped before that."""
    if retired := services.registry.retired_generation():
        _drop(retired, services)


def generation_to_build(services: IngestServices) -> Generation:
    """The generation that a rebuild before this one began, if it still fits; else a new one."""
    if stale := services.registry.building_generation():
        if stale.embedding == services.embedder.signature:
            services.open_store(stale.name).create(stale.dimension)
            return stale
        _drop(stale, services)
    return _new_generation(services, "building")


def _drop(generation: Generation, services: IngestServices) -> None:
    if (store := services.open_store(generation.name)).exists():
        store.drop()
    services.registry.forget_generation(generation.name)


def _new_generation(services: IngestServices, state: str) -> Generation:
    dimension = services.embedder.dimension
    generation = services.registry.start_generation(services.embedder.signature, dimension, state)
    services.open_store(generation.name).create(dimension)
    return generation
