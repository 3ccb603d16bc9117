"""Commands that explain the policy."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from chatbot.cli.context import start
from config.messages import Language

if TYPE_CHECKING:
    from chatbot.compliance.policy_report import PolicyServices


def check() -> None:
    from chatbot.compliance.policy_report import explain

    _print(explain)


def who_can_see(document: Annotated[str, typer.Argument(help="cli.opt.document")]) -> None:
    from chatbot.compliance import policy_report

    _print(lambda services, language: policy_report.who_can_see(services, document, language))


def what_can_see(
    person: Annotated[str, typer.Argument(help="cli.opt.account")],
    group: Annotated[list[str] | None, typer.Option(help="cli.opt.person_group")] = None,
) -> None:
    from chatbot.compliance import policy_report

    _print(lambda services, language: policy_report.what_can_see(services, person, group or (), language))


def accepted() -> None:
    from chatbot.compliance.policy_report import accepted_terms

    _print(accepted_terms)


def _print(explanation: "Callable[[PolicyServices, Language], list[str]]") -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    with bootstrap(settings) as services:
        for sentence in explanation(services.policy_services(), language):
            console.print(sentence, markup=False)
