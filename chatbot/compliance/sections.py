"""What the page about this AI and the technical documentation both say: models, sources, checks, limits, operator."""

from typing import TYPE_CHECKING, NamedTuple

from chatbot.compliance.installation import Installation
from chatbot.compliance.licences import licence_label, licence_on
from chatbot.judge.card import card, is_whole
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Table
from config.access import Clearance
from config.catalogue import CatalogueModel, embedded_models
from config.errors import FundstelleError, ModelUnavailable
from config.messages import Language, message
from config.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

_RUNS = 200  # of a collection that are looked through for one that came to its end
_ORDER = {
    "auto": "models.order.auto",
    "ollama": "models.order.ollama",
    "embedded": "models.order.embedded",
    "quote": "models.order.quote",
}


class _Model(NamedTuple):
    """A row of the table of models."""

    task: str
    name: str
    origin: str
    licence: str
    digest: str
    state: str


def models(installation: Installation, language: Language) -> list[Block]:
    """Every model in use with origin, licence, digest and state; asks Ollama where it is configured.

    Args:
        installation: that is described.
        language: of the reader.
    """
    head = (
        message("used_models.column.task", language),
        message("used_models.column.model", language),
        message("used_models.column.origin", language),
        message("used_models.column.licence", language),
        message("used_models.column.digest", language),
        message("used_models.column.state", language),
    )
    return [
        Heading(text=message("models.heading", language), level=2, anchor="models"),
        Paragraph(text=message(_ORDER[installation.settings.answer.engine], language)),
        Table(head=head, rows=tuple(map(tuple, _models(installation, language))), widths=(3, 4, 4, 3, 5, 3)),
        Paragraph(text=message("models.digest", language), muted=True),
    ]


def sources(installation: Installation, clearance: Clearance, language: Language, folders: bool) -> list[Block]:
    """Every collection that a clearance covers: its documents and passages, and when it was last brought up to date.

    Args:
        installation: that is described.
        clearance: of the reader; others need not know that a collection exists.
        language: of the reader.
        folders: whether to name them; not to everybody.
    """
    heading = Heading(text=message("sources.heading", language), level=2, anchor="sources")
    rows: list[tuple[str, ...]] = []
    for name, places in installation.registry.collections().items():
        if not clearance.touches(name):
            continue
        counts = map(str, _counts(installation, name, clearance))
        row = (name, *counts, _current(installation, name, language))
        rows.append((*row, _lines(places)) if folders else row)
    if not rows:
        return [heading, Paragraph(text=message("sources.none", language))]
    head: tuple[str, ...] = (
        message("sources.column.collection", language),
        message("sources.column.documents", language),
        message("sources.column.passages", language),
        message("sources.column.failed", language),
        message("sources.column.current", language),
    )
    if folders:
        head = (*head, message("sources.column.folders", language))
    widths = (3, 2, 2, 2, 3, 5)[: len(head)]
    return [
        heading,
        Table(head=head, rows=tuple(rows), widths=widths),
        Paragraph(text=message("sources.current", language), muted=True),
    ]


def _counts(installation: Installation, collection: str, clearance: Clearance) -> tuple[int, int, int]:
    """Documents found, their passages and failures, of what a clearance covers."""
    generation = installation.registry.active_generation()
    known = installation.registry.documents(generation.name, collection).values() if generation else ()
    mine = [document for document in known if clearance.covers(collection, document.path)]
    found = [document for document in mine if document.version]
    failed = sum(document.reason is not None for document in mine)
    return len(found), sum(document.passages for document in found), failed


def checks(installation: Installation, language: Language) -> list[Block]:
    """How answers are checked, as the settings have it."""
    settings = installation.settings.answer
    by_model = message("checks.no_model", language)
    if installation.checks_by_model:
        by_model = message("checks.model", language, model=_checker(installation))
    kept = "checks.mark" if settings.unsupported == "mark" else "checks.drop"
    said = (message("checks.rules", language), by_model, message(kept, language), message("checks.weak", language))
    return [Heading(text=message("checks.heading", language), level=2, anchor="checks"), Items(items=said)]


def limits(language: Language) -> list[Block]:
    """What is known not to work, or not well."""
    said = (
        message("limits.belief", language),
        message("limits.opposites", language),
        message("limits.refusals", language),
        message("limits.reach", language),
        message("limits.languages", language),
        message("limits.small", language),
        message("limits.injection", language),
    )
    return [Heading(text=message("limits.heading", language), level=2, anchor="limits"), Items(items=said)]


def operator(settings: Settings, language: Language) -> tuple[tuple[str, str], ...]:
    """Who operates the product, who is responsible, and where to complain; or that this is not named."""
    about, unmentioned = settings.about, message("operator.unnamed", language)
    return (
        (message("operator.company", language), about.company.strip() or unmentioned),
        (message("operator.responsible", language), about.responsible.strip() or unmentioned),
        (message("operator.complaints", language), about.complaints.strip() or unmentioned),
    )


def _models(installation: Installation, language: Language) -> list[_Model]:
    settings, entries = installation.settings, embedded_models()
    rows = []
    answers = message("models.task.answers", language)
    if settings.answer.engine in ("auto", "ollama"):
        rows.append(_ollama(settings, settings.ollama.model, answers, language))
    if settings.answer.engine == "embedded":
        rows.append(_embedded(settings, entries["answers"], answers, language))
    embeddings = message("models.task.embeddings", language)
    if settings.embedding.engine == "ollama":
        rows.append(_ollama(settings, settings.embedding.model, embeddings, language))
    else:
        rows.append(_embedded(settings, entries["embeddings"], embeddings, language))
    rows.append(_judge(language))
    if installation.checks_by_model:
        task = message("models.task.checks", language)
        if _embedded_checks(settings):
            rows.append(_embedded(settings, entries["answers"], task, language))
        else:
            rows.append(_ollama(settings, _checker(installation), task, language))
    return rows


def _embedded_checks(settings: Settings) -> bool:
    return settings.answer.verifier == "engine" and settings.answer.engine == "embedded"


def _checker(installation: Installation) -> str:
    """The model that checks, as the wiring chooses it."""
    settings = installation.settings
    if _embedded_checks(settings):
        return embedded_models()["answers"].label
    return settings.answer.verifier_model if settings.answer.verifier == "ollama" else settings.ollama.model


def _embedded(settings: Settings, entry: CatalogueModel, task: str, language: Language) -> _Model:
    there = (settings.model_folder / entry.file).is_file()
    state = message("models.state.there" if there else "models.state.missing", language)
    return _Model(task, entry.label, entry.origin, entry.licence, entry.sha256, state)


def _judge(language: Language) -> _Model:
    found, task = card(), message("models.task.judge", language)
    state = message("models.state.there" if is_whole() else "models.state.missing", language)
    return _Model(task, found.name, found.origin, found.licence, found.sha256, state)


def _ollama(settings: Settings, name: str, task: str, language: Language) -> _Model:
    from chatbot.llm.ollama import OllamaEngine

    engine, licence = OllamaEngine(settings.ollama.model_copy(update={"model": name})), ""
    try:
        engine.prepare()
        state = "models.state.there"
        licence = licence_label(licence_on(settings.ollama.url, name), language)
    except ModelUnavailable:
        state = "models.state.missing"
    except FundstelleError:
        state = "models.state.unreachable"
    return _Model(
        task,
        name,
        message("models.origin.ollama", language),
        licence or message("models.licence.ollama", language),
        engine.digest or message("models.unknown", language),
        message(state, language),
    )


def _current(installation: Installation, collection: str, language: Language) -> str:
    done = (run.ended for run in installation.history.runs(collection, _RUNS) if run.state == "done" and run.ended)
    latest = next(done, None)
    return f"{latest:%Y-%m-%d %H:%M}" if latest else message("sources.unknown_time", language)


def _lines(places: "tuple[Path, ...]") -> str:
    return "\n".join(map(str, places))
