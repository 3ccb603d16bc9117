"""Runs, plans and the quality report on a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from chatbot.jobs.progress import Progress, plan_text, readers_text
from chatbot.rendering.labels import visible
from chatbot.rendering.quality_report import advice, finding_text
from config.errors import DocumentFailed
from config.messages import Language, message
from ingest.db.runs import Outcome
from ingest.quality.findings import Quality, finding_counts
from ingest.sync.carry_out import Event, Planned
from ingest.sync.plan import Plan

_SHOWN = 40  # documents of the quality report; the CSV has all


def print_run(events: Iterable[Event], console: Console, language: Language) -> int:
    """Show a run with its progress; returns how many files failed."""
    progress = Progress()
    columns = (
        TextColumn("{task.description}", markup=False),  # the name of a file
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("…", total=None, rate="")
        for event in events:
            progress.update(event)
            if isinstance(event, Planned):
                console.print(plan_text(event.plan, language), markup=False)
                if why := readers_text(event.plan, language):
                    console.print(why, markup=False)
            if isinstance(event, Outcome) and (event.status != "ignored" or progress.counts["ignored"] <= _SHOWN):
                _print_outcome(event, console, language)
            rate = message("ingest.rate", language, rate=progress.rate)
            name = visible(progress.latest)[-40:]
            bar.update(task, completed=progress.files, total=progress.total, description=name, rate=rate)
    _print_summary(progress, console, language)
    return progress.counts["failed"]


def print_plan(plan: Plan, console: Console, language: Language) -> None:
    """What a run would do, file by file but for the unchanged."""
    for change in plan.changes:
        if change.kind == "unchanged":
            continue
        origin = f" ← {change.moved_from}" if change.moved_from else ""
        reason = f": {change.reason.text(language)}" if change.reason else ""
        console.print(f"{message(f'plan.{change.kind}', language)}: {change.path}{origin}{reason}", markup=False)
    console.print(plan_text(plan, language), style="bold", markup=False)
    if why := readers_text(plan, language):
        console.print(why, markup=False)
    console.print(message("plan.dry", language), markup=False)


def print_quality(report: Sequence[Quality], console: Console, language: Language) -> None:
    """Findings by how often, then the worst documents."""
    if not report:
        return
    read = [judged for judged in report if not any(finding.kind == "ignored" for finding in judged.findings)]
    mean = round(sum(judged.score for judged in read) / max(1, len(read)))
    console.print(message("quality.summary", language, documents=len(read), score=mean), style="bold", markup=False)
    table = Table(*(message(f"quality.column.{name}", language) for name in ("score", "document", "finding", "advice")))
    for judged in [judged for judged in report if judged.findings][:_SHOWN]:
        for number, finding in enumerate(judged.findings):
            start = ["", ""] if number else [str(judged.score), judged.path]
            table.add_row(*start, finding_text(finding, language), advice(finding, language))
    console.print(table)
    for kind, count in finding_counts(report).items():
        console.print(f"{count:>6}  {_kind(kind, language)}", markup=False)


def _kind(kind: str, language: Language) -> str:
    return message(f"quality.kind.{kind}", language)


def _print_outcome(outcome: Outcome, console: Console, language: Language) -> None:
    if isinstance(outcome.error, DocumentFailed):
        style = "red" if outcome.status == "failed" else "dim"
        console.print(outcome.error.text(language), style=style, markup=False)
    elif outcome.status in ("indexed", "moved", "removed"):
        console.print(f"{outcome.path}: {message(f'ingest.{outcome.status}', language)}", markup=False)


def _print_summary(progress: Progress, console: Console, language: Language) -> None:
    if progress.plan is None:
        return
    if not progress.counts:
        console.print(message("ingest.empty_folder", language, folder=progress.plan.collection), markup=False)
        return
    listed = ", ".join(f"{count} {message(f'ingest.{status}', language)}" for status, count in progress.counts.items())
    text = message(
        "ingest.summary", language, collection=progress.plan.collection, counts=listed, passages=progress.passages
    )
    console.print(text, markup=False)
