"""The command that an assistant on this machine starts, to ask over standard input and output."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatbot.cli.context import start
from config.errors import AccessRefused

if TYPE_CHECKING:
    from chatbot.identity.callers import Caller


def mcp(
    token_file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="cli.opt.token_file")] = None,
) -> None:
    settings, language, _ = start()
    import anyio

    from chatbot.bootstrap import bootstrap
    from chatbot.web.api.mcp_server import serve_pipes

    secret = token_file.read_text(encoding="utf-8").strip() if token_file else ""
    with bootstrap(settings) as services:
        callers = services.callers
        if not secret and services.identity.signs_in:
            raise AccessRefused("token.for_pipes")

        def caller_of() -> "Caller":
            return callers.caller(secret) if secret else callers.local()

        caller_of()  # a token that opens nothing is said now
        anyio.run(serve_pipes, services.web().api, caller_of, language)
