"""Commands for tokens: the admin at this machine makes them for people and programs, and takes them back."""

from typing import TYPE_CHECKING, Annotated

import typer

from chatbot.cli.context import start
from chatbot.cli.users import GroupOption, RoleOption
from config.errors import SignInRefused
from config.messages import message, shown_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chatbot.bootstrap import Services
    from chatbot.identity.tokens import Scope

_MOST_DAYS = 366
Owner = Annotated[str, typer.Argument(help="cli.opt.token_owner")]


def add(
    owner: Owner,
    scope: Annotated[list[str], typer.Option("--scope", help="cli.opt.scope")],
    service: Annotated[bool, typer.Option("--service", help="cli.opt.service")] = False,
    role: RoleOption = None,
    group: GroupOption = None,
    days: Annotated[int, typer.Option(min=1, max=_MOST_DAYS, help="cli.opt.days")] = 90,
    questions_a_day: Annotated[int, typer.Option(min=1, max=1_000_000, help="cli.opt.questions_a_day")] = 200,
    note: Annotated[str, typer.Option(help="cli.opt.note")] = "",
) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    with bootstrap(settings) as services:
        name, groups = _owner(services, owner, service, role, group)
        token, secret = services.tokens.add(name, _scopes(scope), days, questions_a_day, note, groups)
        ends = shown_date(token.expires.astimezone(), language)
        console.print(message("tokens.made", language, id=token.id, owner=name, until=ends, token=secret), markup=False)


def list_() -> None:
    settings, language, console = start()
    from datetime import UTC, datetime

    from chatbot.bootstrap import bootstrap

    with bootstrap(settings) as services:
        for token in services.tokens.all():
            ended = "revoked" if token.revoked else "" if token.counts(datetime.now(UTC)) else "expired"
            until = message("tokens.until", language, until=shown_date(token.expires.astimezone(), language))
            state = message(f"tokens.{ended}", language) if ended else until
            used = shown_date(token.used.astimezone(), language) if token.used else message("tokens.never", language)
            spent = message("tokens.spent", language, spent=services.tokens.spent(token), most=token.a_day)
            last = message("tokens.used", language, at=used)
            shown = [token.id, token.owner, ", ".join(token.scopes), state, spent, last, token.note]
            console.print("  ".join(filter(None, shown)), markup=False)


def revoke(identity: Annotated[str, typer.Argument(metavar="ID", help="cli.opt.token_id")]) -> None:
    settings, language, console = start()
    from chatbot.bootstrap import bootstrap

    with bootstrap(settings) as services:
        token = services.tokens.revoke(identity)
    console.print(message("tokens.taken_back", language, id=token.id, owner=token.owner), markup=False)


def _owner(
    services: "Services", owner: str, service: bool, role: list[str] | None, group: list[str] | None
) -> "tuple[str, tuple[str, ...] | None]":
    """The owner as a token names it, and groups that belong to the token itself."""
    from chatbot.cli.users import roles_of

    if service:
        if role is None and group is None:
            return services.service_accounts.require(owner).name, None
        return services.service_accounts.put(owner, roles_of(role or ["employee"]), group or ()), None
    if role is not None:
        raise SignInRefused("token.role_of_service")
    return services.callers.owner(owner, group or ())


def _scopes(names: "Sequence[str]") -> "list[Scope]":
    from chatbot.identity.tokens import SCOPES

    for name in names:
        if name not in SCOPES:
            raise SignInRefused("token.no_such_scope", scope=name, scopes=", ".join(SCOPES))
    return names  # type: ignore[return-value]
