"""Commands that write papers for those who watch over data of people."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatbot.cli.context import start
from chatbot.cli.written_files import PAPER_FORMS, form_of, write_paper
from config.messages import Language, message

if TYPE_CHECKING:
    from chatbot.compliance.installation import Installation
    from chatbot.rendering.report import Report


def privacy(target: Annotated[Path, typer.Argument(help="cli.opt.dossier")]) -> None:
    from chatbot.compliance.data_inventory import inventory_report

    _write(target, inventory_report)


def works_council(target: Annotated[Path, typer.Argument(help="cli.opt.dossier")]) -> None:
    from chatbot.compliance.works_council import works_council_report

    _write(target, works_council_report)


def inspections(person: Annotated[str, typer.Argument(help="cli.opt.person")]) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.rendering.labels import local_clock

    with bootstrap(settings) as services:
        found = services.records.inspections.of_person(services.records.pseudonyms.all_names(person))
    for one in found:
        how = message(f"inspections.how.{one.how}", language)
        console.print(f"{local_clock(one.at, language)}  {one.reader}  {how}  {one.record}", markup=False)
    if not found:
        console.print(message("inspections.none", language), markup=False)


def _write(target: Path, paper: "Callable[[Installation, Language], Report]") -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    form = form_of(target, PAPER_FORMS)
    with bootstrap(settings) as services:
        write_paper(target, form, paper(services.installation(), language))
    console.print(message("audit.paper_written", language, file=target), markup=False)
