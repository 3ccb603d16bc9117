"""The command that finds, and on request erases, all that mentions a person."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from chatbot.cli.context import start
from chatbot.cli.written_files import form_of
from config.errors import SettingsError
from config.messages import Language, message

if TYPE_CHECKING:
    from chatbot.compliance.subject_search import Mentions

_SHOWN = 50


def subject(
    name: Annotated[str, typer.Argument(help="cli.opt.subject")],
    account: Annotated[list[str] | None, typer.Option(help="cli.opt.subject_account")] = None,
    out: Annotated[Path | None, typer.Option(help="cli.opt.subject_out", dir_okay=False)] = None,
    erase: Annotated[bool, typer.Option("--erase", help="cli.opt.subject_erase")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="cli.opt.yes")] = False,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.compliance.subject_erasure import erase_subject
    from chatbot.compliance.subject_search import mentions, person_called

    form = form_of(out, ("json",) if erase else ("json", "csv")) if out else ""
    if erase and out is None:
        raise SettingsError("subject.no_receipt")
    if erase and not yes:
        typer.confirm(message("audit.erase_confirm", language, person=name), abort=True)
    with bootstrap(settings) as services:
        person = person_called(name, account or (), services.records.pseudonyms)
        if erase and out:
            receipt = erase_subject(person, services.database, services.vault)
            out.write_text(receipt.model_dump_json(indent=2) + "\n", encoding="utf-8")
            counts = {"records": len(receipt.records), "versions": len(receipt.versions), "left": len(receipt.left)}
            counts["accounts"] = sum(receipt.accounts.values())
            console.print(message("subject.erased", language, name=name, file=out, **counts), markup=False)
            if not receipt.overwritten:
                console.print(message("audit.still_in_files", language), style="yellow", markup=False)
            return
        found = mentions(person, services.database, services.vault)
    if out:
        _write(found, name, form, out)
        console.print(message("subject.written", language, count=len(found.found), file=out), markup=False)
    _print(found, console, language, shown=0 if out else _SHOWN)


def _print(found: "Mentions", console: Console, language: Language, shown: int) -> None:
    counts = Counter((one.where, one.likeness) for one in found.found)
    for (where, likeness), count in sorted(counts.items()):
        kind, sure = message(f"subject.where.{where}", language), message(f"subject.likeness.{likeness}", language)
        console.print(f"{count:6}  {kind} · {sure}", markup=False)
    for one in found.found[:shown]:
        console.print(f"{one.name}  {one.place}  {one.words}", markup=False)
    if 0 < shown < len(found.found):
        console.print(message("subject.more", language, count=len(found.found) - shown), markup=False)
    if found.unread:
        console.print(message("subject.unread", language, count=len(found.unread)), style="yellow", markup=False)
        for name in found.unread[:_SHOWN]:
            console.print(f"  {name}", style="yellow", markup=False)
    if not found.found:
        console.print(message("subject.nothing", language), markup=False)


def _write(found: "Mentions", name: str, form: str, out: Path) -> None:
    import json

    from chatbot.rendering.spreadsheet import as_csv

    rows = [one._asdict() for one in found.found]
    if form == "csv":
        head = ("where", "name", "place", "likeness", "words")
        out.write_text(as_csv([head, *(list(row.values()) for row in rows)]), encoding="utf-8", newline="")
        return
    value = {"name": name, "mentions": rows, "unread": list(found.unread)}
    out.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
