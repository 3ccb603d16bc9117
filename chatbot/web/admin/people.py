"""People and their groups: accounts are made, changed, disabled and removed, and get links to set a password."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response

from chatbot.compliance.policy_report import unknown_groups, what_can_see
from chatbot.identity import ROLES, Role
from chatbot.identity.accounts import Account
from chatbot.web.admin.frame import Frame, moved
from chatbot.web.admin.groups import groups_of, known_groups
from chatbot.web.security.same_site import same_site
from chatbot.web.services import AdminServices
from chatbot.web.shell.forms import PLAIN, Language, Note, Text
from config.access import plain_account
from config.errors import FundstelleError, SignInRefused
from config.messages import Language as Reader
from config.messages import reader_language

_ACTS = 20  # that are listed
Roles = Annotated[list[Role], Form(max_length=len(ROLES))]
Groups = Annotated[list[Annotated[str, Form(max_length=200, pattern=PLAIN)]], Form(max_length=100)]


def people_pages(frame: Frame) -> APIRouter:
    """Routes of the people.

    Args:
        frame: writes the pages.
    """
    router, services = APIRouter(prefix="/admin/people"), frame.services

    @router.get("", response_class=Response)
    def listed(request: Request) -> Any:
        return _list(frame, request)

    @router.get("/new", response_class=Response)
    def new(request: Request) -> Any:
        return _form(frame, request, None)

    @router.get("/one", response_class=Response)
    def one(request: Request, name: str) -> Any:
        return _form(frame, request, _required(services, name))

    @router.get("/remove", response_class=Response)
    def ask_remove(request: Request, name: str) -> Any:
        return frame.page(request, "admin_person_remove", account=_required(services, name))

    _add_making(router, frame)
    _add_changing(router, frame)
    return router


def _add_making(router: APIRouter, frame: Frame) -> None:
    rights = frame.services.rights

    @router.post("/new", dependencies=[Depends(same_site)], response_class=Response)
    def add(
        request: Request, name: Text = "", role: Roles = [], group: Groups = [], more: Note = "",  # noqa: B006
        combine: Text = "", same_person: Text = "", accept_language: Language = "",
    ) -> Any:  # fmt: skip
        groups = groups_of(group, more)
        try:
            recorded = () if same_person else rights.recorded_as(plain_account(name))
            token = rights.accounts.add(name, role, groups, bool(combine), recorded)
        except FundstelleError as error:
            typed = {"name": name, "roles": role, "groups": groups, "asks_same": error.key == "account.has_records"}
            return _form(frame, request, None, error, **typed)
        frame.noted(request, "account_added", f"{plain_account(name)}: {', '.join([*role, *groups])}")
        return _linked(frame, request, plain_account(name), token, _notes(frame.services, groups, accept_language))

    @router.post("/link", dependencies=[Depends(same_site)], response_class=Response)
    def link(request: Request, name: Text) -> Any:
        token = rights.accounts.new_link(_required(frame.services, name).name)
        frame.noted(request, "link_made", plain_account(name))
        return _linked(frame, request, plain_account(name), token, [])


def _add_changing(router: APIRouter, frame: Frame) -> None:
    services, rights = frame.services, frame.services.rights

    @router.post("/one", dependencies=[Depends(same_site)], response_class=Response)
    def change(
        request: Request, name: Text, role: Roles = [], group: Groups = [], more: Note = "", combine: Text = "",  # noqa: B006
        disabled: Text = "", must_change: Text = "",
    ) -> Any:  # fmt: skip
        account, groups = _required(services, name), groups_of(group, more)
        try:
            _refuse_own(request, account, "admin" not in role or bool(disabled))
            locked = bool(disabled) if bool(disabled) != account.disabled or account.locked else None
            rights.accounts.change(account.name, role, groups, locked, bool(must_change), bool(combine))
        except FundstelleError as error:
            return _form(frame, request, account, error, roles=role, groups=groups)
        given = [*role, *groups, *(["disabled"] if disabled else [])]
        frame.noted(request, "account_changed", f"{account.name}: {', '.join(given)}")
        return moved("/admin/people", "account_changed", account.name)

    @router.post("/remove", dependencies=[Depends(same_site)], response_class=Response)
    def remove(request: Request, name: Text) -> Any:
        account = _required(services, name)
        try:
            _refuse_own(request, account, True)
            rights.accounts.remove(account.name)
        except FundstelleError as error:
            return frame.page(request, "admin_person_remove", error, account=account)
        frame.noted(request, "account_removed", account.name)
        return moved("/admin/people", "account_removed", account.name)

    @router.post("/release", dependencies=[Depends(same_site)], response_class=Response)
    def release(request: Request, name: Text = "") -> Any:
        try:
            rights.subjects.release(name)
        except FundstelleError as error:
            return _list(frame, request, error)
        frame.noted(request, "name_released", plain_account(name))
        return moved("/admin/people", "name_released", name)


def _list(frame: Frame, request: Request, wrong: FundstelleError | None = None) -> Any:
    services = frame.services
    return frame.page(
        request, "admin_people", wrong or "", accounts=services.rights.accounts.all(),
        sign_in=services.rights.policy.sign_in, groups=known_groups(services), acts=services.rights.acts.latest(_ACTS),
    )  # fmt: skip


def _form(
    frame: Frame, request: Request, account: Account | None, wrong: FundstelleError | None = None, **typed: Any
) -> Any:
    """The page of a new account, or of one that is there."""
    services, language = frame.services, reader_language(request.headers.get("accept-language", ""))
    now = {
        "name": account.name if account else "", "roles": account.roles if account else ("employee",),
        "groups": account.groups if account else (), "asks_same": False,
    }  # fmt: skip
    named = [group.name for group in known_groups(services)]
    return frame.page(
        request, "admin_person", wrong or "", account=account, roles=ROLES, known=named,
        own=account is not None and account.name == request.state.person.name,
        sees=_sees(services, account, language), **{"typed": now | typed},
    )  # fmt: skip


def _sees(services: AdminServices, account: Account | None, language: Reader) -> list[str]:
    """What a person finds, or why nothing."""
    if account is None:
        return []
    try:
        return what_can_see(services.rights.policy, account.name, (), language)
    except FundstelleError as error:
        return [error.text(language)]


def _linked(frame: Frame, request: Request, name: str, token: str, notes: list[str]) -> Any:
    """The page with a one-time link, which is shown this once."""
    known = frame.services.rights.address
    # By https the settings know the address; without it the page knows better at which port it was reached.
    base = known if known.startswith("https:") else f"{request.url.scheme}://{request.url.netloc}"
    link = f"{base}/set-up/{token}"
    return frame.page(request, "admin_person_link", who=name, link=link, notes=notes)


def _notes(services: AdminServices, groups: list[str], accept_language: str) -> list[str]:
    """Groups that open nothing, since the policy does not name them."""
    language = reader_language(accept_language)
    try:
        return unknown_groups(services.rights.policy, groups, language)
    except FundstelleError as error:
        return [error.text(language)]


def _required(services: AdminServices, name: str) -> Account:
    account = services.rights.accounts.get(name)
    if account is None:
        raise HTTPException(status_code=404)
    return account


def _refuse_own(request: Request, account: Account, is_locking_out: bool) -> None:
    """Nobody locks out themselves.

    Raises:
        SignInRefused: the admin would.
    """
    if account.name == request.state.person.name and is_locking_out:
        raise SignInRefused("account.own", name=account.name)
