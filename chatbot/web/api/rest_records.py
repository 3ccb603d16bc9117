"""REST: records of questions and answers, for auditors, within what each may inspect."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse

from chatbot.audit.find import Line, Results, find
from chatbot.audit.find import Query as Wanted
from chatbot.audit.read import read_record
from chatbot.identity.callers import Caller
from chatbot.web.api.access import caller_for
from chatbot.web.api.answer_json import Public
from chatbot.web.api.asking import Name
from chatbot.web.services import ApiServices

_MOST = 500


class RecordsJson(Public):
    """Records, newest first. `count` is of all that fit; `beyond` of those that the caller may not inspect."""

    records: tuple[Line, ...]
    count: int
    beyond: int


def record_routes(services: ApiServices) -> APIRouter:
    """Routes of scope records."""
    router = APIRouter(tags=["records"])
    Allowed = Annotated[Caller, Depends(caller_for(services, "records"))]
    records = services.audit.records

    @router.get("/records", summary="Find records")
    def found(
        caller: Allowed,
        since: date | None = None,
        until: date | None = None,
        person: Name = "",
        collection: Name = "",
        document: Name = "",
        state: Literal["", "answered", "refused", "replied", "interrupted", "failed", "lost", "open"] = "",
        text: Name = "",
        limit: Annotated[int, Query(ge=1, le=_MOST)] = 50,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    ) -> RecordsJson:
        """Records of people who could see no more than the caller may inspect. Dates are days, both included."""
        people = records.pseudonyms.all_names(person) if person else ()
        wanted = Wanted(
            since=since, until=until, people=tuple(people), collection=collection, document=document, state=state,
            text=text,
        )  # fmt: skip
        results: Results = find(records.database, wanted, services.callers.inspects(caller), limit, offset)
        return RecordsJson(records=results.lines, count=results.count, beyond=results.beyond)

    @router.get("/records/{record_id}", summary="A record")
    def one(record_id: Name, caller: Allowed) -> Any:
        """All that is kept of a question: what was found and shown, every statement with its verdict, the links of
        the chain that prove it, feedback and sign-offs; in the form of the auditors' export."""
        record = read_record(records.database, record_id, services.callers.inspects(caller))
        return JSONResponse(record.model_dump(mode="json"), headers={"cache-control": "no-store"})

    return router
