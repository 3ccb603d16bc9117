"""Commands about the whole: what is there, what models it has, and serving the page."""

from typing import Annotated

import typer

from chatbot.cli.context import start


def status() -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.cli.print_answer import print_status

    with bootstrap(settings) as services:
        print_status(services, console, language)


def serve(
    host: Annotated[str | None, typer.Option(help="cli.opt.host")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="cli.opt.port")] = None,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.web.server import end_now, run_server

    with bootstrap(settings) as services:
        run_server(services.web(), host or settings.server.host, port or settings.server.port, console, language)
    end_now()


def models(fetch: Annotated[bool, typer.Option("--fetch", help="cli.opt.fetch")] = False) -> None:
    settings, language, console = start()
    from chatbot.cli.print_answer import fetch_missing_models, print_models

    if fetch:
        fetch_missing_models(settings, console)
    print_models(settings, console, language)
