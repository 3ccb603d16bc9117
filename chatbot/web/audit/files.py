"""Files for auditors: exports, pages and originals of the versions that a record has found."""

import re
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool

from chatbot.audit.cited_texts import Texts
from chatbot.audit.export import as_json, as_report, as_table
from chatbot.audit.read import Record
from chatbot.records.checkpoints import checkpoint_of
from chatbot.rendering.page_image import Wanted, spans_of
from chatbot.web.audit.pages import chosen, inspected
from chatbot.web.services import AuditServices
from chatbot.web.shell.drawn_page import page_response
from chatbot.web.shell.forms import Language
from config.errors import QuestionRejected
from config.messages import reader_language

_MOST = {"json": 1000, "csv": 1000, "pdf": 50}  # records in one export
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


def audit_files(services: AuditServices) -> APIRouter:
    """Routes below /audit that give files.

    Args:
        services: that read records.
    """
    router = APIRouter(prefix="/audit")

    @router.get("/export.{kind}")
    def selection(kind: str, request: Request, accept_language: Language = "") -> Response:
        most, ticked = _MOST.get(kind, 1), request.query_params.getlist("record")
        total, names = len(ticked), ticked
        if not ticked and "selection" in request.query_params:
            raise QuestionRejected("audit.nothing_chosen")
        if not ticked:
            values = {name: value for name, value in request.query_params.items() if value}
            found = chosen(services, values, services.people.inspects(request.state.person), most)
            names = [line.id for line in found.lines]
            total = len(names) if "sample" in values else found.count
        records = [inspected(services, request, identity) for identity in names[:most]]
        return _export(services, records, total, kind, "fundstelle-records", accept_language)

    @router.get("/records/{identity}/export.{kind}")
    def one(request: Request, identity: str, kind: str, accept_language: Language = "") -> Response:
        record = inspected(services, request, identity)
        return _export(services, [record], 1, kind, f"fundstelle-{identity[:8]}", accept_language)

    @router.get("/records/{identity}/pages/{version}.png")
    async def page(
        request: Request,
        identity: str,
        version: str,
        marks: str,
        extraction_id: str = "",
        whole: bool = False,
        accept_language: Language = "",
    ) -> Response:
        await run_in_threadpool(_check_found, services, request, identity, version)
        spans = spans_of(marks)
        if spans is None or not re.fullmatch(r"[0-9a-f]{0,16}", extraction_id):
            raise HTTPException(status_code=404)
        wanted = Wanted(version, tuple(spans), whole, extraction_id)
        return await page_response(services.records.drawings, wanted, reader_language(accept_language))

    @router.get("/records/{identity}/original/{version}")
    def original(request: Request, identity: str, version: str) -> Response:
        record = _check_found(services, request, identity, version)
        mine = services.people.inspects(request.state.person)
        # A mail or an archive holds its members, too.
        if any(f.version == version and mine.has_closed_in(f.collection, f.document) for f in record.found):
            raise HTTPException(status_code=404)
        kept = services.records.vault.original(version)
        return _download(kept.content, f"{version[:16]}{kept.suffix}", "application/octet-stream")

    return router


def _check_found(services: AuditServices, request: Request, identity: str, version: str) -> Record:
    """The record; nothing else of the vault is shown here than versions that its search has found."""
    record = inspected(services, request, identity)
    if not record.version_named(version):
        raise HTTPException(status_code=404)
    return record


def _export(
    services: AuditServices, records: list[Record], total: int, kind: str, name: str, accept_language: str
) -> Response:
    language, head = reader_language(accept_language), checkpoint_of(services.records.database)
    content: Any
    match kind:
        case "json":
            content = as_json(records, head, total)
        case "csv":
            content = as_table(records, Texts(services.records.vault))
        case "pdf":
            from chatbot.rendering.pdf import as_pdf

            kept = services.records
            content = as_pdf(as_report(records, head, total, kept.vault, kept.drawings, language))
        case _:
            raise HTTPException(status_code=404)
    return _download(content, f"{name}.{kind}", _TYPES[kind])


def _download(content: str | bytes, name: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=kind, headers=headers)
