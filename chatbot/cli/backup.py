"""Commands that back up everything, and bring it back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from chatbot.cli.context import start
from config.errors import ChainBroken, FundstelleError
from config.messages import Language, message

if TYPE_CHECKING:
    from config.settings import Settings

PasswordFile = Annotated[Path | None, typer.Option(help="cli.opt.password_file", exists=True, dir_okay=False)]


def backup(
    target: Annotated[Path, typer.Argument(help="cli.opt.backup_target")],
    recipient: Annotated[list[str] | None, typer.Option(help="cli.opt.recipient")] = None,
    password_file: PasswordFile = None,
) -> None:
    settings, language, console = start()
    from chatbot.backup.keys import closing_key
    from chatbot.backup.make import back_up
    from chatbot.bootstrap import bootstrap

    key = closing_key(recipient or (), password_file)
    with bootstrap(settings) as services:
        made = back_up(target.absolute(), key, services.backup())
    values = {"files": made.files, "megabytes": made.size / 1e6, "entries": made.header.number}
    console.print(message("backup.done", language, file=target, **values), markup=False)
    if made.missing:
        text = message("backup.missing", language, count=len(made.missing), version=made.missing[0][:12])
        console.print(text, style="yellow", markup=False)


def restore(
    file: Annotated[Path, typer.Argument(help="cli.opt.backup_file", exists=True, dir_okay=False)],
    identity: Annotated[list[Path] | None, typer.Option(help="cli.opt.identity", exists=True, dir_okay=False)] = None,
    password_file: PasswordFile = None,
    replace: Annotated[bool, typer.Option("--replace", help="cli.opt.replace")] = False,
    check: Annotated[bool, typer.Option("--check", help="cli.opt.check_backup")] = False,
) -> None:
    settings, language, console = start()
    from chatbot.backup.keys import opening_key
    from chatbot.backup.restore import check_backup
    from chatbot.backup.restore import restore as bring_back
    from chatbot.bootstrap import restored
    from chatbot.rendering.labels import local_clock
    from config.free_space import Room
    from config.private_files import keep_private

    key = opening_key(identity or (), password_file)
    if check:
        header, contents = check_backup(file, key, Room(settings.data_dir, settings.free_megabytes))
        taken = local_clock(datetime.fromisoformat(header.taken), language)
        values = {"files": len(contents.members), "entries": header.number}
        console.print(message("backup.whole", language, file=file, taken=taken, **values), markup=False)
        return
    keep_private(settings.data_dir)
    done = bring_back(file, key, settings, replace, restored, language)
    taken = local_clock(datetime.fromisoformat(done.header.taken), language)
    values = {"files": len(done.contents.members), "entries": done.header.number, "number": done.restore.number}
    console.print(message("restore.done", language, taken=taken, folder=settings.data_dir, **values), markup=False)
    if done.restore.known:
        lost = {"first": done.restore.last + 1, "last": done.restore.known}
        console.print(message("restore.lost", language, **lost), style="yellow", markup=False)
    console.print(message("restore.afterwards", language, folder=settings.data_dir / "from-backup"), markup=False)
    _write_head(settings, console, language)
    if done.faults:
        for fault in done.faults:
            console.print(fault, style="red", markup=False)
        raise ChainBroken("restore.faults", count=len(done.faults))
    console.print(message("restore.whole", language), markup=False)


def _write_head(settings: "Settings", console: Console, language: Language) -> None:
    """From here on the heads go on from the restored chain."""
    from chatbot.bootstrap import bootstrap
    from chatbot.records.checkpoints import write_checkpoint

    with bootstrap(settings) as services:
        try:
            write_checkpoint(services.database, settings.audit, services.records.checkpoints_file)
        except FundstelleError as error:  # the restore itself is done
            console.print(error.text(language), style="yellow", markup=False)
