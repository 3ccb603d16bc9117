"""Commands of the admin: bring collections up to date, judge their quality, remove them."""

import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from chatbot.cli.context import start
from config.errors import FundstelleError, IndexUnavailable, SettingsError
from config.messages import Language, message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chatbot.bootstrap import Services

FAILED_DOCUMENTS = 6
_AGAIN_S = 5.0


def ingest(
    folders: Annotated[list[Path] | None, typer.Argument(help="cli.opt.folders")] = None,
    collection: Annotated[str | None, typer.Option(help="cli.opt.collection")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.opt.dry_run")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="cli.opt.rebuild")] = False,
    again: Annotated[list[str] | None, typer.Option(help="cli.opt.again")] = None,
    allow_deletions: Annotated[bool, typer.Option("--allow-deletions", help="cli.opt.allow_deletions")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="cli.opt.watch")] = False,
    every: Annotated[float | None, typer.Option(min=0.1, help="cli.opt.every")] = None,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.cli.print_runs import print_plan, print_run
    from chatbot.jobs.folders import check_folders, shared_folders
    from chatbot.jobs.schedule import when_due
    from chatbot.rendering.labels import missing_program_texts
    from ingest.sync import pipeline

    with bootstrap(settings) as services:
        parts = services.ingestion()
        for text in missing_program_texts(language):
            console.print(text, style="yellow")
        if rebuild:
            failed = print_run(pipeline.rebuild(parts), console, language)
            raise typer.Exit(FAILED_DOCUMENTS if failed else 0)
        chosen = _chosen(folders, collection, services)
        for name, places in chosen.items():
            check_folders(services.folder_rules(), name, places, on_page=False)
            for folder, other in shared_folders(services.registry, name, places):
                said = message("folder.also_in", language, folder=folder, other=other, collection=name)
                console.print(said, style="yellow", markup=False)
        if dry_run:
            for name, places in chosen.items():
                print_plan(pipeline.plan(places, name, parts, allow_deletions), console, language)
            return
        failed = 0
        for name, places in chosen.items():
            failed += _run(places, name, services, again or (), allow_deletions, console, language)
        for name in when_due(chosen, watch, every, console, language):
            run = partial(_run, chosen[name], name, services, (), allow_deletions, console, language)
            while _is_in_the_way(run, console, language):
                time.sleep(_AGAIN_S)
    if failed:
        raise typer.Exit(FAILED_DOCUMENTS)


def quality(
    collection: Annotated[str | None, typer.Option(help="cli.opt.collection")] = None,
    run: Annotated[str | None, typer.Option(help="cli.opt.run")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="cli.opt.csv")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="cli.opt.json")] = False,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.cli.print_runs import print_quality
    from chatbot.rendering.quality_report import quality_report, quality_rows
    from chatbot.rendering.spreadsheet import as_csv

    with bootstrap(settings) as services:
        report = quality_report(services.index(), settings.ingest.old_years, collection, run)
    if as_json:
        import json

        print(json.dumps([judged.model_dump() for judged in report], ensure_ascii=False, indent=2))
        return
    if csv_file:
        csv_file.write_text(as_csv(quality_rows(report, language)), encoding="utf-8", newline="")
    print_quality(report, console, language)


def remove(
    collection: Annotated[str, typer.Argument(help="cli.opt.collection")],
    yes: Annotated[bool, typer.Option("--yes", help="cli.opt.yes")] = False,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from ingest.sync.pipeline import remove_collection

    if not yes:
        typer.confirm(message("remove.confirm", language, collection=collection), abort=True)
    with bootstrap(settings) as services:
        count = remove_collection(collection, services.ingestion())
    console.print(message("remove.done", language, collection=collection, count=count), markup=False)


def _chosen(folders: list[Path] | None, collection: str | None, services: "Services") -> "dict[str, Sequence[Path]]":
    """Folders of each collection that the command is about."""
    known = services.registry.collections()
    if folders:
        return {collection or folders[0].resolve().name: folders}
    if collection and collection not in known:
        raise SettingsError("collection.unknown", collection=collection)
    if not known:
        raise SettingsError("ingest.nothing_known")
    return {name: places for name, places in known.items() if collection in (None, name)}


def _run(
    folders: "Sequence[Path]",
    name: str,
    services: "Services",
    again: "Sequence[str]",
    allow_deletions: bool,
    console: Console,
    language: Language,
) -> int:
    """One run; a person at the terminal is asked before many documents go. Returns how many files failed."""
    from chatbot.cli.print_runs import print_run
    from ingest.sync import pipeline

    parts = services.ingestion()
    try:
        return print_run(pipeline.ingest(folders, name, parts, again, allow_deletions), console, language)
    except IndexUnavailable as error:
        if error.key != "folder.mass_deletion" or not sys.stdin.isatty():
            raise
        console.print(error.text(language), style="yellow", markup=False)
        if not _agreed(message("plan.confirm", language)):
            raise
        return print_run(pipeline.ingest(folders, name, parts, again, True), console, language)


def _is_in_the_way(run: "Callable[[], object]", console: Console, language: Language) -> bool:
    """Whether another program has to end before a run; what else fails is said, and tried again at the next change."""
    try:
        run()
    except FundstelleError as error:
        console.print(error.text(language), style="red", markup=False)
        return error.key == "lease.taken"
    return False


def _agreed(question: str) -> bool:
    """Whether the person says yes; who ends the input does not."""
    try:
        return typer.confirm(question)
    except typer.Abort:
        return False
