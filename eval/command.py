"""`fundstelle eval`: runs a measurement through the product's own front door and reports it."""

import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from chatbot.bootstrap import Services
from chatbot.compliance.measurements import FOLDER
from config.errors import SettingsError
from config.messages import Language, message
from config.settings import Settings
from eval.answers import ask_all, measure_answers
from eval.corpus import prepared
from eval.questions import QuestionSet, load_questions
from eval.report import Measure, Part, Report, read_report, write_report
from eval.retrieval import measure_retrieval
from eval.verification import measure_verification

_FORMATS = {"share": "{:.3f}", "score": "{:.3f}", "seconds": "{:.2f} s", "tokens": "{:.0f}", "count": "{:.0f}"}


def evaluate(
    kind: str,
    settings: Settings,
    questions: Path,
    console: Console,
    language: Language,
    limit: int | None = None,
    missing: bool = False,
    haystack: tuple[Path, int] | None = None,
    asked_in: Path | None = None,
    save: Path | None = None,
) -> Report:
    """Measure one question set one way, show the figures and save them.

    Args:
        kind: retrieval, answers or verification.
        settings: of the product.
        questions: the set.
        console: to show on.
        language: of the reader.
        limit: questions at the most, spread over the set.
        missing: ask every second question again with what it asks hidden.
        haystack: file of further paragraphs, and how many of them.
        asked_in: a translation of the set, whose questions are asked instead.
        save: JSON to write.

    Raises:
        SettingsError: a file is not there or not in its form, or holds no question that can be measured so.
    """
    chosen = _chosen(questions, haystack, asked_in)
    few = chosen.evenly(limit)
    answerable = any(not question.unanswerable for question in few.questions)
    if not few.questions or (kind != "answers" and not answerable) or (kind == "verification" and not few.corpus):
        raise SettingsError("eval.nothing_to_measure", path=questions)
    with prepared(settings, chosen, console) as services:
        part = _measure(kind, few, services, missing, console)
        report = Report(name=f"{kind} {few.name}", made=datetime.now(UTC), settings=described(services), parts=(part,))
    show(report.parts, console, language)
    keep_report(report, settings.data_dir / FOLDER, kind)
    if save:
        write_report(report, save)
    return report


def keep_report(report: Report, folder: Path, kind: str) -> None:
    """The latest report of its kind, for the page about this AI; readers see the old one or the new one, whole."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{kind}.{secrets.token_hex(4)}"
    try:
        write_report(report, fresh)
        os.replace(fresh, folder / f"{kind}.json")
    finally:
        fresh.unlink(missing_ok=True)


def described(services: Services) -> dict[str, str]:
    """What the figures of a run depend on."""
    engine = services.engines[0]
    settings = services.settings.answer
    return {
        "engine": engine.name,
        "model": engine.model or "-",
        "embedding": services.embedder.signature,
        "sources": str(settings.sources),
        "seconds until the first words": str(settings.first_words_seconds),
        "verifier": settings.verifier,
    }


def show(parts: Iterable[Part], console: Console, language: Language) -> None:
    """The figures as a table on the terminal."""
    for part in parts:
        table = Table(
            message("eval.measure", language), message("eval.value", language), message("eval.html.interval", language),
            message("eval.html.count", language), title=f"{message(f'eval.html.{part.kind}', language)} · {part.set}",
        )  # fmt: skip
        for measure in part.measures:
            table.add_row(measure.name, formatted(measure, measure.value), _interval(measure), str(measure.count))
        console.print(table)


def formatted(measure: Measure, value: float) -> str:
    """A figure in its unit."""
    return _FORMATS[measure.unit].format(value)


def write_page(reports: Sequence[Path], page: Path, language: Language) -> None:
    """One HTML page that compares runs, the newest first.

    Args:
        reports: JSON files of `evaluate`.
        page: to write.
        language: of the reader.

    Raises:
        SettingsError: a file is not there, or not a report.
    """
    from eval.html import as_html

    runs = sorted((read_report(path) for path in reports), key=lambda report: report.made, reverse=True)
    page.write_text(as_html(runs, language), encoding="utf-8")


def _interval(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return ""
    return f"{formatted(measure, measure.low)} – {formatted(measure, measure.high)}"


def _chosen(questions: Path, haystack: tuple[Path, int] | None, asked_in: Path | None) -> QuestionSet:
    chosen = load_questions(questions)
    if haystack:
        chosen = chosen.in_haystack(*haystack)
    return chosen.asked_in(load_questions(asked_in)) if asked_in else chosen


def _measure(kind: str, chosen: QuestionSet, services: Services, missing: bool, console: Console) -> Part:
    shown: Callable[[Sequence[Any]], Iterable[Any]] = lambda items: track(  # noqa: E731
        items, console=console, description=chosen.name
    )
    if kind == "retrieval":
        return measure_retrieval(chosen.name, shown(chosen.questions), services)
    if kind == "verification":
        return measure_verification(chosen, len(chosen.questions), services, shown)
    return measure_answers(chosen.name, ask_all(chosen.questions, services, missing, shown), services.answering())
