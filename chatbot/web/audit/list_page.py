"""The list of records: searched, sorted, drawn from, and signed off several at once."""

import secrets
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse
from pydantic import StringConstraints

from chatbot.audit.sample import moment_of_draw
from chatbot.audit.walk import models, reviewed
from chatbot.web.audit.chain_page import chain_state
from chatbot.web.audit.chips import chips
from chatbot.web.audit.inspected import clearance_of, inspected
from chatbot.web.audit.search import PAGE, Search, drawn_at, ids_of, number, results, search_of, ticked_of
from chatbot.web.security.same_site import same_site
from chatbot.web.services import AuditServices
from chatbot.web.shell.forms import Language, Note
from chatbot.web.shell.templates import Templates
from config.access import Clearance
from config.errors import QuestionRejected
from config.messages import reader_language

_SORTABLE = ("opened", "question", "person", "state", "unsupported", "engine", "feedback", "review")
_SEEDS = 1_000_000
_Id = Annotated[str, StringConstraints(pattern="^[0-9A-Za-z-]{1,36}$")]


def list_page(services: AuditServices, templates: Templates) -> APIRouter:
    """Routes of the list.

    Args:
        services: that read records.
        templates: write the page.
    """
    router = APIRouter(prefix="/audit")
    records = services.records

    @router.get("")
    def listed(request: Request, accept_language: Language = "") -> Any:
        search, clearance = search_of(records, request.query_params.multi_items()), clearance_of(services, request)
        if search.drawn and not {"seed", "drawn"} <= search.values.keys():
            return RedirectResponse(f"/audit?{_pinned(services, search)}", status_code=303)
        page = max(1, number(request.query_params.get("page"), 1))
        found = results(records, search, clearance, PAGE, (page - 1) * PAGE)
        records.inspections.note([line.id for line in found.lines], request.state.person.name, "list")
        return templates.page(
            "list", accept_language, found=found, search=search, page=page, sortable=_SORTABLE,
            last=1 if search.drawn else max(1, -(-found.count // PAGE)),
            chips=chips(search, _known(services, clearance), reader_language(accept_language)),
            chain=chain_state(records), at=search.query.as_of or datetime.now().astimezone(),
            done=len(reviewed(records.database, [line.id for line in found.lines])) if search.drawn else 0,
            signed=number(request.query_params.get("signed"), 0), left=number(request.query_params.get("left"), 0),
        )  # fmt: skip

    @router.get("/walk")
    def walk(request: Request) -> RedirectResponse:
        search, clearance = search_of(records, request.query_params.multi_items()), clearance_of(services, request)
        if "selection" in request.query_params:
            ticked_of(records, request.query_params.multi_items())
        ids = ids_of(records, search, clearance)
        ids = ids or tuple(line.id for line in results(records, search, clearance, 1).lines)
        if not ids:
            raise QuestionRejected("audit.nothing_found")
        done = reviewed(records.database, ids)
        first = next((one for one in ids if one not in done), ids[0])
        return RedirectResponse(f"/audit/records/{first}?{search.context()}", status_code=303)

    _add_signing(router, services)
    return router


def _add_signing(router: APIRouter, services: AuditServices) -> None:
    @router.post("/review", dependencies=[Depends(same_site)])
    def review(
        request: Request,
        verdict: Annotated[Literal["accepted", "objected"], Form()],
        record: Annotated[list[_Id] | None, Form()] = None,
        note: Note = "",
    ) -> RedirectResponse:
        ticked = ticked_of(services.records, [("record", identity) for identity in record or ()])
        signed = _sign(services, request, ticked, verdict, note)
        kept = search_of(services.records, request.query_params.multi_items()).context()
        page = f"page={number(request.query_params.get('page'), 1)}&" if "page" in request.query_params else ""
        told = f"{page}signed={signed}" + (f"&left={len(ticked) - signed}" if signed < len(ticked) else "")
        return RedirectResponse(f"/audit?{kept}{'&' if kept else ''}{told}", status_code=303)


def _sign(services: AuditServices, request: Request, ticked: tuple[str, ...], verdict: str, note: str) -> int:
    """Sign records off; those that are still being answered are left out. Returns how many were signed off."""
    of = [inspected(services, request, identity, "list") for identity in ticked]
    finished = [record.id for record in of if record.sealed]
    for identity in finished:
        services.records.records.review(identity, request.state.person.name, verdict, note)
    return len(finished)


def _pinned(services: AuditServices, search: Search) -> str:
    """The context of a sample that stays the same: with its seed, and with the moment of the draw."""
    seed = search.values.get("seed") or str(1 + secrets.randbelow(_SEEDS))
    return search.context(seed=seed, drawn=drawn_at(moment_of_draw(services.records.database)))


def _known(services: AuditServices, clearance: Clearance) -> dict[str, list[str]]:
    collections = [name for name in services.index.registry.collections() if clearance.touches(name)]
    return {"collection": collections, "model": models(services.records.database, clearance)}
