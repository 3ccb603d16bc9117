"""Commands that measure how good the product is; the work itself is in the package `eval`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from chatbot.cli.context import start

Questions = Annotated[Path, typer.Argument(help="cli.opt.questions")]
Limit = Annotated[int | None, typer.Option(min=1, help="cli.opt.limit")]
Save = Annotated[Path | None, typer.Option("--json", help="cli.opt.json_report")]


def retrieval(
    questions: Questions,
    limit: Limit = None,
    save: Save = None,
    haystack: Annotated[Path | None, typer.Option(help="cli.opt.haystack")] = None,
    haystack_size: Annotated[int, typer.Option(min=1, help="cli.opt.haystack_size")] = 5000,
    asked_in: Annotated[Path | None, typer.Option(help="cli.opt.asked_in")] = None,
) -> None:
    _evaluate(
        "retrieval", questions, limit=limit, save=save, asked_in=asked_in,
        haystack=(haystack, haystack_size) if haystack else None,
    )  # fmt: skip


def answers(
    questions: Questions,
    limit: Limit = None,
    save: Save = None,
    missing: Annotated[bool, typer.Option("--missing", help="cli.opt.missing")] = False,
) -> None:
    _evaluate("answers", questions, limit=limit, save=save, missing=missing)


def engines(questions: Questions, limit: Limit = None, save: Save = None) -> None:
    settings, language, console = start()
    _plugged_in("compare_engines")(settings, questions, console, language, limit, save)


def verification(questions: Questions, limit: Limit = None, save: Save = None) -> None:
    _evaluate("verification", questions, limit=limit, save=save)


def reading(
    folder: Annotated[Path, typer.Argument(help="cli.opt.reading_folder")],
    seed: Annotated[int, typer.Option(help="cli.opt.reading_seed")] = 1,
    documents: Annotated[int, typer.Option(min=1, help="cli.opt.reading_documents")] = 66,
    form: Annotated[list[str] | None, typer.Option("--format", help="cli.opt.reading_format")] = None,
    save: Save = None,
) -> None:
    _, language, console = start()
    _plugged_in("measure_reading")(folder, console, language, seed, documents, form or (), save)


def calibrate(
    questions: Questions,
    wrong: Annotated[float | None, typer.Option(min=0.005, max=0.5, help="cli.opt.wrong")] = None,
) -> None:
    settings, language, console = start()
    _plugged_in("calibrate")(settings, questions, wrong, console, language)


def report(
    reports: Annotated[list[Path], typer.Argument(help="cli.opt.reports")],
    page: Annotated[Path, typer.Option("--html", help="cli.opt.html")],
) -> None:
    _, language, _ = start()
    _plugged_in("write_page")(reports, page, language)


def draft(
    collection: Annotated[str, typer.Argument(help="cli.opt.draft_collection")],
    questions: Annotated[Path, typer.Argument(help="cli.opt.draft_file")],
    count: Annotated[int, typer.Option(min=1, help="cli.opt.draft_count")] = 20,
) -> None:
    settings, language, console = start()
    _plugged_in("draft")(settings, collection, questions, count, console, language)


def _evaluate(kind: str, questions: Path, **how: Any) -> None:
    settings, language, console = start()
    _plugged_in("evaluate")(kind, settings, questions, console, language, **how)


def _plugged_in(name: str) -> Any:
    """A command's function that another package contributes; imports go from `eval` to here, never back."""
    from importlib.metadata import entry_points

    (command,) = entry_points(group="fundstelle.commands", name=name)
    return command.load()
