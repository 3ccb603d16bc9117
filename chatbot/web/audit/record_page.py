"""One record: its statements beside their proof, judged or answered again, signed off, and on to the next."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse

from chatbot.audit.inspect import evidence, retrieved
from chatbot.audit.replay import replay, verify_again
from chatbot.web.audit.chain_page import chain_state
from chatbot.web.audit.inspected import clearance_of, inspected
from chatbot.web.audit.search import place_of, search_of
from chatbot.web.security.same_site import same_site
from chatbot.web.services import AuditServices
from chatbot.web.shell.forms import Language, Note
from chatbot.web.shell.templates import Templates
from config.messages import reader_language


def record_page(services: AuditServices, templates: Templates) -> APIRouter:
    """Routes of single records. Their addresses have those of a list behind them, to go on to its next record.

    Args:
        services: that read records.
        templates: write the pages.
    """
    router, records = APIRouter(prefix="/audit/records"), services.records

    @router.get("/{identity}")
    def shown(
        request: Request,
        identity: str,
        statement: int | None = None,
        again: bool = False,
        accept_language: Language = "",
    ) -> Any:
        language, mine = reader_language(accept_language), clearance_of(services, request)
        record, search = inspected(services, request, identity), search_of(records, request.query_params.multi_items())
        judged = verify_again(record, services.answering()) if again and record.said and record.said.answer else None
        chosen = statement if statement is not None else (0 if record.sealed and record.sealed.verdicts else None)
        signed = request.query_params.get("signed", "")
        return templates.page(
            "record", accept_language, record=record, chosen=chosen, judged=judged, search=search,
            proofs=evidence(record, chosen, records.database, records.vault, mine, language),
            found=retrieved(record, records.vault, language), chain=chain_state(records),
            place=place_of(records, search, mine, record.id),
            signed=signed if signed in ("accepted", "objected") else "", of=request.query_params.get("of", ""),
        )  # fmt: skip

    @router.get("/{identity}/compare/{other}")
    def compared(request: Request, identity: str, other: str, accept_language: Language = "") -> Any:
        both = [inspected(services, request, name) for name in (identity, other)]
        return templates.page("compare", accept_language, both=both)

    _add_actions(router, services)
    return router


def _add_actions(router: APIRouter, services: AuditServices) -> None:
    @router.post("/{identity}/review", dependencies=[Depends(same_site)])
    def review(
        request: Request,
        identity: str,
        verdict: Annotated[Literal["accepted", "objected"], Form()],
        note: Note = "",
    ) -> RedirectResponse:
        record = inspected(services, request, identity)
        search = search_of(services.records, request.query_params.multi_items())
        # A sign-off may take the record out of the list: what comes next is looked up before.
        place = place_of(services.records, search, clearance_of(services, request), record.id)
        services.records.records.review(record.id, request.state.person.name, verdict, note)
        walks = bool(search.drawn or search.ticked)
        following = place.next if place and walks else ""
        kept = search.context()
        told = f"?{kept}{'&' if kept else ''}signed={verdict}&of={record.id}"
        return RedirectResponse(f"/audit/records/{following or identity}{told}", status_code=303)

    @router.post("/{identity}/answer", dependencies=[Depends(same_site)])
    def ask_again(request: Request, identity: str) -> RedirectResponse:
        record, person = inspected(services, request, identity), request.state.person
        given = replay(record, person.name, services.people.inspects(person), services.answering())
        return RedirectResponse(f"/audit/records/{identity}/compare/{given.record}", status_code=303)
