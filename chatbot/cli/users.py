"""Commands for accounts: the admin at this machine makes them, and helps who has forgotten a password."""

from typing import TYPE_CHECKING, Annotated

import typer

from chatbot.cli.context import start
from config.errors import SettingsError, SignInRefused
from config.messages import Language, message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from chatbot.bootstrap import Services
    from chatbot.identity import Role

RoleOption = Annotated[list[str] | None, typer.Option("--role", help="cli.opt.role")]
GroupOption = Annotated[list[str] | None, typer.Option("--group", help="cli.opt.group")]
CombineOption = Annotated[bool, typer.Option("--combine", help="cli.opt.combine")]
SamePersonOption = Annotated[bool, typer.Option("--same-person", help="cli.opt.same_person")]
Name = Annotated[str, typer.Argument(help="cli.opt.account")]


def add(
    name: Name,
    role: RoleOption = None,
    group: GroupOption = None,
    combine: CombineOption = False,
    same_person: SamePersonOption = False,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from config.access import plain_account

    with bootstrap(settings) as services:
        recorded_as = () if same_person else services.records.pseudonyms.all_names(plain_account(name))
        token = services.accounts.add(name, roles_of(role or ["employee"]), group or (), combine, recorded_as)
        _note_unknown_groups(services, group or (), language, console)
        console.print(message("users.link", language, name=name, link=_link(services, token)), markup=False)


def show() -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    with bootstrap(settings) as services:
        factors = services.second_factors.set_up_since()
        for account in services.accounts.all():
            states = [
                message(f"users.{state}", language)
                for state in ("disabled", "locked", "must_change")
                if getattr(account, state)
            ]
            states += [message("users.has_factor", language)] if account.name in factors else []
            states += [] if account.has_password else [message("users.no_password", language)]
            shown = [account.name, ", ".join(account.roles), ", ".join(account.groups), ", ".join(states)]
            console.print("  ".join(filter(None, shown)), markup=False)


def change(
    name: Name,
    role: RoleOption = None,
    group: GroupOption = None,
    combine: CombineOption = False,
    disable: Annotated[bool | None, typer.Option("--disable/--enable", help="cli.opt.disable")] = None,
    must_change: Annotated[bool | None, typer.Option("--must-change", help="cli.opt.must_change")] = None,
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    with bootstrap(settings) as services:
        roles = None if role is None else roles_of(role)
        services.accounts.change(name, roles, group, disable, must_change, combine)
        _note_unknown_groups(services, group or (), language, console)
    console.print(message("users.changed", language, name=name), markup=False)


def link(name: Name) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    with bootstrap(settings) as services:
        token = services.accounts.new_link(name)
        console.print(message("users.link", language, name=name, link=_link(services, token)), markup=False)


def remove(name: Name) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    with bootstrap(settings) as services:
        services.accounts.remove(name)
    console.print(message("users.removed", language, name=name), markup=False)


def reset_second_factor(name: Name) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    with bootstrap(settings) as services:
        services.second_factors.reset(name, message("users.at_this_machine", language))
    console.print(message("factor.was_reset", language, name=name), markup=False)


def release(name: Name) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap
    from chatbot.identity.subjects import Subjects

    with bootstrap(settings) as services:
        Subjects(services.database).release(name)
    console.print(message("users.released", language, name=name), markup=False)


def _note_unknown_groups(services: "Services", groups: "Iterable[str]", language: Language, console: "Console") -> None:
    """Groups are compared letter by letter: one that the policy does not name opens nothing."""
    from chatbot.compliance.policy_report import unknown_groups

    try:
        notes = unknown_groups(services.policy_services(), groups, language) if services.settings.policy else []
    except SettingsError as error:  # the account is made all the same
        notes = [error.text(language)]
    for note in notes:
        console.print(note, style="yellow", markup=False)


def roles_of(names: list[str]) -> "list[Role]":
    """Roles by their names.

    Raises:
        SignInRefused: there is none of this name.
    """
    from chatbot.identity import ROLES

    for name in names:
        if name not in ROLES:
            raise SignInRefused("account.role", role=name, roles=", ".join(ROLES))
    return names  # type: ignore[return-value]


def _link(services: "Services", token: str) -> str:
    return f"{services.address}/set-up/{token}"
