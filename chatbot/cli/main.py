"""The command line. Thin: it builds the product, calls the flows, and prints what comes back."""

import sys
from typing import TYPE_CHECKING, Any

import typer

from config import environment
from config.errors import FundstelleError, SettingsError
from config.messages import Language, message, reader_language

if TYPE_CHECKING:
    from rich.console import Console

INTERRUPTED = 130


def main() -> None:
    """Entry point of the `fundstelle` command."""
    environment.prepare()
    language = reader_language()
    try:
        sys.exit(_command(language)(standalone_mode=False, obj={}))
    except FundstelleError as error:
        _errors().print(error.text(_chosen_language(language)), style="red", soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _errors().print(message("cli.interrupted", language))
        sys.exit(INTERRUPTED)
    except typer.Abort:
        _errors().print(message("cli.unchanged", _chosen_language(language)))
        sys.exit(1)
    except Exception as error:
        if not hasattr(error, "show"):  # click's usage errors know how to show themselves
            raise
        error.show()
        sys.exit(getattr(error, "exit_code", 2))


def _errors() -> "Console":
    from chatbot.cli.console import PlainConsole

    return PlainConsole(stderr=True)


def _command(language: Language) -> Any:
    """The typer commands with every help text in the reader's language."""
    app = typer.Typer(
        help=message("cli.help", language),
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    from chatbot.cli.answers import ask
    from chatbot.cli.audit import dossier, erase, export, find, head, retention, verify
    from chatbot.cli.backup import backup, restore
    from chatbot.cli.evaluate import answers, calibrate, draft, engines, reading, report, retrieval, verification
    from chatbot.cli.index import ingest, quality, remove
    from chatbot.cli.mcp import mcp
    from chatbot.cli.policy import accepted, check, what_can_see, who_can_see
    from chatbot.cli.privacy import inspections, privacy, works_council
    from chatbot.cli.proof import keys, proof
    from chatbot.cli.sovereignty import sovereignty
    from chatbot.cli.subject import subject
    from chatbot.cli.system import models, serve, status
    from chatbot.cli.tokens import add as add_token
    from chatbot.cli.tokens import list_, revoke
    from chatbot.cli.users import add, change, link, release, reset_second_factor, show
    from chatbot.cli.users import remove as remove_account

    whole_commands: tuple[Any, ...] = (
        ingest, ask, status, quality, remove, serve, models, calibrate, sovereignty, subject, mcp, backup, restore,
    )  # fmt: skip
    for function in whole_commands:
        app.command(help=message(f"cli.{function.__name__}", language))(function)
    evaluation = typer.Typer(no_args_is_help=True)
    measures: tuple[Any, ...] = (retrieval, answers, engines, verification, reading, report, draft)
    for measure in measures:
        evaluation.command(help=message(f"cli.eval_{measure.__name__}", language))(measure)
    app.add_typer(evaluation, name="eval", help=message("cli.eval", language))
    auditing = typer.Typer(no_args_is_help=True)
    audited: tuple[Any, ...] = (
        verify,
        find,
        export,
        proof,
        keys,
        head,
        retention,
        erase,
        dossier,
        privacy,
        works_council,
        inspections,
    )
    for command in audited:
        name = command.__name__.replace("_", "-")
        auditing.command(name, help=message(f"cli.audit_{command.__name__}", language))(command)
    app.add_typer(auditing, name="audit", help=message("cli.audit", language))
    people = typer.Typer(no_args_is_help=True)
    managed: tuple[Any, ...] = (add, show, change, link, remove_account, release, reset_second_factor)
    for command in managed:
        name = command.__name__.replace("_", "-")
        people.command(name, help=message(f"cli.users_{command.__name__}", language))(command)
    app.add_typer(people, name="users", help=message("cli.users", language))
    tokens = typer.Typer(no_args_is_help=True)
    for name, one in (("add", add_token), ("list", list_), ("revoke", revoke)):
        tokens.command(name, help=message(f"cli.tokens_{name}", language))(one)
    app.add_typer(tokens, name="tokens", help=message("cli.tokens", language))
    policy = typer.Typer(no_args_is_help=True)
    explained: tuple[Any, ...] = (check, who_can_see, what_can_see, accepted)
    for command in explained:
        name = command.__name__.replace("_", "-")
        policy.command(name, help=message(f"cli.policy_{command.__name__}", language))(command)
    app.add_typer(policy, name="policy", help=message("cli.policy", language))
    whole = typer.main.get_command(app)
    _translate(whole, language)
    return whole


def _translate(command: Any, language: Language) -> None:
    for parameter in command.params:
        if (parameter_help := getattr(parameter, "help", None)) and parameter_help.startswith("cli."):
            parameter.help = message(parameter_help, language)
    for inner in getattr(command, "commands", {}).values():
        _translate(inner, language)


def _chosen_language(default: Language) -> Language:
    from config.settings import load_settings

    try:
        return load_settings().language or default
    except SettingsError:
        return default
