"""Answers, status and models as text on a terminal."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from chatbot.domain import Answer, Event, Finished, Judged, Noticed, Retrieved, Source, Statement, Understood
from chatbot.llm.needed_models import needed_models
from chatbot.rendering.labels import (
    answered_by,
    class_label,
    conflict_label,
    engine_label,
    part_label,
    refusal_lines,
    standing,
    verdict_mark,
    visible,
)
from config.errors import DocumentFailed, FundstelleError
from config.messages import Language, message, shown_date
from config.settings import Settings
from ingest.embedding.model_files import fetch_model

if TYPE_CHECKING:
    from chatbot.bootstrap import Services


_NAMED = 20  # files of other formats that the status names


def print_answer(events: Iterable[Event], console: Console, language: Language) -> None:
    """Print statements as they are judged, then the sources they cite."""
    sources: tuple[Source, ...] = ()
    with console.status("…") as spinner:
        for event in events:
            match event:
                case Understood():
                    text = message("answer.understood", language, question=event.standalone_question)
                    console.print(visible(text), style="dim", markup=False)
                case Retrieved():
                    sources = event.sources
                    names = ", ".join(dict.fromkeys(s.passage.document for s in event.sources))
                    spinner.update(Text(visible(names[:200])))
                case Noticed():
                    spinner.update(Text(visible(event.text)))  # printed with the outcome
                case Judged():
                    _print_statement(event.statement, sources, console, language)
                case Finished():
                    spinner.stop()
                    _print_outcome(event.answer, console, language)


def _print_statement(statement: Statement, sources: tuple[Source, ...], console: Console, language: Language) -> None:
    numbers = "".join(f"[{number}]" for number in dict.fromkeys(c.source for c in statement.citations))
    mark = verdict_mark(statement.verdict, language)
    style = None if statement.holds else "yellow"
    text = f"„{statement.text}“" if statement.quoted else statement.text
    console.print(f"• {visible(text)} {numbers}{mark}", style=style, markup=False)
    if statement.corrected:
        console.print(f"    {message('statement.corrected', language)}", style="dim", markup=False)
    for conflict in statement.conflicts:
        text = conflict_label(statement, conflict, sources, language)
        console.print(f"    {visible(text)}", style="yellow", markup=False)


def _print_outcome(answer: Answer, console: Console, language: Language) -> None:
    _print_refusal(answer, console, language)
    cited = {citation.source for statement in answer.statements for citation in statement.citations}
    if answer.sources:
        console.print(f"\n{message('source.sources', language)}", style="bold")
    for source in answer.sources:
        if cited and source.number not in cited:
            continue
        console.print(f"[{source.number}] {_place(source, answer, language)}", style="cyan", markup=False)
        if confidential := class_label(source, language):
            console.print(f"    {confidential}", style="dim", markup=False)
        if warning := standing(source.passage, date.today(), language):
            console.print(f"    {visible(warning)}", style="yellow", markup=False)
        if source.also_in:
            also = message("source.also_in", language, documents=", ".join(source.also_in))
            console.print(f"    {visible(also)}", style="dim", markup=False)
        for statement in answer.statements:
            for citation in statement.citations:
                if citation.source == source.number:
                    console.print(f"    „{visible(' '.join(citation.quote.split()))}“", markup=False)
    for notice in answer.notices:
        console.print(visible(notice), style="yellow", markup=False)
    by = message(
        "answer.by",
        language,
        engine=answered_by(answer, language),
        seconds=answer.timings.get("finished", 0),
        record=answer.record,
    )
    console.print(f"\n{visible(by)}", style="dim", markup=False)


def _print_refusal(answer: Answer, console: Console, language: Language) -> None:
    for number, line in enumerate(refusal_lines(answer, language)):
        console.print(visible(line), style=None if number else "bold", markup=False)
    if answer.refusal and answer.refusal.closest:
        console.print(message("refusal.closest", language), markup=False)
        for closest in answer.refusal.closest:
            console.print(f"    [{closest.source}] „{visible(' '.join(closest.quote.split()))}“", markup=False)


def _place(source: Source, answer: Answer, language: Language) -> str:
    """Document and part of a source: that of the first words cited from it."""
    citations = (c for statement in answer.statements for c in statement.citations if c.source == source.number)
    part = part_label(source.passage, next(citations, None), language)
    return visible(" · ".join(filter(None, [source.passage.document, part])))


def print_status(services: "Services", console: Console, language: Language) -> None:
    """What is indexed, and which engine would answer."""
    table = Table(show_header=False, box=None)
    table.add_row(message("status.data_dir", language), _cell(str(services.settings.data_dir)))
    room = services.room
    free = message("disk.free", language, free=room.free(), floor=room.floor)
    table.add_row(message("status.free", language), _cell(free))
    generation = services.registry.active_generation()
    where = services.settings.qdrant.url or "Qdrant Edge"
    table.add_row(message("status.index", language), _cell(f"{where} · {generation.embedding}" if generation else "—"))
    for engine in services.engines:
        try:
            engine.prepare()
            state = message("status.ready", language)
        except FundstelleError as error:
            state = error.text(language)
        label = engine_label(engine.name, engine.model, language)
        table.add_row(message("status.engine", language), _cell(f"{label}: {state}"))
    from chatbot.answering.calibration import read_calibration

    calibration = read_calibration(services.settings.data_dir, generation.name) if generation else None
    if calibration:
        made = shown_date(calibration.made.date(), language)
        told = message(
            "status.calibrated", language, count=calibration.questions, wrong=f"{calibration.wrong:.0%}", date=made
        )
        table.add_row(message("status.calibration", language), told)
    table.add_row(message("status.records", language), str(services.records.records.count()))
    console.print(table)
    if generation:
        _print_collections(services, generation.name, console, language)


def _print_collections(services: "Services", generation: str, console: Console, language: Language) -> None:
    console.print(message("status.collections", language), style="bold")
    counts = services.registry.count_documents(generation)
    for name, folders in services.registry.collections().items():
        documents, passages, failed = counts.get(name, (0, 0, 0))
        text = message(
            "status.collection",
            language,
            name=name,
            folder=", ".join(map(str, folders)),
            failed=failed,
            documents=documents,
            passages=passages,
        )
        console.print(f"  {visible(text)}", markup=False)
        if ignored := [outcome.path for outcome in services.history.ignored(name)]:
            shown = ", ".join(ignored[:_NAMED])
            told = message("status.ignored", language, count=len(ignored), documents=shown)
            console.print(f"    {visible(told)}", markup=False)
        for known in services.registry.documents(generation, name).values():
            if known.reason:
                reason = DocumentFailed.from_reason(known.reason)
                console.print(f"    {visible(reason.text(language))}", style="red", markup=False)


def _cell(text: str) -> Text:
    """A cell of a table, which rich would otherwise search for its own markup."""
    return Text(visible(text))


def fetch_missing_models(settings: Settings, console: Console) -> None:
    """Fetch what the settings need and is not there yet, with a progress bar; complete models cost nothing."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console) as progress:
        for entry in needed_models(settings).values():
            task = progress.add_task(entry.label, total=entry.bytes)
            fetch_model(entry, settings.model_folder, lambda done, task=task: progress.advance(task, done))  # type: ignore[misc]
            progress.update(task, completed=entry.bytes)


def print_models(settings: Settings, console: Console, language: Language) -> None:
    """Every model in use, with its licence and whether it is there."""
    from chatbot.compliance.model_states import model_states

    table = Table()
    for column in ("role", "model", "licence", "state"):
        table.add_column(message(f"models.column.{column}", language))
    for model in model_states(settings, language):
        table.add_row(model.role, _cell(model.name), _cell(model.licence), _cell(model.state))
    console.print(table)
