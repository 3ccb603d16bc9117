"""`fundstelle eval engines`: the same questions to every engine that is there, side by side."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from chatbot.answering.quote_engine import QuoteEngine
from chatbot.bootstrap import Services
from chatbot.llm.embedded import EmbeddedEngine
from chatbot.llm.engine import Engine
from chatbot.llm.ollama import OllamaEngine
from chatbot.rendering.labels import engine_label, visible
from config.catalogue import embedded_models
from config.errors import FundstelleError, SettingsError
from config.messages import Language, message
from config.settings import Settings
from eval.answers import ask_all, measure_answers
from eval.command import described, formatted
from eval.corpus import prepared
from eval.questions import Question, QuestionSet, load_questions
from eval.report import Measure, Part, Report, write_report
from ingest.embedding.ollama import listed_models, reporting_ollama

_SHOWN = ("right", "wrong but cited", "answered", "time to end")


def compare_engines(
    settings: Settings,
    questions: Path,
    console: Console,
    language: Language,
    limit: int | None = None,
    save: Path | None = None,
) -> Report:
    """Ask every engine the same questions and show what came out; one that cannot answer is named with the reason.

    Args:
        settings: of the product.
        questions: the set.
        console: to show on.
        language: of the reader.
        limit: questions at the most, spread over the set.
        save: JSON to write.

    Raises:
        SettingsError: the file is not there or not in its form, or holds no question.
    """
    chosen = load_questions(questions)
    few = chosen.evenly(limit)
    if not few.questions:
        raise SettingsError("eval.nothing_to_measure", path=questions)
    with prepared(settings, chosen, console) as services:
        parts = list(_measured(few, services, console, language))
        made_with = described(services)
    report = Report(name=f"engines {few.name}", made=datetime.now(UTC), settings=made_with, parts=tuple(parts))
    _show(report.parts, console, language)
    if save:
        write_report(report, save)
    return report


def every_engine(settings: Settings) -> Iterator[Engine]:
    """Quote mode, the embedded model, and each model that the Ollama server has; none if it cannot be reached.

    Args:
        settings: of the product.
    """
    yield QuoteEngine()
    yield EmbeddedEngine(embedded_models()["answers"], settings.model_folder, settings.answer.threads)
    try:
        with reporting_ollama(settings.ollama.url, settings.ollama.model):
            names = [found.name for found in listed_models(settings.ollama.url) if not found.remote]
    except FundstelleError:
        names = [settings.ollama.model]  # it says itself that it cannot be reached
    yield from (OllamaEngine(settings.ollama.model_copy(update={"model": name})) for name in names)


def _measured(few: QuestionSet, services: Services, console: Console, language: Language) -> Iterator[Part]:
    answering = services.answering()
    for engine in every_engine(services.settings):
        name = engine_label(engine.name, engine.model, language)
        try:
            engine.prepare()
            engine.warm_up()
        except FundstelleError as error:
            console.print(f"{visible(name)}: {visible(error.text(language))}", style="yellow", markup=False)
            continue
        asking = answering._replace(engines=(engine, QuoteEngine()) if engine.name != "quote" else (engine,))
        shown = _tracked(console, name)
        part = measure_answers(few.name, ask_all(few.questions, services, False, shown, asking), asking)
        yield part.model_copy(update={"set": name})


def _tracked(console: Console, name: str) -> Any:
    def shown(items: Sequence[Question]) -> Iterable[Question]:
        return track(items, console=console, description=visible(name))

    return shown


def _show(parts: Sequence[Part], console: Console, language: Language) -> None:
    table = Table(message("eval.engine", language), *_SHOWN)
    for part in parts:
        by_name = {measure.name: measure for measure in part.measures}
        table.add_row(visible(part.set), *(_figure(by_name.get(name)) for name in _SHOWN))
    console.print(table)


def _figure(measure: Measure | None) -> str:
    if measure is None:
        return "–"
    value = formatted(measure, measure.value)
    if measure.low is None or measure.high is None:
        return value
    return f"{value} ({formatted(measure, measure.low)}–{formatted(measure, measure.high)})"
