"""The auditor's pages: find, inspect, check again, sign off. A sign-off is an entry more, an answer again a record."""

from itertools import islice
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse

from chatbot.audit.find import Query, Results, find, sample
from chatbot.audit.inspect import evidence, retrieved
from chatbot.audit.read import Record, read_record
from chatbot.audit.replay import replay, verify_again
from chatbot.audit.statistics import statistics
from chatbot.audit.verify_chain import verify_chain
from chatbot.records.checkpoints import Checkpoint, checkpoint_of
from chatbot.records.inspections import How
from chatbot.records.removals import Removals
from chatbot.web.security.same_site import same_site
from chatbot.web.services import AuditServices
from chatbot.web.shell.forms import Language, Note
from chatbot.web.shell.templates import Templates
from config.access import Clearance
from config.messages import reader_language
from ingest.db.database import snapshot

_PAGE = 50
_BREAKS = 20
_MOST_REVIEWED = 500


def audit_pages(services: AuditServices, templates: Templates) -> APIRouter:
    """Routes below /audit.

    Args:
        services: that read and check records.
        templates: write the pages.
    """
    router = APIRouter(prefix="/audit")
    _add_lists(router, services, templates)
    _add_record(router, services, templates)
    _add_actions(router, services)
    return router


def _add_lists(router: APIRouter, services: AuditServices, templates: Templates) -> None:
    @router.get("")
    def listed(request: Request, accept_language: Language = "") -> Any:
        values = {name: value for name, value in request.query_params.items() if value}
        page = max(1, _number(values.get("page"), 1))
        found = chosen(
            services, values, mine := services.people.inspects(request.state.person), _PAGE, (page - 1) * _PAGE
        )
        services.records.inspections.note([line.id for line in found.lines], request.state.person.name, "list")
        last = 1 if "sample" in values else max(1, -(-found.count // _PAGE))
        kept = {name: value for name, value in values.items() if name != "page"}
        return templates.page(
            "list", accept_language, found=found, values=values, page=page, last=last, query=urlencode(kept),
            collections=[name for name in services.index.registry.collections() if mine.touches(name)],
        )  # fmt: skip

    @router.get("/statistics")
    def counted(request: Request, accept_language: Language = "") -> Any:
        found = statistics(
            services.records.database, services.people.inspects(request.state.person), reader_language(accept_language)
        )
        return templates.page("statistics", accept_language, found=found)

    @router.get("/chain")
    def chain(accept_language: Language = "") -> Any:
        return templates.page("chain", accept_language, head=_head(services), breaks=None, noted=_noted(services))

    @router.post("/chain", dependencies=[Depends(same_site)])
    def check(accept_language: Language = "") -> Any:
        heads, language = services.records.held_checkpoints(), reader_language(accept_language)
        found = islice(verify_chain(services.records.database, heads.expected(), times=heads.times()), _BREAKS)
        breaks = [one.text(language) for one in (*heads.breaks(), *found)]
        return templates.page(
            "chain",
            accept_language,
            head=checkpoint_of(services.records.database),
            breaks=breaks,
            noted=_noted(services),
        )


def _add_record(router: APIRouter, services: AuditServices, templates: Templates) -> None:
    @router.get("/records/{identity}")
    def shown(
        request: Request,
        identity: str,
        statement: int | None = None,
        again: bool = False,
        accept_language: Language = "",
    ) -> Any:
        language, mine = reader_language(accept_language), services.people.inspects(request.state.person)
        record = inspected(services, request, identity)
        judged = verify_again(record, services.answering()) if again and record.said and record.said.answer else None
        chosen = statement if statement is not None else (0 if record.sealed and record.sealed.verdicts else None)
        return templates.page(
            "record", accept_language, record=record, chosen=chosen,
            proofs=evidence(record, chosen, services.records.database, services.records.vault, mine, language),
            found=retrieved(record, services.records.vault, language), judged=judged,
        )  # fmt: skip

    @router.get("/records/{identity}/compare/{other}")
    def compared(request: Request, identity: str, other: str, accept_language: Language = "") -> Any:
        both = [inspected(services, request, name) for name in (identity, other)]
        return templates.page("compare", accept_language, both=both)


def _add_actions(router: APIRouter, services: AuditServices) -> None:
    @router.post("/records/{identity}/review", dependencies=[Depends(same_site)])
    def review(
        request: Request,
        identity: str,
        verdict: Annotated[Literal["accepted", "objected"], Form()],
        note: Note = "",
    ) -> RedirectResponse:
        record = inspected(services, request, identity)
        services.records.records.review(record.id, request.state.person.name, verdict, note)
        return RedirectResponse(f"/audit/records/{identity}#reviews", status_code=303)

    @router.post("/records/{identity}/answer", dependencies=[Depends(same_site)])
    def ask_again(request: Request, identity: str) -> RedirectResponse:
        record, person = inspected(services, request, identity), request.state.person
        given = replay(record, person.name, services.people.inspects(person), services.answering())
        return RedirectResponse(f"/audit/records/{identity}/compare/{given.record}", status_code=303)


def inspected(services: AuditServices, request: Request, identity: str, how: How = "page") -> Record:
    """A record that the request's auditor may see, after it was noted that it is read.

    Raises:
        RecordMissing: there is none, or it is not for this auditor.
    """
    person = request.state.person
    record = read_record(services.records.database, identity, services.people.inspects(person))
    services.records.inspections.note([record.id], person.name, how)
    return record


def chosen(
    services: AuditServices, values: dict[str, str], clearance: Clearance, limit: int, offset: int = 0
) -> Results:
    """The records that an address asks for: drawn at random where it names a sample, else found.

    Args:
        services: that read records.
        values: of the address.
        clearance: of the auditor.
        limit: most records of a search; a sample has as many as were asked for, up to 500.
        offset: of a search.
    """
    search = search_of(services, values)
    if "sample" not in values:
        return find(services.records.database, search, clearance, limit, offset)
    count = min(_number(values["sample"], 20), _MOST_REVIEWED)
    return sample(services.records.database, search, clearance, count, _number(values.get("seed"), 1))


def _head(services: AuditServices) -> Checkpoint:
    return checkpoint_of(services.records.database)


def _noted(services: AuditServices) -> list[dict[str, Any]]:
    with snapshot(services.records.database) as connection:
        return [note._asdict() for note in Removals(connection).shown()]


def search_of(services: AuditServices, values: dict[str, str]) -> Query:
    """What the form asks for; a value that makes no sense is passed over, as an empty one is."""
    known: dict[str, Any] = {name: value.strip() for name, value in values.items() if name in Query.model_fields}
    known.pop("people", None)
    if person := values.get("person", "").strip():
        known["people"] = services.records.pseudonyms.all_names(person)
    for name in list(known):
        try:
            Query.model_validate({name: known[name]})
        except ValueError:
            del known[name]
    return Query.model_validate(known)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default
