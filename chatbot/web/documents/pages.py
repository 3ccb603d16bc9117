"""The viewer, as a page of its own and as a part of another; the original to download."""

import asyncio
import re
from datetime import date
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from chatbot.rendering.drawings import Drawings
from chatbot.rendering.labels import page_label, page_number, standing
from chatbot.rendering.page_image import PageLayout, Wanted
from chatbot.rendering.viewer_address import MOST_MARKS, marks_text
from chatbot.web.documents.facts import facts_of
from chatbot.web.documents.grid import ROWS, sheet_names
from chatbot.web.documents.seen import Seen, seen_version
from chatbot.web.documents.viewer import (
    ZOOMS,
    Asked,
    asked,
    grid_shown,
    hits_of,
    page_of,
    page_shown,
    text_shown,
    views,
)
from chatbot.web.services import ChatServices
from chatbot.web.shell.forms import Language
from chatbot.web.shell.templates import Templates
from config.errors import DocumentFailed, FundstelleError
from config.messages import reader_language

_VERSION = re.compile(r"[0-9a-f]{64}")
_PATIENCE_S = 3.0  # for the layout of a page; without it the page is shown all the same
_PIECE = 1 << 16
_FILES = {"viewer.js": "text/javascript; charset=utf-8", "viewer.css": "text/css; charset=utf-8"}


def document_pages(services: ChatServices, drawings: Drawings, templates: Templates) -> APIRouter:
    """Routes of single documents.

    Args:
        services: that know who may see what.
        drawings: pictures of pages.
        templates: write the pages.
    """
    router = APIRouter()

    @router.get("/documents/{version}", response_class=Response)
    async def shown(request: Request, version: str, accept_language: Language = "") -> Any:
        fragment = "x-fragment" in request.headers or request.query_params.get("fragment") == "1"
        seen = await run_in_threadpool(_seen, services, request, version)
        wanted = asked(seen, dict(request.query_params), fragment)
        layout = await _layout(drawings, seen, wanted) if _view(seen, wanted) == "pages" else None
        return await run_in_threadpool(_page, templates, seen, wanted, layout, accept_language)

    @router.get("/documents/{version}/original", response_class=Response)
    def original(request: Request, version: str) -> Response:
        seen = _seen(services, request, version)
        if not seen.may_have_file:
            raise HTTPException(status_code=404)
        return _attachment(services, seen)

    for name, kind in _FILES.items():
        router.add_api_route(f"/{name}", _file(name, kind), methods=["GET"], response_class=Response)
    return router


def _file(name: str, kind: str) -> Any:
    def given() -> Response:
        content = files("chatbot.web.documents").joinpath(name).read_text(encoding="utf-8")
        return Response(content, media_type=kind, headers={"cache-control": "max-age=3600"})

    return given


def _seen(services: ChatServices, request: Request, version: str) -> Seen:
    """The version, or 404: nobody is told whether it exists."""
    clearance = services.people.person(request.state.person).clearance
    seen = seen_version(services, version, clearance) if _VERSION.fullmatch(version) else None
    if seen is None:
        raise HTTPException(status_code=404)
    return seen


def _view(seen: Seen, wanted: Asked) -> str:
    return wanted.view or views(seen)[0]


async def _layout(drawings: Drawings, seen: Seen, wanted: Asked) -> PageLayout | None:
    page = Wanted(seen.document.found, wanted.marks[:MOST_MARKS], page=page_of(seen, wanted))
    future = asyncio.wrap_future(drawings.layout(page))
    try:
        return await asyncio.wait_for(asyncio.shield(future), _PATIENCE_S)
    except (DocumentFailed, TimeoutError):  # the placeholder of its picture says why
        return None


def _page(templates: Templates, seen: Seen, wanted: Asked, layout: PageLayout | None, accept_language: str) -> Any:
    view, language = _view(seen, wanted), reader_language(accept_language)
    return templates.page(
        "viewer_part" if wanted.fragment else "viewer",
        accept_language,
        seen=seen,
        wanted=wanted,
        view=view,
        views=views(seen),
        zooms=ZOOMS,
        to=lambda **changed: wanted.address(seen.document.found, **changed),
        page=page_shown(seen, wanted, page_of(seen, wanted), layout) if view == "pages" else None,
        text=text_shown(seen, wanted) if view == "text" else None,
        sheet=grid_shown(seen, wanted) if view == "grid" else None,
        hits=hits_of(seen, wanted),
        facts=facts_of(seen.document, language),
        number=page_number,
        place=lambda page, label: _capital(page_label(seen.document.path, page, label, language)),
        marks=marks_text(wanted.marks),
        sheets=sheet_names(seen.passages) if view == "grid" else (),
        step=ROWS,
        standing=standing(seen.passages[0], date.today(), language),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _attachment(services: ChatServices, seen: Seen) -> Response:
    try:
        opened = services.index.vault.opened(seen.document.found)
        file = opened.__enter__()
    except FundstelleError as error:
        raise HTTPException(status_code=404) from error

    def content() -> Any:
        try:
            while piece := file.read(_PIECE):
                yield piece
        finally:
            opened.__exit__(None, None, None)

    plain = re.sub(r"[^A-Za-z0-9._-]", "_", seen.document.name)[-100:] or "document"
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(seen.document.name, safe='', errors='replace')}"
    headers = {"content-disposition": named, "cache-control": "no-store"}
    return StreamingResponse(content(), media_type="application/octet-stream", headers=headers)
