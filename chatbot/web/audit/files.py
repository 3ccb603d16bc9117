"""Files for auditors: exports, pages and originals of the versions that a record has found."""

import re
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool

from chatbot.audit.give_out import RECORD_FORMS, TYPES, records_file
from chatbot.audit.read import Record
from chatbot.rendering.page_image import Wanted, spans_of
from chatbot.web.audit.downloads import answer_download, download
from chatbot.web.audit.inspected import clearance_of, inspected
from chatbot.web.audit.search import results, search_of, ticked_of
from chatbot.web.services import AuditServices
from chatbot.web.shell.drawn_page import page_response
from chatbot.web.shell.forms import Language
from config.messages import reader_language

_MOST = {"json": 1000, "csv": 1000, "pdf": 50, "md": 50}  # records in one export


def audit_files(services: AuditServices) -> APIRouter:
    """Routes below /audit that give files.

    Args:
        services: that read records.
    """
    router = APIRouter(prefix="/audit")
    _add_exports(router, services)
    _add_versions(router, services)
    return router


def _add_exports(router: APIRouter, services: AuditServices) -> None:
    @router.get("/export.{kind}")
    def selection(kind: str, request: Request, accept_language: Language = "") -> Response:
        names, total = _wanted(services, request, _MOST.get(kind, 1))
        records = [inspected(services, request, identity, "file") for identity in names]
        return _export(services, records, total, kind, "fundstelle-records", accept_language)

    @router.get("/records/{identity}/export.{kind}")
    def one(request: Request, identity: str, kind: str, accept_language: Language = "") -> Response:
        record = inspected(services, request, identity, "file")
        return _export(services, [record], 1, kind, f"fundstelle-{identity[:8]}", accept_language)

    @router.get("/records/{identity}/proof.{form}")
    def proof(request: Request, identity: str, form: str, accept_language: Language = "") -> Response:
        record = inspected(services, request, identity, "file")
        return answer_download(form, record, services.records, reader_language(accept_language))


def _add_versions(router: APIRouter, services: AuditServices) -> None:
    @router.get("/records/{identity}/pages/{version}.png")
    async def page(
        request: Request,
        identity: str,
        version: str,
        marks: str,
        extraction_id: str = "",
        whole: bool = False,
        accept_language: Language = "",
    ) -> Any:
        await run_in_threadpool(_check_found, services, request, identity, version)
        spans = spans_of(marks)
        if spans is None or not re.fullmatch(r"[0-9a-f]{0,16}", extraction_id):
            raise HTTPException(status_code=404)
        wanted = Wanted(version, tuple(spans), whole, extraction_id)
        return await page_response(services.records.drawings, wanted, reader_language(accept_language))

    @router.get("/records/{identity}/original/{version}")
    def original(request: Request, identity: str, version: str) -> Response:
        record, mine = _check_found(services, request, identity, version), clearance_of(services, request)
        # A mail or an archive holds its members, too.
        if any(f.version == version and mine.has_closed_in(f.collection, f.document) for f in record.found):
            raise HTTPException(status_code=404)
        kept = services.records.vault.original(version)
        return download(kept.content, f"{version[:16]}{kept.suffix}", "application/octet-stream")


def _wanted(services: AuditServices, request: Request, most: int) -> tuple[tuple[str, ...], int]:
    """The records to export, as many as one file has, and how many there are."""
    address = request.query_params.multi_items()
    if "selection" in request.query_params:
        ticked_of(services.records, address)
    search = search_of(services.records, address)
    if search.ticked:
        return search.ticked[:most], len(search.ticked)
    found = results(services.records, search, clearance_of(services, request), most)
    names = tuple(line.id for line in found.lines)
    return names[:most], len(names) if search.drawn else found.count


def _check_found(services: AuditServices, request: Request, identity: str, version: str) -> Record:
    """The record; nothing else of the vault is shown here than versions that its search has found."""
    record = inspected(services, request, identity)
    if not record.version_named(version):
        raise HTTPException(status_code=404)
    return record


def _export(
    services: AuditServices, records: list[Record], total: int, form: str, name: str, accept_language: str
) -> Response:
    if form not in RECORD_FORMS:
        raise HTTPException(status_code=404)
    content = records_file(form, records, total, services.records, reader_language(accept_language))
    return download(content, f"{name}.{form}", TYPES[form])
