"""The command that shows what is connected to what, and proves that nothing gets out of this process."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from chatbot.cli.context import start
from config.errors import GuardFailed
from config.messages import message

if TYPE_CHECKING:
    from chatbot.rendering.report import Report, Table


def sovereignty(
    as_json: Annotated[bool, typer.Option("--json", help="cli.opt.sovereignty_json")] = False,
    page: Annotated[Path | None, typer.Option("--html", help="cli.opt.html", dir_okay=False)] = None,
    bom: Annotated[Path | None, typer.Option("--bom", help="cli.opt.bom", dir_okay=False)] = None,
) -> None:
    settings, language, console = start()
    from chatbot.compliance.sovereignty.bill_of_materials import bill
    from chatbot.compliance.sovereignty.report import as_report
    from chatbot.compliance.sovereignty.report import sovereignty as gather

    report = gather(settings)
    if page:
        page.write_text(as_page(as_report(report, language)), encoding="utf-8")
    if bom:
        text = json.dumps(bill(report.components, report.made), indent=2, ensure_ascii=False)
        bom.write_text(text + "\n", encoding="utf-8")
    if as_json:
        print(report.model_dump_json(indent=2))
    else:
        _print(as_report(report, language, whole=False), console)
        for file in (page, bom):
            if file:
                console.print(message("sovereignty.written", language, file=file), markup=False)
    if report.open_ways:
        raise GuardFailed("sovereignty.got_out", ways=", ".join(report.open_ways))


def as_page(report: "Report") -> str:
    """The page as one file: its style sheet is part of it, so that it loads nothing at all."""
    from base64 import b64encode

    from chatbot.rendering.html import as_html
    from chatbot.web.shell.assets import content

    style = "\n".join(map(content, ("shell.css", "pages.css"))).encode()
    return as_html(report, stylesheet="data:text/css;base64," + b64encode(style).decode("ascii"))


def _print(report: "Report", console: Console) -> None:
    from chatbot.rendering.report import Heading, Items, Paragraph, Table

    console.print(report.title, style="bold", markup=False)
    console.print(report.subtitle, style="dim", markup=False)
    for block in report.blocks:
        if isinstance(block, Heading):
            console.print()
            console.print(block.text, style="bold", markup=False)
        elif isinstance(block, Paragraph):
            style = "bold" if block.strong else "dim" if block.muted else ""
            console.print(block.text, style=style, markup=False)
        elif isinstance(block, Items):
            for item in block.items:
                console.print(f"· {item}", markup=False)
        elif isinstance(block, Table):
            _print_table(block, console)


def _print_table(table: "Table", console: Console) -> None:
    from rich.table import Table as RichTable
    from rich.text import Text

    head, *rows = table.grid()
    drawn = RichTable()
    for title in head:
        drawn.add_column(Text(title), overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    # The console wraps softly, which would cut a table at the terminal's edge instead of folding its cells.
    console.print(drawn, soft_wrap=False)
