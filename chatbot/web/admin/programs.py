"""Services and tokens: programs get accounts with roles and groups, and tokens by which they come in."""

from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response

from chatbot.domain import LOCAL
from chatbot.identity import ROLES, SignedIn
from chatbot.identity.names import SERVICE
from chatbot.identity.tokens import LONGEST_DAYS, SCOPES, Scope, Token
from chatbot.web.admin.frame import Frame, moved
from chatbot.web.admin.groups import groups_of, known_groups
from chatbot.web.admin.people import Groups, Roles
from chatbot.web.security.same_site import same_site
from chatbot.web.shell.forms import Note, Text
from config.errors import FundstelleError

Scopes = Annotated[list[Scope], Form(max_length=len(SCOPES))]
Days = Annotated[int, Form(ge=1, le=LONGEST_DAYS)]
Questions = Annotated[int, Form(ge=1, le=1_000_000)]


class TokenRow(NamedTuple):
    """A token as the page shows it.

    Attributes:
        state: open, expired, or revoked.
        spent: questions that were asked with it today.
    """

    token: Token
    state: str
    spent: int


def program_pages(frame: Frame) -> APIRouter:
    """Routes of services and tokens.

    Args:
        frame: writes the pages.
    """
    router = APIRouter(prefix="/admin/services")
    _add_services(router, frame)
    _add_tokens(router, frame)
    return router


def _add_services(router: APIRouter, frame: Frame) -> None:
    rights = frame.services.rights

    @router.get("", response_class=Response)
    def listed(request: Request) -> Any:
        now = datetime.now(UTC)
        rows = [TokenRow(token, _state(token, now), rights.tokens.spent(token)) for token in rights.tokens.all()]
        return frame.page(request, "admin_services", programs=rights.programs.all(), tokens=rows)

    @router.get("/new", response_class=Response)
    def new(request: Request, name: str = "") -> Any:
        known = rights.programs.get(name)
        if name and known is None:
            raise HTTPException(status_code=404)
        return _form(frame, request, known)

    @router.post("/new", dependencies=[Depends(same_site)], response_class=Response)
    def put(request: Request, name: Text = "", role: Roles = [], group: Groups = [], more: Note = "") -> Any:  # noqa: B006
        groups = groups_of(group, more)
        try:
            whole = rights.programs.put(name, role or ["employee"], groups)
        except FundstelleError as error:
            typed = SignedIn(name=name, groups=tuple(groups), roles=frozenset(role))
            return _form(frame, request, typed, error)
        frame.noted(request, "service_saved", f"{whole}: {', '.join([*role, *groups])}")
        return moved("/admin/services", "service_saved", whole.removeprefix(SERVICE))


def _add_tokens(router: APIRouter, frame: Frame) -> None:
    rights = frame.services.rights

    @router.get("/token", response_class=Response)
    def new(request: Request, owner: str = "") -> Any:
        return _token_form(frame, request, {"owner": owner, "scopes": ("ask",)})

    @router.post("/token", dependencies=[Depends(same_site)], response_class=Response)
    def make(
        request: Request, owner: Text = "", scope: Scopes = [], days: Days = 90, a_day: Questions = 200,  # noqa: B006
        note: Text = "", more: Note = "",
    ) -> Any:  # fmt: skip
        groups = groups_of((), more)
        try:
            is_service = owner.strip().lower().startswith(SERVICE)
            name, kept = (
                (rights.programs.require(owner).name, None) if is_service else rights.callers.owner(owner, groups)
            )
            token, secret = rights.tokens.add(name, scope, days, a_day, note, kept)
        except FundstelleError as error:
            typed = {"owner": owner, "scopes": scope, "days": days, "a_day": a_day, "note": note, "groups": groups}
            return _token_form(frame, request, typed, error)
        frame.noted(request, "token_made", f"{token.id} {name}: {', '.join(token.scopes)}")
        return frame.page(request, "admin_token_made", token=token, secret=secret)

    @router.get("/revoke", response_class=Response)
    def ask_revoke(request: Request, token: str) -> Any:
        found = next((one for one in rights.tokens.all() if one.id == token), None)
        if found is None:
            raise HTTPException(status_code=404)
        return frame.page(request, "admin_token_revoke", token=found)

    @router.post("/revoke", dependencies=[Depends(same_site)], response_class=Response)
    def revoke(request: Request, token: Text) -> Any:
        gone = rights.tokens.revoke(token)
        frame.noted(request, "token_revoked", f"{gone.id} {gone.owner}")
        return moved("/admin/services", "token_revoked", gone.id)


def _form(frame: Frame, request: Request, typed: SignedIn | None, wrong: FundstelleError | None = None) -> Any:
    """The page of a new service, or of one that is there."""
    known = frame.services.rights.programs.get(typed.name) if typed else None
    shown = typed or SignedIn(name="", roles=frozenset({"employee"}))
    return frame.page(
        request, "admin_service", wrong or "", known=known, typed=shown, roles=ROLES,
        groups=[group.name for group in known_groups(frame.services)],
    )  # fmt: skip


def _token_form(frame: Frame, request: Request, typed: dict[str, Any], wrong: FundstelleError | None = None) -> Any:
    """The page of a new token."""
    services, rights = frame.services, frame.services.rights
    identity = services.people.identity
    people = [one.name for one in rights.accounts.all()] if identity.pages == "accounts" else []
    owners = [*(one.name for one in rights.programs.all()), *(people if identity.signs_in else [LOCAL])]
    values = {"owner": "", "scopes": (), "days": 90, "a_day": 200, "note": "", "groups": ()} | typed
    vouched = identity.signs_in and identity.pages != "accounts"
    return frame.page(
        request, "admin_token", wrong or "", typed=values, scopes=SCOPES, owners=owners, vouched=vouched,
        longest=LONGEST_DAYS,
    )  # fmt: skip


def _state(token: Token, now: datetime) -> str:
    return "revoked" if token.revoked else "open" if token.counts(now) else "expired"
