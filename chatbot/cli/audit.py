"""Commands of the auditor: check, find and export records; remove what is not kept; document."""

import sys
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from chatbot.cli.context import at_terminal, start
from chatbot.cli.written_files import PAPER_FORMS, form_of, write_paper
from config.errors import ChainBroken
from config.messages import Language, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chatbot.bootstrap import Services
    from chatbot.records.checkpoints import Checkpoints
    from chatbot.records.integrity import IntegrityError

_MOST_BREAKS = 20
_DAY = "%Y-%m-%d"


def verify(
    heads: Annotated[Path | None, typer.Option(help="cli.opt.heads", exists=True, dir_okay=False)] = None,
    no_versions: Annotated[bool, typer.Option("--no-versions", help="cli.opt.no_versions")] = False,
) -> None:
    settings, language, console = start()
    from chatbot.audit.verify_chain import ChainProgress, verify_chain
    from chatbot.audit.verify_sources import check_versions, count_cited
    from chatbot.bootstrap import bootstrap
    from chatbot.records.chain_checks import note_check
    from chatbot.records.checkpoints import checkpoint_of, read_checkpoints
    from chatbot.records.restores import restores, still_held

    def passed(walked: ChainProgress) -> None:
        if sys.stderr.isatty():
            print(message("audit.walked", language, number=walked.number), end="\r", file=sys.stderr)

    with bootstrap(settings) as services:
        services.records.records.close_lost()
        known = read_checkpoints(heads) if heads else services.records.checkpoints()
        begun = checkpoint_of(services.database)
        stamps = list(_stamps(services, known, console, language))
        with services.database.connect() as connection:
            known = still_held(known, restores(connection))
        breaks = [*known.breaks(), *stamps]
        breaks += islice(verify_chain(services.database, known.expected(), passed, known.times()), _MOST_BREAKS)
        note_check(services.records.check_file, begun, len(breaks))
        if not no_versions:
            breaks += islice(check_versions(services.database, services.vault), _MOST_BREAKS)
        _print_removals(services, console, language)
        if breaks:
            for found in breaks:
                console.print(found.text(language), style="red", markup=False)
            raise ChainBroken("audit.broken_chain", count=len(breaks))
        top = checkpoint_of(services.database)
        console.print(message("audit.whole", language, number=top.number), markup=False)
        console.print(top.hash, markup=False)
        count = len(known.heads)
        compared = (
            message("audit.heads_compared", language, count=count) if count else message("audit.no_heads", language)
        )
        console.print(compared, markup=False)
        if not no_versions:
            count = count_cited(services.database)
            console.print(message("audit.versions_whole", language, count=count), markup=False)


def _print_removals(services: "Services", console: Console, language: Language) -> None:
    from chatbot.records.removals import Removals
    from ingest.db.database import snapshot

    with snapshot(services.database) as connection:
        noted = Removals(connection).shown()
    if noted:
        console.print(message("audit.removals", language), markup=False)
    for note in noted:
        console.print(message(f"audit.removal.{note.kind}", language, **note._asdict()), markup=False)


def _stamps(
    services: "Services", known: "Checkpoints", console: Console, language: Language
) -> "Iterator[IntegrityError]":
    """Check the time-stamps of heads, where certificates are configured to check them by."""
    from chatbot.records.checkpoints import stamped_at
    from chatbot.records.integrity import IntegrityError

    roots, stamped = services.settings.audit.timestamp_roots, [head for head in known.heads if head.token]
    if stamped and not roots:
        console.print(message("audit.unchecked_stamps", language, count=len(stamped)), style="yellow", markup=False)
    for head in stamped if roots else ():
        at = stamped_at(head, roots)  # type: ignore[arg-type]
        if at is None:
            yield IntegrityError(head.number, "", "stamp")
        else:
            console.print(message("audit.stamped", language, number=head.number, at=at.isoformat()), markup=False)


def head() -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.records.checkpoints import write_checkpoint

    with bootstrap(settings) as services:
        written = write_checkpoint(services.database, settings.audit, services.records.checkpoints_file)
        text = message(
            "audit.head_written",
            language,
            number=written.number,
            hash=written.hash[:16],
            file=services.records.checkpoints_file,
        )
        console.print(text, markup=False)


def find(
    words: Annotated[str, typer.Option(help="cli.opt.words")] = "",
    by: Annotated[str, typer.Option(help="cli.opt.by")] = "",
    cites: Annotated[str, typer.Option(help="cli.opt.cites")] = "",
    since: Annotated[datetime | None, typer.Option(formats=[_DAY], help="cli.opt.since")] = None,
    until: Annotated[datetime | None, typer.Option(formats=[_DAY], help="cli.opt.until")] = None,
    limit: Annotated[int, typer.Option(min=1, help="cli.opt.limit_records")] = 20,
) -> None:
    settings, language, console = start()
    from chatbot.audit.find import Query
    from chatbot.audit.find import find as find_records
    from chatbot.bootstrap import bootstrap
    from chatbot.rendering.labels import local_clock
    from config.access import ALL

    with bootstrap(settings) as services:
        query = Query(
            text=words, people=services.records.pseudonyms.all_names(by) if by else (), document=cites,
            used="cited" if cites else "found", since=_day(since), until=_day(until),
        )  # fmt: skip
        found = find_records(services.database, query, ALL, limit)
        services.records.inspections.note([line.id for line in found.lines], at_terminal(), "terminal")
    for line in found.lines:
        state = message(f"audit.state.{line.state}", language)
        question = line.question or message("audit.erased", language)
        console.print(f"{line.id}  {local_clock(line.opened, language)}  {state:12}  {question}", markup=False)
    share = round(100 * found.reviewed / found.count) if found.count else 0
    console.print(
        message("audit.count", language, count=found.count, reviewed=found.reviewed, share=share), markup=False
    )


def export(
    target: Annotated[Path, typer.Argument(help="cli.opt.target")],
    record: Annotated[list[str] | None, typer.Option(help="cli.opt.record")] = None,
    since: Annotated[datetime | None, typer.Option(formats=[_DAY], help="cli.opt.since")] = None,
    until: Annotated[datetime | None, typer.Option(formats=[_DAY], help="cli.opt.until")] = None,
    limit: Annotated[int, typer.Option(min=1, help="cli.opt.limit_records")] = 100,
) -> None:
    settings, language, console = start()
    from chatbot.audit.find import Query
    from chatbot.audit.find import find as find_records
    from chatbot.audit.give_out import RECORD_FORMS, records_file
    from chatbot.audit.read import read_record
    from chatbot.bootstrap import bootstrap
    from config.access import ALL

    form = form_of(target, RECORD_FORMS)
    with bootstrap(settings) as services:
        query = Query(since=_day(since), until=_day(until))
        found = find_records(services.database, query, ALL, 0 if record else limit)
        records = [read_record(services.database, name, ALL) for name in record or [line.id for line in found.lines]]
        total = len(record) if record else found.count
        services.records.inspections.note([one.id for one in records], at_terminal(), "terminal")
        target.write_bytes(records_file(form, records, total, services.records, language))
    console.print(message("audit.exported", language, count=len(records), file=target), markup=False)


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.opt.retention_dry")] = False,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.records.retention import apply, due

    with bootstrap(settings) as services:
        days = services.policy.current().records.retention_days
        services.records.records.close_lost()
        of, now = (services.database, services.vault), datetime.now(UTC)
        found = due(*of, days, now) if dry_run else apply(*of, services.drawings.cache, days, now)
    sizes = {"freed": _megabytes(found.freed), "size": _megabytes(found.kept_bytes)}
    counts = {"versions": len(found.versions), "waiting": len(found.waiting), "kept": found.kept, **sizes}
    if days:
        text = message("audit.retention_found", language, records=len(found.records), days=days, **counts)
    else:
        text = message("audit.retention_for_good", language, **counts)
    console.print(text, markup=False)
    if not dry_run:
        console.print(message("audit.retention_removed", language), markup=False)


def erase(
    person: Annotated[str, typer.Argument(help="cli.opt.person")],
    yes: Annotated[bool, typer.Option("--yes", help="cli.opt.yes")] = False,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.records.erasure import WITH_WORDS, count_mentions
    from chatbot.records.erasure import erase as erase_person
    from ingest.db.database import overwrite_removed

    if not yes:
        typer.confirm(message("audit.erase_confirm", language, person=person), abort=True)
    with bootstrap(settings) as services:
        count = erase_person(services.database, services.records.pseudonyms.all_names(person))
        mentions = count_mentions(services.database, person)
        gone = overwrite_removed(services.database, WITH_WORDS)
    console.print(message("audit.erased_count", language, count=count, person=person), markup=False)
    if mentions:
        console.print(message("audit.erase_mentions", language, count=mentions, person=person), markup=False)
    if not gone:
        console.print(message("audit.still_in_files", language), style="yellow", markup=False)


def dossier(target: Annotated[Path, typer.Argument(help="cli.opt.dossier")]) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.compliance.dossier import dossier_report

    form = form_of(target, PAPER_FORMS)
    with bootstrap(settings) as services:
        write_paper(target, form, dossier_report(services.installation(), language))
    console.print(message("audit.dossier_written", language, file=target), markup=False)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
