"""The page behind the links that programs pass on: a document's passage with the cited words marked."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from chatbot.rendering.labels import part_label
from chatbot.rendering.report import Block, Heading, Paragraph, Passage, Report
from chatbot.retrieval import reading
from chatbot.web.services import ApiServices
from chatbot.web.shell.forms import Language
from chatbot.web.shell.templates import Templates
from config.errors import RecordMissing
from config.messages import message, reader_language

_MOST = 2**31
Offset = Annotated[int, Query(ge=0, le=_MOST)]


def cited_page(services: ApiServices, templates: Templates) -> APIRouter:
    """The route of the page; whoever may not see the document reads that there is none."""
    router = APIRouter()

    @router.get("/cited/{document_id}/{version}", response_class=HTMLResponse)
    def cited(
        request: Request,
        document_id: UUID,
        version: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
        start: Offset = 0,
        end: Offset = 0,
        accept_language: Language = "",
    ) -> Any:
        language = reader_language(accept_language)
        clearance = services.chat.people.person(request.state.person).clearance
        passages = reading.document(services.chat.index, document_id, clearance)
        if passages[0].version != version:
            raise RecordMissing("cited.changed", document=passages[0].document)
        blocks: list[Block] = []
        for one in passages:
            if one.start < end and start < one.end:
                marks = ((max(start, one.start) - one.start, min(end, one.end) - one.start),)
                blocks.append(Heading(text=part_label(one, None, language) or one.title, level=1))
                cells = tuple(cell.shifted(-one.start) for cell in one.table)
                blocks.append(Passage(text=one.text, marks=marks, cells=cells))
        blocks = blocks or [Paragraph(text=message("cited.nothing", language))]
        first = passages[0]
        report = Report(
            title=first.title or first.document, subtitle=f"{first.collection}/{first.document}", language=language,
            blocks=tuple(blocks), footer=f"SHA-256 {version}",
        )  # fmt: skip
        return templates.report(report)

    return router
