"""Commands that explain the policy."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from config.messages import Language

if TYPE_CHECKING:
    from chatbot.bootstrap import Product


def check() -> None:
    from chatbot.compliance.policy_report import explain

    _print(explain)


def who_can_see(document: Annotated[str, typer.Argument(help="cli.opt.document")]) -> None:
    from chatbot.compliance import policy_report

    _print(lambda built, language: policy_report.who_can_see(built, document, language))


def what_can_see(
    person: Annotated[str, typer.Argument(help="cli.opt.account")],
    group: Annotated[list[str] | None, typer.Option(help="cli.opt.person_group")] = None,
) -> None:
    from chatbot.compliance import policy_report

    _print(lambda built, language: policy_report.what_can_see(built, person, group or (), language))


def accepted() -> None:
    from chatbot.compliance.policy_report import accepted_terms

    _print(accepted_terms)


def _print(explanation: "Callable[[Product, Language], list[str]]") -> None:
    from chatbot.cli.main import start

    settings, language, console = start()
    from chatbot.bootstrap import product

    with product(settings) as built:
        for sentence in explanation(built, language):
            console.print(sentence, markup=False)
