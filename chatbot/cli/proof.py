"""Commands that give an answer out with its proof, and show and renew the key that signs."""

from pathlib import Path
from typing import Annotated

import typer

from chatbot.cli.context import at_terminal, start
from chatbot.cli.written_files import form_of
from config.messages import message


def proof(
    record: Annotated[str, typer.Argument(help="cli.opt.record")],
    target: Annotated[Path, typer.Argument(help="cli.opt.proof")],
) -> None:
    settings, language, console = start()
    from chatbot.audit.give_out import ANSWER_FORMS, answer_file
    from chatbot.audit.read import read_record
    from chatbot.bootstrap import bootstrap
    from config.access import ALL

    form = form_of(target, ANSWER_FORMS)
    with bootstrap(settings) as services:
        found = read_record(services.database, record, ALL)
        services.records.inspections.note([found.id], at_terminal(), "terminal")
        target.write_bytes(answer_file(form, found, services.records, language))
        key = services.records.signer.public_key()
    console.print(message("proof.written", language, file=target, public=key), markup=False)


def keys(
    renew: Annotated[bool, typer.Option("--renew", help="cli.opt.renew_key")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="cli.opt.yes")] = False,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    if renew and not yes:
        typer.confirm(message("proof.renew_confirm", language), abort=True)
    with bootstrap(settings) as services:
        signer = services.records.signer
        if renew:
            signer.renew()
        else:
            signer.public_key()
        for noted in signer.noted():
            said = "proof.key_past" if noted.until else "proof.key_now"
            times = {"since": noted.since, "until": noted.until, "entry": noted.entry}
            console.print(message(said, language, public=noted.key, **times), markup=False)
