"""Pictures of pages, for whoever may see the document."""

import re
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from chatbot.rendering.drawings import Drawings
from chatbot.rendering.page_image import Wanted, spans_of
from chatbot.web.services import ChatServices
from chatbot.web.shell.drawn_page import page_response
from chatbot.web.shell.forms import Language
from config.errors import FundstelleError
from config.messages import reader_language

_VERSION = re.compile(r"[0-9a-f]{64}")


def page_pictures(services: ChatServices, drawings: Drawings) -> APIRouter:
    """The route of a page's picture.

    Args:
        services: that know who may see what.
        drawings: make the pictures.
    """
    router = APIRouter()

    @router.get("/pages/{version}.png", response_class=Response)
    async def page(
        request: Request,
        version: str,
        marks: str = "",
        whole: bool = False,
        page: Annotated[int | None, Query(ge=1, le=100_000)] = None,
        zoom: Annotated[int, Query(ge=1, le=2)] = 1,
        accept_language: Language = "",
    ) -> Response:
        spans = spans_of(marks) if marks or page is None else []
        if spans is None or not await run_in_threadpool(_may_see, services, request, version):
            raise HTTPException(status_code=404)
        wanted = Wanted(version, tuple(spans), whole or page is not None, page=page, zoom=zoom)
        return await page_response(drawings, wanted, reader_language(accept_language))

    return router


def _may_see(services: ChatServices, request: Request, version: str) -> bool:
    if not _VERSION.fullmatch(version):
        return False
    clearance = services.people.person(request.state.person).clearance
    try:
        return services.answering().may_see(version, clearance)
    except FundstelleError:  # nothing is indexed, or the index cannot be reached: nobody sees anything of it
        return False
